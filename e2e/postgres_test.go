//go:build unix

package e2e

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	osuser "os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres is a PostgreSQL server of a test's own, on a Unix socket.
type postgres struct {
	folder, programs string
	// as is what a program is started with so that it does not run as root, which it would refuse.
	as   []string
	args []string
	cmd  *exec.Cmd
	log  *processLog
}

// startPostgres starts a server that ends with the test. args are further ones of postgres.
func startPostgres(t *testing.T, args ...string) *postgres {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	switch {
	case len(found) > 0:
	case os.Getenv("CI") == "true":
		t.Fatal("PostgreSQL is not installed")
	default:
		t.Skip("PostgreSQL is not installed")
	}
	folder, err := os.MkdirTemp("/tmp", "pg") //nolint:usetesting // the name of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	p := &postgres{folder: folder, programs: found[len(found)-1], args: args}
	if os.Geteuid() == 0 {
		p.becomePostgres(t)
	}
	if output, err := p.command("initdb", "-D", folder+"/data", "-U", "board", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, output)
	}
	p.up(t)
	t.Cleanup(p.kill)
	return p
}

// becomePostgres gives the folder to the user that comes with the package.
func (p *postgres) becomePostgres(t *testing.T) {
	t.Helper()
	u, err := osuser.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(p.folder, uid, gid); err != nil {
		t.Fatal(err)
	}
	p.as = []string{"setpriv", "--reuid=" + u.Uid, "--regid=" + u.Gid, "--clear-groups"}
}

func (p *postgres) command(program string, args ...string) *exec.Cmd {
	line := slices.Concat(p.as, []string{filepath.Join(p.programs, program)}, args)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir = p.folder
	return cmd
}

// up starts the server, and waits until it answers.
func (p *postgres) up(t *testing.T) {
	t.Helper()
	args := []string{
		"-D", p.folder + "/data", "-k", p.folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
		"-c", "lc_messages=C",
	}
	p.log = &processLog{}
	p.cmd = p.command("postgres", append(args, p.args...)...)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	awaitLine(t, p.log, "ready to accept connections")
}

// awaitLine waits until a process has printed a text.
func awaitLine(t *testing.T, log *processLog, text string) {
	t.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(deadline); !strings.Contains(log.String(), text); <-again.C {
		if time.Now().After(end) {
			t.Fatalf("%q does not come:\n%s", text, log)
		}
	}
}

// kill ends the server, all of its processes, at once.
func (p *postgres) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGQUIT) // fails where it has ended already
	_ = p.cmd.Wait()
}

// url has a password that nobody asks for, and nobody should see.
func (p *postgres) url() string {
	return "postgres://board:hunter2@/postgres?" + url.Values{"host": {p.folder}}.Encode()
}

func (p *postgres) connect(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), p.url())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return conn
}

// TestWithoutItsDatabase holds what a server does while PostgreSQL is gone: it says so, and is itself again
// when PostgreSQL is back.
func TestWithoutItsDatabase(t *testing.T) {
	t.Parallel()
	p := startPostgres(t)
	s := start(t, "DATABASE_URL="+p.url(), "SESSION_STORE=database?read_timeout=10s")
	s.logInOnce(t)
	made := s.do(t, "POST", "/v1/posts", object{"title": "kept", "body": "B"}).want(t, http.StatusCreated)
	p.kill()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/v1/posts": 503, "/v1/session": 503} {
		r, err := s.try("GET", path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if body := strings.ToLower(string(r.body)); r.status != want || strings.Contains(body, "socket") || strings.Contains(body, p.folder) {
			t.Errorf("without PostgreSQL %v, want %d", r, want)
		}
	}
	p.up(t)
	s.awaitThat(t, "the database", deadline, func() bool {
		r, err := s.try("GET", made.header.Get("Location"), nil)
		return err == nil && r.status == http.StatusOK
	})
	s.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
	if strings.Contains(s.log.String(), "hunter2") {
		t.Error("the log has the password")
	}
}

