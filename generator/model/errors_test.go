package model

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"gen/generator/spec"
)

// typeOfSchema makes the Type of a schema written as JSON. It knows enough for error bodies.
func typeOfSchema(t *testing.T, text string) *Type {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{},
		"components":{"schemas":{"Root":` + text + `}}}`))
	if err != nil {
		t.Fatal(err)
	}
	return typeFrom(doc.Components.Schemas["Root"].Value, map[*openapi3.Schema]*Type{})
}

func typeFrom(s *openapi3.Schema, seen map[*openapi3.Schema]*Type) *Type {
	if seen[s] != nil {
		return seen[s]
	}
	t := &Type{Schema: s}
	seen[s] = t
	for _, value := range s.Enum {
		t.Enum = append(t.Enum, EnumValue{Value: value})
	}
	switch {
	case len(s.OneOf)+len(s.AnyOf) > 0:
		t.Kind = Union
		for _, ref := range slices.Concat(s.OneOf, s.AnyOf) {
			t.Branches = append(t.Branches, typeFrom(ref.Value, seen))
		}
	case s.Type.Is("string"):
		t.Kind, t.Format = String, s.Format
	case s.Type.Is("integer"):
		t.Kind = Integer
	case s.Type.Is("number"):
		t.Kind = Number
	case s.Type.Is("boolean"):
		t.Kind = Boolean
	case s.Type.Is("array"):
		t.Kind, t.Elem = Array, typeFrom(s.Items.Value, seen)
	case len(s.Properties) > 0:
		t.Kind = Object
		for _, name := range slices.Sorted(func(yield func(string) bool) {
			for name := range s.Properties {
				if !yield(name) {
					return
				}
			}
		}) {
			property := s.Properties[name].Value
			t.Fields = append(t.Fields, &Field{
				Name: name, Type: typeFrom(property, seen), Required: slices.Contains(s.Required, name),
				Nullable: property.Nullable, Schema: property,
			})
		}
	case s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil:
		t.Kind = Map
	}
	return t
}

// The members of each schema come in the order of their names.
func TestErrorTemplate(t *testing.T) {
	tests := []struct{ name, status, schema, want string }{
		{"GitHub", "422", `{"type":"object","required":["message","documentation_url"],"properties":{
			"message":{"type":"string"},"documentation_url":{"type":"string"},"errors":{"type":"array","items":{"type":"object","required":["code"],
				"properties":{"resource":{"type":"string"},"field":{"type":"string"},"message":{"type":"string"},"code":{"type":"string"},"index":{"type":"integer"}}}}}}`,
			`{"documentation_url":"","errors?":[{"code":"${code}","field?":"${errors.pointer}${errors.parameter}","message?":"${errors.detail}"}],"message":"${detail}"}`},
		{"Stripe", "404", `{"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["type"],"properties":{
			"charge":{"type":"string"},"code":{"type":"string","maxLength":5000},"message":{"type":"string","maxLength":40000},"param":{"type":"string"},
			"type":{"type":"string","enum":["api_error","card_error","invalid_request_error"]}}}}}`,
			`{"error":{"code":"${code}","message":"${detail}","type":"api_error"}}`},
		{"Stripe, bad request", "400", `{"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["type"],"properties":{
			"message":{"type":"string"},"type":{"type":"string","enum":["api_error","invalid_request_error"]}}}}}`,
			`{"error":{"message":"${detail}","type":"invalid_request_error"}}`},
		{"JSON:API", "404", `{"type":"object","required":["errors"],"properties":{"errors":{"type":"array","minItems":1,"items":{"type":"object","properties":{
			"id":{"type":"string"},"status":{"type":"string"},"code":{"type":"string"},"title":{"type":"string"},"detail":{"type":"string"},
			"source":{"type":"object","properties":{"pointer":{"type":"string"}}}}}}}}`,
			`{"errors":[{"code":"${code}","detail":"${detail}","status":"${statusText}","title":"${title}"}]}`},
		{"Google", "403", `{"type":"object","properties":{"error":{"type":"object","properties":{"code":{"type":"integer"},"message":{"type":"string"},
			"status":{"type":"string"},"details":{"type":"array","items":{"type":"object","additionalProperties":true}},
			"errors":{"type":"array","items":{"type":"object","properties":{"domain":{"type":"string"},"reason":{"type":"string"},"location":{"type":"string"}}}}}}}}`,
			`{"error":{"code":"${status}","errors?":[{"location?":"${errors.pointer}${errors.parameter}","reason?":"${errors.detail}"}],"message":"${detail}","status":"${statusText}"}}`},
		{"OAuth", "401", `{"type":"object","required":["error"],"properties":{"error":{"type":"string","enum":["invalid_request","invalid_client"]},
			"error_description":{"type":"string"},"error_uri":{"type":"string"}}}`,
			`{"error":"invalid_client","error_description":"${detail}"}`},
		{"OAuth without an enum", "401", `{"type":"object","required":["error"],"properties":{"error":{"type":"string"},"error_description":{"type":"string"}}}`,
			`{"error":"${title}","error_description":"${detail}"}`},
		{"problem+json", "400", `{"type":"object","required":["title","status"],"properties":{"type":{"type":"string","format":"uri","default":"about:blank"},
			"title":{"type":"string"},"status":{"type":"integer","minimum":400,"maximum":599},"detail":{"type":"string"},"instance":{"type":"string","format":"uri-reference"},
			"errors":{"type":"array","items":{"type":"object","required":["detail"],"properties":{"detail":{"type":"string"},"pointer":{"type":"string"},"parameter":{"type":"string"}}}}}}`,
			`{"detail":"${detail}","errors?":[{"detail":"${errors.detail}","parameter?":"${errors.parameter}","pointer?":"${errors.pointer}"}],"instance":"${instance}","status":"${status}","title":"${title}","type":"${type}"}`},
		{"Kubernetes", "404", `{"type":"object","properties":{"apiVersion":{"type":"string"},"code":{"type":"integer","format":"int32"},"kind":{"type":"string"},
			"message":{"type":"string"},"metadata":{"type":"object","properties":{"name":{"type":"string"}}},"reason":{"type":"string"},"status":{"type":"string"},
			"details":{"type":"object","properties":{"causes":{"type":"array","items":{"type":"object","properties":{"message":{"type":"string"}}}}}}}}`,
			`{"code":"${status}","message":"${detail}","reason":"${title}","status":"${statusText}"}`},
		{"a string", "500", `{"type":"string"}`, `"${detail}"`},
		{"Rails", "422", `{"type":"object","required":["errors"],"properties":{"errors":{"type":"object","required":["base"],
			"properties":{"base":{"type":"array","items":{"type":"string"}}}}}}`, `{"errors":{"base":["${detail}"]}}`},
		{"Telegram", "400", `{"type":"object","required":["ok","error_code","description"],"properties":{"ok":{"type":"boolean","default":false},
			"error_code":{"type":"integer"},"description":{"type":"string"}}}`,
			`{"description":"${detail}","error_code":"${status}","ok":false}`},
		{"FastAPI", "422", `{"type":"object","properties":{"detail":{"type":"array","items":{"type":"object","required":["loc","msg","type"],"properties":{
			"loc":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]}},"msg":{"type":"string"},"type":{"type":"string"}}}}}}`,
			`{"detail":[{"loc":[],"msg":"${detail}","type":"${type}"}]}`},
		{"error as a string", "500", `{"type":"object","properties":{"error":{"type":"string"}}}`, `{"error":"${detail}"}`},
		{"messages beside a message", "400", `{"type":"object","properties":{"message":{"type":"string"},"errors":{"type":"array","items":{"type":"string"}}}}`,
			`{"errors?":["${errors.detail}"],"message":"${detail}"}`},
		{"zero values", "400", `{"type":"object","required":["at","id","n","half","name","key","on","list","none","map","any"],"properties":{
			"at":{"type":"string","format":"date-time"},"id":{"type":"string","format":"uuid"},"n":{"type":"integer","minimum":3},
			"half":{"type":"number","minimum":1,"exclusiveMinimum":true,"multipleOf":0.5},"name":{"type":"string","minLength":2},"key":{"type":"string","pattern":"^[A-Z]{3}$"},
			"on":{"type":"boolean"},"list":{"type":"array","items":{"type":"string"}},"none":{"type":"string","nullable":true},"map":{"type":"object","additionalProperties":true},"any":{},
			"message":{"type":"string"}}}`,
			`{"any":{},"at":"1970-01-01T00:00:00Z","half":1.5,"id":"00000000-0000-0000-0000-000000000000","key":"AAA","list":[],"map":{},"message":"${detail}","n":3,"name":"--","none":null,"on":false}`},
		{"names that the schema rules out", "404", `{"type":"object","required":["code","requestId"],"properties":{
			"code":{"type":"string","pattern":"^[A-Z]+$"},"requestId":{"type":"string","format":"uuid"},"status":{"type":"integer","maximum":10},"message":{"type":"string"}}}`,
			`{"code":"A","message":"${detail}","requestId":"00000000-0000-0000-0000-000000000000"}`},
		{"union", "400", `{"oneOf":[{"type":"object","required":["error"],"properties":{"error":{"type":"integer","enum":[7]}},"additionalProperties":false},
			{"type":"object","required":["message"],"properties":{"message":{"type":"string"}},"additionalProperties":false}]}`, `{"error":7}`},
		{"enum by status", "409", `{"type":"object","properties":{"code":{"type":"string","enum":["INTERNAL","ALREADY_EXISTS"]},"message":{"type":"string"}}}`,
			`{"code":"ALREADY_EXISTS","message":"${detail}"}`},
		{"integer enum", "4XX", `{"type":"object","required":["code"],"properties":{"code":{"type":"integer","enum":[404,400]}}}`, `{"code":400}`},
		{"no place but the title", "404", `{"type":"object","properties":{"title":{"type":"string"},"type":{"type":"string"}}}`,
			`{"title":"${detail}","type":"${type}"}`},
		{"words of its own", "400", `{"type":"object","required":["fault","text"],"properties":{"fault":{"type":"string"},"text":{"type":"string"},
			"places":{"type":"array","items":{"type":"object","properties":{"at":{"type":"string"},"why":{"type":"string"}}}}}}`,
			`{"fault":"${title}","places?":[{"at?":"${errors.pointer}${errors.parameter}","why?":"${errors.detail}"}],"text":"${detail}"}`},
		{"a list with names of its own that says more than where and why", "400", `{"type":"object","required":["message","more"],"properties":{"message":{"type":"string"},
			"more":{"type":"array","items":{"type":"object","required":["where","hintText","n"],"properties":{"where":{"type":"string"},"reason":{"type":"string"},"hintText":{"type":"string"},"n":{"type":"integer"}}}}}}`,
			`{"message":"${detail}","more":[{"hintText":"${errors.detail}","n":0,"reason?":"${errors.detail}","where":"${errors.pointer}${errors.parameter}"}]}`},
		{"a list that is not about places", "400", `{"type":"object","required":["message"],"properties":{"message":{"type":"string"},
			"scopes":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"description":{"type":"string"}}}}}}`,
			`{"message":"${detail}"}`},
		{"a word within another", "404", `{"type":"object","properties":{"userText":{"type":"string"},"errorLink":{"type":"string"},"contextName":{"type":"string"}}}`,
			`{"userText":"${detail}"}`},
		{"the first string that may have it", "404", `{"type":"object","required":["appId","asOf","kind","moniker","other"],"properties":{"appId":{"type":"string"},
			"asOf":{"type":"string","format":"date"},"kind":{"type":"string"},"moniker":{"type":"string"},"other":{"type":"string"}}}`,
			`{"appId":"","asOf":"1970-01-01","kind":"","moniker":"${detail}","other":""}`},
		{"no string that may have it", "404", `{"type":"object","required":["appId"],"properties":{"appId":{"type":"string"},"moniker":{"type":"string"}}}`,
			`{"appId":""}`},
		{"the first string of an alternative that fits", "404", `{"oneOf":[{"type":"object","required":["moniker"],"minProperties":2,"properties":{"moniker":{"type":"string"}},"additionalProperties":false},
			{"type":"object","required":["other"],"properties":{"other":{"type":"string"}},"additionalProperties":false}]}`, `{"other":"${detail}"}`},
		{"anything", "400", `{}`, `{"title":"${title}","status":"${status}","detail":"${detail}"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			typ := typeOfSchema(t, test.schema)
			got := writeError(typ, test.status).text
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			for _, invalid := range []int{0, 1, 2} {
				filled := fill(t, got, test.status, invalid)
				if err := typ.Schema.VisitJSON(filled, openapi3.VisitAsResponse()); err != nil {
					t.Errorf("with %d invalid parts: %v", invalid, err)
				}
			}
		})
	}
}

