package handlers

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const shapes = `
	GET /shapes/{id:int} -> 200 Shape
	Circle = {id!:int, is, radius:number, drawn!?:bool, created!:time, updated!:time}
	Square = {id!:int, is, side:number, code~?, created!:time, updated!:time}
	Tagged = <{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],"discriminator":{"propertyName":"is","mapping":{"circle":"#/components/schemas/Circle","square":"#/components/schemas/Square"}}}>
	Loose = oneOf(Circle,Square)
	`

// TestUnionsAreMadeOfMembers: what the server sets of a union goes into its JSON.
func TestUnionsAreMadeOfMembers(t *testing.T) {
	const (
		created = `, map[string]any{"id": number, "drawn": nil, "created": now, "updated": now, "code": nil,})`
		kept    = `, map[string]any{"id": memberOf(*shape, "id"), "drawn": memberOfSame(*shape, *req.Body, "is", "drawn"), ` +
			`"created": memberOf(*shape, "created"), "updated": now, "code": nil,})`
		put = `, map[string]any{"id": req.ID, "drawn": memberOfSame(*shape, *req.Body, "is", "drawn"), ` +
			`"created": memberOr(*shape, "created", now), "updated": now, "code": nil,})`
		part = `, map[string]any{"updated": now,})`
	)
	for _, test := range []struct{ shape, operations, want string }{
		{"Tagged", "POST /shapes Tagged -> 201 Tagged", `with[api.Tagged](*req.Body` + created},
		{"Tagged", "POST /shapes Circle -> 201 Circle", `with[api.Tagged](*req.Body` + strings.Replace(created, ` "code": nil,`, "", 1)},
		{"Tagged", "POST /shapes Tagged -> 201 \n PUT /shapes/{id:int} Tagged -> 200", `*shape = with[api.Tagged](*req.Body` + kept},
		{"Tagged", "PUT /shapes/{id:int} Tagged -> 200 / 201", `*shape = with[api.Tagged](*req.Body` + put},
		{"Tagged", "PATCH /shapes/{id:int} Tagged -> 200", `*shape = with[api.Tagged](changed(*shape, *req.Body, "is")` + kept},
		{"Tagged", "PATCH /shapes/{id:int} application/merge-patch+json Tagged -> 200", `*shape = with[api.Tagged](changedWithin(*shape, *req.Body, "is")` + kept},
		{"Loose", "PATCH /shapes/{id:int} Loose -> 200", `*shape = with[api.Loose](*req.Body` + strings.Replace(kept, `memberOfSame(*shape, *req.Body, "is", "drawn")`, "nil", 1)},
		{"Loose", "POST /shapes Loose -> 201 \n PUT /shapes/{id:int} Square -> 200", `*shape = with[api.Loose](*req.Body` + strings.Replace(kept, `"drawn": memberOfSame(*shape, *req.Body, "is", "drawn"), `, "", 1)},
		{"Loose", "PATCH /shapes/{id:int} {is?} -> 200", `*shape = with[api.Loose](changed(*shape, *req.Body)` + part},
		{"Loose", "PATCH /shapes/{id:int} application/merge-patch+json {is?} -> 200", `*shape = with[api.Loose](changedWithin(*shape, *req.Body)` + part},
	} {
		lines := strings.Split(test.operations, "\n")
		route := strings.Join(strings.Fields(lines[len(lines)-1])[:2], " ")
		m := methodOf(t, strings.Replace(shapes, "200 Shape", "200 "+test.shape, 1)+test.operations, strings.ReplaceAll(route, ":int", ""))
		got := m.Value + strings.Join(m.Changes, "\n")
		got = strings.NewReplacer("{\n", "{", ",\n}", ",}", ",\n", ", ").Replace(got)
		if diff := cmp.Diff(test.want, got); diff != "" || !m.Clock {
			t.Errorf("%s; with the time: %t (-want +got):\n%s", test.operations, m.Clock, diff)
		}
	}
}
