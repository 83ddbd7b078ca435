package spec

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// limits are the limits of a schema, by keyword, that a float64 has no place for.
type limits map[string]string

// Limit returns the minimum, maximum, exclusiveMinimum or exclusiveMaximum of a schema of T as the document writes
// it, if that is an integer of more than 53 bits: kin keeps limits as float64. Else it returns "".
func (d *Document) Limit(s *openapi3.Schema, keyword string) string { return d.limits[s][keyword] }

// exact puts a json.Number wherever t has an integer of more than 53 bits as a value, of enum, const and default,
// and returns such limits.
func (d *Document) exact(t *openapi3.T) map[*openapi3.Schema]limits {
	found := map[*openapi3.Schema]limits{}
	_ = t.WalkSchemas(func(pointer string, ref *openapi3.SchemaRef) error {
		n := d.tree.follow(splitPointer(pointer))
		if n == nil {
			return nil
		}
		s := ref.Value
		s.Default, s.Const = exactValue(s.Default, n.get("default")), exactValue(s.Const, n.get("const"))
		s.Enum, _ = exactValue(s.Enum, n.get("enum")).([]any)
		for _, keyword := range []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"} {
			if limit := n.get(keyword); limit.isLong() {
				if found[s] == nil {
					found[s] = limits{}
				}
				found[s][keyword] = limit.text
			}
		}
		return nil
	})
	return found
}

// follow is find for a pointer that passes by references.
func (t *tree) follow(parts []string) *node {
	n := t.root
	for _, part := range parts {
		if n = t.deref(n); n == nil {
			return nil
		}
		if n, _ = n.child(part); n == nil {
			return nil
		}
	}
	return t.deref(n)
}

// exactValue is a value that kin decoded from n, with the integers that n has.
func exactValue(value any, n *node) any {
	if n == nil {
		return value
	}
	switch v := value.(type) {
	case float64:
		if n.isLong() {
			return json.Number(n.text)
		}
	case []any:
		for i := range v {
			item, _ := n.child(strconv.Itoa(i))
			v[i] = exactValue(v[i], item)
		}
	case map[string]any:
		for name := range v {
			v[name] = exactValue(v[name], n.get(name))
		}
	}
	return value
}

// isLong says that n is an integer of more than 53 bits.
func (n *node) isLong() bool {
	if n == nil || n.shape != shapeNumber || strings.ContainsAny(n.text, ".eE") {
		return false
	}
	f, err := strconv.ParseFloat(n.text, 64)
	return err == nil && math.Abs(f) >= 1<<53
}
