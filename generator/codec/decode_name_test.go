package codec_test

import (
	"strings"
	"testing"

	"gen/generator/spec"
)

// TestNamesOfComponents holds that what belongs to a component has its name, whoever needs it first, and that a
// checker of alternatives has nothing for values that none of them takes.
func TestNamesOfComponents(t *testing.T) {
	doc, err := spec.Parse("openapi.yaml", []byte(`
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /parties:
    post:
      operationId: createParty
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Party'}}}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Party: {oneOf: [{$ref: '#/components/schemas/Person'}, {$ref: '#/components/schemas/Company'}]}
    Person:
      type: object
      required: [name]
      properties:
        name: {type: string}
        home: {nullable: true, allOf: [{$ref: '#/components/schemas/Address'}]}
        homePhone: {$ref: '#/components/schemas/Phone'}
    Company:
      type: object
      required: [vatId]
      properties:
        vatId: {type: string}
        seat: {$ref: '#/components/schemas/Address'}
        at: {oneOf: [{nullable: true, allOf: [{$ref: '#/components/schemas/Address'}]}, {type: integer}]}
    Address: {type: object, properties: {country: {type: string, pattern: '^[A-Z]{2}$'}, sort: {$ref: '#/components/schemas/Sort'}}}
    Phone: {type: string, pattern: '^[0-9]+$'}
    Sort: {enum: [a, 1]}
`), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	source := strings.Join(makeAPI(t, "names", doc).decoders.Files, "")
	for _, want := range []string{
		"if !r.null() {\ncheckAddress(r)\n}", "// checkAddress holds a value against the schema of Address.", "\ncheckAddress(r)\n",
		"alternative{check: checkNullableAddress,", "var addressCountryPattern =", "var phonePattern =", "var sortValues =",
	} {
		if !strings.Contains(source, want) {
			t.Errorf("nowhere is %q", want)
		}
	}
	party := strings.SplitN(source, "func checkParty(", 2)
	if len(party) < 2 {
		t.Fatalf("nothing checks a party:\n%s", source)
	}
	if body, _, _ := strings.Cut(party[1], "\n}\n\n"); strings.Contains(body, "switch") || strings.Contains(body, "r.is(") {
		t.Errorf("a party is checked for what it cannot be: %s", body)
	}
	for _, wrong := range []string{"checkPersonHome", "checkAddress2", "personHomePhonePattern", "AddressSortValues"} {
		if strings.Contains(source, wrong) {
			t.Errorf("there is %s", wrong)
		}
	}
}

// TestLongLimits holds that limits of more than 53 bits are those of the document, also in what is made of a schema of
// several types.
func TestLongLimits(t *testing.T) {
	doc, err := spec.Parse("openapi.yaml", []byte(`
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /limits:
    post:
      operationId: addLimits
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Limits'}}}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Limits:
      type: object
      properties:
        a: {type: integer, minimum: 9007199254740993, maximum: 9007199254740995}
        b: {type: integer, exclusiveMinimum: -9007199254740993, exclusiveMaximum: 9007199254740997}
        c: {type: [integer, string], minimum: 9007199254740999, maximum: 9223372036854775800}
        d: {type: integer, minimum: 5}
`), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	source := strings.Join(makeAPI(t, "limits", doc).decoders.Files, "")
	for _, want := range []string{
		`r.longMinimum(n, "9007199254740993")`, `r.longMaximum(n, "9007199254740995")`,
		`r.longAbove(n, "-9007199254740993")`, `r.longBelow(n, "9007199254740997")`,
		`r.longMinimum(n, "9007199254740999")`, `r.longMaximum(n, "9223372036854775800")`, "r.minimum(n, 5)",
	} {
		if !strings.Contains(source, want) {
			t.Errorf("nowhere is %q", want)
		}
	}
}
