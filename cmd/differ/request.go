package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/cmd/differ/contest"
	"gen/generator/model"
	"gen/generator/wire"
)

// target is an operation with the schemas that requests for it are made of.
type target struct {
	document int
	op       *model.Operation
	params   []part[*model.Param]
	bodies   []part[*model.Body]
	answers  []part[*model.Response]
	samples  map[*openapi3.Schema][]any
}

// part is something that a request or an answer has, with its schema and what is interesting about it.
type part[T any] struct {
	of     T
	schema *openapi3.SchemaRef
	clues  clues
}

func partOf[T any](of T, schema *openapi3.SchemaRef) part[T] {
	return part[T]{of, schema, cluesOf(schema)}
}

// targets are the operations of the nth document.
func (s *subject) targets(n int) []*target {
	var out []*target
	samples := map[*openapi3.Schema][]any{}
	for _, op := range s.api.Operations {
		t := &target{document: n, op: op, samples: samples}
		doc := s.doc.T.Paths.Value(op.Path).GetOperation(op.Method)
		for _, p := range op.Params {
			var ref *openapi3.SchemaRef
			if p.Schema != nil {
				ref = openapi3.NewSchemaRef("", p.Schema)
			}
			t.params = append(t.params, partOf(p, ref))
		}
		for _, b := range op.Bodies {
			t.bodies = append(t.bodies, partOf(b, schemaOf(doc.RequestBody.Value.Content, b.MediaType)))
		}
		for _, r := range writtenAnswers(op) {
			if ref := doc.Responses.Value(r.Status); ref != nil {
				t.answers = append(t.answers, partOf(r, schemaOf(ref.Value.Content, r.MediaType)))
			}
		}
		out = append(out, t)
	}
	return out
}

func schemaOf(content openapi3.Content, mediaType string) *openapi3.SchemaRef {
	if media := content[mediaType]; media != nil {
		return media.Schema
	}
	return nil
}

// attempt is a request with what its body was made of.
type attempt struct {
	contest.Request

	// value is written as JSON in the body, unless custom says that the body is something else.
	value  any
	custom bool
}

// attempt makes a request: a valid one, or one that differs in one place from what is likely valid.
func (t *target) attempt(rng *rand.Rand) attempt {
	m := maker{rng, t.samples}
	if len(t.answers) > 0 && m.chance(15) {
		return t.answer(m)
	}
	a := attempt{Request: contest.Request{Document: t.document, Operation: t.op.ID, Header: http.Header{}, Path: map[string]string{}}, custom: true}
	odd := m.rng.IntN(10)
	spoilt := -1
	if len(t.params) > 0 && odd < 3 || len(t.bodies) == 0 && odd < 7 {
		spoilt = m.rng.IntN(max(1, len(t.params)))
	}
	var query []string
	for i, p := range t.params {
		if p.of.Required || p.of.In == "path" || i == spoilt || m.chance(40) {
			query = append(query, a.send(m, p, i == spoilt)...)
		}
	}
	a.Query = strings.Join(query, "&")
	if len(t.bodies) > 0 && !m.chance(3) {
		a.fill(m, pick(&m, t.bodies), spoilt < 0 && odd < 7)
	}
	return a
}

func (t *target) answer(m maker) attempt {
	r := pick(&m, t.answers)
	value := m.value(r.schema, 0)
	if m.chance(10) {
		value = (&mutator{m, r.clues, 0}).mutate(value)
	}
	w := writer{rng: m.rng}
	w.value(value)
	return attempt{Request: contest.Request{Document: t.document, Operation: t.op.ID, Answer: r.of.GoName, Body: w.out}, value: value}
}

// paramTexts are values of parameters that are not what they seem.
var paramTexts = []string{
	"", " ", "1", "+1", "01", "1.0", "1e0", "-0", " 1", "1 ", "true", "TRUE", "t", "null", "a,b", ",", "1,,2", "\xff", "%zz",
	"9223372036854775808", "2147483648", "1e400", "0x1", "1_000", "NaN", "Infinity", "2026-01-31", "2026-02-30", "2026-01-31T12:00:00Z",
	"2026-01-31t12:00:00z", "2026-01-31T12:00:60Z", "0191e0c4-5f0a-7000-8000-000000000001", "0191E0C45F0A70008000000000000001", "{}", "[]",
}

