package handlers

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"gen/generator/model"
)

// literal is a JSON value as a Go expression of type t: the constant of an enum, a number, a string,
// or, for anything longer, a call that parses the JSON.
func literal(v any, t *model.Type) string {
	for _, e := range t.Enum {
		if fmt.Sprint(e.Value) == fmt.Sprint(v) {
			return "api." + e.GoName
		}
	}
	switch v := v.(type) {
	case nil:
		return zero(t)
	case string:
		if t.Kind == model.String && t.Basic == "string" {
			return strconv.Quote(v)
		}
	case bool:
		if t.Kind == model.Boolean {
			return strconv.FormatBool(v)
		}
	case float64:
		if isNumber(t) {
			return numeral(v, t)
		}
	case int64:
		return strconv.FormatInt(v, 10)
	case json.Number: // an integer of more than 53 bits
		if _, err := v.Int64(); err == nil && isNumber(t) {
			return v.String()
		}
	case []any:
		if len(v) == 0 && t.Kind == model.Array {
			return identity(t) + "{}"
		}
	case map[string]any:
		if len(v) == 0 && t.Kind == model.Map {
			return identity(t) + "{}"
		}
		if len(v) == 0 && t.Kind == model.Any {
			return "map[string]any{}"
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		return zero(t)
	}
	return fmt.Sprintf("parse[%s](%s)", t.Expr(), strconv.Quote(string(text)))
}

func numeral(v float64, t *model.Type) string {
	if t.Kind == model.Integer || v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// typed is a literal that has its type wherever it stands.
func typed(v any, t *model.Type) string {
	lit := literal(v, t)
	untyped := !strings.HasPrefix(lit, "api.") && isScalar(t) && t.Basic != "time.Time"
	isFloat := identity(t) == "float64" && strings.ContainsAny(lit, ".e")
	if untyped && !isFloat && identity(t) != "string" && identity(t) != "bool" && identity(t) != "int" {
		return identity(t) + "(" + lit + ")"
	}
	return lit
}
