// Command benchgen measures gen new beside oapi-codegen's own command on the documents of a folder:
// medians of interleaved rounds, the time by the clock and the most memory held.
//
//	benchgen FOLDER
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

const (
	rounds = 5
	rival  = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
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
	docs, err := documents(args[0])
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
	return b.compare(ctx, os.Stdout, docs)
}

// documents are those of a folder, the largest first.
func documents(folder string) ([]string, error) {
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
	slices.SortStableFunc(docs, func(a, b string) int { return cmp.Compare(sizes[b], sizes[a]) })
	return docs, nil
}

type bench struct {
	dir string
	// projects is how many were written. None is removed before the end: where files were just removed,
	// ext4 takes ten times as long to make others.
	projects int
}

// build makes both commands; each uses the modules that it was released with.
func (b *bench) build(ctx context.Context) error {
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

// compare prints a row a document, and at last the largest ratio.
func (b *bench) compare(ctx context.Context, out io.Writer, docs []string) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "document\tgen new\t\toapi-codegen\t\tratio\t\n")
	worst, slowest := 0.0, ""
	for _, doc := range docs {
		own, other := b.rounds(ctx, doc)
		text := "-"
		if own.ok && other.ok {
			ratio := own.elapsed.Seconds() / other.elapsed.Seconds()
			if text = fmt.Sprintf("%.2f", ratio); ratio > worst {
				worst, slowest = ratio, filepath.Base(doc)
			}
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t\n", filepath.Base(doc), own, other, text)
	}
	if err := table.Flush(); err != nil || slowest == "" {
		return err
	}
	_, err := fmt.Fprintf(out, "largest ratio: %.2f (%s)\n", worst, slowest)
	return err
}

// rounds are the medians of both commands on a document.
func (b *bench) rounds(ctx context.Context, doc string) (own, other sample) {
	var owns, others []sample
	for range rounds {
		b.projects++
		project := filepath.Join(b.dir, "project"+strconv.Itoa(b.projects))
		owns = append(owns, b.measure(ctx, "gen", "new", "server", "--spec", doc, "--dir", project))
		others = append(others, b.measure(ctx, "oapi-codegen", "-config", filepath.Join(b.dir, "config.yaml"), doc))
	}
	return median(owns), median(others)
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

func (b *bench) measure(ctx context.Context, name string, args ...string) sample {
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, name), args...)
	start := time.Now()
	err := cmd.Run()
	return sample{elapsed: time.Since(start), memory: peak(cmd.ProcessState), ok: err == nil}
}

func median(samples []sample) sample {
	slices.SortFunc(samples, func(a, b sample) int { return cmp.Compare(a.elapsed, b.elapsed) })
	return samples[len(samples)/2]
}
