//go:build unix

package e2e

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// instruction is a line of a Dockerfile: COPY --from=build /a /b.
type instruction struct {
	name  string
	flags map[string]string
	args  string
}

// words are the arguments of an instruction in either form: COPY a b, CMD ["a", "b"].
func (i instruction) words(t *testing.T) []string {
	t.Helper()
	if !strings.HasPrefix(i.args, "[") {
		return strings.Fields(i.args)
	}
	var words []string
	if err := json.Unmarshal([]byte(i.args), &words); err != nil {
		t.Fatalf("%s %s: %v", i.name, i.args, err)
	}
	return words
}

// readDockerfile reads instructions of one line each, which is all that ours have.
func readDockerfile(t *testing.T, file string) (all []instruction) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "" || name == "#" {
			continue
		}
		flags := map[string]string{}
		for strings.HasPrefix(rest, "--") {
			var flag string
			flag, rest, _ = strings.Cut(rest, " ")
			key, value, _ := strings.Cut(strings.TrimPrefix(flag, "--"), "=")
			flags[key] = value
		}
		all = append(all, instruction{name, flags, rest})
	}
	return all
}

// image is what a stage of a Dockerfile makes: a folder for its file system, and how a program is run in it.
type image struct {
	from, root, dir, user    string
	env                      []string
	entrypoint, cmd, healthy []string
	exposed                  string
}

// path is where a file of the image is on this machine.
func (i *image) path(name string) string {
	if !path.IsAbs(name) {
		name = path.Join(i.dir, name)
	}
	return filepath.Join(i.root, filepath.FromSlash(name))
}

// buildImage does what a Dockerfile says, from the files of context, and returns what its last stage makes. Stages that
// build see this machine around their folder, the last one sees nothing.
func buildImage(t *testing.T, dockerfile, context string) *image {
	t.Helper()
	stages := map[string]*image{}
	var now *image
	for _, i := range readDockerfile(t, dockerfile) {
		words := strings.Fields(i.args)
		switch i.name {
		case "FROM":
			now = &image{from: words[0], root: t.TempDir(), dir: "/"}
			if len(words) == 3 {
				stages[words[2]] = now
			}
		case "COPY":
			source := cmp.Or(stages[i.flags["from"]], &image{root: context})
			now.copyFrom(t, source, words)
		case "RUN":
			cmd := exec.Command("sh", "-c", i.args)
			cmd.Dir = now.path(".")
			cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("RUN %s: %v\n%s", i.args, err, out)
			}
		default:
			now.set(t, i)
		}
	}
	return now
}

func (i *image) set(t *testing.T, line instruction) {
	t.Helper()
	switch line.name {
	case "WORKDIR":
		i.dir = line.args
		if err := os.MkdirAll(i.path("."), 0o755); err != nil {
			t.Fatal(err)
		}
	case "ENV":
		i.env = append(i.env, line.words(t)...)
	case "EXPOSE":
		i.exposed = line.args
	case "USER":
		i.user = line.args
	case "ENTRYPOINT":
		i.entrypoint = line.words(t)
	case "CMD":
		i.cmd = line.words(t)
	case "HEALTHCHECK":
		command, found := strings.CutPrefix(line.args, "CMD ")
		if !found {
			t.Fatalf("HEALTHCHECK %s is none", line.args)
		}
		i.healthy = instruction{args: command}.words(t)
	default:
		t.Fatalf("this test does not know %s %s", line.name, line.args)
	}
}

// copyFrom is COPY: of all words but the last one, to that.
func (i *image) copyFrom(t *testing.T, source *image, words []string) {
	t.Helper()
	to := words[len(words)-1]
	for _, from := range words[:len(words)-1] {
		target := i.path(to)
		info, err := os.Stat(source.path(from))
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() {
			copyFolder(t, source.path(from), target, func(string) bool { return true })
			continue
		}
		if strings.HasSuffix(to, "/") {
			target = filepath.Join(target, path.Base(from))
		}
		copyFile(t, source.path(from), target, info.Mode())
	}
}

// copyFolder copies the files that are wanted, also over others.
func copyFolder(t *testing.T, from, to string, wanted func(name string) bool) {
	t.Helper()
	for _, name := range filesBelow(t, from) {
		if wanted(name) {
			copyFile(t, filepath.Join(from, name), filepath.Join(to, name), 0o644)
		}
	}
}

func filesBelow(t *testing.T, folder string) (files []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func copyFile(t *testing.T, from, to string, mode fs.FileMode) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, data, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// command is a program of the image, run as a container does: it sees the files of the image alone, as its user.
func (i *image) command(t *testing.T, words []string, env ...string) *exec.Cmd {
	t.Helper()
	user, group, _ := strings.Cut(i.user, ":")
	uid, err := strconv.ParseUint(user, 10, 32)
	if err != nil || uid == 0 || group != user {
		t.Fatalf("USER %s is no user without privileges", i.user)
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = i.dir
	cmd.Env = append(slices.Clone(i.env), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: i.root, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	return cmd
}

// dockerContext copies what .dockerignore leaves of a folder.
func dockerContext(t *testing.T, folder string) string {
	t.Helper()
	rules, err := os.ReadFile(filepath.Join(folder, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	context := t.TempDir()
	copyFolder(t, folder, context, func(name string) bool { return !dockerIgnores(string(rules), name) })
	return context
}

// dockerIgnores says whether a file is left out: the last rule that fits it, or a folder that it is in, decides.
func dockerIgnores(rules, name string) (ignored bool) {
	for rule := range strings.Lines(rules) {
		rule, kept := strings.CutPrefix(strings.TrimSpace(rule), "!")
		if rule == "" || rule[0] == '#' {
			continue
		}
		for part := name; part != "."; part = path.Dir(part) {
			if fits, err := path.Match(strings.Trim(rule, "/"), part); fits && err == nil {
				ignored = !kept
			}
		}
	}
	return ignored
}

func TestDockerIgnores(t *testing.T) {
	t.Parallel()
	left := []string{}
	rules := "# what\n*\n!go.mod\n!cmd\n"
	files := map[string]bool{"go.mod": true, "cmd/board/main.go": true, "board.db": false, "deploy/.env": false, "acme/key.pem": false, ".git/config": false}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if dockerIgnores(rules, name) == files[name] {
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		t.Errorf("read otherwise than Docker does: %q", left)
	}
}
