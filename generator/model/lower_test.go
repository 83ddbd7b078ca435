package model

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/spec"
)

// lowered lowers a document that is made of these parts, each indented as at the top of a file.
func lowered(t *testing.T, parts ...string) *API {
	t.Helper()
	text := "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n" + strings.Join(parts, "\n")
	if !strings.Contains(text, "\npaths:") {
		text += "\npaths: {}"
	}
	doc, err := spec.Parse("test.yaml", []byte(text), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := Lower(doc)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// outline is a type in a few words.
func outline(t *Type) string {
	out := []string{t.Name}
	if t.Alias {
		out = append(out, "=")
	}
	switch t.Kind {
	case Object, Union:
		for _, b := range t.Branches {
			out = append(out, "|"+b.Name)
		}
		for _, v := range t.Mapping {
			out = append(out, fmt.Sprintf("%s:%s", v.Value, v.Type.Name))
		}
		for _, f := range t.Fields {
			out = append(out, f.GoName+":"+strings.ReplaceAll(f.Expr(), "api.", ""))
		}
		if t.Extra != nil {
			out = append(out, "…"+t.Extra.Expr())
		}
	default:
		unnamed := *t
		unnamed.Name = ""
		out = append(out, strings.ReplaceAll(unnamed.Expr(), "api.", ""))
	}
	for _, v := range t.Enum {
		out = append(out, v.GoName)
	}
	return strings.Join(out, " ")
}

func TestLowerSchemas(t *testing.T) {
	for _, tt := range []struct {
		name, schemas string
		want          []string
	}{
		{"optional, nullable, lists", `
    Post:
      required: [id, tags]
      properties:
        id: {type: integer, format: int64}
        title: {type: string}
        note: {type: string, nullable: true}
        tags: {type: array, items: {type: string, nullable: true}}
        more: {type: array, items: {type: string}}
        any: {}
        by: {type: object, additionalProperties: {type: integer, nullable: true}}
        raw: {type: string, format: byte}`,
			[]string{"Post ID:int64 Title:*string Note:nullable.Nullable[string] Tags:[]nullable.Nullable[string] More:[]string Any:any By:map[string]*int Raw:[]byte"}},
		{"formats that Go has a type for", `
    A: {type: string, format: date-time}
    B: {type: string, format: email}
    C: {type: integer, format: uint8}
    D: {type: number, format: float}
    E: {type: string, format: date, enum: ["2020-01-01", "2020-01-02"]}`,
			[]string{"A = time.Time", "B = string", "C = int", "D = float64", "E string E20200101 E20200102"}},
		{"inline schemas are named after where they stand", `
    Post:
      properties:
        status: {type: string, enum: [draft, PUBLISHED, +1, "", 'a"b']}
        errors: {type: array, items: {properties: {code: {type: integer}}}}
        kind: {type: string, enum: [post]}`,
			[]string{
				"Post Status:*PostStatus Errors:[]PostError Kind:*string", "PostError Code:*int",
				"PostStatus string PostStatusDraft PostStatusPublished PostStatusPlus1 PostStatusEmpty PostStatusAB",
			}},
		{"names that meet", `
    Error: {properties: {StartTime: {type: string}, "StartTime<": {type: string}, start-time: {type: string}}}
    pet: {type: object, properties: {a: {type: string}}}
    Pet: {type: object, properties: {a: {type: string}}}
    UnimplementedX: {type: string}
    Color: {type: string, enum: [red, Red]}
    ColorRed: {type: string, enum: [a, b]}`,
			[]string{
				"Color string ColorRedValue ColorRedValue2", "ColorRed string ColorRedA ColorRedB",
				"ErrorObject StartTime:*string StartTimeLessThan:*string StartTimeField:*string",
				"Pet A:*string", "PetObject A:*string", "UnimplementedXValue = string",
			}},
		{"allOf is merged", `
    Base: {type: object, required: [id], properties: {id: {type: integer}, at: {type: string}}, additionalProperties: false}
    More:
      allOf:
        - $ref: '#/components/schemas/Base'
        - {required: [at], properties: {name: {type: string}}}
    Ref:
      properties:
        base: {allOf: [{$ref: '#/components/schemas/Base'}], nullable: true, description: x}
        same: {allOf: [{$ref: '#/components/schemas/Base'}, {description: y}]}`,
			[]string{"Base ID:int At:*string", "More Name:*string ID:int At:string", "Ref Base:nullable.Nullable[Base] Same:*Base"}},
		{"unions", `
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
    Animal:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {meow: '#/components/schemas/Cat'}}
    Mixed: {oneOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}]}
    Text: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}
    Maybe: {anyOf: [{$ref: '#/components/schemas/Cat'}], nullable: true}
    Needs: {properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}
    Either: {oneOf: [{properties: {a: {type: string}}, required: [a]}, {properties: {b: {type: string}}}]}`,
			[]string{
				"Animal |Cat |Dog meow:Cat Dog:Dog", "Cat Kind:string", "Dog Kind:string", "Either A:*string B:*string",
				"Maybe Kind:string", "Mixed |MixedString |MixedInteger |MixedList", "MixedInteger = int", "MixedList []string",
				"MixedString = string", "Needs A:*string B:*string", "Text = string",
			}},
		{"recursion", `
    Node: {required: [next, list], properties: {next: {$ref: '#/components/schemas/Node'}, list: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
    Self: {allOf: [{$ref: '#/components/schemas/Self'}]}`,
			[]string{"Node Next:*Node List:[]Node", "Self = any"}},
		{"names that no tag can hold", `
    Odd: {properties: {"": {type: string}, "a\"b": {type: string}, os.version: {type: string}}}`,
			[]string{"Odd OsVersion:*string …any"}},
		{"maps", `
    Free: {type: object}
    Open: {properties: {a: {type: string}}, additionalProperties: {type: integer}}
    Map: {additionalProperties: {properties: {b: {type: string}}}}`,
			[]string{"Free map[string]any", "Map map[string]MapValue", "MapValue B:*string", "Open A:*string …int"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api := lowered(t, "components:\n  schemas:"+tt.schemas)
			var got []string
			for _, typ := range api.Types {
				got = append(got, outline(typ))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFieldsKeepTheDocument(t *testing.T) {
	api := lowered(t, `components:
  schemas:
    Secret: {type: string, writeOnly: true, maxLength: 9}
    Status: {type: string, enum: [a, b]}
    Post:
      properties:
        secret: {$ref: '#/components/schemas/Secret'}
        status: {allOf: [{$ref: '#/components/schemas/Status'}], default: a}
        id: {type: integer, readOnly: true, minimum: 1}
        kind: {type: string, enum: [post]}`)
	post := api.Types[0]
	if f := post.Field("secret"); !f.WriteOnly || *f.Schema.MaxLength != 9 {
		t.Errorf("secret: %+v", f)
	}
	if f := post.Field("status"); !f.HasDefault || f.Default != "a" || f.Type != api.Types[2] {
		t.Errorf("status: %+v", f)
	}
	if f := post.Field("id"); !f.ReadOnly || *f.Type.Schema.Min != 1 || f.Pointer != "/components/schemas/Post/properties/id" {
		t.Errorf("id: %+v", f)
	}
	if f := post.Field("kind"); !f.HasConst || f.Const != "post" {
		t.Errorf("kind: %+v", f)
	}
}

// routes is an operation in a few words, a line for each part.
func routes(op *Operation) []string {
	out := []string{op.GoName + " " + op.ID}
	for _, p := range op.Params {
		star := ""
		if p.Optional {
			star = "*"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s %t %s%s", p.In, p.Name, p.GoName, p.Style, p.Explode, star, p.Type.Expr()))
	}
	for _, b := range op.Bodies {
		out = append(out, strings.TrimSpace(fmt.Sprintf("body %s %s %s %s", b.MediaType, b.Tag, b.GoField, b.GoType)))
	}
	for _, res := range op.Responses {
		expr := "-"
		if res.Type != nil {
			expr = res.Type.Expr()
		}
		out = append(out, fmt.Sprintf("%s %s %s", res.Status, res.GoName, expr))
	}
	return out
}

func TestLowerOperations(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		want       []string
	}{
		{"parameters", `
  /a/{b}/{body}:
    parameters:
      - {name: q, in: query, schema: {type: string}}
      - {name: body, in: path, required: true, schema: {type: integer}}
    get:
      parameters:
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: Accept, in: header, schema: {type: string}}
        - {name: q, in: query, required: true, schema: {type: array, items: {type: string}}, explode: false}
        - {name: filter, in: query, style: deepObject, schema: {properties: {a: {type: string}}}}
      responses: {'204': {description: d}}`,
			[]string{
				"GetAByBByBody getAByBByBody", "path b B simple false string", "path body BodyParam simple false int",
				"query q Q form false []string", "header X-Trace XTrace simple false *string",
				"query filter Filter deepObject true *api.GetAByBByBodyFilter", "204 GetAByBByBody204Response -",
			}},
		{"bodies of the same data share a field", `
  /a:
    post:
      operationId: make
      requestBody:
        content:
          application/xml: {schema: {$ref: '#/components/schemas/A'}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/A'}}
          application/merge-patch+json: {schema: {$ref: '#/components/schemas/A'}}
      responses: {'204': {description: d}}`,
			[]string{
				"Make make", "body application/merge-patch+json JSON Body MakeJSONRequestBody",
				"body application/x-www-form-urlencoded JSON Body MakeJSONRequestBody", "204 Make204Response -",
			}},
		{"bodies of every kind", `
  /a:
    post:
      operationId: make
      requestBody:
        content:
          image/*: {}
          text/html: {schema: {type: string}}
          multipart/form-data: {schema: {properties: {file: {type: string, format: binary}}}}
          application/json: {schema: {properties: {x: {type: string}}}}
      responses: {'204': {description: d}}`,
			[]string{
				"Make make", "body application/json JSON JSONBody MakeJSONRequestBody", "body image/*  Body io.Reader",
				"body text/html Text TextBody MakeTextRequestBody", "body multipart/form-data Multipart MultipartBody multipart.Reader",
				"204 Make204Response -",
			}},
		{"responses", `
  /a:
    get:
      operationId: read
      responses:
        default: {description: d, content: {application/problem+json: {schema: {properties: {e: {type: string}}}}}}
        4XX: {description: d}
        '201': {description: d, content: {'*/*': {schema: {$ref: '#/components/schemas/A'}}}}
        '200':
          description: d
          content:
            text/plain: {schema: {type: integer}}
            application/json: {}
            image/png: {}
            application/json; charset=utf-8: {}`,
			[]string{
				"Read read", "200 Read200JSONResponse any", "200 Read200TextResponse string", "200 Read200ImagePngResponse io.Reader",
				"201 Read201JSONResponse api.A", "4XX Read4XXResponse -",
				"default ReadDefaultApplicationProblemPlusJSONResponse api.ReadError",
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api := lowered(t, "paths:"+tt.path, "components: {schemas: {A: {properties: {a: {type: string}}}}}")
			if diff := cmp.Diff(tt.want, routes(api.Operations[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOperationNamesMeet(t *testing.T) {
	api := lowered(t, `paths:
  /a:
    get: {operationId: get_pet, responses: {'204': {description: d}}}
    put: {operationId: getPet, responses: {'204': {description: d}}}
    post: {operationId: make, responses: {'204': {description: d}}}`,
		"components: {schemas: {MakeParams: {type: string}}}")
	var got []string
	for _, op := range api.Operations {
		got = append(got, op.GoName)
	}
	if diff := cmp.Diff([]string{"GetPet", "PutA", "PostA"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestSharedResponsesHaveOneType(t *testing.T) {
	api := lowered(t, `paths:
  /a: {get: {responses: {'404': {$ref: '#/components/responses/Missing'}}}}
  /b: {get: {responses: {'404': {$ref: '#/components/responses/Missing'}}}}
components:
  responses:
    Missing: {description: d, content: {application/json: {schema: {properties: {code: {type: integer}}}}}}`)
	a, b := api.Operations[0].Responses[0].Type, api.Operations[1].Responses[0].Type
	if a != b || a.Name != "MissingResponse" {
		t.Errorf("%s and %s", a.Name, b.Name)
	}
}

func TestSecurity(t *testing.T) {
	api := lowered(t, `security: [{key: []}]
paths:
  /a:
    get: {responses: {'204': {description: d}}}
    put: {security: [], responses: {'204': {description: d}}}
    post: {security: [{}, {o: [w], key: []}], responses: {'204': {description: d}}}
components:
  securitySchemes:
    key: {type: apiKey, in: cookie, name: sid}
    o: {type: oauth2, flows: {}}`)
	for i, want := range []string{"[[key]]", "[]", "[[] [key o w]]"} {
		var got []string
		for _, requirement := range api.Operations[i].Security {
			var uses []string
			for _, use := range requirement {
				uses = append(uses, strings.Join(append([]string{use.Scheme.Name}, use.Scopes...), " "))
			}
			got = append(got, fmt.Sprint(uses))
		}
		if text := fmt.Sprint(got); text != want {
			t.Errorf("operation %d: %s, want %s", i, text, want)
		}
	}
	if key := api.Schemes[0]; key.In != "cookie" || key.Key != "sid" || key.GoName != "Key" {
		t.Errorf("key: %+v", key)
	}
}

func TestBasePath(t *testing.T) {
	for url, want := range map[string]string{
		"/": "", "/v1/": "/v1", "https://example.com/api/v3": "/api/v3", "https://example.com": "",
		"'https://{host}/{base}'": "/v2",
	} {
		api := lowered(t, "servers: [{url: "+url+", variables: {host: {default: h}, base: {default: v2}}}]")
		if api.BasePath != want {
			t.Errorf("the base path of %s is %q, want %q", url, api.BasePath, want)
		}
	}
}

// TestCorpus lowers every document in the folder $CORPUS.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("CORPUS")
	if folder == "" {
		t.Skip("CORPUS names no folder of documents")
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if ext := filepath.Ext(file.Name()); ext != ".yaml" && ext != ".json" {
			continue
		}
		t.Run(file.Name(), func(t *testing.T) {
			doc, err := spec.Load(context.Background(), filepath.Join(folder, file.Name()), spec.Options{})
			if err != nil {
				t.Fatal(err)
			}
			api, err := Lower(doc)
			if err != nil {
				t.Fatal(err)
			}
			checkNames(t, api)
		})
	}
}

// checkNames holds that all names of package api are Go names and differ.
func checkNames(t *testing.T, api *API) {
	t.Helper()
	seen := map[string]string{}
	check := func(name, what string) {
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			t.Errorf("%s is called %q", what, name)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("%s and %s are both called %s", other, what, name)
		}
		seen[name] = what
	}
	for _, typ := range api.Types {
		check(typ.Name, typ.Pointer)
		for _, value := range typ.Enum {
			check(value.GoName, fmt.Sprint(typ.Pointer, " ", value.Value))
		}
		fields := map[string]bool{}
		for _, f := range typ.Fields {
			if fields[f.GoName] || !token.IsExported(f.GoName) {
				t.Errorf("%s has the field %s twice, or not exported", typ.Name, f.GoName)
			}
			fields[f.GoName] = true
		}
	}
	for _, op := range api.Operations {
		check(op.GoName+"RequestObject", op.Pointer)
		for _, res := range op.Responses {
			check(res.GoName, op.Pointer+" "+res.Status)
		}
	}
}
