package handlers

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"gen/templates/project/api"
	"gen/templates/project/internal/store"

	"github.com/google/go-cmp/cmp"
	"github.com/oapi-codegen/nullable"
)

func TestOptionalValues(t *testing.T) {
	if got := or(nil, 7); got != 7 {
		t.Errorf("or(nil, 7) = %d", got)
	}
	if got := or(new(3), 7); got != 3 {
		t.Errorf("or(3, 7) = %d", got)
	}
	if some("") != nil || *some("x") != "x" {
		t.Error("some: only the zero value is nil")
	}
	v := 1
	set(&v, nil)
	set(&v, new(2))
	if v != 2 {
		t.Errorf("set left %d", v)
	}
	if !null[int](nil).IsNull() || null(new(4)).MustGet() != 4 {
		t.Error("null: nil is null, and nothing else")
	}
	if optional(nullable.NewNullNullable[int]()) != nil || *optional(nullable.NewNullableWithValue(5)) != 5 {
		t.Error("optional: null is nil, and nothing else")
	}
	if list[int](nil) == nil || dict[int](nil) == nil {
		t.Error("list, dict: null is empty")
	}
}

func TestOrList(t *testing.T) {
	if got := orList(nil, []int{7}); !cmp.Equal(got, []int{7}) {
		t.Errorf("orList(nil, [7]) = %v", got)
	}
	if got := orList([]int{}, []int{7}); got == nil || len(got) != 0 {
		t.Errorf("orList([], [7]) = %v", got)
	}
}

func TestOrDict(t *testing.T) {
	some := map[string]int{"a": 7}
	if got := orDict(nil, some); !cmp.Equal(got, some) {
		t.Errorf("orDict(nil, %v) = %v", some, got)
	}
	if got := orDict(map[string]int{}, some); got == nil || len(got) != 0 {
		t.Errorf("orDict({}, %v) = %v", some, got)
	}
}

// Null is something that a client may send.
func TestOrDefault(t *testing.T) {
	var absent nullable.Nullable[int]
	if got := orDefault(absent, 7); got.MustGet() != 7 {
		t.Errorf("what was not sent is %v", got)
	}
	if got := orDefault(nullable.NewNullNullable[int](), 7); !got.IsNull() {
		t.Errorf("null is %v", got)
	}
	if got := orDefault(nullable.NewNullableWithValue(1), 7); got.MustGet() != 1 {
		t.Errorf("1 is %v", got)
	}
}

func TestReshape(t *testing.T) {
	type in struct {
		A int     `json:"a"`
		B *string `json:"b,omitempty"`
	}
	type out struct {
		A float64 `json:"a"`
	}
	if got := reshape[out](in{A: 3, B: new("x")}); got.A != 3 {
		t.Errorf("got %+v", got)
	}
	if got := parse[out](`{"a": 2}`); got.A != 2 {
		t.Errorf("got %+v", got)
	}
	if got := each([]int{1, 2}, func(n int) string { return strings.Repeat("x", n) }); !cmp.Equal(got, []string{"x", "xx"}) {
		t.Errorf("got %v", got)
	}
}

func TestNewKey(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		key := newKey("cus_", 40)
		if len(key) != 44 || !strings.HasPrefix(key, "cus_") || seen[key] {
			t.Fatalf("newKey made %q", key)
		}
		seen[key] = true
	}
}

func TestOrderBy(t *testing.T) {
	for _, tt := range []struct {
		field, direction string
		want             []store.Order
	}{
		{"", "", nil},
		{"title", "", []store.Order{{Field: "title"}}},
		{"title", "desc", []store.Order{{Field: "title", Descending: true}}},
		{"-title", "", []store.Order{{Field: "title", Descending: true}}},
		{"title:desc", "", []store.Order{{Field: "title", Descending: true}}},
		{"title_asc", "", []store.Order{{Field: "title"}}},
	} {
		got, err := orderBy(tt.field, tt.direction, store.Order{Field: "title"})
		if err != nil || !cmp.Equal(got, tt.want) {
			t.Errorf("orderBy(%q, %q) = %v, %v, want %v", tt.field, tt.direction, got, err, tt.want)
		}
	}
	_, err := orderBy("password", "", store.Order{Field: "title"})
	var refused *api.Error
	if !errors.As(err, &refused) || refused.Status != 400 {
		t.Errorf("an unknown field gives %v", err)
	}
}

