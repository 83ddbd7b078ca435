package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// faults lists what is wrong with a value, in the order of the pointers. No detail repeats the value.
func (v *validator) faults(schema *openapi3.Schema, value any, opts []openapi3.SchemaValidationOption) []Invalid {
	w := faultList{opts: opts, hidden: v.modern[schema].hidden}
	w.add(v.visit(schema, value, opts), nil)
	return firstOf(inOrder(w.found), false)
}

// inOrder sorts by place. What is wrong at one place keeps its order and is said once.
func inOrder(found []Invalid) []Invalid {
	slices.SortStableFunc(found, func(a, b Invalid) int { return cmp.Compare(a.Pointer, b.Pointer) })
	return slices.Compact(found)
}

// mostFaults is how many faults of a value are listed.
const mostFaults = 100

// firstOf are the faults that are listed, and behind them that there are more, where there are or more says so.
func firstOf(found []Invalid, more bool) []Invalid {
	if len(found) > mostFaults {
		found, more = found[:mostFaults], true
	}
	if more {
		found = append(found, Invalid{Detail: moreFaults})
	}
	return found
}

// faultList flattens the errors of kin-openapi.
type faultList struct {
	opts   []openapi3.SchemaValidationOption
	hidden hidden
	found  []Invalid
}

// add takes an error about the value that stands at the given place of the body.
func (w *faultList) add(err error, at []string) {
	switch err := err.(type) { //nolint:errorlint // what is wrapped in one of these has its turn in explain
	case nil:
	case openapi3.MultiError:
		for _, err := range err {
			w.add(err, at)
		}
	case *openapi3.SchemaError:
		w.explain(err, at)
	default:
		w.found = append(w.found, Invalid{Pointer: pointerTo(at), Detail: "is not what the document asks for"})
	}
}

func (w *faultList) explain(err *openapi3.SchemaError, at []string) {
	here := append(slices.Clip(at), err.JSONPointer()...)
	var causes openapi3.MultiError
	switch {
	case err.Schema == nil:
		w.explainModern(err, at)
		return
	case err.SchemaField == "allOf" && errors.As(err.Origin, &causes):
		w.add(causes, at)
		return
	case err.SchemaField == "minimum" && err.Schema.ExclusiveMin.IsTrue(), err.SchemaField == "maximum" && err.Schema.ExclusiveMax.IsTrue():
		return // the exclusive limit says it
	case err.SchemaField == "oneOf" || err.SchemaField == "anyOf":
		if w.explainUnion(err, here) {
			return
		}
	case err.SchemaField == "discriminator":
		here = append(here, err.Schema.Discriminator.PropertyName)
	case err.SchemaField == "properties":
		var name string
		if _, scan := fmt.Sscanf(err.Reason, "property %q", &name); scan == nil {
			here = append(here, name)
		}
	}
	w.found = append(w.found, Invalid{Pointer: pointerTo(here), Detail: describe(err)})
}

// describe says in a few words what a value must be, so that they follow its name.
func describe(err *openapi3.SchemaError) string {
	s := err.Schema
	switch err.SchemaField {
	case "required":
		return missing
	case "properties", "boolean":
		return notAllowed
	case "nullable":
		return notNull
	case "enum":
		return "must be " + alternatives(s.Enum)
	case "minLength":
		return tooShort(s.MinLength)
	case "maxLength":
		return tooLong(*s.MaxLength)
	case "minItems":
		return tooFewItems(s.MinItems)
	case "maxItems":
		return tooManyItems(*s.MaxItems)
	case "minProperties":
		return tooFewMembers(s.MinProps)
	case "maxProperties":
		return tooManyMembers(*s.MaxProps)
	case "uniqueItems":
		return itemTwice
	case "pattern":
		return unmatched(s.Pattern)
	case "format":
		return describeFormat(s.Format)
	case "discriminator":
		return describeDiscriminator(err)
	case "not":
		return ruledOut
	case "oneOf", "anyOf":
		if errors.Is(err.Origin, openapi3.ErrOneOfConflict) {
			return ambiguous
		}
		return noAlternative
	case "writeOnly":
		return "is never sent"
	case "minimum":
		return tooSmall(decimal(*s.Min))
	case "maximum":
		return tooLarge(decimal(*s.Max))
	case "exclusiveMinimum":
		return notAbove(decimal(exclusive(s.ExclusiveMin, s.Min)))
	case "exclusiveMaximum":
		return notBelow(decimal(exclusive(s.ExclusiveMax, s.Max)))
	case "multipleOf":
		return noMultiple(decimal(*s.MultipleOf))
	}
	if number, ok := strings.CutPrefix(err.Reason, "number "); ok {
		return number
	}
	if kind, ok := strings.CutPrefix(err.Reason, "value "); ok {
		return kind
	}
	return outOfRange
}

// exclusive is an exclusive limit. Before OpenAPI 3.1 that is a word about the other one.
func exclusive(bound openapi3.ExclusiveBound, limit *float64) float64 {
	if bound.Value != nil {
		return *bound.Value
	}
	return *limit
}

// meant is the alternative that a value was meant to follow: the only one whose type it has, and
// whose tags (properties with one possible value) it does not contradict. Nil when that is unclear.
func meant(err *openapi3.SchemaError) *openapi3.Schema {
	var fitting []*openapi3.Schema
	for _, ref := range slices.Concat(err.Schema.OneOf, err.Schema.AnyOf) {
		if s := outline(ref.Value); s.mayBe(err.Value) {
			fitting = append(fitting, ref.Value)
		}
	}
	if len(fitting) != 1 {
		return nil
	}
	return fitting[0]
}

func (s *shape) mayBe(value any) bool {
	switch value := value.(type) {
	case nil:
		return s.null
	case bool:
		return s.boolean
	case string:
		return s.text
	case json.Number:
		return s.number
	case []any:
		return s.array
	case map[string]any:
		return s.object && s.agrees(value)
	}
	return false
}

func (s *shape) agrees(object map[string]any) bool {
	for name, property := range s.properties {
		if sent, ok := object[name]; ok && len(property.Enum) == 1 && property.Enum[0] != sent {
			return false
		}
	}
	return true
}
