package generator

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/spec"
	"gen/templates"
)

// Options say what to make, of what, and where.
type Options struct {
	// Name is the project's name: [a-z][a-z0-9-]*.
	Name string
	// Spec is the document: a file or a URL. A gen.yaml beside a file is heeded and taken along.
	// Default: a small shop.
	Spec string
	// Module is the module path. Default: example.com/NAME.
	Module string
	// Dir is the project's folder. Default: NAME in the working directory.
	Dir string
	// Version is that of gen, "" for one that is no release.
	Version string
	// Reading says how the document is read.
	Reading spec.Options
	// Step hears of each part of the work as it begins, such as "reading openapi.yaml"; nil for nobody.
	Step func(name string)

	// choices is the gen.yaml of a project that there is, "" for the one beside the document; own is
	// where that project has the document, "" where another takes its place.
	choices, own string
	// deleted are the types of handlers that the author deleted.
	deleted []string
}

// complete checks the names and fills in the defaults.
func (o Options) complete() (Options, error) {
	if err := project.CheckName(o.Name); err != nil {
		return o, err
	}
	if o.Module == "" {
		o.Module = project.DefaultModule(o.Name)
	}
	if err := project.CheckModule(o.Module); err != nil {
		return o, err
	}
	if o.Dir == "" {
		o.Dir = o.Name
	}
	o.Dir = filepath.Clean(o.Dir)
	return o, nil
}

// understood is a document and its meaning.
type understood struct {
	doc *spec.Document
	api *model.API
	// choices is the gen.yaml beside the document, nil where there is none.
	choices []byte
}

func understand(ctx context.Context, o Options) (understood, error) {
	var u understood
	var err error
	tell(o.Step, "reading "+o.document())
	u.doc, err = load(ctx, o)
	overrides, choices, failed := readChoices(o)
	if err := together(err, failed); err != nil {
		return u, err
	}
	tell(o.Step, "resolving resources and operations")
	u.choices = choices
	u.api, err = model.New(u.doc, overrides)
	return u, err
}

// readChoices reads the gen.yaml of a document, where there is one.
func readChoices(o Options) (overrides model.Overrides, choices []byte, err error) {
	path := o.choicesPath()
	if path == "" {
		return overrides, nil, nil
	}
	if choices, err = o.Reading.ReadFile(path); err != nil {
		return overrides, nil, fmt.Errorf("gen.yaml: %w", err)
	}
	overrides, err = model.ParseOverrides(path, choices)
	return overrides, choices, err
}

// together is all that is wrong with a document and its gen.yaml, or else the first that is.
func together(document, choices error) error {
	ofDocument, ok := errors.AsType[spec.Issues](document)
	ofChoices, both := errors.AsType[spec.Issues](choices)
	if ok && both {
		return slices.Concat(ofDocument, ofChoices)
	}
	if document != nil {
		return document
	}
	return choices
}

// tell has whoever wants to hear of a step hear of it.
func tell(hears func(string), name string) {
	if hears != nil {
		hears(name)
	}
}

// document is the name of the document for people.
func (o Options) document() string {
	if o.Spec == "" {
		return "the small shop that gen brings along"
	}
	return path.Base(filepath.ToSlash(o.Spec))
}

func load(ctx context.Context, o Options) (*spec.Document, error) {
	if o.Spec == "" {
		name, document := templates.Starter()
		return spec.Parse(name, document, o.Reading)
	}
	return spec.Load(ctx, o.Spec, o.Reading)
}

// documentFiles are the files of a document of several, and which is the root. One that a project has in
// a folder stays there, also when it is the last.
func (o Options) documentFiles(doc *spec.Document) (root string, files map[string][]byte) {
	if name, ok := strings.CutPrefix(o.own, project.DocumentFolder+"/"); ok && doc.Root == "" {
		return name, map[string][]byte{name: doc.Source}
	}
	return doc.Root, doc.Files
}

// choicesPath is the project's gen.yaml, or the one beside the document. It is "" where there is none.
func (o Options) choicesPath() string {
	if o.choices == "" {
		return choicesBeside(o.Spec)
	}
	if info, err := os.Stat(o.choices); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return o.choices
}

// choicesBeside is the gen.yaml beside a document: board.gen.yaml for board.yaml, else gen.yaml, also
// beside the folder that a project has the document in. It is "" where there is none.
func choicesBeside(source string) string {
	if source == "" || strings.Contains(source, "://") {
		return ""
	}
	folder := filepath.Dir(source)
	paths := []string{strings.TrimSuffix(source, filepath.Ext(source)) + ".gen.yaml", filepath.Join(folder, "gen.yaml")}
	if path, err := filepath.Abs(folder); err == nil && filepath.Base(path) == project.DocumentFolder {
		paths = append(paths, filepath.Join(folder, "..", "gen.yaml"))
	}
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}
