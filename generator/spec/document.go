// Package spec turns the bytes of an OpenAPI document into a Document: Swagger 2.0, OpenAPI 3.0 and
// 3.1, YAML or JSON. Whatever is wrong with a document, or had to be repaired to read it, is said
// with file, line and column.
//
// It knows nothing of Go, of resources or of files to write.
package spec

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// Document is one loaded OpenAPI document.
type Document struct {
	// Name is the base name of the file or of the URL's path.
	Name string
	// Source is the document as it was given, byte for byte. Of several files that cannot stand in one
	// folder, it is their bundle.
	Source []byte
	// Files are all files of a document of several, by their paths below one folder, with slashes.
	// Root is the path of the one that the others are referred to from. A document of one file has none.
	Files map[string][]byte
	Root  string
	// IsJSON says that Source is JSON rather than YAML.
	IsJSON bool
	// Version is the version that the document states: "2.0", "3.0.3", "3.1.0".
	Version string
	// T is the document as OpenAPI 3, repaired and with its references resolved. Treat it as
	// read-only; take a Clone to change it.
	T *openapi3.T
	// JSON is the same document (OpenAPI 3, repaired) as JSON, its keys in the order of the source.
	JSON []byte
	// Warnings lists what was repaired or ignored, in the order of the source.
	Warnings Issues

	tree   *tree
	limits map[*openapi3.Schema]limits
}

// Position is a place in a file. Line and Column count from 1; Line 0 means the file as a whole.
type Position struct {
	File         string
	Line, Column int
}

func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Issue is one thing that is wrong with a document.
type Issue struct {
	Position Position `json:"position"`
	// Pointer is the JSON pointer (RFC 6901) of the place, "" when it has none.
	Pointer string `json:"pointer,omitempty"`
	// Problem says what is wrong, Advice what to do about it (or, in a warning, what gen did).
	Problem string `json:"problem"`
	Advice  string `json:"advice,omitempty"`
}

// Clone returns the document once more, to be changed at will.
func (d *Document) Clone() (*openapi3.T, error) {
	t, err := decodeKin(d.JSON)
	if err != nil {
		return nil, fmt.Errorf("reading %s once more: %w", d.Name, err)
	}
	d.exact(t)
	return t, nil
}

// Position returns where in the source the key stands that the JSON pointer names, as in
// "/components/schemas/Post". The pointer is one of the OpenAPI 3 document, also where the source
// is Swagger 2.0. What is not in the source has the position of what contains it.
func (d *Document) Position(pointer string) Position {
	n, at := d.tree.root, d.tree.root.at
	for _, part := range splitPointer(pointer) {
		child, childAt := n.child(part)
		if child == nil {
			break
		}
		n, at = child, childAt
	}
	return at
}

// Keys returns the keys of the object at the JSON pointer, in the order of the source. If the object
// is a reference, they are those of what it refers to. It returns nil if there is no object.
func (d *Document) Keys(pointer string) []string {
	n := d.tree.deref(d.tree.root.find(splitPointer(pointer)))
	if n == nil || n.shape != shapeObject {
		return nil
	}
	keys := make([]string, len(n.members))
	for i, m := range n.members {
		keys[i] = m.key
	}
	return keys
}

// Has says whether the document has a value at the JSON pointer.
func (d *Document) Has(pointer string) bool {
	return d.tree.root.find(splitPointer(pointer)) != nil
}
