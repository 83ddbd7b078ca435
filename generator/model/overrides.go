package model

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gen/generator/spec"
)

// Overrides are the author's choices in gen.yaml, where they know better than inference.
type Overrides struct {
	// Operations are by operationId.
	Operations map[string]OperationOverride
	// Resources are by the name that inference gives them.
	Resources map[string]ResourceOverride
	// Session is the security scheme whose cookie carries the sessions, where the document has several.
	Session string
	// RequireIfMatch makes every write of an existing item conditional (428 without If-Match).
	RequireIfMatch bool
	// NoCodecs leaves JSON to encoding/json, and what is asked of requests to kin-openapi.
	NoCodecs bool
	// Tour makes the README lead through the server, for a document with the operations of a board.
	Tour bool

	// places are where they stand: "operations.publishPost.kind".
	places map[string]spec.Position
}

// OperationOverride changes what inference says of an operation.
type OperationOverride struct {
	Kind OpKind
}

// ResourceOverride changes what inference says of a resource.
type ResourceOverride struct {
	// Name is its table and its handler's name.
	Name string
	// Key is the property that carries its key.
	Key string
	// Owner is the property with the key of the account that alone may change it, or nobody, which
	// opens the accounts themselves to every session.
	Owner string
}

// issue is about the override at a place: "operations.publishPost".
func (o Overrides) issue(at, problem, advice string) spec.Issue {
	position, ok := o.places[at]
	if !ok {
		position.File = "gen.yaml"
	}
	return spec.Issue{Position: position, Problem: at + ": " + problem, Advice: advice}
}

// check refuses overrides of operations that name nothing in the document.
func (o Overrides) check(api *API) (issues spec.Issues) {
	for id, over := range o.Operations {
		at := "operations." + id
		if !slices.ContainsFunc(api.Operations, func(op *Operation) bool { return op.ID == id }) {
			issues = append(issues, o.issue(at, "the document has no such operationId", "gen inspect lists those that it has"))
		}
		if over.Kind != "" && over.Kind != Action {
			issues = append(issues, o.issue(at+".kind", fmt.Sprintf("%q is no kind that can be chosen", over.Kind), "the only one is "+string(Action)))
		}
	}
	return issues
}

var resourceName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// applyResources gives resources the names that the author wants. It refuses overrides that name no
// resource, or something that it cannot have.
func (o Overrides) applyResources(api *API) (issues spec.Issues) {
	for _, name := range slices.Sorted(maps.Keys(o.Resources)) {
		over, at := o.Resources[name], "resources."+name
		i := slices.IndexFunc(api.Resources, func(r *Resource) bool { return r.inferredName == name })
		if i < 0 {
			issues = append(issues, o.issue(at, "gen finds no such resource in the document", "gen inspect lists those that it finds"))
			continue
		}
		r := api.Resources[i]
		if over.Name != "" {
			r.call(over.Name)
			if problem, advice := api.refusesName(r); problem != "" {
				issues = append(issues, o.issue(at+".name", problem, advice))
			}
		}
		if problem, advice := r.refusesKey(over.Key); problem != "" {
			issues = append(issues, o.issue(at+".key", problem, advice))
		}
	}
	return issues
}

// refusesKey says why a property cannot be the key of r, if so.
func (r *Resource) refusesKey(name string) (problem, advice string) {
	if name == "" {
		return "", ""
	}
	var f *Field
	if r.Type != nil {
		f = fieldLike(r.Type, name)
	}
	if f == nil {
		return fmt.Sprintf("the representation has no property %q that is a string or a number", name), "name one of its properties"
	}
	if p := r.Key.Param; p != nil && (p.Type.Kind != f.Type.Kind || p.Type.Basic != f.Type.Basic) {
		return fmt.Sprintf("the property %q is %s, and the path parameter %s is %s", name, describe(f.Type), p.Name, describe(p.Type)),
			"name a property of the same type, or change the parameter"
	}
	return "", ""
}

func describe(t *Type) string {
	if t.Format != "" {
		return "a " + t.Format
	}
	return map[Kind]string{String: "a string", Integer: "an integer", Number: "a number", Boolean: "a boolean"}[t.Kind]
}

// refusesName says why r cannot be called as it is, if so.
func (api *API) refusesName(r *Resource) (problem, advice string) {
	switch {
	case !resourceName.MatchString(r.Name) || strings.HasPrefix(r.Name, "sqlite_"):
		return fmt.Sprintf("%q is no name for a table", r.Name), "use lower-case letters, digits and underscores, as in special_events"
	case slices.ContainsFunc(api.Resources, func(other *Resource) bool { return other != r && other.GoName == r.GoName }):
		return "another resource is called " + r.Name, "choose another name"
	case newNamer(api).taken[r.GoName]:
		return "a method of the handlers is called " + r.GoName, "choose another name"
	}
	return "", ""
}

// sorted are issues in the order of the file.
func sorted(issues spec.Issues) spec.Issues {
	slices.SortFunc(issues, func(a, b spec.Issue) int {
		return cmp.Or(a.Position.Line-b.Position.Line, a.Position.Column-b.Position.Column, cmp.Compare(a.Problem, b.Problem))
	})
	return issues
}

func (o Overrides) applyKinds(candidates []*candidate) {
	for _, c := range candidates {
		for _, op := range c.operations() {
			if over := o.Operations[op.ID]; over.Kind == Action {
				op.decide(over.Kind, "gen.yaml says so")
				op.viewOf = nil
			}
		}
	}
}

// applyIfMatch makes the changes of existing items conditional.
func (o Overrides) applyIfMatch(ops []*Operation) {
	for _, op := range ops {
		op.Conditional = o.RequireIfMatch && op.ChangesItem()
	}
}
