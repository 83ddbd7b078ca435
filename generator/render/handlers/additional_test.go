package handlers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/model"
)

// object is a schema with properties of these names, and more as a schema says; "" for none.
func object(more string, names ...string) string {
	properties := make([]string, len(names))
	for i, name := range names {
		properties[i] = fmt.Sprintf(`%q:{"type":"string"}`, name)
	}
	schema := `{"type":"object","properties":{` + strings.Join(properties, ",") + "}"
	if more != "" {
		schema += `,"additionalProperties":` + more
	}
	return "<" + schema + "}>"
}

const (
	anyMore    = `true`
	counts     = `{"type":"integer"}`
	someCounts = `{"type":"integer","nullable":true}`
)

// TestAdditional: what a body has beside named properties is stored where what is stored has the same.
func TestAdditional(t *testing.T) {
	const (
		sent    = "additional[api.Post](req.Body.AdditionalProperties)"
		replace = "post.AdditionalProperties = " + sent
		add     = "add(&post.AdditionalProperties, " + sent + ")"
		merge   = "if req.Body.AdditionalProperties != nil {\nmerge(&post.AdditionalProperties, " + sent + ")\n}"
	)
	for _, test := range []struct {
		body, stored              string
		post, put, patch, merging string
	}{
		{anyMore, anyMore, sent, replace, add, merge},
		{counts, counts, sent, replace, add, merge},
		{someCounts, someCounts, sent, replace, add, merge},
		{someCounts, counts, "", "", "", merge},
		{counts, someCounts, "", "", "", ""},
		{anyMore, counts, "", "", "", ""},
		{counts, anyMore, "", "", "", ""},
		{anyMore, "", "", "", "", ""},
		{"", anyMore, "", "", "", ""},
	} {
		sketch := `
			POST /posts Body -> 201 Post
			PUT /posts/{id} Body -> 200 Post
			PATCH /posts/{id} %s Body -> 200 Post
			Body = ` + object(test.body, "title") + `
			Post = ` + object(test.stored, "id", "title")
		got := [4]string{
			additionalIn(t, fmt.Sprintf(sketch, ""), "POST /posts"),
			additionalIn(t, fmt.Sprintf(sketch, ""), "PUT /posts/{id}"),
			additionalIn(t, fmt.Sprintf(sketch, ""), "PATCH /posts/{id}"),
			additionalIn(t, fmt.Sprintf(sketch, "application/merge-patch+json"), "PATCH /posts/{id}"),
		}
		if diff := cmp.Diff([4]string{test.post, test.put, test.patch, test.merging}, got); diff != "" {
			t.Errorf("%s into %s (-want +got):\n%s", test.body, test.stored, diff)
		}
	}
}

// additionalIn is what the handler of a route does with additional properties, and says so where it drops them.
func additionalIn(t *testing.T, sketch, route string) string {
	t.Helper()
	m := methodOf(t, sketch, route)
	var code string
	for _, f := range m.Fields {
		if f.Name == "AdditionalProperties" {
			code = f.Expr
		}
	}
	for _, change := range m.Changes {
		if strings.Contains(change, "AdditionalProperties") {
			code = change
		}
	}
	sends := !strings.Contains(sketch, "Body = "+object("", "title"))
	if said := strings.HasPrefix(m.Dropped, "Additional properties are not kept"); said != (sends && code == "") {
		t.Errorf("of what %q keeps a comment says %q", code, m.Dropped)
	}
	return code
}

// TestAdditionalBesideSecrets: what has a column is not stored beside it, and answers have no more than they say.
func TestAdditionalBesideSecrets(t *testing.T) {
	file := Of(resources(t, `
		GET /posts -> 200 [Line]
		POST /posts <{"type":"object","properties":{"pin":{"type":"string","writeOnly":true}},"additionalProperties":true}> -> 201 Note
		GET /posts/{id:int} -> 200 Post
		PATCH /posts/{id:int} Body -> 200 Note
		Line = `+object(anyMore, "id")+`
		Note = `+object(counts, "id")+`
		Body = `+object(anyMore, "title")+`
		Post = `+object(anyMore, "id", "title"))[0], model.Sessions{})
	if got, want := file.Methods[1].Fields[1].Expr, `additional[api.Post](req.Body.AdditionalProperties, "pin")`; got != want {
		t.Errorf("POST stores %s, want %s", got, want)
	}
	want := map[string]int{"postsAsLine": 2, "postsAsNote": 1}
	got := map[string]int{}
	for _, c := range file.Converters {
		got[c.Name] = len(c.Fields)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields of answers (-want +got):\n%s", diff)
	}
}
