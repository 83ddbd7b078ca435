package generator

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/render"
	"gen/generator/spec"
	"gen/templates"
)

// mutants and vetted are how many mutated documents TestMutants tries, and of how many of them it has
// the Go vetted.
const (
	mutants = 600
	vetted  = 12
)

// deadline is how long the pipeline may take for one small document.
const deadline = time.Minute

// FuzzPipeline feeds mutated documents: each is refused with issues, or becomes Go.
func FuzzPipeline(f *testing.F) {
	documents := seeds(f)
	for i := range documents {
		f.Add(uint(i), []byte{8, byte(i), 7, 2, 50, byte(i), 4, 20, 90})
	}
	f.Fuzz(func(t *testing.T, which uint, program []byte) {
		document := mutate(documents[which%uint(len(documents))], program)
		if _, err := tried(document); err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
	})
}

// TestMutants is a short fuzzing that is the same every time. What some of the documents become is
// vetted, which the fuzzer has no time for.
func TestMutants(t *testing.T) {
	documents := seeds(t)
	random := rand.New(rand.NewPCG(3, 1))
	var made [][]byte
	for i := range mutants {
		program := make([]byte, 3*(1+random.IntN(4)))
		for j := range program {
			program[j] = byte(random.Uint32())
		}
		document := mutate(documents[i%len(documents)], program)
		becomes, err := tried(document)
		if err != nil {
			t.Errorf("%v\n%s", err, document)
		}
		if becomes {
			made = append(made, document)
		}
	}
	t.Logf("%d of %d mutants are projects", len(made), mutants)
	if len(made) < mutants/4 {
		t.Error("too few to mean anything")
	}
	if testing.Short() {
		return
	}
	vetSome(t, made)
}

func vetSome(t *testing.T, documents [][]byte) {
	t.Helper()
	root := t.TempDir()
	file := filepath.Join(root, "openapi.json")
	for i := 0; i < len(documents); i += max(1, len(documents)/vetted) {
		if err := os.WriteFile(file, documents[i], 0o600); err != nil {
			t.Fatal(err)
		}
		if vet(t, root, file); t.Failed() {
			t.Fatalf("%s", documents[i])
		}
	}
}

// tried says whether a document becomes a project. The error is about what must not happen: a panic, a
// hang, Go that cannot be parsed, a document that is refused without issues.
func tried(document []byte) (becomes bool, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if problem := recover(); problem != nil {
				err = fmt.Errorf("panic: %v\n%s", problem, debug.Stack())
			}
		}()
		becomes, err = pipeline(document)
	}()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	select {
	case <-done:
		return becomes, err
	case <-ctx.Done():
		return false, fmt.Errorf("not done after %v", deadline)
	}
}

func pipeline(document []byte) (bool, error) {
	doc, err := spec.Parse("openapi.json", document, spec.Options{})
	if issues, ok := errors.AsType[spec.Issues](err); ok && len(issues) > 0 {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		return false, err
	}
	options := project.Options{Name: "odd", JSON: true}
	files, err := render.Files(render.Source{
		Project: render.Project{Name: "odd", Module: "example.com/odd", Document: options.DocumentPath(), API: api},
		Plan: slices.DeleteFunc(project.Plan(api, options), func(file project.File) bool {
			return file.Class == project.Package // which no document changes
		}),
		Templates: templates.Project(),
		Document:  document,
		Code:      func(api *model.API) (map[string][]byte, error) { return render.API(api, doc) },
	})
	if err != nil {
		return false, err
	}
	return true, parsed(files)
}

func parsed(files []project.Output) error {
	for _, file := range files {
		if path.Ext(file.Path) != ".go" || strings.HasSuffix(file.Path, "_test.go") {
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file.Path, file.Data, parser.SkipObjectResolution); err != nil {
			return err
		}
	}
	return nil
}
