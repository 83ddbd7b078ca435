package model

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// formats are those that Go has a type for. Others are left to validation: a type that refuses a value
// which the document allows is worse than a string.
var formats = map[Kind]map[string]string{
	String: {
		"date-time": "time.Time", "date": "openapi_types.Date", "uuid": "openapi_types.UUID", "byte": "[]byte",
	},
	Integer: {"int32": "int32", "int64": "int64", "uint64": "uint64"},
}

// basic is the Go type of a scalar, and its format where that has a say in it.
func basic(kind Kind, format string) (known, goType string) {
	if goType, ok := formats[kind][format]; ok {
		return format, goType
	}
	switch kind {
	case Integer:
		return "", "int"
	case Number:
		return "", "float64"
	case Boolean:
		return "", "bool"
	}
	return "", "string"
}

// scalarValue is a value of an enum as Go has it, nil where it is none of that kind.
func scalarValue(kind Kind, value any) any {
	switch v := value.(type) {
	case string:
		if kind == String {
			return v
		}
	case float64:
		switch {
		case kind == Number:
			return v
		case kind == Integer && v == math.Trunc(v) && math.Abs(v) < 1<<53:
			return int64(v)
		}
	}
	return nil
}

// kindOfType is the kind that a schema's "type" asks for, Any where it does not.
func kindOfType(types *openapi3.Types) Kind {
	list := slices.DeleteFunc(slices.Clone(types.Slice()), func(name string) bool { return name == "null" })
	if len(list) == 2 && slices.Contains(list, "integer") && slices.Contains(list, "number") {
		return Number
	}
	if len(list) != 1 {
		return Any
	}
	switch list[0] {
	case "string":
		return String
	case "integer":
		return Integer
	case "number":
		return Number
	case "boolean":
		return Boolean
	case "array":
		return Array
	case "object":
		return Object
	}
	return Any
}

// kindOfValues is the kind that all values have, Any where they differ.
func kindOfValues(values []any) Kind {
	kind := Any
	for _, value := range values {
		k := Any
		switch v := value.(type) {
		case nil:
			continue
		case string:
			k = String
		case bool:
			k = Boolean
		case json.Number: // an integer of more than 53 bits
			k = Integer
		case float64:
			if k = Number; v == math.Trunc(v) {
				k = Integer
			}
		}
		if kind != Any && kind != k {
			return Any
		}
		kind = k
	}
	return kind
}

// nullable says that a schema allows null, itself or through what it stands for.
func nullable(s *openapi3.Schema) bool { return isNullable(s, 0) }

func isNullable(s *openapi3.Schema, depth int) bool {
	if s == nil || depth > 20 {
		return false
	}
	if s.Nullable || s.Type.Includes("null") || len(s.Enum) > 0 && slices.Contains(s.Enum, nil) {
		return true
	}
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, ref := range list {
			if ref != nil && ref.Value != nil && isNullable(ref.Value, depth+1) {
				return true
			}
		}
	}
	return s.Type == nil && len(s.AllOf) > 0 && !slices.ContainsFunc(s.AllOf, func(ref *openapi3.SchemaRef) bool {
		return ref != nil && !saysNothing(ref.Value) && !isNullable(ref.Value, depth+1)
	})
}

// isNull says that a schema allows nothing but null.
func isNull(s *openapi3.Schema) bool {
	return s != nil && (s.Type.Is("null") || len(s.Enum) == 1 && s.Enum[0] == nil && s.Type == nil)
}
