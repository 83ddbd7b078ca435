// Package render turns a plan into the bytes of a project, in memory.
//
// Three kinds of template make it. Living Go is compiled and tested where it lies and copied with
// its imports spliced to the project's module. Files named *.tmpl are executed with text/template,
// and Go that comes of it gets the imports that it uses; one that prints nothing makes no file. Anything
// else is copied as it is.
//
// Two kinds of living Go stay behind: tests named *_gen_test.go, which are about the templates or
// too heavy for every project, and what is not named *.gen.go in a folder that gen owns.
package render

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"gen/generator/model"
	"gen/generator/project"
)

// Project feeds every template but those of resources.
type Project struct {
	// Name is the project's name, Module its module path.
	Name, Module string
	// Document is where the project keeps its document: openapi.yaml, openapi.json, or the root of
	// several files in openapi/.
	Document string
	API      *model.API
	// Deleted are the Go names of resources whose handlers the author deleted: their operations answer 501.
	Deleted []string
}

// Resource feeds the templates that are executed once a resource.
type Resource struct {
	Project
	Resource *model.Resource
}

// Source is what is rendered.
type Source struct {
	Project
	Plan []project.File
	// Templates is the tree that the plan's files come from.
	Templates fs.FS
	// Document is the document as it was given, Choices the gen.yaml that was beside it.
	Document, Choices []byte
	// Files are those of a document of several.
	Files map[string][]byte
	// Code makes the files of package api that the document alone decides, by their names.
	Code func(*model.API) (map[string][]byte, error)
}

// Files renders the whole plan. Its result is sorted by path; its error names each template that
// failed.
func Files(s Source) ([]project.Output, error) {
	jobs, err := expand(s)
	if err != nil {
		return nil, err
	}
	files, err := run(jobs)
	if err != nil {
		return nil, err
	}
	if files, err = prune(files); err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b project.Output) int { return cmp.Compare(a.Path, b.Path) })
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			return nil, fmt.Errorf("%s is rendered twice", files[i].Path)
		}
	}
	return files, nil
}

// A job makes one file, or several.
type job func() ([]project.Output, error)

// run does the jobs on all cores and returns all that they made, or all of their errors.
func run(jobs []job) ([]project.Output, error) {
	outputs := make([][]project.Output, len(jobs))
	err := onAllCores(len(jobs), func(i int) (err error) {
		outputs[i], err = jobs[i]()
		return err
	})
	return slices.Concat(outputs...), err
}

// onAllCores does what is to be done for each number below n, and returns all errors, in that order.
func onAllCores(n int, do func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			errs[i] = do(i)
			<-slots
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
