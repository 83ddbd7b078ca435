package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// compiling bounds the commands of a page: the first ones compile.
const compiling = 4 * time.Minute

// TestReadmes types what the pages say and looks for what they show, on their ports, in a network of
// its own.
func TestReadmes(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil && os.Getenv("CI") == "" {
		t.Skip("curl is not installed")
	}
	for _, page := range pages {
		t.Run(strings.ReplaceAll(strings.TrimPrefix(page, "../"), "/", "_"), func(t *testing.T) {
			t.Parallel()
			isolate(t)
			r := newReader(t, filepath.Dir(page))
			for _, step := range steps(t, page) {
				if notRun[step.command] == "" {
					r.at = filepath.Base(page) + ":" + strconv.Itoa(step.line)
					r.do(t, step)
				}
			}
			r.leavesNothing(t)
		})
	}
}

// isolate gives the calling goroutine, and what it starts, a network that has only a loopback
// interface. The thread ends with the goroutine.
func isolate(t *testing.T) {
	t.Helper()
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		runtime.UnlockOSThread()
		if os.Getenv("CI") != "" {
			t.Fatal("a network of its own: ", err)
		}
		t.Skip("the ports of the pages may be taken: only root can have a network of its own: ", err)
	}
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Close(socket) }()
	loopback, err := unix.NewIfreq("lo")
	if err != nil {
		t.Fatal(err)
	}
	loopback.SetUint16(unix.IFF_UP)
	if err := unix.IoctlIfreq(socket, unix.SIOCSIFFLAGS, loopback); err != nil {
		t.Fatal(err)
	}
}

// reader has a folder, an environment, and servers that run in other windows.
type reader struct {
	at      string // the line of the page
	dir     string
	env     []string
	where   string // a file for the folder that a command ends in
	servers []*job
	known   map[string]string // what git knows of each folder that the reader was in
}

// newReader is one in a copy of folder, which is called gen.
func newReader(t *testing.T, folder string) *reader {
	t.Helper()
	root := t.TempDir()
	r := &reader{dir: filepath.Join(root, "here", "gen"), where: filepath.Join(root, "where"), known: map[string]string{}}
	copyTracked(t, folder, r.dir)
	// On a terminal curl shows no meter where it prints the answer.
	writeFile(t, filepath.Join(root, ".curlrc"), "silent\nshow-error\n")
	// Nor is the log JSON there.
	r.env = []string{
		"LOG_FORMAT=text",
		"HOME=" + root, "PATH=" + filepath.Join(root, "go", "bin") + ":" + os.Getenv("PATH"), "TMPDIR=" + root, "LANG=C.UTF-8", "WHERE=" + r.where,
		"GOPROXY=off", "GOWORK=off", "GOFLAGS=-buildvcs=false -trimpath", "GORACE=atexit_sleep_ms=0", "LAME_DUCK=0s",
	}
	if raceEnabled() {
		r.env = append(r.env, "GOFLAGS=-buildvcs=false -trimpath -race")
	}
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		r.env = append(r.env, name+"="+strings.TrimSpace(string(value)))
	}
	r.visit(t)
	return r
}

// visit has git know what is in a folder when the reader comes there first.
func (r *reader) visit(t *testing.T) {
	t.Helper()
	if r.known[r.dir] == "" {
		r.known[r.dir] = filepath.Join(t.TempDir(), "git")
		r.git(t, r.dir, "init", "-q")
		r.git(t, r.dir, "add", "-A")
	}
}

// git says what a command of git does about a folder.
func (r *reader) git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"--git-dir", r.known[dir], "--work-tree", dir}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s in %s: %v\n%s", strings.Join(args, " "), dir, err, out)
	}
	return string(out)
}

// leavesNothing holds that git ignores what the commands left behind.
func (r *reader) leavesNothing(t *testing.T) {
	t.Helper()
	for dir := range r.known {
		if left := r.git(t, dir, "ls-files", "--others", "--exclude-standard"); left != "" {
			t.Errorf("the commands leave this in %s:\n%s", dir, left)
		}
	}
}

// copyTracked copies what git would have of a folder.
func copyTracked(t *testing.T, from, to string) {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = from
	names, err := cmd.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, os.ErrNotExist) {
			continue // removed, and git does not know yet
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(to, name), string(text))
	}
}

// serving matches the program without a subcommand, behind settings and before flags.
var serving = regexp.MustCompile(`^(?:[A-Z_]+=\S+ )*(?:go run \./cmd/|bin/)(?:board|shop)(?: --\S+(?: [^-\s]\S*)?)*$`)

// serves says that a command goes on until Ctrl-C, unless it has nowhere to listen.
func serves(command string) bool {
	return serving.MatchString(command) && !strings.HasSuffix(command, " --help")
}

func (r *reader) do(t *testing.T, s step) {
	t.Helper()
	if s.command == "" {
		r.interrupt(t)
		return
	}
	cd, rest, found := strings.Cut(s.command, " && ")
	if found && serves(rest) {
		r.start(t, cd).end(t, r.at, nil)
		r.move(t)
		s.command = rest
	}
	job := r.start(t, s.command)
	if !serves(s.command) || ownWords.MatchString(strings.Join(s.want, "\n")) {
		job.end(t, r.at, s.want)
		r.move(t)
		return
	}
	if s.transient {
		s.want = []string{"…", "…listening…"}
	}
	if job.shows(t, r.at, s.want) {
		r.servers = append(r.servers, job)
	}
	if s.transient {
		r.interrupt(t)
	}
}

// move goes to the folder that the last command ended in.
func (r *reader) move(t *testing.T) {
	t.Helper()
	dir, err := os.ReadFile(r.where)
	if err != nil {
		t.Fatal(err)
	}
	r.dir = strings.TrimSpace(string(dir))
	r.visit(t)
}

// interrupt is Ctrl-C for the server that was started last.
func (r *reader) interrupt(t *testing.T) {
	t.Helper()
	last := len(r.servers) - 1
	if last < 0 {
		t.Fatalf("%s: there is nothing to interrupt", r.at)
	}
	job := r.servers[last]
	r.servers = r.servers[:last]
	job.signal(syscall.SIGINT)
	select {
	case <-job.ended:
	case <-time.After(deadline):
		t.Fatalf("%s: Ctrl-C does not end %s:\n%s", r.at, job.command, job)
	}
	// go run itself ends with 1 after Ctrl-C.
	if code := job.cmd.ProcessState.ExitCode(); code != 0 && !strings.HasPrefix(job.command, "go run ") {
		t.Errorf("%s: %s ends with %d:\n%s", r.at, job.command, code, job)
	}
}

// start begins a command; the test's end kills it and what it has started.
func (r *reader) start(t *testing.T, command string) *job {
	t.Helper()
	j := &job{command: command, cmd: exec.Command("bash", "-c", "trap 'pwd >$WHERE' EXIT\n"+command), ended: make(chan struct{})}
	j.changed = sync.NewCond(&j.mu)
	j.cmd.Dir, j.cmd.Env = r.dir, r.env
	if serves(command) {
		j.cmd.Env = append(slices.Clip(j.cmd.Env), "WHERE=/dev/null")
	}
	j.cmd.Stdout, j.cmd.Stderr = j, j
	j.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := j.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = j.cmd.Wait() // its exit code is looked at where it matters
		close(j.ended)
		j.wake()
	}()
	t.Cleanup(func() {
		j.signal(syscall.SIGKILL)
		<-j.ended
	})
	return j
}
