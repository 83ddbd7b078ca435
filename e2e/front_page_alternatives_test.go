package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shapes is a document of objects that are one of several: told apart by a discriminator, and by nothing but what
// they have.
const shapes = `{
	"openapi": "3.0.3", "info": {"title": "Shapes", "version": "1"}, "servers": [{"url": "/api"}],
	"paths": {
		"/shapes": {"post": {
			"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}},
			"responses": {"201": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}}}}},
		"/shapes/{id}": {
			"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
			"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}}}},
			"patch": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}}, "responses": {"204": {"description": ""}}}}
	},
	"components": {"schemas": {
		"Shape": {
			"properties": {"id": {"type": "integer", "readOnly": true}, "fill": {"oneOf": [
				{"title": "Plain", "type": "object", "properties": {"colour": {"type": "string"}}},
				{"title": "Gradient", "type": "object", "required": ["from"], "properties": {"from": {"type": "string"}, "to": {"type": "string"}}}]}},
			"oneOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}],
			"discriminator": {"propertyName": "kind", "mapping": {"round": "#/components/schemas/Circle"}}},
		"Circle": {"type": "object", "required": ["kind", "radius"], "properties": {"kind": {"type": "string"}, "radius": {"type": "number"}}},
		"Square": {"type": "object", "required": ["kind", "side"], "properties": {"kind": {"type": "string"}, "side": {"type": "number"}}}
	}}
}`

func ofShapes() *librarian {
	return &librarian{open: true, answers: map[string]any{
		"POST /api/shapes":    object{"id": 7},
		"GET /api/shapes/7":   object{"id": 7, "kind": "round", "radius": 2, "fill": object{"from": "red"}},
		"PATCH /api/shapes/7": nil,
	}}
}

// hasFields holds which fields a form shows, by their labels.
func (v visitor) hasFields(t *testing.T, want ...string) {
	t.Helper()
	got := script[[]string](t, v.browser, `[...document.querySelectorAll("main label")].filter((e) => e.checkVisibility()).map((e) => e.textContent.replace(" *", ""))`)
	if !slices.Equal(got, want) {
		t.Errorf("the form has %q, want %q", got, want)
	}
}

func TestFrontPageOfAlternatives(t *testing.T) {
	t.Parallel()
	l := ofShapes()
	v := visit(t, elsewhere(t, start(t), shapes, l))
	v.goes(t, "#/shapes/~create")
	v.hasFields(t, "Kind", "Radius", "Alternative")
	v.awaits(t, `document.querySelector("main select").selectedOptions[0].text === "round"`)
	v.enters(t, "Radius", "2")

	// Another one, by keyboard alone: its fields are a group by its name, and come next.
	v.tabs(t, "main", "Kind")
	v.types(t, "Squ")
	v.hasFields(t, "Kind", "Side", "Alternative")
	v.awaits(t, `[...document.querySelectorAll("main legend")].some((e) => e.textContent === "Square" && e.checkVisibility())`)
	v.tabs(t, "main", "Alternative")
	v.types(t, "Gra")
	v.hasFields(t, "Kind", "Side", "Alternative", "From", "To")
	v.types(t, kb.Tab)
	v.focused(t, "main", "From")
	v.types(t, "red")
	v.enters(t, "Side", "3")
	v.clicks(t, "Create")
	v.sees(t, "Created.")
	l.wasAsked(t, `POST /api/shapes  {"kind":"Square","side":3,"fill":{"from":"red"}}`)

	v.goes(t, "#/shapes/7/~change")
	v.hasFields(t, "Kind", "Radius", "Alternative", "From", "To")
	v.enters(t, "Radius", "5")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	l.wasAsked(t, `PATCH /api/shapes/7  {"radius":5}`)
	v.goes(t, "#/shapes/7/~change")
	v.enters(t, "Kind", "Squ")
	v.enters(t, "Side", "1")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	l.wasAsked(t, `PATCH /api/shapes/7  {"kind":"Square","side":1}`)
}

// TestFrontPageOfAlternativesInKorean leaves alternatives out, which nothing names but a number.
func TestFrontPageOfAlternativesInKorean(t *testing.T) {
	t.Parallel()
	l := ofShapes()
	document := strings.NewReplacer(`"title": "Plain", `, "", `"title": "Gradient", `, "").Replace(shapes)
	v := visit(t, elsewhere(t, start(t), document, l), chromedp.Flag("accept-lang", "ko-KR,ko"))
	v.goes(t, "#/shapes/~create")
	v.hasFields(t, "Kind", "Radius", "유형")
	v.awaits(t, `[...document.querySelectorAll("fieldset select option")].map((e) => e.text).join() === "선택 안 함,유형 1,유형 2"`)
	v.enters(t, "Radius", "2")
	v.clicks(t, "새로 만들기")
	v.sees(t, "만들었습니다.")
	l.wasAsked(t, `POST /api/shapes  {"kind":"round","radius":2}`)
}
