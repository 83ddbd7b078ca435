package spec

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

const (
	maxSize     = 64 << 20 // bytes of a document
	httpTimeout = 60 * time.Second
)

// Options say how a document is read.
type Options struct {
	// Strict makes an error of everything that would be repaired with a warning.
	Strict bool
}

// Load reads the document at location, a file path or an http or https URL. All that is wrong with
// it is in the error, an Issues.
func Load(ctx context.Context, location string, opts Options) (*Document, error) {
	data, err := fetch(ctx, location)
	if err != nil {
		return nil, err
	}
	return Parse(location, data, opts)
}

// Parse reads a document from memory. The name is the file in its positions. All that is wrong
// with it is in the error, an Issues.
func Parse(name string, data []byte, opts Options) (*Document, error) {
	r := &report{strict: opts.Strict}
	doc := &Document{Name: baseName(name), Source: data}
	doc.parse(name, r)
	if err := r.err(); err != nil {
		return nil, err
	}
	doc.Warnings = r.warnings.sort()
	return doc, nil
}

// parse fills in the document step by step. It stops after the step that finds an error, because
// the next one would repeat it in other words.
func (d *Document) parse(file string, r *report) {
	root, isJSON := read(file, d.Source, r)
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
	if version == "2.0" {
		defer sourcePointers(file, d.Source, r)
		convert(d.tree, r)
	}
	w := &walker{report: r, tree: d.tree, file: d.Name, v31: !strings.HasPrefix(version, "2") && !is30(version), walked: map[*node]bool{}}
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

func fetch(ctx context.Context, location string) ([]byte, error) {
	if isURL(location) {
		return download(ctx, location)
	}
	info, err := os.Stat(location)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, unreadable(location, "there is no such file", "check the path")
	case err != nil:
		return nil, unreadable(location, "it cannot be read: "+cause(err), "check the path")
	case info.IsDir():
		return nil, unreadable(location, "this is a directory", "name the OpenAPI document in it")
	}
	if info.Size() > maxSize {
		return nil, tooLarge(location)
	}
	data, err := os.ReadFile(location)
	if err != nil {
		return nil, unreadable(location, "it cannot be read: "+cause(err), "check its permissions")
	}
	return data, nil
}

func download(ctx context.Context, location string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, httpTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, location, nil)
	if err != nil {
		return nil, unreadable(location, "this is not a URL", "write it as https://host/path")
	}
	request.Header.Set("Accept", "application/yaml, application/json, */*")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, unreadable(location, "it cannot be fetched: "+cause(err), "check the URL, or download the document and name the file")
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, unreadable(location, "the server answers "+answer.Status, "check the URL, or download the document and name the file")
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxSize+1))
	switch {
	case err != nil:
		return nil, unreadable(location, "it cannot be read: "+cause(err), "try again")
	case len(data) > maxSize:
		return nil, tooLarge(location)
	}
	return data, nil
}

func tooLarge(location string) error {
	return unreadable(location, fmt.Sprintf("it is larger than %d MiB", maxSize>>20), "gen reads no document of that size")
}

func unreadable(location, problem, advice string) error {
	return Issues{{Position: Position{File: location}, Problem: problem, Advice: advice}}
}

// cause returns the innermost text: the others repeat the location.
func cause(err error) string {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err.Error()
}
