// Package change says what makes one document another: what clients notice of it, and what becomes of
// the Go names that code is written against.
//
// It reads no files and knows no project; where a project's code uses what changed is for package use.
package change

import (
	"gen/generator/model"
	"gen/generator/spec"
)

// Side is a document, its meaning, and package api as it is rendered for it.
type Side struct {
	Document *spec.Document
	API      *model.API
	Code     map[string][]byte
}

// Changes are all differences. Its lists are in an order that depends on nothing but the documents.
type Changes struct {
	// Operations are those that were added, removed or renamed, or that have a change on the wire, in
	// the order of the new document, removed ones last.
	Operations []Operation
	// Types are the documented types that were added, removed or changed, sorted by name.
	Types []Type
	Wire  []Wire
	// Symbols are the names of package api that code can no longer use, or not as before.
	Symbols []Symbol
}

// Between compares two documents.
func Between(was, is Side) (Changes, error) {
	wire, err := onWire(was.Document, is.Document)
	if err != nil {
		return Changes{}, err
	}
	changed, err := symbols(was.Code, is.Code)
	if err != nil {
		return Changes{}, err
	}
	return Changes{
		Operations: operations(was.API, is.API, wire),
		Types:      types(was.API, is.API),
		Wire:       wire,
		Symbols:    changed,
	}, nil
}

// Breaks counts what makes clients of the old document fail: changes on the wire, and operations that
// are gone.
func (c Changes) Breaks() int {
	n := 0
	for _, w := range c.Wire {
		if w.Level == Breaking {
			n++
		}
	}
	for _, op := range c.Operations {
		if op.Kind == Removed {
			n++
		}
	}
	return n
}
