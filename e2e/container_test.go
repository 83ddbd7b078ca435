//go:build unix

package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// distroless lays out what gcr.io/distroless/static has beside certificates and time zones, which nobody here asks for.
func distroless(t *testing.T, i *image) {
	t.Helper()
	if !strings.HasPrefix(i.from, "gcr.io/distroless/static-") || !strings.HasSuffix(i.from, ":nonroot") {
		t.Fatalf("it is made from %s", i.from)
	}
	for _, err := range []error{
		os.MkdirAll(i.path("/etc"), 0o755),
		os.WriteFile(i.path("/etc/passwd"), []byte("nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n"), 0o644),
		os.MkdirAll(i.path("/tmp"), 0o755),
		os.Chmod(i.path("/tmp"), 0o1777),
		os.MkdirAll(i.path("/home/nonroot"), 0o700),
		os.Chown(i.path("/home/nonroot"), 65532, 65532),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestContainer builds the image of the Dockerfile and runs it, with the tools of this machine in place of Docker's.
func TestContainer(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root may change the root of the file system")
	}
	board := filepath.Join("..", "generated", "board")
	i := buildImage(t, filepath.Join(board, "deploy", "Dockerfile"), dockerContext(t, board))
	distroless(t, i)
	if files := filesBelow(t, i.root); !slices.Equal(files, []string{"etc/passwd", "usr/local/bin/board"}) {
		t.Errorf("the image has %q", files)
	}
	healthy := func(addr string) (string, error) {
		out, err := i.command(t, i.healthy, addr).CombinedOutput()
		return string(out), err
	}
	addr := fmt.Sprintf("ADDR=:%d", freePort(t))
	if _, err := healthy(addr); err == nil {
		t.Error("it is healthy before it runs")
	}
	s := launch(t, i.command(t, slices.Concat(i.entrypoint, i.cmd), addr))
	s.await(t)
	if out, err := healthy(addr); err != nil || out != "" {
		t.Errorf("it is not healthy: %v, %s", err, out)
	}
	s.url = strings.Replace(s.url, "[::]", "localhost", 1)
	createPost(t, s, nil)
	if files := filesBelow(t, i.path(".")); !slices.Contains(files, "board.db") {
		t.Errorf("the volume has %q", files)
	}
	if code := s.stop(t, syscall.SIGTERM); code != 0 {
		t.Errorf("it ends with %d", code)
	}
	var exit *exec.ExitError
	if out, err := healthy(addr); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.HasPrefix(out, "board: the server at ") {
		t.Errorf("after its end it is said to be healthy: %v, %s", err, out)
	}
}

// TestContainerBuildsWithGoOfTheProject: the image of Go must not be older than go.mod asks for.
func TestContainerBuildsWithGoOfTheProject(t *testing.T) {
	t.Parallel()
	module, err := os.ReadFile("../generated/board/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	first := readDockerfile(t, filepath.Join(deployed, "Dockerfile"))[0].args
	version, isGo := strings.CutPrefix(strings.Fields(first)[0], "golang:")
	if !isGo || !strings.Contains(string(module), "\ngo "+version+".") {
		t.Errorf("it is built from %s; go.mod is\n%s", first, module)
	}
}