// TestNoDatabaseAtTheStart holds what an operator reads whose database is not there.
func TestNoDatabaseAtTheStart(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://board:hunter2@127.0.0.1:1/board":                 "connection refused: look at DATABASE_URL, and whether PostgreSQL is there",
		"postgres://board:hunter2@127.0.0.1:port/board":              "want postgres://USER:PASSWORD@HOST:PORT/DATABASE",
		"postgres://board:hunter2@127.0.0.1/?statement_timeout=soon": "such as 10s",
	} {
		s := spawn(t, boardProgram(t), t.TempDir(), "DATABASE_URL="+address)
		code, said := s.exitCode(t), s.log.String()
		if code != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, want) || strings.Contains(said, "hunter2") || strings.Contains(said, "board.db") {
			t.Errorf("it ends with %d and says:\n%s", code, said)
		}
	}
}

// TestTextsThatPostgresRefuses holds that the client is told, and the server has no failure.
func TestTextsThatPostgresRefuses(t *testing.T) {
	t.Parallel()
	s := start(t, "DATABASE_URL="+startPostgres(t).url(), "SESSION_STORE=memory")
	s.logInOnce(t)
	r := s.do(t, "POST", "/v1/posts", object{"title": "a\x00b", "body": "B"})
	r.problem(t, http.StatusBadRequest)
	if !strings.Contains(string(r.body), "U+0000") {
		t.Errorf("it says %v", r)
	}
}

// TestPagesOfManyPosts holds that pages come by an index, and tells how long they take. POSTS says of how
// many, if not of 50,000.
func TestPagesOfManyPosts(t *testing.T) {
	p := startPostgres(t, "-c", "session_preload_libraries=auto_explain", "-c", "auto_explain.log_min_duration=0")
	s := start(t, "DATABASE_URL="+p.url(), "SESSION_STORE=memory", "VALIDATE_RESPONSES=false", "LOG_LEVEL=info")
	fillPosts(t, p.connect(t), number(t, "POSTS", 50_000))
	// What has a value to sort by is found by one index, what has none perhaps by another.
	for _, test := range []struct{ query, index string }{
		{"sort=createdAt&order=asc", "Scan using posts_by_created_at on"},
		{"sort=createdAt&order=desc&status=published", "Backward using posts_by_created_at on"},
		{"sort=title&order=desc", "Backward using posts_by_title on"},
		{"sort=rating&order=asc", "Scan using posts_by_rating on"},
		{"sort=rating&order=desc&status=draft", "Scan using posts_by_rating_down on"},
		{"sort=createdAt&tag=t77", "Scan on posts_by_tags"},
	} {
		path := "/v1/posts?limit=20&" + test.query
		for n := range 2 {
			before := len(p.log.String())
			got := decode[page[post]](t, s.do(t, "GET", path, nil).want(t, http.StatusOK))
			s.awaitThat(t, test.query+" by "+test.index, deadline, func() bool {
				return strings.Contains(p.log.String()[before:], test.index)
			})
			t.Logf("%s, page %d: %s at the median", test.query, n+1, s.median(t, path))
			if plan := p.log.String()[before:]; strings.Contains(plan, "Seq Scan on posts") {
				t.Errorf("%s reads the whole table:\n%s", test.query, plan)
			}
			path += "&after=" + url.QueryEscape(*got.Next)
		}
	}
}

func fillPosts(t *testing.T, conn *pgx.Conn, n int) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), `INSERT INTO posts (path, parent, seq, version, created, updated, data)
		SELECT n::text, '', n, 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', jsonb_build_object(
			'id', n, 'authorId', 1, 'title', 'Post ' || (n::bigint * 7919 % $1), 'body', 'B', 'tags', jsonb_build_array('t' || n % 1000),
			'status', (ARRAY['draft', 'published'])[1 + n % 2], 'rating', n / 2 % 6, 'updatedAt', '2026-01-01T00:00:00Z',
			'createdAt', to_char('2024-01-01'::timestamp + n::bigint * 104729 % $1 * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
		FROM generate_series(1, $1) AS n`, n); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `VACUUM ANALYZE posts`); err != nil {
		t.Fatal(err)
	}
}

// median is how long an answer takes.
func (s *server) median(t *testing.T, path string) time.Duration {
	t.Helper()
	took := make([]time.Duration, 51)
	for i := range took {
		began := time.Now()
		s.do(t, "GET", path, nil).want(t, http.StatusOK)
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[len(took)/2]
}
