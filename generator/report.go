package generator

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/render/handlers"
	"gen/generator/spec"
)

// Report says what was understood, and what was written. Lists are never null in JSON.
type Report struct {
	// Name, Module and Dir are those of the project, empty when nothing was written.
	Name   string `json:"name,omitempty"`
	Module string `json:"module,omitempty"`
	Dir    string `json:"dir,omitempty"`

	Document Document `json:"document"`
	// Files are what was written, sorted by path, without what gen remembers in .gen.
	Files      []File      `json:"files"`
	Resources  []Resource  `json:"resources"`
	Operations []Operation `json:"operations"`
	Sessions   Sessions    `json:"sessions"`
	// ToWrite are the operations that answer 501 until somebody writes them.
	ToWrite  []ToWrite `json:"toWrite"`
	Warnings []Issue   `json:"warnings"`
	// Next are the commands to go on with.
	Next []string `json:"next"`
}

// Document is what was read.
type Document struct {
	File    string `json:"file"`
	OpenAPI string `json:"openapi"`
	Title   string `json:"title"`
	Version string `json:"version"`
	// Files are all files of a document of several, by their paths beside each other.
	Files []string `json:"files,omitempty"`
}

// File is one file of the project.
type File struct {
	Path  string        `json:"path"`
	Class project.Class `json:"class"`
}

// ToWrite is an operation that is left to write by hand.
type ToWrite struct {
	ID     string `json:"id"`
	Method string `json:"method"`
	Path   string `json:"path"`
	// File and Line are its handler, when the project was written.
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	// Missing says that no handler is there.
	Missing bool `json:"missing,omitempty"`
}

// Issue is a place in a document and what is wrong there.
type Issue struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Pointer string `json:"pointer,omitempty"`
	Problem string `json:"problem"`
	Advice  string `json:"advice,omitempty"`
	// Text is all of it on one line.
	Text string `json:"text"`
}

// Issues makes JSON's form of a document's issues.
func Issues(list spec.Issues) []Issue {
	issues := make([]Issue, len(list))
	for i, issue := range list {
		at := issue.Position
		issues[i] = Issue{at.File, at.Line, at.Column, issue.Pointer, issue.Problem, issue.Advice, issue.String()}
	}
	return issues
}

func inspectReport(u understood) Report {
	doc, api := u.doc, u.api
	r := Report{
		Document:   Document{doc.Name, doc.Version, api.Title, api.Version, slices.Sorted(maps.Keys(doc.Files))},
		Files:      []File{},
		Resources:  make([]Resource, len(api.Resources)),
		Operations: make([]Operation, len(api.Operations)),
		Sessions:   describeSessions(api.Sessions),
		ToWrite:    []ToWrite{},
		Warnings:   Issues(slices.Concat(doc.Warnings, api.Warnings).Sort()),
		Next:       []string{},
	}
	for i, resource := range api.Resources {
		r.Resources[i] = describeResource(resource)
	}
	written := writtenByGen(api)
	for i, op := range api.Operations {
		r.Operations[i] = describeOperation(op)
		if !written[op] {
			r.ToWrite = append(r.ToWrite, ToWrite{ID: op.ID, Method: op.Method, Path: op.Path})
		}
	}
	return r
}

// writtenByGen are the operations whose handlers do something.
func writtenByGen(api *model.API) map[*model.Operation]bool {
	written := map[*model.Operation]bool{}
	for _, resource := range api.Resources {
		names := map[string]bool{}
		for _, m := range handlers.Of(resource, api.Sessions).Methods {
			names[m.Name] = m.Template != "action"
		}
		for _, op := range resource.Operations {
			written[op] = names[op.GoName]
		}
	}
	return written
}

func newReport(o Options, made built) Report {
	r := inspectReport(made.understood)
	r.Name, r.Module, r.Dir = o.Name, o.Module, o.Dir
	for _, file := range made.files {
		r.Files = append(r.Files, File{file.Path, file.Class})
	}
	locate(r.ToWrite, made)
	if o.Dir != "." {
		r.Next = append(r.Next, "cd "+Quoted(o.Dir))
	}
	r.Next = append(r.Next, "go run ./cmd/"+o.Name)
	return r
}

// locate says where the handlers of operations stand.
func locate(operations []ToWrite, made built) {
	goNames, places := goNamesOf(made), handlersOf(made)
	for i := range operations {
		place := places[goNames[operations[i].ID]]
		operations[i].File, operations[i].Line = place.File, place.Line
	}
}

var plain = regexp.MustCompile(`^[A-Za-z0-9_./+:@%-]+$`)

// Quoted is a path as a shell takes it.
func Quoted(path string) string {
	if path = filepath.ToSlash(path); plain.MatchString(path) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
