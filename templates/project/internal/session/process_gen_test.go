package session

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gen/templates/project/internal/store/postgrestest"
)

const (
	writers          = 8
	writesOfEach     = 200
	logouts          = 200
	survivors        = 1000
	survivorsAtOnce  = 4
	workerTest       = "^TestWorker$"
	workerJob        = "SESSION_TEST_JOB"
	workerStore      = "SESSION_TEST_STORE"
	workerDatabase   = "SESSION_TEST_DATABASE"
	workerNameOfSite = "SESSION_TEST_NAME"
	// moreTimes says how many times as much there is to do.
	moreTimes = "SESSION_TIMES"
)

func times(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv(moreTimes)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	noErr(t, err)
	return n * usual
}

// shared is a store that several processes open.
type shared struct {
	name, store, database string
	redis                 *redisServer
	postgres              *postgrestest.Server
}

// sharedStores are those that keep what they are given when everybody who uses them dies.
func sharedStores(t *testing.T, test func(*testing.T, *shared)) {
	t.Helper()
	t.Run("database", func(t *testing.T) {
		_, file := newDatabase(t)
		test(t, &shared{name: t.Name(), store: "database", database: "sqlite:" + file})
	})
	t.Run("postgres", func(t *testing.T) {
		p := postgrestest.Start(t)
		test(t, &shared{name: t.Name(), store: patientDatabase, database: p.URL(t), postgres: p})
	})
	t.Run("redis", func(t *testing.T) {
		r := startRedis(t, "--appendonly", "yes", "--appendfsync", "always") // everysec holds writes back while the disk is slow
		test(t, &shared{name: t.Name(), store: string(r.url()) + "?read_timeout=10s", redis: r})
	})
}

// site is a server of this process on the store.
func (s *shared) site(t *testing.T) *site {
	t.Helper()
	set := setup{config: Config{Store: StoreURL(s.store)}, name: s.name}
	if s.database != "" {
		set.db = openDB(t, s.database)
	}
	return newSite(t, set)
}

// worker is another process with a server on the store. It does what it reads.
type worker struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	lines *bufio.Scanner
}

func (s *shared) worker(t *testing.T, job string) *worker {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run="+workerTest)
	cmd.Env = append(os.Environ(), workerJob+"="+job, workerStore+"="+s.store, workerDatabase+"="+s.database, workerNameOfSite+"="+s.name)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	noErr(t, err)
	stdout, err := cmd.StdoutPipe()
	noErr(t, err)
	noErr(t, cmd.Start())
	w := &worker{cmd: cmd, stdin: stdin, lines: bufio.NewScanner(stdout)}
	t.Cleanup(w.kill)
	if got := w.hear(t); got != "ready" {
		t.Fatalf("the process says %s", got)
	}
	return w
}

func (w *worker) say(t *testing.T, line string) {
	t.Helper()
	_, err := fmt.Fprintln(w.stdin, line)
	noErr(t, err)
}

func (w *worker) hear(t *testing.T) string {
	t.Helper()
	if !w.lines.Scan() {
		t.Fatal("the process has ended")
	}
	return w.lines.Text()
}

// kill is kill -9, also for a process that has ended by itself.
func (w *worker) kill() {
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait()
}

// TestWorker is not a test but what other processes run.
func TestWorker(t *testing.T) {
	job := jobs[os.Getenv(workerJob)]
	if job == nil {
		t.Skip("this is for processes that other tests start")
	}
	shared := &shared{name: os.Getenv(workerNameOfSite), store: os.Getenv(workerStore), database: os.Getenv(workerDatabase)}
	site := shared.site(t)
	fmt.Println("ready")
	job(t, site, bufio.NewScanner(os.Stdin))
}

var jobs = map[string]func(*testing.T, *site, *bufio.Scanner){
	"count": countUp,
	"late":  late,
	"login": logInMany,
}

// countUp reads a key and a name, and counts under that name in the session with that key.
func countUp(t *testing.T, s *site, in *bufio.Scanner) {
	t.Helper()
	in.Scan()
	key, name, _ := strings.Cut(in.Text(), " ")
	b := &browser{s, key}
	for range times(t, writesOfEach) {
		if r := b.do(t, "POST", "/count?key="+name); r.StatusCode != http.StatusOK {
			fmt.Println("answers", r.StatusCode, r.body, s.log)
			return
		}
	}
	fmt.Println("counted")
}

