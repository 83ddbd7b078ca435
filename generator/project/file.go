// Package project plans a generated project: which files it has, whose they are, and what each is
// made from. It reads and writes nothing.
package project

import "gen/generator/model"

// Class says whose a file is, and what an update may do to it.
type Class string

const (
	// Owned files are gen's: always rewritten, removed when no longer planned.
	Owned Class = "owned"
	// Merged files are the author's; an update changes single declarations.
	Merged Class = "merged"
	// Package files are the author's; an update replaces a package whole, or leaves it alone.
	Package Class = "package"
	// Once files are the author's; they are written once.
	Once Class = "once"
)

// Kind says how the bytes of a file come about.
type Kind string

const (
	// Tree takes every file of a folder of templates but those that have a line of their own: Go is
	// copied, *.tmpl executed.
	Tree Kind = "tree"
	// Template executes or copies one file.
	Template Kind = "template"
	// Code is what package api is made of beside its living part.
	Code Kind = "code"
	// Document is the OpenAPI document as it was given, or one of its files.
	Document Kind = "document"
	// Choices is the gen.yaml that was beside the document.
	Choices Kind = "choices"
)

// File is one line of the plan: a file, or a folder of files, to write.
type File struct {
	// Path is where it goes, with slashes. A folder ends with a slash.
	Path  string
	Class Class
	Kind  Kind
	// From is the path in the tree of templates, for Tree and Template; in the document's folder, for
	// Document.
	From string
	// Except are patterns (path.Match) of templates of a Tree that are left out, or have a line of their
	// own.
	Except []string
	// Resource is what a file for one resource is about, else nil.
	Resource *model.Resource
}

// Output is a file as it is to be written.
type Output struct {
	Path  string
	Class Class
	Data  []byte
}
