package session

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// redisServer is a redis-server of a test's own.
type redisServer struct {
	dir  string
	port int
	args []string
	cmd  *exec.Cmd
}

// startRedis starts a redis-server that keeps nothing unless args say so.
func startRedis(tb testing.TB, args ...string) *redisServer {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		tb.Skip("redis-server is not installed")
	}
	r := &redisServer{dir: tb.TempDir(), port: freePort(tb), args: args}
	r.start(tb)
	tb.Cleanup(func() { r.kill(tb) })
	return r
}

// freePort is one that nobody listens on.
func freePort(tb testing.TB) int {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

// start waits until the server answers.
func (r *redisServer) start(tb testing.TB) {
	tb.Helper()
	args := append([]string{"--port", strconv.Itoa(r.port), "--bind", "127.0.0.1", "--dir", r.dir, "--save", ""}, r.args...)
	r.cmd = exec.Command("redis-server", args...)
	stdout, err := r.cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "Ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, stdout) }() // So that the server can go on writing.
			return
		}
	}
	tb.Fatal("redis-server ended before it was ready")
}

// kill is kill -9.
func (r *redisServer) kill(tb testing.TB) {
	tb.Helper()
	if r.cmd == nil {
		return
	}
	if err := r.cmd.Process.Kill(); err != nil {
		tb.Error(err)
	}
	_ = r.cmd.Wait() // It was killed.
	r.cmd = nil
}

func (r *redisServer) pause(tb testing.TB) {
	tb.Helper()
	r.signal(tb, "STOP")
}

func (r *redisServer) resume(tb testing.TB) {
	tb.Helper()
	r.signal(tb, "CONT")
}

func (r *redisServer) signal(tb testing.TB, name string) {
	tb.Helper()
	if err := exec.Command("kill", "-"+name, strconv.Itoa(r.cmd.Process.Pid)).Run(); err != nil {
		tb.Fatal(err)
	}
}

func (r *redisServer) url() StoreURL {
	return StoreURL(fmt.Sprintf("redis://127.0.0.1:%d", r.port))
}

func (r *redisServer) client(tb testing.TB) *redis.Client {
	tb.Helper()
	client := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", r.port)})
	tb.Cleanup(func() { _ = client.Close() })
	return client
}

// dump is all that the server holds.
func (r *redisServer) dump(tb testing.TB) string {
	tb.Helper()
	client, text := r.client(tb), ""
	keys, err := client.Keys(tb.Context(), "*").Result()
	if err != nil {
		tb.Fatal(err)
	}
	for _, key := range keys {
		switch client.Type(tb.Context(), key).Val() {
		case "hash":
			text += fmt.Sprintln(key, client.HGetAll(tb.Context(), key).Val())
		case "zset":
			text += fmt.Sprintln(key, client.ZRange(tb.Context(), key, 0, -1).Val())
		default:
			text += fmt.Sprintln(key, client.Get(tb.Context(), key).Val())
		}
	}
	return text
}

// startCluster is a Redis Cluster of one node, which refuses what touches two slots all the same.
func startCluster(tb testing.TB) *redisServer {
	tb.Helper()
	r := startRedis(tb, "--cluster-enabled", "yes")
	client := r.client(tb)
	if err := client.ClusterAddSlotsRange(tb.Context(), 0, 16383).Err(); err != nil {
		tb.Fatal(err)
	}
	await(tb, "the cluster", func(ctx context.Context) bool {
		return strings.Contains(client.ClusterInfo(ctx).Val(), "cluster_state:ok")
	})
	return r
}

// await asks until something that announces itself to nobody is there.
func await(tb testing.TB, what string, there func(context.Context) bool) {
	tb.Helper()
	deadline := time.Now().Add(10 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for ; !there(tb.Context()); <-tick.C {
		if time.Now().After(deadline) {
			tb.Fatalf("%s does not come", what)
		}
	}
}

// TestRedisAwayAtTheStart holds that only a process that may begin late begins without its store.
func TestRedisAwayAtTheStart(t *testing.T) {
	config := Config{Store: StoreURL(fmt.Sprintf("redis://127.0.0.1:%d", freePort(t)))}
	if _, err := Open(t.Context(), config, Carriers{}, nil); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("at first it says %v", err)
	}
	config.Late = true
	m, err := Open(t.Context(), config, Carriers{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if err := m.Ping(t.Context()); err == nil {
		t.Error("a store that is away answers")
	}
}
