package change_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"gen/generator/change"
)

// parts are schemas of the document, one a line, each of which the operations of GET /whole and POST /whole answer
// or take where its name is Whole.
func parts(schemas string) []string {
	const both = `  /whole:
    get:
      operationId: getWhole
      responses: { "200": { description: Whole., content: { application/json: { schema: { $ref: "#/components/schemas/Whole" } } } } }
    post:
      operationId: addWhole
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Whole" } } } }
      responses: { "204": { description: New. } }
`
	lines := "\n    " + strings.Join(strings.Split(strings.TrimSpace(schemas), "\n"), "\n    ")
	return []string{"paths:\n", "paths:\n" + both, "  schemas:", "  schemas:" + lines}
}

// TestBetweenParts holds that it is no matter for clients which of its parts says something of a schema, and that what
// a part says is.
func TestBetweenParts(t *testing.T) {
	const id, name = "id: { type: integer }", "name: { type: string }"
	for _, test := range []struct {
		name, version string
		was, is       string
		told          []string
	}{
		{
			name: "properties move into a base",
			was:  "Whole: { type: object, required: [id, name], properties: { " + id + ", " + name + " } }",
			is: "Base: { type: object, required: [id], properties: { " + id + " } }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base' }, { required: [name], properties: { " + name + " } } ] }",
		},
		{
			name: "and within a list that is a schema's own",
			was:  "Whole: { type: object, properties: { next: { type: array, items: { $ref: '#/components/schemas/Whole' } }, " + id + " } }",
			is: "Base: { type: object, properties: { " + id + " } }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base' }, { properties: { next: { type: array, items: { $ref: '#/components/schemas/Whole' } } } } ] }",
		},
		{
			name: "a discriminator moves into a base",
			was: "Base: { type: object, required: [kind], properties: { kind: { type: string } } }\n" +
				"Whole: { discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/A' } }, allOf: [ { $ref: '#/components/schemas/Base' } ] }\n" +
				"A: { allOf: [ { $ref: '#/components/schemas/Whole' } ] }",
			is: "Base: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/A' } } }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base' } ] }\n" +
				"A: { allOf: [ { $ref: '#/components/schemas/Whole' } ] }",
		},
		{
			name: "an amount has something beside it",
			was:  "Money: { type: number, multipleOf: 0.01 }\nWhole: { type: object, properties: { price: { $ref: '#/components/schemas/Money' } } }",
			is: "Money: { type: number, multipleOf: 0.01 }\n" +
				"Whole: { type: object, properties: { price: { description: What it costs., allOf: [ { $ref: '#/components/schemas/Money' } ] } } }",
		},
		{
			name: "what may be null has something beside it",
			was:  "Text: { type: string, nullable: true }\nWhole: { type: object, properties: { text: { $ref: '#/components/schemas/Text' } } }",
			is: "Text: { type: string, nullable: true }\n" +
				"Whole: { type: object, properties: { text: { allOf: [ { $ref: '#/components/schemas/Text' }, { description: Said. } ] } } }",
		},
		{
			name: "null beside an allOf is no longer allowed",
			was:  "Base: { type: object, properties: { " + id + " } }\nWhole: { type: object, properties: { of: { nullable: true, allOf: [ { $ref: '#/components/schemas/Base' } ] } } }",
			is:   "Base: { type: object, properties: { " + id + " } }\nWhole: { type: object, properties: { of: { allOf: [ { $ref: '#/components/schemas/Base' } ] } } }",
			told: []string{"breaking request-property-became-not-nullable in POST /whole", "compatible response-property-became-not-nullable in GET /whole"},
		},
		{
			name: "a part loses a property",
			was:  "Base: { type: object, required: [id], properties: { " + id + ", " + name + " } }\nWhole: { allOf: [ { $ref: '#/components/schemas/Base' } ] }",
			is:   "Base: { type: object, properties: { " + name + " } }\nWhole: { allOf: [ { $ref: '#/components/schemas/Base' } ] }",
			told: []string{"breaking response-required-property-removed in GET /whole", "risky request-property-removed in POST /whole"},
		},
		{
			name: "a part takes no other properties, those of its siblings among them",
			was: "Base: { type: object, properties: { " + id + " } }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base' }, { properties: { " + name + " } } ] }",
			is: "Base: { type: object, properties: { " + id + " }, additionalProperties: false }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base' }, { properties: { " + name + " } } ] }",
			told: []string{
				"breaking request-property-removed in POST /whole", "risky request-object-closed in POST /whole",
				"compatible response-optional-property-removed in GET /whole",
			},
		},
		{
			name: "parts that contradict each other are compared as they are",
			was: "Base: { type: object, properties: { " + id + " } }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base', default: {} }, { default: { id: 1 }, properties: { stars: { type: integer } } }, { default: { id: 2 } } ] }",
			is: "Base: { type: object, properties: { " + id + " } }\n" +
				"Whole: { allOf: [ { $ref: '#/components/schemas/Base', default: {} }, { default: { id: 1 }, properties: { stars: { type: string } } }, { default: { id: 2 } } ] }",
			told: []string{"breaking response-property-type-changed in GET /whole", "risky request-property-type-changed in POST /whole"},
		},
		{
			name: "and so are those that merging would lose something of", version: "3.1.0",
			was: "Whole: { allOf: [ { properties: { " + id + " } } ] }",
			is:  "Whole: { allOf: [ { properties: { " + id + " }, unevaluatedProperties: { type: string } } ] }",
			told: []string{
				"risky request-property-unevaluated-properties-added in POST /whole", "compatible response-property-unevaluated-properties-added in GET /whole",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			version := []string{"3.0.3", cmp.Or(test.version, "3.0.3")}
			changes, err := change.Between(side(t, append(version, parts(test.was)...)...), side(t, append(version, parts(test.is)...)...))
			if err != nil {
				t.Fatal(err)
			}
			if got := told(change.Changes{Wire: changes.Wire}); !slices.Equal(got, test.told) {
				t.Errorf("told %q\nwant %q\n%v", got, test.told, changes.Wire)
			}
		})
	}
}
