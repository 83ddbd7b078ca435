package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// TestSentinel finds its Redis through a sentinel.
func TestSentinel(t *testing.T) {
	master := startRedis(t)
	port := freePort(t)
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	lines := fmt.Sprintf("port %d\nbind 127.0.0.1\nsentinel monitor board 127.0.0.1 %d 1\n", port, master.port)
	noErr(t, os.WriteFile(conf, []byte(lines), 0o600))
	cmd := exec.Command("redis-server", conf, "--sentinel")
	noErr(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	asked := redis.NewSentinelClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", port)})
	defer func() { _ = asked.Close() }()
	await(t, "the sentinel", func(ctx context.Context) bool {
		return asked.GetMasterAddrByName(ctx, "board").Err() == nil
	})
	s := newSite(t, setup{config: Config{Store: StoreURL(fmt.Sprintf("redis+sentinel://127.0.0.1:%d/board/1?read_timeout=10s", port))}})
	s.loggedIn(t, "ann").is(t, "ann")
	inDatabase1 := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", master.port), DB: 1})
	defer func() { _ = inDatabase1.Close() }()
	if n, err := inDatabase1.DBSize(t.Context()).Result(); n == 0 || err != nil {
		t.Errorf("database 1 has %d keys, %v", n, err)
	}
}

// TestRedisAddresses holds what the forms of addresses mean.
func TestRedisAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"redis://u:p@a:7000/3":                   "a:7000 3 u p false",
		"rediss://a":                             "a:6379 0   true",
		"redis://a?read_timeout=1s&pool_size=20": "a:6379 0   false",
		"redis://:p%40%2C@[::1]:7000":            "[::1]:7000 0  p@, false",
	} {
		client, err := dialRedis(address)
		noErr(t, err)
		o := client.(*redis.Client).Options()
		if got := fmt.Sprintln(o.Addr, o.DB, o.Username, o.Password, o.TLSConfig != nil); got != want+"\n" {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
		limit := redisTime
		if strings.Contains(address, "read_timeout") {
			limit = time.Second
		}
		if !o.ContextTimeoutEnabled || o.DialTimeout != limit || o.ReadTimeout != limit || o.PoolTimeout != limit {
			t.Errorf("%s waits for %s, %s and %s, want %s", address, o.DialTimeout, o.ReadTimeout, o.PoolTimeout, limit)
		}
		_ = client.Close()
	}
	for _, address := range []string{"redis://a?read_timeout=-1s", "redis://a?read_timeout=soon", "redis+sentinel://a:1", "redis+cluster://a:x"} {
		if _, err := dialRedis(address); !errors.Is(err, errRedisURL) {
			t.Errorf("%s: %v", address, err)
		}
	}
	client, err := dialRedis("rediss+cluster://u:p@a:7000,b:7001,c:7002")
	noErr(t, err)
	defer func() { _ = client.Close() }()
	o := client.(*redis.ClusterClient).Options()
	if got := fmt.Sprintln(o.Addrs, o.Username, o.Password, o.TLSConfig != nil); got != "[a:7000 b:7001 c:7002] u p true\n" {
		t.Errorf("the cluster is %s", got)
	}
}