func TestReshapeNumbersAndText(t *testing.T) {
	if got := reshape[int](new("12")); got != 12 {
		t.Errorf("the text 12 is %d", got)
	}
	if got := reshape[*string](new(12)); got == nil || *got != "12" {
		t.Errorf("the number 12 is %v", got)
	}
	if got := reshape[*float64]((*string)(nil)); got != nil {
		t.Errorf("nothing is %v", *got)
	}
	if got := reshape[int]("twelve"); got != 0 {
		t.Errorf("a word is %d", got)
	}
}

func TestOnto(t *testing.T) {
	type in struct {
		ID   string `json:"id"`
		Size any    `json:"size,omitempty"`
	}
	type out struct {
		Type string `json:"type"`
		ID   string `json:"id"`
		Size int    `json:"size"`
	}
	const base = `{"type":"folder","id":"","size":1}`
	if got := onto[out](base, in{ID: "7"}); *got != (out{"folder", "7", 1}) {
		t.Errorf("got %+v", got)
	}
	if got := onto[out](base, in{ID: "7", Size: "large"}); *got != (out{"folder", "", 1}) {
		t.Errorf("of what does not fit there is %+v", got)
	}
	if got := onto[out](base, (*in)(nil)); got != nil {
		t.Errorf("nothing is %+v", got)
	}
	if got := eachOnto[out](base, []in{{ID: "7"}, {ID: "8"}}); !cmp.Equal(got, []out{{"folder", "7", 1}, {"folder", "8", 1}}) {
		t.Errorf("got %+v", got)
	}
	if got := eachOnto[out](base, []in(nil)); got != nil {
		t.Errorf("no list is %+v", got)
	}
}

// TestPatched has the examples of RFC 7396, appendix A.
func TestPatched(t *testing.T) {
	for _, test := range []struct{ target, patch, want string }{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
		{`{"n":9007199254740993}`, `{}`, `{"n":9007199254740993}`},
	} {
		if got := string(patched([]byte(test.target), []byte(test.patch))); got != test.want {
			t.Errorf("%s patched with %s is %s, want %s", test.target, test.patch, got, test.want)
		}
	}
}

func TestMerge(t *testing.T) {
	labels := map[string]string{"a": "1", "b": "2"}
	merge(&labels, map[string]*string{"a": nil, "c": new("3")})
	if want := map[string]string{"b": "2", "c": "3"}; !cmp.Equal(labels, want) {
		t.Errorf("got %v, want %v", labels, want)
	}
	type size struct {
		Unit  string   `json:"unit"`
		Width *int     `json:"width,omitempty"`
		Tags  []string `json:"tags,omitzero"`
	}
	type sizePatch struct {
		Width nullable.Nullable[int] `json:"width,omitempty"`
		Tags  []string               `json:"tags,omitzero"`
	}
	there, absent := &size{Unit: "cm", Width: new(3), Tags: []string{"x"}}, (*size)(nil)
	merge(&there, &sizePatch{Tags: []string{}})
	if want := (&size{Unit: "cm", Width: new(3), Tags: []string{}}); !cmp.Equal(there, want) {
		t.Errorf("got %+v, want %+v", there, want)
	}
	mergeOnto(`{"unit":"mm"}`, &there, &sizePatch{Width: nullable.NewNullNullable[int]()})
	if want := (&size{Unit: "cm", Tags: []string{}}); !cmp.Equal(there, want) {
		t.Errorf("got %+v, want %+v", there, want)
	}
	mergeOnto(`{"unit":"mm"}`, &absent, &sizePatch{Width: nullable.NewNullableWithValue(4)})
	if want := (&size{Unit: "mm", Width: new(4)}); !cmp.Equal(absent, want) {
		t.Errorf("got %+v, want %+v", absent, want)
	}
	var kept nullable.Nullable[size]
	merge(&kept, &sizePatch{Tags: []string{"x"}})
	if got := kept.MustGet(); !cmp.Equal(got, size{Tags: []string{"x"}}) {
		t.Errorf("got %+v", got)
	}
	merge(&kept, nullable.NewNullNullable[sizePatch]())
	if !kept.IsNull() {
		t.Errorf("null leaves %v", kept)
	}
}

func TestAdditional(t *testing.T) {
	type post struct {
		ID                   int            `json:"id"`
		CreatedAt            *string        `json:"createdAt,omitempty"`
		AdditionalProperties map[string]any `json:"-"`
	}
	sent := map[string]any{
		"id": 7, "createdAt": "now", "createdat": "then", "ID": 8, "password": "hunter2", "Password": "hunter3",
		"size": 1, "": 2, "-": 3, "AdditionalProperties": 4, "id,omitempty": 5, "none": nil,
	}
	want := map[string]any{"size": 1, "": 2, "-": 3, "AdditionalProperties": 4, "id,omitempty": 5, "none": nil}
	if got := additional[post](sent, "password"); !cmp.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(sent) != 12 {
		t.Errorf("what was sent is now %v", sent)
	}
	if got := additional[post](map[string]int(nil)); got != nil {
		t.Errorf("of nothing there is %v", got)
	}
}

