// Package spectest writes small OpenAPI documents tersely, for tests that need many of them.
//
// A document is a line for each operation and each schema. What stands behind a semicolon is a note
// to the test:
//
//	listPosts: GET /posts?limit:int=20,status -> 200 [Post]    ; list
//	POST /posts Draft -> 201 Post +Location!                   ; create
//	GET /posts/{id:int} -> 200 Post @key                       ; read
//	Post = {id!:int, title, tags?:[string], status:enum(draft,published)="draft"}
//	Draft = {title, body?:string|null}
//
// An operation has an id or none, query parameters, a body ("?" before it: optional; a media type
// before it: not JSON; several with "&"), answers separated by "/", and the names of its security
// schemes: cookie, bearer, basic, key. A parameter or header with "!" is required.
//
// A schema is a name, a list, an object, one of the words below, enum(a,b), map(schema),
// oneOf(schema,…), anyOf(…), allOf(…), or JSON between "<" and ">". A property without one is a
// string; with "?" it is optional, with "!" readOnly, with "~" writeOnly. Behind a schema stand
// "|null" and "=" with a default.
package spectest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Note is what a line says to the test.
type Note struct{ Method, Path, Text string }

// Document is a sketch as an OpenAPI 3.0 document in JSON. Paths and schemas are in its order.
func Document(tb testing.TB, sketch string) []byte {
	tb.Helper()
	doc := document{paths: map[string][]string{}}
	for line := range strings.Lines(sketch) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := doc.add(line); err != nil {
			tb.Fatalf("sketch %q: %v", line, err)
		}
	}
	return doc.json()
}

// Notes are the notes of the operations, in the order of the sketch.
func Notes(tb testing.TB, sketch string) []Note {
	tb.Helper()
	var out []Note
	for line := range strings.Lines(sketch) {
		p := &parser{text: strings.TrimSpace(line)}
		op, err := p.operation()
		if _, note, ok := strings.Cut(line, " ; "); ok && err == nil {
			out = append(out, Note{op.method, op.path, strings.TrimSpace(note)})
		}
	}
	return out
}

// document collects the lines of a sketch as JSON.
type document struct {
	order   []string
	paths   map[string][]string
	schemas []string
}

func (d *document) add(line string) error {
	p := &parser{text: line}
	if name, rest, ok := strings.Cut(line, " = "); ok && !strings.Contains(name, " ") {
		p.text = rest
		schema, err := p.schema()
		d.schemas = append(d.schemas, fmt.Sprintf("%q:%s", name, schema))
		return err
	}
	op, err := p.operation()
	if err != nil {
		return err
	}
	if !slices.Contains(d.order, op.path) {
		d.order = append(d.order, op.path)
	}
	d.paths[op.path] = append(d.paths[op.path], fmt.Sprintf("%q:%s", strings.ToLower(op.method), op.json))
	return nil
}

const securitySchemes = `{"cookie":{"type":"apiKey","in":"cookie","name":"sid"},"bearer":{"type":"http","scheme":"bearer"},` +
	`"basic":{"type":"http","scheme":"basic"},"key":{"type":"apiKey","in":"header","name":"X-Key"}}`

func (d *document) json() []byte {
	paths := make([]string, len(d.order))
	for i, path := range d.order {
		paths[i] = fmt.Sprintf("\n%q:{\n%s}", path, strings.Join(d.paths[path], ",\n"))
	}
	return fmt.Appendf(nil, `{"openapi":"3.0.3","info":{"title":"A sketch","version":"1"},"paths":{%s},
"components":{"securitySchemes":%s,"schemas":{
%s}}}`, strings.Join(paths, ","), securitySchemes, strings.Join(d.schemas, ",\n"))
}

func quote(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(text)
}
