// Command benchgen measures gen new beside oapi-codegen's own command on the largest documents of a
// folder: medians of interleaved rounds, the time by the clock and the most memory held.
//
//	benchgen FOLDER
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

const (
	documents = 8
	rounds    = 3
	rival     = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchgen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) != 1 || args[0] == "":
		return errors.New("name a folder with OpenAPI documents, as in: make bench-gen CORPUS=DIR")
	case args[0] == "--help" || args[0] == "-h":
		fmt.Println("usage: benchgen FOLDER")
		return nil
	}
	docs, err := largest(args[0])
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "benchgen")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b := bench{dir: dir}
	if err := b.build(ctx); err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "document\tgen new\t\toapi-codegen\t\tratio\t\n")
	for _, doc := range docs {
		b.row(ctx, table, doc)
	}
	return table.Flush()
}

// largest are the largest documents of a folder, the largest first.
func largest(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	var docs []string
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(entry.Name())) {
			continue
		}
		doc := filepath.Join(folder, entry.Name())
		docs, sizes[doc] = append(docs, doc), info.Size()
	}
	slices.SortStableFunc(docs, func(a, b string) int { return int(sizes[b] - sizes[a]) })
	return docs[:min(documents, len(docs))], nil
}

type bench struct{ dir string }

// build makes both commands; each uses the modules that it was released with.
func (b bench) build(ctx context.Context) error {
	own := exec.CommandContext(ctx, "go", "build", "-o", b.dir, "./cmd/gen")
	other := exec.CommandContext(ctx, "go", "install", rival)
	other.Env = append(os.Environ(), "GOBIN="+b.dir, "GOFLAGS=")
	for _, cmd := range []*exec.Cmd{own, other} {
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out)
		}
	}
	config := "package: api\ngenerate: {models: true, echo-server: true, strict-server: true, embedded-spec: true}\noutput: " +
		filepath.Join(b.dir, "out.go") + "\n"
	return os.WriteFile(filepath.Join(b.dir, "config.yaml"), []byte(config), fs.FileMode(0o600))
}

// row measures one document with both.
func (b bench) row(ctx context.Context, table *tabwriter.Writer, doc string) {
	var own, other []sample
	for range rounds {
		project := filepath.Join(b.dir, "project")
		_ = os.RemoveAll(project)
		own = append(own, b.measure(ctx, "gen", "new", "server", "--spec", doc, "--dir", project))
		other = append(other, b.measure(ctx, "oapi-codegen", "-config", filepath.Join(b.dir, "config.yaml"), doc))
	}
	a, o := median(own), median(other)
	ratio := "-"
	if a.ok && o.ok {
		ratio = fmt.Sprintf("%.2f", a.elapsed.Seconds()/o.elapsed.Seconds())
	}
	fmt.Fprintf(table, "%s\t%s\t%s\t%s\t\n", filepath.Base(doc), a, o, ratio)
}

// sample is one run.
type sample struct {
	elapsed time.Duration
	memory  int64 // in bytes, 0 where the system does not tell
	ok      bool
}

func (s sample) String() string {
	if !s.ok {
		return "fails\t"
	}
	return fmt.Sprintf("%.2f s\t%d MiB", s.elapsed.Seconds(), s.memory>>20)
}

func (b bench) measure(ctx context.Context, name string, args ...string) sample {
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, name), args...)
	start := time.Now()
	err := cmd.Run()
	return sample{elapsed: time.Since(start), memory: peak(cmd.ProcessState), ok: err == nil}
}

func median(samples []sample) sample {
	slices.SortFunc(samples, func(a, b sample) int { return int(a.elapsed - b.elapsed) })
	return samples[len(samples)/2]
}