func TestAdd(t *testing.T) {
	var labels map[string][]int
	add(&labels, nil)
	if labels != nil {
		t.Errorf("nothing is %v", labels)
	}
	add(&labels, map[string][]int{"a": {1, 2}, "b": {3}})
	add(&labels, map[string][]int{"a": {4}, "c": nil})
	if want := map[string][]int{"a": {4}, "b": {3}, "c": nil}; !cmp.Equal(labels, want) {
		t.Errorf("got %v, want %v", labels, want)
	}
}

func TestNewKeyOf(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		key := newKeyOf("AB", "K-", 30)
		if len(key) != 32 || strings.Trim(strings.TrimPrefix(key, "K-"), "AB") != "" || seen[key] {
			t.Fatalf("newKeyOf made %q", key)
		}
		seen[key] = true
	}
}

// TestWith: what the server sets is in the place of what a client called like it.
func TestWith(t *testing.T) {
	type object = map[string]any
	got := with[object](object{"id": 7, "ID": 8, "note": "n", "pin": "1234"}, object{"id": 1, "pin": nil, "seen": json.RawMessage("null")})
	if want := (object{"id": 1.0, "note": "n", "seen": nil}); !cmp.Equal(got, want) {
		t.Errorf("%v; want %v", got, want)
	}
	if got := with[string]("text", object{"id": 1}); got != "text" {
		t.Errorf("what is no object is %q", got)
	}
}

func TestChanged(t *testing.T) {
	const stored = `{"is":"a","size":1,"of":{"x":1,"y":2}}`
	for _, test := range []struct{ sent, changed, within string }{
		{`{"is":"a","size":2}`, `{"is":"a","of":{"x":1,"y":2},"size":2}`, `{"is":"a","of":{"x":1,"y":2},"size":2}`},
		{`{"is":"a","of":{"x":null,"z":3}}`, `{"is":"a","of":{"x":null,"z":3},"size":1}`, `{"is":"a","of":{"y":2,"z":3},"size":1}`},
		{`{"is":"a","size":null}`, `{"is":"a","of":{"x":1,"y":2},"size":null}`, `{"is":"a","of":{"x":1,"y":2},"size":null}`},
		{`{"is":"b","width":3}`, `{"is":"b","width":3}`, `{"is":"b","width":3}`},
		{`"text"`, `"text"`, `"text"`},
	} {
		v, sent := json.RawMessage(stored), json.RawMessage(test.sent)
		if got := jsonOf(changed(v, sent, "is")); got != test.changed {
			t.Errorf("%s makes %s; want %s", sent, got, test.changed)
		}
		if got := jsonOf(changedWithin(v, sent, "is")); got != test.within {
			t.Errorf("%s merged makes %s; want %s", sent, got, test.within)
		}
	}
	const text = `"text"`
	for v, sent := range map[string]string{stored: text, text: stored} {
		if got := jsonOf(changedWithin(json.RawMessage(v), json.RawMessage(sent))); got != sent {
			t.Errorf("%s makes %s of %s", sent, got, v)
		}
	}
}

func TestMembers(t *testing.T) {
	v := map[string]any{"id": 7, "owner": "ann"}
	if got := memberAs[int](v, "id"); got != 7 {
		t.Errorf("id is %d", got)
	}
	if got := memberAs[int](v, "none"); got != 0 {
		t.Errorf("what is not there is %d", got)
	}
	if got := memberOf(v, "none"); got != nil {
		t.Errorf("what is not there is %v", got)
	}
	if same, other := memberOfSame(v, v, "owner", "id"), memberOfSame(v, nil, "owner", "id"); jsonOf(same) != "7" || other != nil {
		t.Errorf("that of the same is %v, that of another %v", same, other)
	}
	if got := jsonOf(memberOr(v, "owner", "eve")) + jsonOf(memberOr("text", "owner", "eve")); got != `"ann""eve"` {
		t.Errorf("the owners are %s", got)
	}
	if got := memberOr(map[string]any{"owner": nil}, "owner", "eve"); jsonOf(got) != "null" {
		t.Errorf("an owner that is null is %v", got)
	}
}
