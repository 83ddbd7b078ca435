package model

import (
	"encoding/json"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// ofType are values of one type that programs have been seen to lose or to change, beside one that
// the schema, which may be nil, is likely to allow.
func ofType(name string, s *openapi3.Schema) []any {
	switch name {
	case "boolean":
		return []any{false, true}
	case "integer":
		return append([]any{sampleNumber(&Type{Kind: Integer, Schema: s}), 0}, integers(s)...)
	case "number":
		return []any{sampleNumber(&Type{Kind: Number, Schema: s}), 19.99, 0, -1e-7, 1e21}
	case "string":
		return append([]any{sampleString(&Type{Kind: String, Schema: s})}, texts(s)...)
	case "null":
		return nil
	}
	return []any{
		"text", map[string]any{"a": nil, "b": []any{map[string]any{"c": 1}}}, nil, "", 0, 1.5, false, true,
		[]any{}, []any{nil}, map[string]any{},
	}
}

// integers are the largest that a format has, and one that no float64 holds. What may be something
// else as well is Go's any, where each number is one.
func integers(s *openapi3.Schema) []any {
	if kindOfType(s.Type) != Integer {
		return []any{-1}
	}
	switch s.Format {
	case "int32":
		return []any{json.Number("2147483647"), json.Number("-2147483648")}
	case "int64":
		return []any{json.Number("9223372036854775807"), json.Number("-9223372036854775808")}
	case "uint64":
		return []any{json.Number("18446744073709551615")}
	}
	return []any{-1, json.Number("9007199254740993")}
}

// texts are those of a format, in the form that Go writes them.
func texts(s *openapi3.Schema) []any {
	switch s.Format {
	case "date-time":
		return []any{"2026-01-02T15:04:05.123456789+02:00", "0001-01-01T00:00:00Z"}
	case "date":
		return []any{"0001-01-01"}
	case "uuid":
		return []any{"00000000-0000-0000-0000-000000000000"}
	case "byte":
		return []any{"//79", ""}
	}
	return slices.Clip([]any{"<&> \"'`\\/ é 가 \u2028\n", "", "2026-01-02T15:04:05.100Z", "null", "1"})
}
