package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"gen/cmd/differ/contest"
	"gen/generator/spec"
)

// keyword is a schema, with JSON texts that it allows and others that it does not.
type keyword struct {
	schema         string
	valid, invalid []string
}

// tables are the cases of a version of OpenAPI, by keyword.
type tables map[string][]keyword

// components are schemas that those of the tables refer to.
const components = `{
	"Cat": {"type": "object", "required": ["kind", "lives"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
	"Dog": {"type": "object", "required": ["kind", "tricks"], "properties": {"kind": {"type": "string"}, "tricks": {"type": "array", "items": {"type": "string"}}}},
	"Node": {"type": "object", "required": ["value"], "additionalProperties": false, "properties": {
		"value": {"type": "integer"}, "next": {"$ref": "#/components/schemas/Node"}, "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}}}`

// trial is one text that is held against one schema.
type trial struct {
	keyword, schema, text string
	valid                 bool
}

// document has an operation for each schema, which takes it as its body.
func (t tables) document(version string) (document []byte, trials []trial, requests []contest.Request, err error) {
	paths := map[string]any{}
	for _, name := range sortedNames(t) {
		for i, k := range t[name] {
			id := fmt.Sprintf("case%s%d", identifier(name), i)
			paths["/"+id] = map[string]any{"post": map[string]any{
				"operationId": id, "responses": map[string]any{"204": map[string]any{"description": "Taken."}},
				"requestBody": map[string]any{"required": true, "content": map[string]any{
					"application/json": map[string]any{"schema": json.RawMessage(k.schema)},
				}},
			}}
			for j, text := range append(append([]string{}, k.valid...), k.invalid...) {
				trials = append(trials, trial{name, k.schema, text, j < len(k.valid)})
				requests = append(requests, contest.Request{
					Operation: id, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(text),
				})
			}
		}
	}
	document, err = json.Marshal(map[string]any{
		"openapi": version, "info": map[string]any{"title": "Keywords", "version": "1"}, "paths": paths,
		"components": map[string]any{"schemas": json.RawMessage(components)},
	})
	return document, trials, requests, err
}

// TestKeywords holds both sides against the standards, but for the exceptions.
func TestKeywords(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds two servers")
	}
	var subjects []*subject
	var trials []trial
	var requests []contest.Request
	for i, version := range []string{"3.0.3", "3.1.0"} {
		all := tables{}
		for _, part := range []tables{scalars, composed, [2]tables{keywords30, keywords31}[i]} {
			for name, cases := range part {
				all[name] = append(all[name], cases...)
			}
		}
		document, more, asked, err := all.document(version)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := spec.Parse("keywords.json", document, spec.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := newSubject("keywords "+version, doc)
		if err != nil {
			t.Fatal(err)
		}
		for j := range asked {
			asked[j].Document = i
		}
		subjects, trials, requests = append(subjects, s), append(trials, more...), append(requests, asked...)
	}
	replies, err := tournamentOf(t, subjects...).ask(requests)
	if err != nil {
		t.Fatal(err)
	}
	for i, reply := range replies {
		checkTrial(t, subjects[requests[i].Document].Name, trials[i], reply)
	}
}

func checkTrial(t *testing.T, document string, c trial, reply contest.Reply) {
	t.Helper()
	for side, verdict := range map[string]contest.Verdict{"codecs": reply.On, "kin": reply.Off} {
		got := verdict.Status == http.StatusOK
		switch why := excepted(c, side == "kin"); {
		case why != "" && got == c.valid:
			t.Errorf("%s: %s is right about %s against %s; take it off the list: %s", document, side, c.text, c.schema, why)
		case why == "" && got != c.valid:
			t.Errorf("%s, %s: %s: %s against %s: valid %t, want %t; status %d %v %s",
				document, c.keyword, side, brief(c.text), c.schema, got, c.valid, verdict.Status, verdict.Faults, brief(verdict.Value))
		}
	}
}
