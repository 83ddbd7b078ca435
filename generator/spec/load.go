package spec

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Options say how a document is read.
type Options struct {
	// Strict makes an error of everything that would be repaired with a warning.
	Strict bool
	// RefsOutside lets references lead to files outside of the document's folder: above it, by
	// absolute paths or through symbolic links.
	RefsOutside bool
	// RefsRemote lets references lead to URLs, and those of a remote document to other hosts.
	RefsRemote bool
	// Overlay has files, by their absolute paths, whose bytes are read from here instead of the disk.
	Overlay map[string][]byte
	// Opened is told the absolute path of each file of the disk that a reference leads to, before it is read.
	Opened func(path string)
}

// ReadFile reads a file of the disk, or what Overlay has for it.
func (o Options) ReadFile(path string) ([]byte, error) {
	if at, err := filepath.Abs(path); err == nil && o.Overlay[at] != nil {
		return o.Overlay[at], nil
	}
	return os.ReadFile(path)
}

// Load reads the document at location, a file path or an http or https URL, and the files that it
// refers to. All that is wrong with it is in the error, an Issues.
func Load(ctx context.Context, location string, opts Options) (*Document, error) {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	r := &report{strict: opts.Strict}
	lib, err := newLibrary(ctx, location, opts, r)
	if err != nil {
		return nil, err
	}
	doc := &Document{Name: baseName(location), Source: lib.root.data}
	return doc.read(location, lib, r)
}

// Parse reads a document from memory, which cannot refer to other files. The name is the file in its
// positions. All that is wrong with it is in the error, an Issues.
func Parse(name string, data []byte, opts Options) (*Document, error) {
	doc := &Document{Name: baseName(name), Source: data}
	return doc.read(name, nil, &report{strict: opts.Strict})
}

func (d *Document) read(name string, lib *library, r *report) (*Document, error) {
	d.parse(name, lib, r)
	if err := r.err(); err != nil {
		return nil, err
	}
	d.Warnings = r.warnings.Sort()
	return d, nil
}

// parse fills in the document step by step. It stops after the step that finds an error, because
// the next one would repeat it in other words.
func (d *Document) parse(name string, lib *library, r *report) {
	files := []*file{{name: name, data: d.Source}}
	root, isJSON := read(name, d.Source, r)
	d.IsJSON = isJSON
	if root == nil {
		return
	}
	version, ok := identify(root, r)
	if !ok {
		return
	}
	d.Version = version
	d.tree = &tree{root: root}
	if lib != nil {
		lib.root.root = root
		if !bundle(d.tree, version == "2.0", lib, r) && len(r.errors) > 0 {
			return
		}
		files = lib.files
	}
	if version == "2.0" || len(files) > 1 {
		defer sourcePointers(files, r)
	}
	d.keep(lib, r)
	if version == "2.0" {
		convert(d.tree, r)
	}
	w := &walker{
		report: r, tree: d.tree, file: d.Name, v31: !strings.HasPrefix(version, "2") && !is30(version),
		bundled: lib != nil, walked: map[*node]bool{}, leftOut: map[string]Issues{}, shared: map[*node]bool{},
	}
	w.walk()
	if len(r.errors) > 0 {
		return
	}
	root.set("openapi", newText(root.at, kinVersion(version)))
	d.JSON = root.appendJSON(nil)
	d.loadKin(r)
}

func baseName(name string) string {
	if isURL(name) {
		if u, err := url.Parse(name); err == nil {
			name = u.Path
		}
		return path.Base(name)
	}
	return filepath.Base(name)
}

func isURL(location string) bool {
	return strings.HasPrefix(location, "http://") || strings.HasPrefix(location, "https://")
}

func unreadable(location string, why *trouble) error {
	return Issues{{Position: Position{File: location}, Problem: why.problem, Advice: why.advice}}
}

// cause returns the innermost text: the others repeat the location.
func cause(err error) string {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err.Error()
}
