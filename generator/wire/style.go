// Package wire writes values as requests carry them: parameters in the styles that a document gives them,
// bodies in its media types. It makes requests for tests and trials; nothing of it is generated.
package wire

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gen/generator/model"
)

// Pair is a name and a value as they travel, not escaped yet.
type Pair struct{ Name, Value string }

// Text is a scalar as it travels outside of JSON.
func Text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case json.Number:
		return v.String()
	case map[string]any, []any:
		return jsonText(v)
	}
	return fmt.Sprint(v)
}

func jsonText(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(encoded)
}

// Single is a parameter's value where it has to be one text: in a path, a header or a cookie.
func Single(p *model.Param, v any, escape func(string) string) string {
	if p.JSON {
		return escape(jsonText(v))
	}
	prefix, separator, assign := "", ",", ","
	if p.Explode {
		assign = "="
	}
	switch p.Style {
	case "label":
		prefix, separator = ".", "."
	case "matrix":
		prefix, separator = ";"+p.Name+"=", ","
		if p.Explode {
			separator = ";"
		}
	}
	switch v := v.(type) {
	case []any:
		if p.Style == "matrix" && p.Explode {
			separator = ";" + p.Name + "="
		}
		return prefix + joined(each(v, escape), separator)
	case map[string]any:
		if p.Style == "matrix" && p.Explode {
			prefix = ";"
		}
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, escape(name)+assign+escape(Text(v[name])))
		}
		if !p.Explode {
			separator = ","
		}
		return prefix + joined(parts, separator)
	}
	return prefix + escape(Text(v))
}

func joined(parts []string, separator string) string { return strings.Join(parts, separator) }

func each(list []any, do func(string) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = do(Text(v))
	}
	return out
}

// Several is a query parameter's value, which may take several pairs.
func Several(p *model.Param, v any) []Pair {
	if p.JSON {
		return []Pair{{p.Name, jsonText(v)}}
	}
	plain := func(s string) string { return s }
	switch v := v.(type) {
	case []any:
		if p.Explode {
			var out []Pair
			for _, element := range v {
				out = append(out, Pair{p.Name, Text(element)})
			}
			return out
		}
		separator := map[string]string{"spaceDelimited": " ", "pipeDelimited": "|"}[p.Style]
		if separator == "" {
			separator = ","
		}
		return []Pair{{p.Name, joined(each(v, plain), separator)}}
	case map[string]any:
		return members(p, v)
	}
	return []Pair{{p.Name, Text(v)}}
}

func members(p *model.Param, v map[string]any) []Pair {
	var out []Pair
	var flat []string
	for _, name := range slices.Sorted(maps.Keys(v)) {
		switch {
		case p.Style == "deepObject":
			out = append(out, Pair{p.Name + "[" + name + "]", Text(v[name])})
		case p.Explode:
			out = append(out, Pair{name, Text(v[name])})
		default:
			flat = append(flat, name, Text(v[name]))
		}
	}
	if flat != nil {
		out = append(out, Pair{p.Name, joined(flat, ",")})
	}
	return out
}

// Query is a query, or a form, of several pairs, escaped.
func Query(pairs []Pair) string {
	parts := make([]string, len(pairs))
	for i, p := range pairs {
		parts[i] = url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value)
	}
	return strings.Join(parts, "&")
}
