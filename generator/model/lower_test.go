package model

import (
	"fmt"
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
			out = append(out, "…"+strings.TrimPrefix(t.ExtraExpr(), "map[string]"))
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
        anyOrNull: {nullable: true}
        by: {type: object, additionalProperties: {type: integer, nullable: true}}
        raw: {type: string, format: byte}`,
			[]string{"Post ID:int64 Title:*string Note:nullable.Nullable[string] Tags:[]nullable.Nullable[string] More:[]string Any:any AnyOrNull:nullable.Nullable[any] By:map[string]*int Raw:[]byte"}},
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
        status: {type: string, enum: [draft, PUBLISHED, '+1', "", 'a"b']}
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
				"Pet A:*string", "PetObject A:*string", "SchemaUnimplementedX = string",
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
			[]string{"Base ID:int At:*string", "More ID:int At:string Name:*string", "Ref Base:nullable.Nullable[Base] Same:*Base"}},
		{"a property that both members of an allOf describe, by what has it", `
    Tree: {allOf: [{properties: {l: {$ref: '#/components/schemas/Tree'}}}, {properties: {l: {allOf: [{$ref: '#/components/schemas/Tree'}, {properties: {r: {type: string}}}]}}}]}`,
			[]string{"Tree L:*TreeL", "TreeL L:*TreeL R:*string"}},
		{"items that both members of an allOf describe", `
    A: {properties: {list: {type: array, items: {properties: {a: {type: string}}}}}}
    B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {list: {type: array, items: {properties: {b: {type: string}}}}}}]}`,
			[]string{"A List:[]AListItem", "AListItem A:*string", "B List:[]BListItem", "BListItem A:*string B:*string"}},
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
    OrNull: {properties: {a: {type: string}}, additionalProperties: {type: integer, nullable: true}}
    AnyOrNull: {properties: {a: {type: string}}, additionalProperties: {nullable: true}}
    Odd: {properties: {"a,b": {type: string}}, additionalProperties: {type: integer, nullable: true}}
    Map: {additionalProperties: {properties: {b: {type: string}}}}`,
			[]string{"AnyOrNull A:*string …any", "Free map[string]any", "Map map[string]MapValue", "MapValue B:*string", "Odd …any", "Open A:*string …int", "OrNull A:*string …*int"}},
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

func TestLowerWarnings(t *testing.T) {
	api := lowered(t, `paths:
  /a:
    post:
      requestBody: {content: {application/xml: {schema: {type: object}}, text/xml: {}}}
      responses:
        '200': {description: a, content: {application/soap+xml: {}}}
        '400': {description: a, content: {application/xml: {}, application/json: {}}}
components:
  schemas:
    Back: {type: string, pattern: '(a)\1'}
    Behind: {allOf: [{type: string, pattern: '(?<=a)b'}]}
    Ahead: {type: string, pattern: '^(?!a)b'}
    Amid: {type: string, pattern: 'b(?=a)'}
    Many: {type: array, items: {type: string, pattern: '^.{0,2000}$'}}
    Plain: {type: string, pattern: '^\p{L}\u00e9$'}`)
	const want = `test.yaml:6:21: these requests are XML and nothing else, which gen has no types for; handlers get their text, to read it by themselves
test.yaml:8:33: these answers are XML and nothing else, which gen has no types for; handlers write their text by themselves
test.yaml:12:26: Go cannot try this pattern: invalid escape sequence ` + "`\\1`" + `; the server lets any string pass it
test.yaml:13:37: Go cannot try this pattern: it looks ahead or behind; the server lets any string pass it
test.yaml:15:26: Go cannot try this pattern: it looks ahead or behind; the server lets any string pass it
test.yaml:16:47: Go cannot try this pattern: it repeats something more than 1000 times; the server lets any string pass it`
	if diff := cmp.Diff(want, api.Warnings.Sort().Error()); diff != "" {
		t.Error(diff)
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
