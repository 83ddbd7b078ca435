package model

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/spec"
)

// distinctions are what tells operations from others, in words; "-" for those that are hidden.
func distinctions(api *API) map[string]string {
	out := map[string]string{}
	for _, op := range api.Operations {
		var when []string
		for _, d := range op.When {
			text := strings.TrimSpace(d.In + " " + d.Name)
			if len(d.Values) > 0 {
				text += " = " + strings.Join(d.Values, "|")
			}
			if d.Pattern != "" {
				text += " ~ " + d.Pattern
			}
			when = append(when, text)
		}
		if op.HiddenBy != nil {
			when = append(when, "hidden by "+op.HiddenBy.ID)
		}
		if len(when) > 0 {
			out[op.ID] = strings.Join(when, ", ")
		}
	}
	return out
}

func TestRoutes(t *testing.T) {
	text, err := os.ReadFile("../../specs/routes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := spec.Parse("routes.yaml", text, spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := Lower(doc)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"ldapLogIn":       "path ldapMount = ldap",
		"tokenLogIn":      "path tokenMount = token",
		"getTeam":         "path teamId ~ ^[+-]?[0-9]+$",
		"getSmallKind":    "path small = mouse|shrew",
		"shareLink":       "query fields",
		"unshareLink":     "query fields, body link = null",
		"addTable":        "Content-Type = application/json",
		"changeTable":     "Content-Type = application/json-patch+json",
		"refreshToken":    "body grant = refresh",
		"chat":            "Accept = application/json",
		"streamChat":      "Accept = text/event-stream",
		"getSharedFolder": "hidden by getSharedFile",
	}
	if diff := cmp.Diff(want, distinctions(api)); diff != "" {
		t.Errorf("distinctions (-want +got):\n%s", diff)
	}
	const warnings = `routes.yaml:16:28: the path /nodes/{id}/edges/{id} has the parameter id more than once; the last one counts
routes.yaml:75:20: no request can tell GET /shared#folder from GET /shared (routes.yaml:74:13); that one answers for both; give one of them another path, or take it out`
	if diff := cmp.Diff(warnings, api.Warnings.Error()); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// TestHidden holds which of several operations answers where no request tells them apart.
func TestHidden(t *testing.T) {
	get := func(id, more string) string {
		return "{get: {operationId: " + id + ", " + more + "responses: {'204': {description: none}}}}\n"
	}
	for _, tt := range []struct {
		name, paths string
		want        map[string]string
	}{
		{"the one without a fragment", "  /x#a: " + get("a", "") + "  /x: " + get("b", ""), map[string]string{"a": "hidden by b"}},
		{"the first", "  /x/{a}: " + get("a", "") + "  /x/{b}: " + get("b", ""), map[string]string{"b": "hidden by a"}},
		{"the one of the same demands",
			"  /x: " + get("a", "") +
				"  /x#b: " + get("b", "parameters: [{name: q, in: query, required: true, schema: {type: string}}], ") +
				"  /x#c: " + get("c", "parameters: [{name: q, in: query, required: true, schema: {type: string}}], "),
			map[string]string{"b": "query q", "c": "query q, hidden by b"}},
		{"values that only one has",
			"  /x: " + get("a", "parameters: [{name: q, in: query, required: true, schema: {enum: [k, l]}}], ") +
				"  /x#b: " + get("b", "parameters: [{name: q, in: query, required: true, schema: {enum: [l, m]}}], "),
			map[string]string{"a": "query q = k|l", "b": "query q = l|m"}},
		{"other methods and queries", "  /x: " + get("a", "") + "  /x?y: " + get("b", "") + "  /x#c: {put: {operationId: c, responses: {'204': {description: none}}}}\n", map[string]string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, distinctions(lowered(t, "paths:\n"+tt.paths))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
