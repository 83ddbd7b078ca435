package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"gopkg.in/yaml.v3"

	"gen/generator/spec"
)

// Overrides are the author's choices in gen.yaml, where they know better than inference.
type Overrides struct {
	// Operations are by operationId.
	Operations map[string]OperationOverride `yaml:"operations"`
	// Resources are by the name that inference gives them.
	Resources map[string]ResourceOverride `yaml:"resources"`
	// RequireIfMatch makes every write of an existing item conditional (428 without If-Match).
	RequireIfMatch bool `yaml:"require-if-match"`
}

// OperationOverride changes what inference says of an operation.
type OperationOverride struct {
	Kind OpKind `yaml:"kind"`
}

// ResourceOverride changes what inference says of a resource.
type ResourceOverride struct {
	// Name is its table and its handler's name.
	Name string `yaml:"name"`
	// Key is the property that carries its key.
	Key string `yaml:"key"`
}

// ParseOverrides reads gen.yaml. Its error is spec.Issues with the place in the file.
func ParseOverrides(name string, data []byte) (Overrides, error) {
	var o Overrides
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&o); err != nil && !errors.Is(err, io.EOF) {
		return o, spec.Issues{{
			Position: spec.Position{File: name},
			Problem:  err.Error(),
			Advice:   "see the comments that gen new writes into gen.yaml for what it takes",
		}}
	}
	return o, nil
}

// check refuses overrides that name nothing in the document.
func (o Overrides) check(api *API) error {
	var issues spec.Issues
	for id, over := range o.Operations {
		if !slices.ContainsFunc(api.Operations, func(op *Operation) bool { return op.ID == id }) {
			issues = append(issues, misplaced("operations."+id, "the document has no such operationId"))
		}
		if over.Kind != "" && over.Kind != Action {
			issues = append(issues, misplaced("operations."+id+".kind", fmt.Sprintf("%q is not %q, the only kind that can be set", over.Kind, Action)))
		}
	}
	if len(issues) == 0 {
		return nil
	}
	slices.SortFunc(issues, func(a, b spec.Issue) int { return bytes.Compare([]byte(a.Problem), []byte(b.Problem)) })
	return issues
}

func misplaced(where, what string) spec.Issue {
	return spec.Issue{Position: spec.Position{File: "gen.yaml"}, Problem: where + ": " + what, Advice: "mend or remove it"}
}

func (o Overrides) applyKinds(candidates []*candidate) {
	for _, c := range candidates {
		for _, op := range c.operations() {
			if over, ok := o.Operations[op.ID]; ok && over.Kind != "" {
				op.decide(over.Kind, "gen.yaml says so")
				op.viewOf = nil
			}
		}
	}
}

// applyIfMatch makes the changes of existing items conditional.
func (o Overrides) applyIfMatch(ops []*Operation) {
	for _, op := range ops {
		changes := op.Kind == Replace && !op.Upserts() || op.Kind == Update || op.Kind == Delete
		op.Conditional = o.RequireIfMatch && changes
	}
}
