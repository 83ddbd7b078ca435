package generator

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gen/generator/spec"
	"gen/generator/spec/spectest"
	"gen/templates"
)

// seeds are the documents that are mutated, as OpenAPI 3 in JSON.
func seeds(tb testing.TB) [][]byte {
	tb.Helper()
	files, err := filepath.Glob("../specs/published/*.yaml")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no documents: %v", err)
	}
	var list [][]byte
	for _, file := range append(files, "../specs/users.yaml", "../specs/board.yaml", "../specs/published/garden/garden.yaml") {
		doc, err := spec.Load(tb.Context(), file, spec.Options{})
		if err != nil {
			tb.Fatal(err)
		}
		list = append(list, doc.JSON)
	}
	swagger, err := os.ReadFile("../specs/published/mixed-versions2.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	_, starter := templates.Starter()
	return append(list, swagger, starter, spectest.Document(tb, `
		GET /posts?limit:int=20,status,sort -> 200 {data:[Post], total:int, next?:string}
		POST /posts Draft -> 201 Post +Location! / 422 Problem @cookie
		GET /posts/{postId:int} -> 200 Post / 404 Problem
		PATCH /posts/{postId:int} Draft -> 200 Post
		PUT /posts/{postId:int}/stars/{id} -> 204
		POST /login {email, password~} -> 200 {token} / 401 Problem
		GET /pets -> 200 [oneOf(Cat,Dog)] @key
		Post = {id!:int, title, tags?:[string], status:enum(draft,published)="draft", pet?:anyOf(Cat,Dog)|null, labels?:map(string)}
		Draft = {title, body?:string|null, parts?:[{name, size:int}]}
		Cat = {kind:enum(cat), lives:int}
		Dog = {kind:enum(dog), friends?:[Dog]}
		Problem = {message, errors?:[{field, detail}]}
	`))
}

// mutation changes one value of a document.
type mutation struct {
	program []byte
	root    any
	places  []place
}

// place is a value in a document: the one at a key of an object, or at an index of a list.
type place struct {
	pointer string
	object  map[string]any
	key     string
	list    []any
	index   int
}

func (p place) get() any {
	if p.object != nil {
		return p.object[p.key]
	}
	return p.list[p.index]
}

func (p place) set(value any) {
	if p.object != nil {
		p.object[p.key] = value
		return
	}
	p.list[p.index] = value
}

// odd are values and names that are hard on generators.
var (
	oddValues = []any{
		nil, true, false, -1, 1.5, 1e30, "", "x", "*/ `", "\x00\n\u2028", "가격", "string", "object", "array", "null", "date-time", "binary",
		"uuid", "query", "path", "cookie", "deepObject", "#/components/schemas/Post", "^(a+)+$", "[", map[string]any{}, []any{},
		[]any{"string", "null"}, map[string]any{"type": "object", "additionalProperties": true}, map[string]any{"type": "array"},
		map[string]any{"oneOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "object"}}},
	}
	oddNames = []string{
		"", "type", "func", "ctx", "request", "Body", "Get", "AdditionalProperties", "os.version", "가격", "*/`", "1", "-1", "a b", "a\nb", "ID", "id",
		"nullable", "default", "enum", "const", "format", "allOf", "oneOf", "anyOf", "not", "items", "required", "discriminator", "readOnly",
		"writeOnly", "additionalProperties", "minLength", "maximum", "pattern", "/a/{b}", "/{a}{b}", "/a:b", "/a?b=c", "200", "4XX", "get", "post", "x-go-type", "$ref", "schemas",
		"Error", "Unimplemented", "string", "text/plain", "multipart/form-data", "application/xml", "*/*",
	}
)

// mutate changes a document as the bytes of a program say: three for each change. It returns nil for
// what is no JSON object.
func mutate(document, program []byte) []byte {
	m := &mutation{program: program}
	if json.Unmarshal(document, &m.root) != nil {
		return document
	}
	for steps := 0; len(m.program) >= 3 && steps < 8; steps++ {
		m.places = nil
		m.collect(m.root, "#")
		if len(m.places) == 0 || len(m.places) > 20_000 {
			break
		}
		m.step(m.next(), m.next(), m.next())
	}
	out, err := json.Marshal(m.root)
	if err != nil {
		return document
	}
	return out
}

func (m *mutation) next() int {
	b := m.program[0]
	m.program = m.program[1:]
	return int(b)
}

func (m *mutation) collect(value any, pointer string) {
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			at := pointer + spec.Pointer(key)
			m.places = append(m.places, place{pointer: at, object: value, key: key})
			m.collect(value[key], at)
		}
	case []any:
		for i := range value {
			m.places = append(m.places, place{pointer: pointer, list: value, index: i})
			m.collect(value[i], pointer+"/0")
		}
	}
}

// step makes one change. What a and b choose is spread over the whole document.
func (m *mutation) step(op, a, b int) {
	at := m.places[(a*251+b)%len(m.places)]
	other := m.places[(b*241+a)%len(m.places)]
	switch name := oddNames[b%len(oddNames)]; op % 10 {
	case 0:
		if at.object != nil {
			delete(at.object, at.key)
		}
	case 1:
		at.set(deep(oddValues[b%len(oddValues)]))
	case 2:
		at.set(deep(other.get()))
	case 3:
		if at.object != nil {
			value := at.get()
			delete(at.object, at.key)
			at.object[name] = value
		}
	case 4:
		at.set(map[string]any{"$ref": other.pointer})
	case 5:
		if at.object != nil {
			at.object[name] = deep(at.get())
		}
	case 6:
		at.set([]any{at.get()})
	case 7:
		if object, ok := at.get().(map[string]any); ok {
			object[name] = deep(oddValues[a%len(oddValues)])
		}
	case 8:
		if object, ok := at.get().(map[string]any); ok {
			object[[]string{"allOf", "oneOf", "anyOf", "enum"}[a%4]] = []any{deep(at.get()), deep(other.get())}
		}
	case 9:
		if list, ok := at.get().([]any); ok && len(list) > 0 {
			at.set(append(slices.Clone(list), deep(list[0])))
		}
	}
}

// deep copies a value.
func deep(value any) any {
	switch value := value.(type) {
	case map[string]any:
		clone := map[string]any{}
		for key, v := range value {
			clone[key] = deep(v)
		}
		return clone
	case []any:
		clone := make([]any, len(value))
		for i, v := range value {
			clone[i] = deep(v)
		}
		return clone
	}
	return value
}