// fill does with a template what a server does.
func fill(t *testing.T, template, status string, invalid int) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(template), &value); err != nil {
		t.Fatalf("the template is not JSON: %v", err)
	}
	return fillValue(value, status, invalid)
}

func fillValue(value any, status string, invalid int) any {
	switch value := value.(type) {
	case string:
		return errorText(value).sample(status)
	case []any:
		out := []any{}
		if len(value) == 1 && mentionsParts(errorText(asJSON(value))) {
			for range invalid {
				out = append(out, fillValue(value[0], status, 1))
			}
			return out
		}
		for _, item := range value {
			out = append(out, fillValue(item, status, invalid))
		}
		return out
	case map[string]any:
		for name, item := range value {
			value[name] = fillValue(item, status, invalid)
		}
	}
	return value
}

func TestRecursiveError(t *testing.T) {
	node := &Type{Kind: Object}
	node.Fields = []*Field{
		{Name: "message", Type: &Type{Kind: String}},
		{Name: "cause", Type: node, Required: true},
		{Name: "causes", Type: &Type{Kind: Array, Elem: node}, Required: true},
	}
	if got, want := writeError(node, "500").text, `{"message":"${detail}","cause":null,"causes":[]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestErrorBodies(t *testing.T) {
	message := &Type{Kind: Object, Fields: []*Field{{Name: "message", Type: &Type{Kind: String}}}}
	text := &Type{Kind: String}
	op := &Operation{Responses: []*Response{
		{Status: "200", MediaType: "application/json", Type: text},
		{Status: "400", MediaType: "text/plain", Type: text},
		{Status: "400", MediaType: "application/json", Type: text},
		{Status: "400", MediaType: "application/problem+json", Type: message},
		{Status: "404"},
		{Status: "406", MediaType: "text/plain", Type: text},
		{Status: "4XX", MediaType: "application/vnd.error+json", Type: message},
		{Status: "503", MediaType: "*/*", Type: &Type{Kind: File}},
		{Status: "default", MediaType: "application/json", Type: message},
	}}
	want := []ErrorBody{
		{"400", "application/problem+json", `{"message":"${detail}"}`},
		{"404", "", ""},
		{"406", "text/plain", `"${detail}"`},
		{"4XX", "application/vnd.error+json", `{"message":"${detail}"}`},
		{"503", "*/*", `{"title":"${title}","status":"${status}","detail":"${detail}"}`},
		{"default", "application/json", `{"message":"${detail}"}`},
	}
	if diff := cmp.Diff(want, newErrorForms().bodies(op)); diff != "" {
		t.Error(diff)
	}
}

// An enum tells statuses apart where the document says only "default".
func TestErrorBodiesByStatus(t *testing.T) {
	problem := typeOfSchema(t, `{"type":"object","required":["code"],"properties":{"code":{"type":"string","enum":["bad_request","not_found","internal"]},"message":{"type":"string"}}}`)
	op := &Operation{Responses: []*Response{
		{Status: "409", MediaType: "application/json", Type: problem},
		{Status: "default", MediaType: "application/json", Type: problem},
	}}
	got := map[string]string{}
	for _, body := range newErrorForms().bodies(op) {
		got[body.Status] = body.Template
	}
	want := map[string]string{
		"400": `{"code":"bad_request","message":"${detail}"}`,
		"404": `{"code":"not_found","message":"${detail}"}`,
		"500": `{"code":"internal","message":"${detail}"}`,
	}
	for status, template := range want {
		if has, ok := got[status]; ok && has != template || !ok && got["default"] != template {
			t.Errorf("%s is written as %s, default as %s; want %s", status, has, got["default"], template)
		}
	}
}

func TestFallbackError(t *testing.T) {
	common := &Type{Kind: Object, Fields: []*Field{{Name: "message", Type: &Type{Kind: String}}}}
	rare := &Type{Kind: Object, Fields: []*Field{{Name: "error", Type: &Type{Kind: String}}}}
	same := &Type{Kind: Object, Fields: []*Field{{Name: "message", Type: &Type{Kind: String}}}}
	silent := &Type{Kind: Object, Fields: []*Field{{Name: "code", Type: &Type{Kind: Integer}}}}
	answers := func(types ...*Type) []*Operation {
		var ops []*Operation
		for _, typ := range types {
			ops = append(ops, &Operation{Responses: []*Response{
				{Status: "200", MediaType: "application/json", Type: rare},
				{Status: "404", MediaType: "application/json", Type: typ},
				{Status: "500"},
			}})
		}
		return ops
	}
	if got, want := newErrorForms().fallback(answers(common, rare, same)), (ErrorBody{"", "application/json", `{"message":"${detail}"}`}); got != want {
		t.Errorf("dominant: %+v", got)
	}
	for name, ops := range map[string][]*Operation{
		"none": nil, "a tie": answers(common, rare), "no message": answers(silent, silent),
		"no object": answers(&Type{Kind: String}),
	} {
		if got := newErrorForms().fallback(ops); got != (ErrorBody{}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// What errors must have, and nothing says what it is, is a warning: once, and not where false, nothing or null will do.
func TestErrorWarnings(t *testing.T) {
	doc, err := spec.Parse("test.yaml", []byte(`openapi: 3.0.3
info: { title: Errors, version: "1" }
paths:
  /a:
    get:
      responses:
        "400": { description: No, content: { application/json: { schema: { $ref: "#/components/schemas/Fault" } } } }
        default: { description: No, content: { application/json: { schema: { $ref: "#/components/schemas/Fault" } } } }
components:
  schemas:
    Fault:
      type: object
      required: [text, moniker, size, final, none, list, sort, code, given, places]
      properties:
        text: { type: string }
        moniker: { type: string }
        size: { type: integer }
        final: { type: boolean }
        none: { type: string, nullable: true }
        list: { type: array, items: { type: string } }
        sort: { type: string, enum: [a, b] }
        code: { type: string }
        given: { type: string, default: shop }
        places: { type: array, items: { type: object, required: [at, why, weight], properties: { at: { type: string }, why: { type: string }, weight: { type: number } } } }
        nick: { type: string }
`), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := New(doc, Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	const advice = "which they require; give it a name that says what it is, as message, detail, code or status do, or take it from what is required\n"
	want := `test.yaml:16:9: errors are sent without a meaningful "moniker", ` + advice +
		`test.yaml:17:9: errors are sent without a meaningful "size", ` + advice +
		`test.yaml:24:143: errors are sent without a meaningful "weight", ` + advice
	if got := api.Fallback.Template; !strings.Contains(got, `"given":"shop"`) {
		t.Errorf("%s has no default", got)
	}
	if diff := cmp.Diff(want, api.Warnings.Sort().Error()+"\n"); diff != "" {
		t.Error(diff)
	}
}

// TestErrorOfNoAlternative: where no alternative takes what gen writes, nothing of those after the first is left.
func TestErrorOfNoAlternative(t *testing.T) {
	got := writeError(typeOfSchema(t, `{"type":"object","required":["a","b"],"properties":{"b":{"type":"string"},"a":{"oneOf":[
		{"type":"object","required":["moniker"],"properties":{"moniker":{"type":"string"}},"not":{}},
		{"type":"object","required":["size"],"properties":{"size":{"type":"integer"}},"not":{}}]}}}`), "404")
	if want := `{"a":{"moniker":"${detail}"},"b":""}`; got.text != want {
		t.Errorf("%s, want %s", got.text, want)
	}
	if len(got.unfilled) != 1 || got.unfilled[0].Name != "b" {
		t.Errorf("%d members are unfilled, want b", len(got.unfilled))
	}
}
