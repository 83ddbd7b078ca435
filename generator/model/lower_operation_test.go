package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
