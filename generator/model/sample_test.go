package model

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

// jsonOf is a value as it comes off the wire.
func jsonOf(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSamplesAreValid holds samples against their schemas, each alone and as a property.
func TestSamplesAreValid(t *testing.T) {
	for _, schema := range []string{
		`string`, `int`, `int32`, `int64`, `number`, `bool`, `time`, `date`, `uuid`, `email`, `uri`, `byte`,
		`<{"type":"string","format":"ipv4"}>`, `<{"type":"string","format":"ipv6"}>`, `<{"type":"string","format":"hostname"}>`,
		`enum(a,b)`, `<{"type":"integer","enum":[3,4]}>`, `<{"type":"number","enum":[0.5]}>`, `<{"type":"boolean","enum":[true]}>`,
		`<{"type":"string","minLength":12}>`, `<{"type":"string","maxLength":2}>`, `<{"type":"string","minLength":3,"maxLength":3}>`,
		`<{"type":"string","maxLength":0}>`,
		`<{"type":"string","pattern":"^[A-Z]{3}-\\d+$"}>`, `<{"type":"string","pattern":"^(a|b)+c?$","minLength":5}>`,
		`<{"type":"string","pattern":"^#[0-9a-f]{6}$"}>`, `<{"type":"string","pattern":"^[^@ ]+@[^@ ]+$"}>`,
		`<{"type":"string","pattern":"^\\+?[1-9]\\d{1,14}$"}>`, `<{"type":"string","pattern":"^\\S.*\\S$"}>`, `<{"type":"string","pattern":"[a-z]"}>`,
		`<{"type":"integer","minimum":5}>`, `<{"type":"integer","maximum":-5}>`, `<{"type":"integer","minimum":5,"exclusiveMinimum":true}>`,
		`<{"type":"integer","maximum":0,"exclusiveMaximum":true}>`, `<{"type":"integer","multipleOf":7}>`,
		`<{"type":"integer","multipleOf":7,"minimum":10}>`, `<{"type":"integer","multipleOf":5,"maximum":-3}>`,
		`<{"type":"number","minimum":0,"maximum":0.5}>`, `<{"type":"number","minimum":0,"exclusiveMinimum":true,"maximum":0.5}>`,
		`<{"type":"number","multipleOf":0.25,"minimum":2.1}>`,
		`[string]`, `<{"type":"array","items":{"type":"integer"},"minItems":3}>`,
		`<{"type":"array","items":{"type":"string"},"minItems":3,"uniqueItems":true}>`,
		`<{"type":"array","items":{"type":"string","enum":["a","b","c"]},"minItems":2,"uniqueItems":true}>`,
		`<{"type":"array","items":{"type":"integer","minimum":3},"minItems":2,"uniqueItems":true}>`,
		`map(int)`, `<{"type":"object","additionalProperties":{"type":"string"},"minProperties":2}>`,
		`{a,b?:int}`, `{a:{b:{c:enum(x,y)}}}`, `{a:string|null,b:[{c}]}`, `{}`, `object`, `any`,
		`<{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"minProperties":1}>`,
		`<{"type":"object","properties":{"id":{"type":"integer","readOnly":true}},"required":["id"]}>`,
		`oneOf({a},{b:int})`, `anyOf({a},{b:int})`, `oneOf(Circle,Square)`, `anyOf(Circle,Square)`, `oneOf(string,int)`,
		`oneOf(Wide,Narrow)`, `allOf(Circle,Square)`, `Shape`, `Form`, `Tree`,
		`<{"oneOf":[{"type":"string","format":"date"},{"type":"string","maxLength":3}]}>`,
		`<{"oneOf":[{"type":"string","format":"uuid"},{"type":"string","pattern":"^(?![0-9a-f]{8}-)[a-z][a-z0-9-]*$"}]}>`,
		`<{"oneOf":[{"type":"string"},{"type":"string","maxLength":3,"example":"tmpl_1"}]}>`,
		`<{"type":"object","allOf":[{"properties":{"a":{"type":"integer"}}},{"required":["a"]}]}>`,
		`<{"required":["kind"],"oneOf":[{"type":"object","properties":{"kind":{"type":"string","enum":["a"]}}}]}>`,
		`<{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a","b"]},{"required":["b"],"maxProperties":1}]}>`,
		`<{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"array","items":{"type":"string"},"minItems":1}},"anyOf":[{"required":["b"]}]}>`,
		`<{"type":"object","required":["a"]}>`,
		`<{"allOf":[{"type":"string","pattern":"^bank_[a-z]+$"},{"type":"string","description":"An id."}]}>`,
	} {
		for _, sketch := range []string{"Root = %s", "Root = {inner:%s}"} {
			api := understood(t, `
				POST /things Root -> 201 Root
				GET /things/{id:int} -> 200 Root
				Circle = {radius:number,colour}
				Square = {side:number}
				Wide = {a}
				Narrow = {a,b:int}
				Shape = <{"oneOf":[{"$ref":"#/components/schemas/Round"},{"$ref":"#/components/schemas/Edged"}],"discriminator":{"propertyName":"kind","mapping":{"round":"#/components/schemas/Round","edged":"#/components/schemas/Edged"}}}>
				Round = {kind,radius:number}
				Edged = {kind,edges:int}
				Form = <{"oneOf":[{"$ref":"#/components/schemas/Line"},{"$ref":"#/components/schemas/Dot"}],"discriminator":{"propertyName":"kind"}}>
				Line = <{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["line"]}}}>
				Dot = <{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["dot"]}}}>
				Tree = {name,children:[Tree]}
				`+fmt.Sprintf(sketch, schema))
			body := api.operation(t, "POST", "/things").Bodies[0].Type
			v := jsonOf(t, Sample(body))
			if body.Schema == nil {
				t.Errorf("%s: no schema to hold %v against", schema, v)
				continue
			}
			if err := body.Schema.VisitJSON(v, openapi3.VisitAsRequest(), openapi3.SetSchemaRegexCompiler(CompilePattern),
				openapi3.WithStringFormatValidators(stringFormats())); err != nil {
				t.Errorf("%s: the sample %v is not valid: %v", schema, v, err)
			}
			if again := jsonOf(t, Sample(body)); fmt.Sprint(again) != fmt.Sprint(v) {
				t.Errorf("%s: two samples, %v and %v", schema, v, again)
			}
		}
	}
}

func TestSampleParts(t *testing.T) {
	for schema, want := range map[string]string{
		`{a?:string,b?:int}`:        `{"a":"text"}`,
		`{id?!:int,at?:{x},b?:int}`: `{"b":1}`,
		`{a,b?:int}`:                `{"a":"text"}`,
		`{at?:{x}}`:                 `{}`,
	} {
		api := understood(t, `
			POST /things `+schema+` -> 204
			DELETE /things/{id} -> 204`)
		text, err := json.Marshal(SamplePart(api.operation(t, "POST", "/things").Bodies[0].Type))
		if err != nil || string(text) != want {
			t.Errorf("%s: part %s, %v, want %s", schema, text, err, want)
		}
	}
}

// TestGuessesAreValid holds what is stored without any other source against its schema.
func TestGuessesAreValid(t *testing.T) {
	for _, schema := range []string{
		`string`, `int`, `number`, `bool`, `enum(a,b)`, `uri`, `email`, `{name}`, `{state:enum(a,b)}`, `{at:{url:uri}}`, `{tags:[string]}`,
		`<{"type":"string","minLength":3}>`, `<{"type":"string","pattern":"^[a-z]{3}$"}>`, `<{"type":"integer","minimum":1}>`,
		`<{"type":"integer","maximum":-1}>`, `<{"type":"number","minimum":0,"exclusiveMinimum":true}>`,
		`<{"type":"array","items":{"type":"string"},"minItems":1}>`, `oneOf(A,B)`, `any`, `{a:string|null}`,
	} {
		api := understood(t, `
			POST /things {title} -> 201 Thing
			GET /things/{id:int} -> 200 Thing
			A = {a:int}
			B = {b:int}
			Thing = {id!:int, title, thing:`+schema+`}`)
		f := api.operation(t, "GET", "/things/{id}").Answer.Type.Field("thing")
		v := Guess(f)
		if v == nil {
			v = zeroOf(t, f.Type)
		}
		if v = jsonOf(t, v); f.Type.Schema.VisitJSON(v) != nil {
			t.Errorf("%s: the guess %v is not valid: %v", schema, v, f.Type.Schema.VisitJSON(v))
		}
	}
}

// zeroOf is Go's zero value as JSON.
func zeroOf(t *testing.T, typ *Type) any {
	t.Helper()
	switch typ.Kind {
	case String:
		return ""
	case Integer, Number:
		return 0
	case Boolean:
		return false
	case Object:
		out := map[string]any{}
		for _, f := range typ.Fields {
			if f.Required {
				out[f.Name] = zeroOf(t, f.Type)
			}
		}
		return out
	}
	return nil
}

func TestAnswersHaveWhatIsReadOnly(t *testing.T) {
	api := understood(t, `
		POST /things Thing -> 201 Thing
		GET /things/{id:int} -> 200 Thing
		Thing = {id!:int, name, secret:<{"type":"string","writeOnly":true}>}`)
	thing := api.Resources[0].Type
	if got := fmt.Sprint(Sample(thing)); got != "map[name:text secret:text]" {
		t.Errorf("a request is %s", got)
	}
	if got := fmt.Sprint(SampleAnswer(thing)); got != "map[id:1 name:text]" {
		t.Errorf("an answer is %s", got)
	}
}

func TestSamplesOfParameters(t *testing.T) {
	api := understood(t, `
		GET /{mount:Mount}/things?tags:[string],only:<{"type":"string","enum":["artist"]}>,where:{name?} -> 200 [{id:int}]
		Mount = <{"type":"string","default":"ldap"}>`)
	got := map[string]any{}
	for _, p := range api.Operations[0].Params {
		got[p.Name] = SampleParam(p)
	}
	want := map[string]any{"mount": "ldap", "tags": []any{"text"}, "only": "artist", "where": map[string]any{"name": "text"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("samples (-want +got):\n%s", diff)
	}
}

func TestOtherSamplesDiffer(t *testing.T) {
	for _, schema := range []string{
		`string`, `int`, `uuid`, `email`, `uri`, `<{"type":"string","minLength":8,"maxLength":8}>`, `<{"type":"string","pattern":"^[a-z]+[0-9]*$"}>`,
		`<{"type":"integer","maximum":3}>`, `<{"type":"number","multipleOf":0.5}>`,
	} {
		api := understood(t, fmt.Sprintf(`
			POST /things {a:%s} -> 201 {a:%s}
			GET /things/{id:int} -> 200 {a:%s}`, schema, schema, schema))
		f := api.Resources[0].Type.Field("a")
		seen := map[string]bool{}
		for n := range 12 {
			v := SampleOther(f.Type, n)
			if seen[fmt.Sprint(v)] || !Allows(f, v) {
				t.Errorf("%s: the sample %d is %v", schema, n, v)
			}
			seen[fmt.Sprint(v)] = true
		}
	}
}
