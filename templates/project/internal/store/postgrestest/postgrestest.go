// Package postgrestest starts PostgreSQL servers for tests: each in a folder of its own, on a Unix socket,
// by the program that is installed on this machine.
package postgrestest

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL server of a test's own. Its data is safe from its own crash, not from the machine's.
type Server struct {
	programs, folder string
	// as is what a program is started with so that it does not run as root, which it would refuse.
	as      []string
	cmd     *exec.Cmd
	schemas atomic.Int64
}

// Start starts a server that ends with the test. It skips the test where PostgreSQL is not installed.
func Start(tb testing.TB) *Server {
	tb.Helper()
	if testing.Short() {
		tb.Skip("PostgreSQL is left out of short tests")
	}
	programs := installed()
	if programs == "" {
		tb.Skip("PostgreSQL is not installed")
	}
	folder, err := os.MkdirTemp("", "pg") //nolint:usetesting // the name of a socket must be short
	check(tb, err)
	s := &Server{programs: programs, folder: folder}
	tb.Cleanup(func() { check(tb, os.RemoveAll(folder)) })
	if os.Geteuid() == 0 {
		s.becomePostgres(tb)
	}
	// In an English locale, so that whoever wants texts to sort as bytes has to say so.
	output, err := s.command("initdb", "-D", s.data(), "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
		"--locale-provider=icu", "--icu-locale=en-US", "-N").CombinedOutput()
	if err != nil {
		tb.Fatalf("initdb: %v\n%s", err, output)
	}
	s.Up(tb)
	tb.Cleanup(func() { s.Kill(tb) })
	return s
}

// installed is the folder of the newest server programs, where Debian has them, or on the path.
func installed() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		program, err := exec.LookPath("postgres")
		if err != nil {
			return ""
		}
		found = []string{program}
	}
	version := func(program string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(program))))
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }))
}

// becomePostgres gives the folder to the user that comes with the package.
func (s *Server) becomePostgres(tb testing.TB) {
	tb.Helper()
	u, err := user.Lookup("postgres")
	if err != nil {
		tb.Skipf("PostgreSQL does not run as root: %v", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	check(tb, err)
	gid, err := strconv.Atoi(u.Gid)
	check(tb, err)
	check(tb, os.Chown(s.folder, uid, gid))
	s.as = []string{"setpriv", "--reuid=" + u.Uid, "--regid=" + u.Gid, "--clear-groups"}
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

func (s *Server) command(program string, args ...string) *exec.Cmd {
	line := slices.Concat(s.as, []string{filepath.Join(s.programs, program)}, args)
	cmd := exec.Command(line[0], line[1:]...) //nolint:gosec // a program of this machine
	cmd.Dir = s.folder
	return cmd
}

// Up starts the server again, and returns when it answers.
func (s *Server) Up(tb testing.TB) {
	tb.Helper()
	s.cmd = s.command("postgres", "-D", s.data(), "-k", s.folder, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=400", "-c", "lc_messages=C")
	stderr, err := s.cmd.StderrPipe()
	check(tb, err)
	check(tb, s.cmd.Start())
	lines, said := bufio.NewScanner(stderr), ""
	for lines.Scan() {
		if strings.Contains(lines.Text(), "is ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, stderr) }() // so that the server can go on writing
			return
		}
		said += lines.Text() + "\n"
	}
	tb.Fatalf("PostgreSQL ended before it was ready:\n%s", said)
}

// Kill ends the server without giving it time for anything.
func (s *Server) Kill(tb testing.TB) {
	tb.Helper()
	if s.cmd == nil {
		return
	}
	check(tb, s.cmd.Process.Signal(syscall.SIGQUIT)) // to all of its processes, as SIGKILL would not be
	_ = s.cmd.Wait()                                 // it was killed
	s.cmd = nil
}

// URL is that of a schema which nobody else uses, in a database that all tests share.
func (s *Server) URL(tb testing.TB) string {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), s.url(""))
	check(tb, err)
	schema := fmt.Sprintf("test%d", s.schemas.Add(1))
	_, err = conn.Exec(tb.Context(), "CREATE SCHEMA "+schema)
	check(tb, err)
	check(tb, conn.Close(tb.Context()))
	return s.url(schema)
}

func (s *Server) url(schema string) string {
	query := url.Values{"host": {s.folder}, "user": {"test"}}
	if schema != "" {
		query.Set("search_path", schema)
	}
	return "postgres:///postgres?" + query.Encode()
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
