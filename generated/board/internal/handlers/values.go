package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/oapi-codegen/nullable"

	"example.com/board/api"
	"example.com/board/internal/store"
)

// or is what the client sent, or else fallback.
func or[T any](sent *T, fallback T) T {
	if sent == nil {
		return fallback
	}
	return *sent
}

// set changes dst if the client sent a value.
func set[T any](dst, sent *T) {
	if sent != nil {
		*dst = *sent
	}
}

// some is a pointer to v, or nil for the zero value.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// null is *v, or JSON's null.
func null[T any](v *T) nullable.Nullable[T] {
	if v == nil {
		return nullable.NewNullNullable[T]()
	}
	return nullable.NewNullableWithValue(*v)
}

// optional is a pointer to the value of v, or nil where it is null or was not sent.
func optional[T any](v nullable.Nullable[T]) *T {
	value, err := v.Get()
	if err != nil {
		return nil
	}
	return &value
}

// list is v, an empty list rather than null.
func list[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

// each converts every element of a list.
func each[A, B any](in []A, convert func(A) B) []B {
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = convert(v)
	}
	return out
}

// orderBy reads the order that a client asks for: a field, "-field", "field:desc" or "field_desc".
// By "" the order is that of creation.
func orderBy(field, direction string, fields ...store.Order) ([]store.Order, error) {
	name, descending := field, strings.HasPrefix(strings.ToLower(direction), "desc")
	if rest, ok := strings.CutPrefix(name, "-"); ok {
		name, descending = rest, !descending
	}
	for _, suffix := range []string{":desc", "_desc", " desc"} {
		if rest, ok := strings.CutSuffix(name, suffix); ok {
			name, descending = rest, true
		}
	}
	for _, suffix := range []string{":asc", "_asc", " asc"} {
		name = strings.TrimSuffix(name, suffix)
	}
	if name == "" {
		return nil, nil
	}
	i := slices.IndexFunc(fields, func(o store.Order) bool { return o.Field == name })
	if i < 0 {
		return nil, &api.Error{Status: http.StatusBadRequest, Detail: "cannot sort by " + field}
	}
	fields[i].Descending = descending
	return fields[i : i+1], nil
}
