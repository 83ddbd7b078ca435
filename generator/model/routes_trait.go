package model

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// trait is something that requests for an operation have.
type trait struct {
	Distinction
	// place is where it is, the same for all operations of a path whatever they call it.
	place string
	// optional traits are those of some requests only, usual ones those of most.
	optional, usual bool
}

// exact traits ask for more than presence.
func (t trait) exact() bool { return !t.usual && (len(t.Values) > 0 || t.Pattern != "") }

// traits are what the document says of requests for an operation, by kind, the most telling first:
// what must be comes before habits, and what is quick to look at before the body.
func traits(op *Operation) [][]trait {
	return [][]trait{
		pathTraits(op), parameterTraits(op), habits(op), mediaTraits(op), bodyTraits(op), answerTraits(op), nullTraits(op),
	}
}

// shapes are the texts of values that are no free strings.
var shapes = map[string]string{
	"integer": `^[+-]?[0-9]+$`,
	"number":  `^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$`,
	"uuid":    `^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`,
}

// pathTraits are what path parameters must be.
func pathTraits(op *Operation) []trait {
	var out []trait
	eachPathParam(op, func(place string, p *Param) {
		t := trait{place: place, Distinction: Distinction{In: "path", Name: p.Name, Values: allowed(p.Schema)}}
		if len(t.Values) == 0 {
			t.Pattern = textPattern(p.Schema)
		}
		if len(t.Values) > 0 || t.Pattern != "" {
			out = append(out, t)
		}
	})
	return out
}

// habits are the defaults of path parameters. A path parameter is always sent, so that its default
// says what it usually is: "/auth/{ldapMount}/login" with the default "ldap".
func habits(op *Operation) []trait {
	var out []trait
	eachPathParam(op, func(place string, p *Param) {
		if text, ok := scalarText(p.Schema.Default); ok {
			out = append(out, trait{place: place, usual: true, Distinction: Distinction{In: "path", Name: p.Name, Values: []string{text}}})
		}
	})
	return out
}

// eachPathParam visits the path parameters that have a schema, a repeated one at its last place.
func eachPathParam(op *Operation, visit func(place string, p *Param)) {
	places := map[string]int{}
	for i, match := range pathParameter.FindAllStringSubmatch(op.Path, -1) {
		places[match[1]] = i
	}
	for _, p := range op.Params {
		if p.In == "path" && p.Schema != nil {
			visit("path "+strconv.Itoa(places[p.Name]), p)
		}
	}
}

// textPattern is what the text of a value must match, "" if nothing is known of it.
func textPattern(s *openapi3.Schema) string {
	for name, pattern := range shapes {
		if s.Type.Is(name) || s.Type.Is("string") && s.Format == name {
			return pattern
		}
	}
	if _, err := regexp.Compile(s.Pattern); err != nil {
		return ""
	}
	return s.Pattern
}

// parameterTraits are required parameters outside of the path, and optional ones with a single value.
func parameterTraits(op *Operation) []trait {
	var out []trait
	for _, p := range op.Params {
		if p.In == "path" {
			continue
		}
		t := trait{place: p.In + " " + p.Name, optional: !p.Required, Distinction: Distinction{In: p.In, Name: p.Name}}
		if p.Schema != nil && !p.JSON {
			t.Values = allowed(p.Schema)
		}
		if p.Required || len(t.Values) == 1 {
			out = append(out, t)
		}
	}
	return valuesFirst(out)
}

// mediaTraits is the media type of the body.
func mediaTraits(op *Operation) []trait {
	types := slices.Clone(op.Unread)
	for _, b := range op.Bodies {
		types = append(types, b.MediaType)
	}
	if len(types) == 0 {
		return nil
	}
	t := trait{place: "Content-Type", optional: !op.BodyRequired, Distinction: Distinction{In: "Content-Type"}}
	if !slices.Contains(types, "*/*") {
		t.Values = baseTypes(types)
	}
	return []trait{t}
}

// bodyTraits are required properties of the body, and optional ones with a single value.
func bodyTraits(op *Operation) []trait {
	var out []trait
	for _, f := range bodyFields(op) {
		t := bodyTrait(f)
		t.optional = !f.Required
		if t.Values = fieldValues(f); f.Required || len(t.Values) == 1 {
			out = append(out, t)
		}
	}
	return valuesFirst(out)
}

// nullTraits are properties that may be null: where nothing else tells operations apart, null does.
func nullTraits(op *Operation) []trait {
	var out []trait
	for _, f := range bodyFields(op) {
		if f.Nullable {
			t := bodyTrait(f)
			t.place, t.optional, t.Values = t.place+" null", true, []string{"null"}
			out = append(out, t)
		}
	}
	return out
}

func bodyTrait(f *Field) trait {
	return trait{place: "body " + f.Name, Distinction: Distinction{In: "body", Name: f.Name}}
}

// bodyFields are the properties of a body that is an object.
func bodyFields(op *Operation) []*Field {
	if len(op.Bodies) == 0 || op.Bodies[0].Type == nil {
		return nil
	}
	return op.Bodies[0].Type.Fields
}

// answerTraits are the media types of successful answers: what a client may ask for with Accept.
func answerTraits(op *Operation) []trait {
	var types []string
	for _, res := range op.Responses {
		if res.Status[0] == '2' && res.MediaType != "" {
			types = append(types, res.MediaType)
		}
	}
	if len(types) == 0 || slices.Contains(types, "*/*") {
		return nil
	}
	return []trait{{place: "Accept", optional: true, Distinction: Distinction{In: "Accept", Values: baseTypes(types)}}}
}

func baseTypes(types []string) []string {
	var out []string
	for _, mediaType := range types {
		if base := baseType(mediaType); !slices.Contains(out, base) {
			out = append(out, base)
		}
	}
	return out
}

// valuesFirst puts traits that ask for a value before those that ask for any.
func valuesFirst(traits []trait) []trait {
	slices.SortStableFunc(traits, func(a, b trait) int {
		return min(len(b.Values), 1) - min(len(a.Values), 1)
	})
	return traits
}

// fieldValues are the only values of a property, as text.
func fieldValues(f *Field) []string {
	if f.HasConst {
		text, ok := scalarText(f.Const)
		if !ok {
			return nil
		}
		return []string{text}
	}
	if f.Schema == nil {
		return nil
	}
	return allowed(f.Schema)
}

// allowed are the only values that a schema allows, as text: none where there are others.
func allowed(s *openapi3.Schema) []string {
	values := s.Enum
	switch {
	case s.Const != nil:
		values = []any{s.Const}
	case len(values) == 0 && s.Type.Is("boolean"):
		values = []any{true, false}
	}
	var out []string
	for _, value := range values {
		text, ok := scalarText(value)
		if !ok {
			return nil
		}
		out = append(out, text)
	}
	return out
}

// scalarText is a JSON scalar as it stands in a path, a query or a form.
func scalarText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, v != ""
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case json.Number:
		return v.String(), true
	}
	return "", false
}

// examples are texts that have the trait, at least one.
func (t trait) examples() []string {
	if len(t.Values) > 0 {
		return t.Values
	}
	for _, text := range []string{"7", samplesByFormat["uuid"], "1.5"} {
		if t.Pattern != "" && t.holds(text) {
			return []string{text}
		}
	}
	if text, ok := samplePattern(t.Pattern, 1); ok && t.Pattern != "" {
		return []string{text}
	}
	return []string{"text"}
}
