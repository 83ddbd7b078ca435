package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gen/generator/spec"
)

// planted are schemas of a property that differ from one side to the other, and the kinds of difference
// that must be found.
var planted = []struct{ name, on, off, kind string }{
	{"type", `{"type":"integer"}`, `{"type":"string"}`, "acceptance"},
	{"length", `{"type":"string","maxLength":5}`, `{"type":"string","maxLength":6}`, "acceptance"},
	{"bound", `{"type":"integer","minimum":3}`, `{"type":"integer","minimum":3,"exclusiveMinimum":true}`, "acceptance"},
	{"enum", `{"type":"string","enum":["a","b"]}`, `{"type":"string","enum":["a","b","B"]}`, "acceptance"},
	{"null", `{"type":"string"}`, `{"type":"string","nullable":true}`, "acceptance"},
	{"step", `{"type":"number","multipleOf":0.25}`, `{"type":"number","multipleOf":0.5}`, "acceptance"},
	{"items", `{"type":"array","items":{"type":"integer"},"uniqueItems":true}`, `{"type":"array","items":{"type":"integer"}}`, "acceptance"},
	{"extra", `{"type":"object","additionalProperties":false}`, `{"type":"object"}`, "acceptance"},
	{"sentence", `{"type":"string","pattern":"^a+$"}`, `{"type":"string","pattern":"^aa*$"}`, "faults"},
	{"value", `{"type":"string","format":"date-time"}`, `{"type":"string","pattern":"^[0-9]{4}-.*"}`, "value"},
	{"same", `{"type":"string","maxLength":5}`, `{"type":"string","maxLength":5}`, ""},
}

func plantedDocument(t *testing.T, schema func(int) string) []byte {
	t.Helper()
	paths := map[string]any{}
	for i, p := range planted {
		paths["/"+p.name] = map[string]any{"post": map[string]any{
			"operationId": p.name, "responses": map[string]any{"204": map[string]any{"description": "Taken."}},
			"requestBody": map[string]any{"content": map[string]any{"application/json": map[string]any{"schema": map[string]any{
				"type": "object", "required": []string{"x"}, "properties": map[string]any{"x": json.RawMessage(schema(i))},
			}}}},
		}}
	}
	document, err := json.Marshal(map[string]any{"openapi": "3.0.3", "info": map[string]any{"title": "Planted", "version": "1"}, "paths": paths})
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// TestFindsWhatDiffers holds that none of several small differences between two servers stays hidden,
// that nothing else is reported, and that what is reported is short.
func TestFindsWhatDiffers(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds two servers")
	}
	doc, err := spec.Parse("planted.json", plantedDocument(t, func(i int) string { return planted[i].on }), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSubject("planted", doc)
	if err != nil {
		t.Fatal(err)
	}
	s.off = plantedDocument(t, func(i int) string { return planted[i].off })
	games := tournamentOf(t, s)
	if err := games.round(0, 300*len(planted)); err != nil {
		t.Fatal(err)
	}
	for _, p := range planted {
		kinds := []string{}
		for _, f := range games.found {
			if f.attempt.Operation == p.name {
				kinds = append(kinds, f.kind)
				if len(f.attempt.Body) > 120 {
					t.Errorf("%s: the simplest request is %s", p.name, f.attempt.Body)
				}
			}
		}
		if p.kind == "" && len(kinds) > 0 || p.kind != "" && !slices.Contains(kinds, p.kind) {
			t.Errorf("%s: found %q, want %q", p.name, kinds, p.kind)
		}
	}
}

// TestSameRequestsForTheSameSeed holds that a difference can be made again.
func TestSameRequestsForTheSameSeed(t *testing.T) {
	subjects, err := load(t.Context(), []string{"../../specs/board.yaml", "../../specs/published/merging.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(seed uint64) string {
		var all strings.Builder
		for i, s := range subjects {
			for _, target := range s.targets(i) {
				for n := range uint64(20) {
					fmt.Fprintf(&all, "%+v\n", target.attempt(random(seed, i, n)).Request)
				}
			}
		}
		return all.String()
	}
	first := ask(1)
	if again := ask(1); first != again {
		t.Error("one seed makes different requests")
	}
	if first == ask(2) {
		t.Error("two seeds make the same requests")
	}
}

// TestCodecs asks a few thousand times about each document in specs, and about some small published ones
// where CORPUS names a folder that has them.
func TestCodecs(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds many servers")
	}
	files := []string{"../../specs/published/garden/garden.yaml"}
	for _, folder := range []string{"../../specs", "../../specs/published"} {
		more, err := documents(folder)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	for _, name := range []string{"museum.yaml", "swagger-petstore3.yaml", "tictactoe31.yaml"} {
		path := filepath.Join(os.Getenv("CORPUS"), name)
		if _, err := os.Stat(path); err == nil && os.Getenv("CORPUS") != "" {
			files = append(files, path)
		}
	}
	subjects, err := load(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	games := tournamentOf(t, subjects...)
	for i, targets := range games.targets {
		for range targets {
			if err := games.round(i, 200); err != nil {
				t.Fatal(err)
			}
		}
		if len(targets) > 0 && games.accepted[i] < games.asked[i]/5 {
			t.Errorf("%s: of %d requests only %d were valid", games.names[i], games.asked[i], games.accepted[i])
		}
	}
	for _, f := range games.found {
		var text strings.Builder
		f.print(&text)
		t.Error(text.String())
	}
}

func tournamentOf(t *testing.T, subjects ...*subject) *tournament {
	t.Helper()
	games, err := newTournament(context.WithoutCancel(t.Context()), t.TempDir(), 1, subjects)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := games.stop(); err != nil {
			t.Error(err)
		}
	})
	return games
}
