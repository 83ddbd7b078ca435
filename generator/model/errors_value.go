package model

import (
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// accepts says that a schema takes a value in an answer.
func accepts(schema *openapi3.Schema, value any) bool {
	return schema == nil || schema.VisitJSON(value, openapi3.VisitAsResponse()) == nil
}

func (v errorLiteral) sample(string) any { return v.value }

func (v errorText) sample(status string) any {
	code := exampleStatus(status)
	if v == "${status}" {
		return float64(code)
	}
	return os.Expand(string(v), func(name string) string { return exampleOf(name, code) })
}

// exampleOf is a value of a placeholder in an error with that status.
func exampleOf(name string, code int) string {
	title := http.StatusText(code)
	switch name {
	case "title":
		return title
	case "statusText":
		return strconv.Itoa(code)
	case "detail":
		return "the request is not valid"
	case "code":
		return strings.NewReplacer(" ", "_", "-", "_", "'", "").Replace(strings.ToLower(title))
	case "type":
		return "about:blank"
	case "instance":
		return "/things/1"
	case "requestId":
		return "0123456789abcdef0123456789abcdef"
	case "errors.pointer":
		return "/title"
	case "errors.detail":
		return "is required"
	}
	return ""
}

func (v errorArray) sample(status string) any {
	out := make([]any, len(v))
	for i, element := range v {
		out[i] = element.sample(status)
	}
	return out
}

func (v errorObject) sample(status string) any {
	out := make(map[string]any, len(v))
	for _, m := range v {
		out[strings.TrimSuffix(m.name, "?")] = m.value.sample(status)
	}
	return out
}

// zeroValue is the plainest value that a scalar's schema takes.
func zeroValue(t *Type) any {
	switch t.Kind {
	case Boolean:
		return false
	case Integer, Number:
		return zeroNumber(t.Schema)
	case String:
		return zeroString(t)
	}
	return map[string]any{}
}

func zeroNumber(schema *openapi3.Schema) any {
	if schema == nil || accepts(schema, 0.0) {
		return 0
	}
	step := 1.0
	if schema.MultipleOf != nil {
		step = *schema.MultipleOf
	}
	for _, bound := range []*float64{schema.Min, schema.ExclusiveMin.Value, schema.Max, schema.ExclusiveMax.Value} {
		if bound == nil {
			continue
		}
		for _, n := range []float64{*bound, math.Ceil(*bound/step) * step, *bound + step, *bound - step} {
			if accepts(schema, n) {
				return n
			}
		}
	}
	return 0
}

func zeroString(t *Type) any {
	format := t.Format
	shortest := 0
	if t.Schema != nil {
		format = t.Schema.Format
		shortest = int(min(t.Schema.MinLength, 1024))
	}
	switch format {
	case "date-time":
		return "1970-01-01T00:00:00Z"
	case "date":
		return "1970-01-01"
	case "uuid":
		return "00000000-0000-0000-0000-000000000000"
	case "email":
		return "nobody@example.com"
	case "uri", "url":
		return "about:blank"
	case "ipv4":
		return "0.0.0.0"
	case "ipv6":
		return "::"
	}
	for _, filler := range []string{"-", "0", "a", "A"} {
		for length := shortest; length <= shortest+16; length++ {
			if text := strings.Repeat(filler, length); accepts(t.Schema, text) {
				return text
			}
		}
	}
	return strings.Repeat("-", shortest)
}
