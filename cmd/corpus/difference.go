package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"gen/generator/spec"
)

// difference says where two JSON values differ, "" if they do not. Numbers are compared exactly.
func difference(a, b any, pointer string) string {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			return objectDifference(a, b, pointer)
		}
	case []any:
		if b, ok := b.([]any); ok && len(a) == len(b) {
			for i := range a {
				if d := difference(a[i], b[i], fmt.Sprint(pointer, "/", i)); d != "" {
					return d
				}
			}
			return ""
		}
	case json.Number:
		if b, ok := b.(json.Number); ok && sameNumber(a, b) {
			return ""
		}
	default:
		if a == b {
			return ""
		}
	}
	return fmt.Sprintf("%s: %s became %s", pointer, brief(a, 120), brief(b, 120))
}

func objectDifference(a, b map[string]any, pointer string) string {
	for _, name := range slices.Sorted(maps.Keys(a)) {
		at := pointer + spec.Pointer(name)
		value, ok := b[name]
		if !ok {
			return fmt.Sprintf("%s: %s is lost", at, brief(a[name], 120))
		}
		if d := difference(a[name], value, at); d != "" {
			return d
		}
	}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if _, ok := a[name]; !ok {
			return fmt.Sprintf("%s%s: %s came from nowhere", pointer, spec.Pointer(name), brief(b[name], 120))
		}
	}
	return ""
}

func sameNumber(a, b json.Number) bool {
	x, okX := new(big.Rat).SetString(string(a))
	y, okY := new(big.Rat).SetString(string(b))
	return okX && okY && x.Cmp(y) == 0
}

// brief is a value, of a long one so many bytes.
func brief(v any, most int) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}
