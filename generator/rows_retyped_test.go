package generator

import (
	"fmt"
	"strings"
	"testing"

	"gen/generator/model"
	"gen/generator/spec"
	"gen/generator/spec/spectest"
)

// TestRetyped holds which values in rows cannot be read after a change of their type.
func TestRetyped(t *testing.T) {
	const extra = `<{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"%s"}}>`
	strs, ints := fmt.Sprintf(extra, "string"), fmt.Sprintf(extra, "integer")
	for _, test := range []struct{ was, is, want string }{
		{"v:int", "v:number", ""},
		{"v:number", "v:int", "v number → integer, some"},
		{"v:int64", "v:int32", "v integer int64 → integer int32, some"},
		{"v:int", "v:int64", ""},
		{`v:<{"type":"integer","format":"uint64"}>`, "v:int64", "v integer uint64 → integer int64, some"},
		{"v:int64", `v:<{"type":"integer","format":"uint64"}>`, "v integer int64 → integer uint64, some"},
		{"v:time", "v:string", ""},
		{"v:string", "v:time", "v string → string date-time, some"},
		{"v:int", "v:any", ""},
		{"v:any", "v:int", "v anything → integer, some"},
		{"V:int", "v:string", "V integer → string"},
		{"v:oneOf(string,int)", "v:string", "v integer → string, some"},
		{"v:oneOf(string,int)", "v:oneOf(string,bool)", ""},
		{"v:map(int)", "v:map(string)", "v.* integer → string"},
		{"v:{a:int}", "v:map(string)", "v.a integer → string"},
		{"v:map(int)", "v:{a:string}", "v.a integer → string"},
		{"v:" + strs, "v:" + ints, "v.* string → integer"},
		{"v:{a:[[int]]}", "v:{a:[[bool]]}", "v.a[][] integer → boolean"},
		{"v:int, pin~:string", "v:int, pin~:int", ""},
		{"v:Node", "v:Leaf", "v.n integer → string, v.next.n integer → string"},
	} {
		got := []string{}
		for _, c := range retyped(resourceWith(t, test.was), resourceWith(t, test.is)) {
			text := c.Property + " " + c.Was + " → " + c.Is
			if c.Some {
				text += ", some"
			}
			got = append(got, text)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s to %s: %q, want %q", test.was, test.is, strings.Join(got, ", "), test.want)
		}
	}
}

// resourceWith is a stored resource with such properties.
func resourceWith(t *testing.T, properties string) *model.Resource {
	t.Helper()
	doc, err := spec.Parse("openapi.json", spectest.Document(t, `
		POST /posts Post -> 201 Post
		GET /posts/{id:int} -> 200 Post
		Node = {n?:int, next?:Node}
		Leaf = {n?:string, next?:{n?:string, next?:Leaf}}
		Post = {id!:int, `+properties+`}`), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	return api.Resources[0]
}
