package handlers

import (
	"slices"
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
	NewCircle = {is, radius:number, pin~?}
	NewSquare = {is, side:number}
	New = <{"oneOf":[{"$ref":"#/components/schemas/NewCircle"},{"$ref":"#/components/schemas/NewSquare"}],"discriminator":{"propertyName":"is","mapping":{"circle":"#/components/schemas/NewCircle","square":"#/components/schemas/NewSquare"}}}>
	Mug = {id!:int, created:time, updated!:time, seen!:time|null, size?:int=5, pin~?, handles:int}
	Bowl = {id!:int, created:time, updated!:time, seen!:time|null, size?:int=5, pin~?, rim:int}
	Ware = oneOf(Mug,Bowl)
	`

// TestUnionsAreMadeOfMembers: what the server sets of a union goes into its JSON.
func TestUnionsAreMadeOfMembers(t *testing.T) {
	const (
		created = `, map[string]any{"id": number, "drawn": nil, "created": now, "updated": now, "code": nil,})`
		kept    = `, map[string]any{"id": memberOf(*shape, "id"), "drawn": memberOfSame(*shape, *req.Body, "is", "drawn"), ` +
			`"created": memberOf(*shape, "created"), "updated": now, "code": nil,})`
		put = `, map[string]any{"id": req.ID, "drawn": memberOfSame(*shape, *req.Body, "is", "drawn"), ` +
			`"created": memberOr(*shape, "created", now), "updated": now, "code": nil,})`
		made  = `, map[string]any{"id": number, "updated": now, "seen": json.RawMessage("null"), "size": memberOr(*req.Body, "size", 5), "pin": nil,})`
		first = `, map[string]any{"id": req.ID, "created": memberOr(*shape, "created", now), "updated": now, "seen": memberOr(*shape, "seen", json.RawMessage("null")), "pin": nil,})`
		later = `, map[string]any{"id": memberOf(*shape, "id"), "created": memberOf(*shape, "created"), "updated": now, "seen": memberOf(*shape, "seen"), "pin": nil,})`
		part  = `, map[string]any{"updated": now,})`
	)
	for _, test := range []struct{ shape, operations, want string }{
		{"Tagged", "POST /shapes Tagged -> 201 Tagged", `with[api.Tagged](*req.Body` + created},
		{"Tagged", "POST /shapes Circle -> 201 Circle", `with[api.Tagged](*req.Body` + strings.Replace(created, ` "code": nil,`, "", 1)},
		{"Tagged", "POST /shapes New -> 201 Tagged", `with[api.Tagged](*req.Body` + strings.Replace(created, `"code": nil,`, `"code": nil, "pin": nil,`, 1)},
		{"Tagged", "POST /shapes Tagged -> 201 \n PUT /shapes/{id:int} Tagged -> 200", `*shape = with[api.Tagged](*req.Body` + kept},
		{"Tagged", "PUT /shapes/{id:int} Tagged -> 200 / 201", `*shape = with[api.Tagged](*req.Body` + put},
		{"Tagged", "PATCH /shapes/{id:int} Tagged -> 200", `*shape = with[api.Tagged](changed(*shape, *req.Body, "is")` + kept},
		{"Tagged", "PATCH /shapes/{id:int} application/merge-patch+json Tagged -> 200", `*shape = with[api.Tagged](changedWithin(*shape, *req.Body, "is")` + kept},
		{"Loose", "PATCH /shapes/{id:int} Loose -> 200", `*shape = with[api.Loose](*req.Body` + strings.Replace(kept, `memberOfSame(*shape, *req.Body, "is", "drawn")`, "nil", 1)},
		{"Loose", "POST /shapes Loose -> 201 \n PUT /shapes/{id:int} Square -> 200", `*shape = with[api.Loose](*req.Body` + strings.Replace(kept, `"drawn": memberOfSame(*shape, *req.Body, "is", "drawn"), `, "", 1)},
		{"Loose", "PATCH /shapes/{id:int} {is?} -> 200", `*shape = with[api.Loose](changed(*shape, *req.Body)` + part},
		{"Loose", "PATCH /shapes/{id:int} application/merge-patch+json {is?} -> 200", `*shape = with[api.Loose](changedWithin(*shape, *req.Body)` + part},
		{"Ware", "POST /shapes Ware -> 201 Ware", `with[api.Ware](*req.Body` + made},
		{"Ware", "PUT /shapes/{id:int} {data:Mug} -> 200 {data:Mug}", `*shape = with[api.Ware](req.Body.Data` + first},
		{"Ware", "POST /shapes Ware -> 201 \n PUT /shapes/{id:int} Ware -> 200", `*shape = with[api.Ware](*req.Body` + later},
		{"Ware", "PUT /shapes/{id:int} Ware -> 200 / 201", `*shape = with[api.Ware](*req.Body` + first},
		{"Ware", "PATCH /shapes/{id:int} {size?:int} -> 200", `*shape = with[api.Ware](changed(*shape, *req.Body)` + part},
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

// TestOwnersOfUnions: the owner and the key of a union are read from its JSON, and answers are made of it.
func TestOwnersOfUnions(t *testing.T) {
	api := understood(t, `
		POST /login {email:email,password} -> 204 +Set-Cookie
		POST /users {email:email,password} -> 201 User
		GET /users/{id:int} -> 200 User
		GET /files -> 200 [Line] @cookie
		POST /files File -> 201 File @cookie
		GET /files/{slug} -> 200 File @cookie
		PATCH /files/{slug} {note?} -> 200 File @cookie
		DELETE /files/{slug} -> 200 Line @cookie
		User = {id:int, email:email}
		Text = {slug?, userId?:int, note?, words:int}
		Image = {slug?, userId?:int, note?, width:int}
		File = oneOf(Text,Image)
		Line = {slug?}`)
	want := []string{
		"api.GetFiles200JSONResponse{Body: reshape[[]api.Line](page.Items)}",
		`cmp.Or(memberAs[string](*req.Body, "slug"), newKey("", 20))`, "api.PostFiles201JSONResponse{Body: row.Value}",
		"api.GetFilesBySlug200JSONResponse{Body: row.Value}",
		`memberAs[int](*file, "userId")`, "api.PatchFilesBySlug200JSONResponse{Body: row.Value}", "*file = with[api.File](changed(*file, *req.Body), nil)",
		`memberAs[int](row.Value, "userId")`, "api.DeleteFilesBySlug200JSONResponse{Body: reshape[api.Line](row.Value)}",
	}
	var got []string
	for _, r := range api.Resources {
		if r.Name != "files" {
			continue
		}
		r.Owner = r.Author
		for _, m := range Of(r, api.Sessions).Methods {
			got = slices.Concat(got, []string{m.MakeKey, m.Owner, m.Answer}, m.Changes)
		}
	}
	got = slices.DeleteFunc(got, func(code string) bool { return code == "" })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