// TestNoLostUpdate has processes that write into one session as fast as they can.
func TestNoLostUpdate(t *testing.T) {
	sharedStores(t, func(t *testing.T, shared *shared) {
		t.Helper()
		b := shared.site(t).loggedIn(t, "ann")
		var group sync.WaitGroup
		for i := range writers {
			w := shared.worker(t, "count")
			group.Go(func() {
				w.say(t, fmt.Sprintf("%s own%d", b.cookie, i))
				if got := w.hear(t); got != "counted" {
					t.Errorf("process %d says %s", i, got)
				}
			})
		}
		group.Wait()
		for i := range writers {
			b.holds(t, fmt.Sprint("own", i), float64(times(t, writesOfEach)))
		}
	})
}

// late reads keys. With each it begins a request, and lets that end when it is told so.
func late(t *testing.T, s *site, in *bufio.Scanner) {
	t.Helper()
	for in.Scan() {
		b := &browser{s, in.Text()}
		done := b.sendHeld(t, "POST", "/value?key=a&value=late")
		fmt.Println("held")
		in.Scan()
		if in.Text() == "rotate" {
			b.do(t, "POST", "/rotate")
		}
		s.leave <- struct{}{}
		<-done
		fmt.Println("key", b.cookie)
	}
}

// TestLogoutIsFinal races log-outs with requests of another process that are at work in the session, and
// with some that give it a new key.
func TestLogoutIsFinal(t *testing.T) {
	sharedStores(t, func(t *testing.T, shared *shared) {
		t.Helper()
		s := shared.site(t)
		w := shared.worker(t, "late")
		for i := range times(t, logouts) {
			b := s.loggedIn(t, "ann")
			keys := []string{b.cookie}
			w.say(t, b.cookie)
			if got := w.hear(t); got != "held" {
				t.Fatalf("the process says %s", got)
			}
			w.say(t, []string{"write", "rotate"}[i%2])
			out := b.do(t, "POST", "/logout")
			key, _ := strings.CutPrefix(w.hear(t), "key ")
			if out.StatusCode == http.StatusUnauthorized {
				// The other request was there first: the log-out knew a key that was dead by then.
				(&browser{s, key}).do(t, "POST", "/logout").want(t, http.StatusOK, "")
			}
			for _, key := range append(keys, key) {
				(&browser{s, key}).is(t, "")
			}
			if list, err := s.List(t.Context(), "ann"); len(list) != 0 || err != nil {
				t.Fatalf("log-out %d: ann has %+v, %v", i, list, err)
			}
		}
	})
}

// logInMany logs users in and tells their keys.
func logInMany(t *testing.T, s *site, _ *bufio.Scanner) {
	t.Helper()
	var group sync.WaitGroup
	keys, all := make(chan string), times(t, survivors)
	for i := range survivorsAtOnce {
		group.Go(func() {
			for n := i; n < all; n += survivorsAtOnce {
				keys <- s.loggedIn(t, fmt.Sprint("user", n)).cookie + fmt.Sprint(" user", n)
			}
		})
	}
	go func() {
		group.Wait()
		close(keys)
	}()
	for key := range keys {
		fmt.Println(key)
	}
	fmt.Println("end")
	select {} // Until it is killed.
}

// TestSurvival kills the server, and the Redis, under the sessions.
func TestSurvival(t *testing.T) {
	sharedStores(t, func(t *testing.T, shared *shared) {
		t.Helper()
		w := shared.worker(t, "login")
		users := map[string]string{}
		for line := w.hear(t); line != "end"; line = w.hear(t) {
			key, user, _ := strings.Cut(line, " ")
			users[key] = user
		}
		w.kill()
		if shared.redis != nil {
			shared.redis.kill(t)
			shared.redis.start(t)
		}
		if shared.postgres != nil {
			shared.postgres.Kill(t)
			shared.postgres.Up(t)
		}
		s, lost := shared.site(t), 0
		for key, user := range users {
			if r := (&browser{s, key}).do(t, "GET", "/me"); r.StatusCode != http.StatusOK || !strings.Contains(r.body, user) {
				lost++
			}
		}
		if lost > 0 || len(users) != times(t, survivors) {
			t.Errorf("%d of %d sessions are lost", lost, len(users))
		}
	})
}
