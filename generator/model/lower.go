package model

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// Lower decides every Go name and type of a document, and prepares the document that oapi-codegen is
// given. Names are reserved in an order that keeps them when the document grows: those of the living
// package api, components, operations with all that is derived from them, inline schemas, constants.
func Lower(doc *spec.Document) (*API, error) {
	l := &lowerer{
		doc:        doc,
		names:      packageScope(),
		components: map[string]string{},
		types:      map[*openapi3.Schema]*Type{},
		targets:    map[string]*Type{},
		constants:  map[*Type]map[any]string{},
		pairs:      map[[2]*openapi3.Schema]*openapi3.SchemaRef{},
	}
	api := &API{BasePath: basePath(doc.T.Servers)}
	if doc.T.Info != nil {
		api.Title, api.Version = doc.T.Info.Title, doc.T.Info.Version
	}
	ops := l.operations()
	l.nameComponents()
	l.nameOperations(ops)
	l.lowerComponents()
	schemes := l.securitySchemes()
	for _, op := range ops {
		l.lowerOperation(op, schemes)
		api.Operations = append(api.Operations, op.Operation)
	}
	l.tellApart(api.Operations)
	breakCycles(l.named)
	findCommon(l.named)
	l.nameConstants()
	api.Types = slices.SortedFunc(slices.Values(l.named), func(a, b *Type) int { return strings.Compare(a.Name, b.Name) })
	api.Schemes = schemes.sorted()
	api.Warnings = l.warnings
	api.Code = codeDocument(api)
	return api, nil
}

// lowerer is the state of one run of Lower.
type lowerer struct {
	doc   *spec.Document
	names scope
	// components are the Go names of component schemas by JSON pointer.
	components map[string]string
	// types and targets are what schemas were lowered to, by themselves and by JSON pointer, so that a
	// schema that is used twice has one type.
	types   map[*openapi3.Schema]*Type
	targets map[string]*Type
	// pairs are the schemas that two schemas make together.
	pairs map[[2]*openapi3.Schema]*openapi3.SchemaRef
	// constants are what the document calls the values of enums.
	constants map[*Type]map[any]string
	named     []*Type
	warnings  spec.Issues
}

func (l *lowerer) warn(pointer, problem, done string) {
	issue := spec.Issue{Position: l.doc.Position(pointer), Pointer: pointer, Problem: problem, Advice: done}
	if !slices.Contains(l.warnings, issue) {
		l.warnings = append(l.warnings, issue)
	}
}

const schemasPointer = "/components/schemas"

// nameComponents reserves the names of component schemas: first those that are Go names already.
func (l *lowerer) nameComponents() {
	if l.doc.T.Components == nil {
		return
	}
	schemas := l.doc.T.Components.Schemas
	keys := l.ordered(schemasPointer, mapKeys(schemas))
	for _, exact := range []bool{true, false} {
		for _, key := range keys {
			name := goName(key)
			if ref := schemas[key]; ref.Value == nil || ref.Ref != "" || (name == key) != exact {
				continue
			}
			pointer := schemasPointer + spec.Pointer(key)
			l.components[pointer] = l.names.take(name, name+suffixOf(schemas[key].Value))
		}
	}
}

// suffixOf says what a schema is, for names that are taken.
func suffixOf(s *openapi3.Schema) string {
	switch {
	case len(s.Enum) > 0:
		return "Enum"
	case s.Type.Is("array"):
		return "List"
	case s.Type.Includes("string"), s.Type.Includes("integer"), s.Type.Includes("number"), s.Type.Includes("boolean"):
		return "Value"
	}
	return "Object"
}

func (l *lowerer) lowerComponents() {
	if l.doc.T.Components == nil {
		return
	}
	schemas := l.doc.T.Components.Schemas
	for _, key := range l.ordered(schemasPointer, mapKeys(schemas)) {
		l.typeOf(schemas[key], site{pointer: schemasPointer + spec.Pointer(key)})
	}
}

// ordered puts keys in the order of the document. What is not there comes last, sorted.
func (l *lowerer) ordered(pointer string, keys []string) []string {
	rank := map[string]int{}
	for i, key := range l.doc.Keys(pointer) {
		rank[key] = i + 1
	}
	slices.SortFunc(keys, func(a, b string) int {
		switch ra, rb := rank[a], rank[b]; {
		case ra == rb:
			return strings.Compare(a, b)
		case ra == 0:
			return 1
		case rb == 0:
			return -1
		default:
			return ra - rb
		}
	})
	return keys
}

func mapKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}

// basePath is the path of the first server, its variables at their defaults.
func basePath(servers openapi3.Servers) string {
	if len(servers) == 0 || servers[0] == nil {
		return ""
	}
	address := servers[0].URL
	for name, variable := range servers[0].Variables {
		if variable != nil {
			address = strings.ReplaceAll(address, "{"+name+"}", variable.Default)
		}
	}
	u, err := url.Parse(address)
	if err != nil || strings.ContainsAny(u.Path, "{}") {
		return ""
	}
	path := strings.Trim(u.Path, "/")
	if path == "" {
		return ""
	}
	return "/" + path
}
