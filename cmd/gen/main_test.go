package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	// What is caught here is not ignored by programs that start from here, as it would be below nohup.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	testscript.Main(m, map[string]func(){"gen": main})
}

// TestScripts runs testdata/*.txtar: what each command does, told as its user sees it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fails": fails, "exits": exits, "replace": replace, "append": appendTo, "snapshot": snapshot, "unchanged": unchanged,
		},
		Condition: condition,
		Setup:     goSettings,
	})
}

// goSettings gives scripts, whose home is no folder, the caches that these tests are built from, and no network.
func goSettings(env *testscript.Env) error {
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOFLAGS"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return err
		}
		env.Setenv(name, strings.TrimSpace(string(value)))
	}
	env.Setenv("GOPROXY", "off")
	env.Setenv("GORACE", os.Getenv("GORACE"))
	return nil
}

// fails runs a program that has to exit with 2.
func fails(ts *testscript.TestScript, neg bool, args []string) {
	exits(ts, neg, append([]string{strconv.Itoa(exitError)}, args...))
}

// exits runs a program that has to exit with a code: exits 3 gen update.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("got %v, want exit status %s", err, args[0])
	}
}

// replace edits a file, which must have the text once: replace file old new. \n and \t stand for what they do in Go.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace file old new")
	}
	escapes := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	before, from, to := ts.ReadFile(args[0]), escapes.Replace(args[1]), escapes.Replace(args[2])
	if n := strings.Count(before, from); n != 1 {
		ts.Fatalf("%s has %q %d times", args[0], from, n)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(before, from, to, 1)), 0o644))
}

// appendTo adds to the end of a file: append file text, as of replace.
func appendTo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append file text")
	}
	text := ts.ReadFile(args[0]) + strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// snapshot remembers a folder, unchanged says that it is still, or again, the same: snapshot dir name.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: snapshot folder name")
	}
	ts.Check(os.CopyFS(ts.MkAbs("../"+args[1]+".snapshot"), os.DirFS(ts.MkAbs(args[0]))))
}

func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: unchanged folder name")
	}
	was, is := tree(ts, ts.MkAbs("../"+args[1]+".snapshot")), tree(ts, ts.MkAbs(args[0]))
	if diff := cmp.Diff(was, is); (diff != "") != neg {
		ts.Fatalf("what changed (-was +is):\n%s", diff)
	}
}

// tree is every file below dir.
func tree(ts *testscript.TestScript, dir string) map[string]string {
	files := map[string]string{}
	ts.Check(fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = string(data)
		return err
	}))
	return files
}

func condition(name string) (bool, error) {
	if name == "root" {
		return os.Geteuid() == 0, nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}
