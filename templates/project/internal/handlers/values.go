package handlers

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gen/templates/project/api"
	"gen/templates/project/internal/store"

	"github.com/oapi-codegen/nullable"
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

// orDefault is what the client sent, null too, or else fallback.
func orDefault[T any](sent nullable.Nullable[T], fallback T) nullable.Nullable[T] {
	if sent.IsSpecified() {
		return sent
	}
	return nullable.NewNullableWithValue(fallback)
}

// list is v, an empty list rather than null.
func list[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

// orList is what the client sent, or else fallback.
func orList[T any](sent, fallback []T) []T {
	if sent == nil {
		return fallback
	}
	return sent
}

// orDict is what the client sent, or else fallback.
func orDict[T any](sent, fallback map[string]T) map[string]T {
	if sent == nil {
		return fallback
	}
	return sent
}

// dict is v, an empty object rather than null.
func dict[T any](v map[string]T) map[string]T {
	if v == nil {
		return map[string]T{}
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

// reshape copies a value into another type that is the same JSON, or a number that the other has as
// text. What does not fit is left out.
func reshape[T any](v any) T {
	var out T
	data, err := json.Marshal(v)
	if err != nil || json.Unmarshal(data, &out) == nil {
		return out
	}
	switch text, err := strconv.Unquote(string(data)); {
	case err == nil:
		_ = json.Unmarshal([]byte(text), &out)
	case data[0] != '{' && data[0] != '[':
		_ = json.Unmarshal([]byte(strconv.Quote(string(data))), &out)
	}
	return out
}

// onto copies a value into another type that is much the same JSON, base: what the value does not
// have stays as it is there. It is nil where there is no value.
func onto[T any](base string, v any) *T {
	data, err := json.Marshal(v)
	if err != nil || string(data) == "null" {
		return nil
	}
	out := parse[T](base)
	if json.Unmarshal(data, &out) != nil {
		out = parse[T](base)
	}
	return &out
}

// eachOnto is onto for every element of a list.
func eachOnto[T any](base string, v any) []T {
	var out []T
	for _, element := range reshape[[]json.RawMessage](v) {
		out = append(out, or(onto[T](base, element), parse[T](base)))
	}
	return out
}

// merge changes dst by what a client sent, as RFC 7396 has it: an object by its members, of which null
// removes one, anything else as a whole.
func merge[T any](dst *T, sent any) { mergeOnto("null", dst, sent) }

// mergeOnto is merge into base where dst has no value yet.
func mergeOnto[T any](base string, dst *T, sent any) {
	patch, err := json.Marshal(sent)
	if err != nil {
		return
	}
	target, err := json.Marshal(dst)
	if err != nil || string(target) == "null" {
		target = []byte(base)
	}
	*dst = reshape[T](patched(target, patch))
}

// patched is the result of MergePatch in RFC 7396 §2.
func patched(target, patch json.RawMessage) json.RawMessage {
	var members, changes map[string]json.RawMessage
	if json.Unmarshal(patch, &changes) != nil || changes == nil {
		return patch
	}
	if json.Unmarshal(target, &members) != nil || members == nil {
		members = map[string]json.RawMessage{}
	}
	for name, change := range changes {
		if string(change) == "null" {
			delete(members, name)
		} else {
			members[name] = patched(members[name], change)
		}
	}
	merged, err := json.Marshal(members)
	if err != nil {
		panic(err) // What was JSON is JSON.
	}
	return merged
}

// additional are the properties that a client sent beside those of its body's schema. Left out are those that T has
// under a name of its own, whatever its case, and those that are kept elsewhere: nobody sets these by another way.
func additional[T, V any](sent map[string]V, elsewhere ...string) map[string]V {
	own := slices.Clone(elsewhere)
	for field := range reflect.TypeFor[T]().Fields() {
		if tag := field.Tag.Get("json"); tag != "" && tag != "-" {
			name, _, _ := strings.Cut(tag, ",")
			own = append(own, name)
		}
	}
	rest := maps.Clone(sent)
	maps.DeleteFunc(rest, func(name string, _ V) bool {
		return slices.ContainsFunc(own, func(taken string) bool { return strings.EqualFold(name, taken) })
	})
	return rest
}

// add changes dst by the members that a client sent, each as a whole.
func add[V any](dst *map[string]V, sent map[string]V) {
	if *dst == nil {
		*dst = sent
		return
	}
	maps.Copy(*dst, sent)
}

// with is what a client sent, JSON of whichever alternative, as a T: with the server's own members, and without what
// the client called like them, in whatever case. Nil leaves one out.
func with[T any](sent any, own map[string]any) T {
	all := membersOf(sent)
	if all == nil {
		return parse[T](jsonOf(sent))
	}
	maps.DeleteFunc(all, func(name string, _ json.RawMessage) bool {
		for taken := range own {
			if strings.EqualFold(name, taken) {
				return true
			}
		}
		return false
	})
	for name, value := range own {
		if value != nil {
			all[name] = json.RawMessage(jsonOf(value))
		}
	}
	return parse[T](jsonOf(all))
}

// changed is v with the members that a client sent in place of its own. Where those called same differ, v was another
// alternative, and all of it gives way.
func changed(v, sent any, same ...string) any { return change(v, sent, same, false) }

// changedWithin is changed, but objects within v are merged with those that were sent, as RFC 7396 has it.
func changedWithin(v, sent any, same ...string) any { return change(v, sent, same, true) }

// change is changed, or changedWithin.
func change(v, sent any, same []string, within bool) any {
	all, changes := membersOf(v), membersOf(sent)
	for _, name := range same {
		if !bytes.Equal(all[name], changes[name]) {
			return sent
		}
	}
	if all == nil || changes == nil {
		return sent
	}
	for name, value := range changes {
		if within {
			value = patched(all[name], value)
		}
		all[name] = value
	}
	return all
}

// memberOf is a member of v's JSON, nil where it has none of that name.
func memberOf(v any, name string) any { return memberOr(v, name, nil) }

// memberOfSame is a member of v's JSON, nil where a client sent another alternative: one with another tag.
func memberOfSame(v, sent any, tag, name string) any {
	if !bytes.Equal(membersOf(v)[tag], membersOf(sent)[tag]) {
		return nil
	}
	return memberOf(v, name)
}

// memberOr is a member of v's JSON, or else fallback.
func memberOr(v any, name string, fallback any) any {
	if value, ok := membersOf(v)[name]; ok {
		return value
	}
	return fallback
}

// memberAs is a member of v's JSON as a T, the zero value where it is none.
func memberAs[T any](v any, name string) T { return reshape[T](memberOf(v, name)) }

// membersOf are those of v's JSON object, nil where it is no object.
func membersOf(v any) map[string]json.RawMessage {
	var out map[string]json.RawMessage
	if json.Unmarshal([]byte(jsonOf(v)), &out) != nil {
		return nil
	}
	return out
}

// jsonOf is the JSON of what came as JSON.
func jsonOf(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// parse is a value that Go has no literal for.
func parse[T any](text string) T {
	var out T
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		panic(err)
	}
	return out
}

// newKey makes a random key of length characters behind prefix.
func newKey(prefix string, length int) string {
	var key strings.Builder
	for key.Len() < length {
		key.WriteString(strings.ToLower(rand.Text()))
	}
	return prefix + key.String()[:length]
}

// newKeyOf makes a random key of length characters of an alphabet behind prefix.
func newKeyOf(alphabet, prefix string, length int) string {
	key := make([]byte, length)
	_, _ = rand.Read(key) // it never fails
	for i, b := range key {
		key[i] = alphabet[int(b)%len(alphabet)]
	}
	return prefix + string(key)
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
