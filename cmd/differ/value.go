package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf16"
)

// Values are JSON as it will be written: nil, bool, string, json.Number, []any, object, raw.

// object is the members of a JSON object, in their order; names may repeat.
type object []member

type member struct {
	name  string
	value any
}

// raw is written as it is.
type raw string

func (o object) has(name string) bool {
	return slices.ContainsFunc(o, func(m member) bool { return m.name == name })
}

// with is the object with one more member, unless it has one of that name.
func (o object) with(name string, value any) object {
	if o.has(name) {
		return o
	}
	return append(slices.Clip(o), member{name, value})
}

// ordered is a value of decoded JSON with objects in the order of their names.
func ordered(v any) any {
	switch v := v.(type) {
	case map[string]any:
		o := object{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			o = append(o, member{name, ordered(v[name])})
		}
		return o
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = ordered(item)
		}
		return list
	case nil, bool, string, json.Number:
		return v
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	if strings.HasPrefix(string(text), `"`) {
		return fmt.Sprint(v)
	}
	return json.Number(text)
}

// plain is a value with objects as maps, as package wire takes them.
func plain(v any) any {
	switch v := v.(type) {
	case object:
		out := map[string]any{}
		for _, m := range v {
			out[m.name] = plain(m.value)
		}
		return out
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = plain(item)
		}
		return list
	case raw:
		return string(v)
	}
	return v
}

// writer writes JSON in one of the many ways in which the same value can be written.
type writer struct {
	rng *rand.Rand
	out []byte
	// odd is how many of a hundred places are written in another way than the usual one.
	odd int
}

func (w *writer) chance(percent int) bool { return w.rng.IntN(100) < percent }

func (w *writer) space() {
	if w.odd > 0 && w.chance(w.odd/4) {
		w.out = append(w.out, []string{" ", "\n", "\t ", "\r\n"}[w.rng.IntN(4)]...)
	}
}

func (w *writer) value(v any) {
	w.space()
	switch v := v.(type) {
	case nil:
		w.out = append(w.out, "null"...)
	case bool:
		w.out = fmt.Append(w.out, v)
	case string:
		w.text(v)
	case json.Number:
		w.out = append(w.out, w.number(string(v))...)
	case raw:
		w.out = append(w.out, v...)
	case []any:
		w.list(v)
	case object:
		w.object(v)
	}
	w.space()
}

func (w *writer) list(list []any) {
	w.out = append(w.out, '[')
	for i, item := range list {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.value(item)
	}
	w.out = append(w.out, ']')
}

func (w *writer) object(o object) {
	w.out = append(w.out, '{')
	for i, m := range o {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.space()
		w.text(m.name)
		w.space()
		w.out = append(w.out, ':')
		w.value(m.value)
	}
	w.out = append(w.out, '}')
}

// text writes a string, some of its characters as escapes.
func (w *writer) text(s string) {
	w.out = append(w.out, '"')
	for _, r := range s {
		switch {
		case r < ' ' || w.odd > 0 && w.chance(w.odd/4):
			for _, unit := range utf16.Encode([]rune{r}) {
				w.out = fmt.Appendf(w.out, `\u%04x`, unit)
			}
		case r == '"' || r == '\\':
			w.out = append(w.out, '\\', byte(r))
		default:
			w.out = append(w.out, string(r)...)
		}
	}
	w.out = append(w.out, '"')
}

// number writes the same number, or nearly the same, in another way: 1.0, 1e0, 10e-1, -0.
func (w *writer) number(n string) string {
	if w.odd == 0 || !w.chance(w.odd) || strings.ContainsAny(n, ".eE") {
		return n
	}
	switch w.rng.IntN(4) {
	case 0:
		return n + ".0"
	case 1:
		return n + "e0"
	case 2:
		return n + "0E-1"
	default:
		if n == "0" {
			return "-0"
		}
		if short, ok := strings.CutSuffix(n, "00"); ok && strings.Trim(short, "-") != "" {
			return short + "e+2"
		}
		return n + ".000"
	}
}
