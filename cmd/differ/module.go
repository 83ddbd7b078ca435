package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"gen/generator"
	"gen/generator/model"
	"gen/generator/spec"
)

// module is the path of the module in which the contest is built. It is always the same, and so is its
// content for the same documents: the build cache knows it.
const module = "example.com/contest"

// codecsOff is the gen.yaml of the other side.
const codecsOff = "codecs: off\n"

//go:embed contest/*.go *.tmpl
var sources embed.FS

var programTemplates = template.Must(template.New("").Funcs(template.FuncMap{
	"module":  func() string { return module },
	"answers": writtenAnswers,
}).ParseFS(sources, "*.tmpl"))

// writtenAnswers are the answers of an operation that have a body of data.
func writtenAnswers(op *model.Operation) []*model.Response {
	var out []*model.Response
	for _, r := range op.Responses {
		if r.Type != nil && r.Type.Kind != model.File {
			out = append(out, r)
		}
	}
	return out
}

// subject is one document with the two ways of its packages.
type subject struct {
	Name string
	doc  *spec.Document
	api  *model.API
	// off is the document as the other side has it; the same one but in tests.
	off []byte
}

func newSubject(name string, doc *spec.Document) (*subject, error) {
	// As generator.New will read it: repaired, and of one file.
	once, err := spec.Parse(name+".json", doc.JSON, spec.Options{})
	if err != nil {
		return nil, err
	}
	api, err := model.New(once, model.Overrides{})
	if err != nil {
		return nil, err
	}
	return &subject{Name: name, doc: once, api: api, off: doc.JSON}, nil
}

// build writes the module to a folder and returns the path of its program.
func build(ctx context.Context, dir string, subjects []*subject) (string, error) {
	for i, s := range subjects {
		folder := filepath.Join(dir, "d"+strconv.Itoa(i))
		err := errors.Join(
			s.writeSide(ctx, filepath.Join(folder, "on"), s.doc.JSON, ""),
			s.writeSide(ctx, filepath.Join(folder, "off"), s.off, codecsOff))
		if err != nil {
			return "", fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	if err := writeContest(dir, subjects); err != nil {
		return "", err
	}
	program := filepath.Join(dir, "contest.program")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, output)
	}
	return program, nil
}

// writeSide writes package api for a document, with a handler that tells what it was given, to a folder.
func (s *subject) writeSide(ctx context.Context, dir string, document []byte, choices string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file := filepath.Join(dir, "document.json")
	err := errors.Join(
		os.WriteFile(file, document, 0o600),
		os.WriteFile(filepath.Join(dir, "document.gen.yaml"), []byte(choices), 0o600))
	if err != nil {
		return err
	}
	project := filepath.Join(dir, "project")
	if _, err := generator.New(ctx, generator.Options{Name: "server", Module: module, Spec: file, Dir: project}); err != nil {
		return err
	}
	contestant, err := source("contestant.go.tmpl", s.api)
	if err != nil {
		return err
	}
	return errors.Join(
		os.Rename(filepath.Join(project, "api"), filepath.Join(dir, "api")),
		os.WriteFile(filepath.Join(dir, "api", "contestant.go"), contestant, 0o600),
		os.Rename(filepath.Join(project, "go.mod"), filepath.Join(dir, "..", "..", "go.mod")),
		os.Rename(filepath.Join(project, "go.sum"), filepath.Join(dir, "..", "..", "go.sum")),
		os.RemoveAll(project))
}

// writeContest writes what is not about one document.
func writeContest(dir string, subjects []*subject) error {
	program, err := source("main.go.tmpl", subjects)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "contest"), 0o755); err != nil {
		return err
	}
	names, err := fs.Glob(sources, "contest/*.go")
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	for _, name := range names {
		data, err := sources.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "main.go"), program, 0o600)
}

func source(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	if err := programTemplates.ExecuteTemplate(&out, name, data); err != nil {
		return nil, err
	}
	return format.Source(out.Bytes())
}