// send adds a parameter, and returns what it adds to the query.
func (a *attempt) send(m maker, p part[*model.Param], spoil bool) []string {
	value := m.value(p.schema, 1)
	if spoil && m.chance(50) {
		value = (&mutator{m, p.clues, 0}).mutate(value)
	} else if spoil {
		value = pick(&m, paramTexts)
	}
	sent := plain(value)
	switch p.of.In {
	case "path":
		if a.Path[p.of.Name] = wire.Single(p.of, sent, url.PathEscape); a.Path[p.of.Name] == "" {
			a.Path[p.of.Name] = "%20" // no route has an empty part
		}
	case "query":
		pairs := wire.Several(p.of, sent)
		if spoil && m.chance(10) {
			pairs = append(pairs, pairs...)
		}
		if text := wire.Query(pairs); text != "" {
			return []string{text}
		}
	case "header":
		a.Header.Add(p.of.Name, wire.Single(p.of, sent, func(s string) string { return s }))
	case "cookie":
		a.Header.Add("Cookie", p.of.Name+"="+wire.Single(p.of, sent, url.QueryEscape))
	}
	return nil
}

var contentTypes = []string{"", "application/json; charset=utf-8", "application/merge-patch+json", "text/plain", "Application/JSON", "a b", "application/octet-stream"}

// fill adds a body.
func (a *attempt) fill(m maker, b part[*model.Body], spoil bool) {
	value := m.value(b.schema, 0)
	if spoil && m.chance(85) {
		value = (&mutator{m, b.clues, 0}).mutate(value)
	}
	mediaType := wire.MediaType(b.of)
	if b.of.Tag == "JSON" && !b.of.IsForm() {
		w := writer{rng: m.rng, odd: pick(&m, []int{0, 0, 10, 40})}
		w.value(value)
		a.Body, a.value, a.custom, a.Folded = w.out, value, false, folded(value, b.clues.names)
		if spoil && m.chance(15) {
			a.Body, a.custom = damage(m.rng, a.Body), true
		}
	} else {
		content := wire.Encode(b.of, plain(value))
		mediaType, a.Body = content.MediaType, content.Data
		if spoil && m.chance(15) {
			a.Body = damage(m.rng, a.Body)
		}
	}
	if m.chance(3) {
		mediaType = pick(&m, contentTypes)
	}
	if mediaType != "" {
		a.Header.Set("Content-Type", mediaType)
	}
}

// folded says that an object in a value has a member whose name is one of some but for its case.
func folded(v any, names []string) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return folded(item, names) })
	case object:
		return slices.ContainsFunc(v, func(m member) bool {
			return folded(m.value, names) || slices.ContainsFunc(names, func(name string) bool {
				return name != m.name && strings.EqualFold(name, m.name)
			})
		})
	}
	return false
}

// simpler are requests with a little less in them.
func (a *attempt) simpler() []attempt {
	var out []attempt
	add := func(change func(*contest.Request)) {
		b := *a
		b.Header, b.Path = a.Header.Clone(), a.Path
		change(&b.Request)
		out = append(out, b)
	}
	if parts := strings.Split(a.Query, "&"); a.Query != "" {
		for i := range parts {
			add(func(r *contest.Request) { r.Query = strings.Join(slices.Delete(slices.Clone(parts), i, i+1), "&") })
		}
	}
	for name := range a.Header {
		add(func(r *contest.Request) { r.Header.Del(name) })
	}
	if a.custom {
		return out
	}
	for _, value := range lessOf(a.value) {
		b := *a
		w := writer{}
		w.value(value)
		b.value, b.Body = value, w.out
		out = append(out, b)
	}
	return out
}

// lessOf are values with something left out, or made plain.
func lessOf(v any) []any {
	var out []any
	switch v := v.(type) {
	case []any:
		for i := range v {
			out = append(out, slices.Delete(slices.Clone(v), i, i+1))
		}
		for i := range v {
			for _, less := range lessOf(v[i]) {
				list := slices.Clone(v)
				list[i] = less
				out = append(out, list)
			}
		}
	case object:
		for i := range v {
			out = append(out, slices.Delete(slices.Clone(v), i, i+1))
		}
		for i := range v {
			for _, less := range lessOf(v[i].value) {
				o := slices.Clone(v)
				o[i].value = less
				out = append(out, o)
			}
		}
	case string:
		if runes := []rune(v); len(runes) > 1 {
			out = append(out, string(runes[:len(runes)/2]), string(runes[len(runes)/2:]), string(runes[1:]))
		}
	case json.Number:
		if len(v) > 1 {
			out = append(out, json.Number("0"), json.Number("1"))
		}
	}
	return out
}
