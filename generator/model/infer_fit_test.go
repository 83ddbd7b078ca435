package model

import (
	"fmt"
	"testing"
)

func TestFits(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     bool
	}{
		{`string`, `string`, true},
		{`string`, `int`, true}, // a text that is a number
		{`string`, `bool`, false},
		{`string`, `uri`, true},
		{`string`, `{name}`, false},
		{`{id}`, `{id,kind}`, true}, // what is missing can be filled
		{`{id}`, `[{id}]`, false},
		{`[string]`, `[{id}]`, false},
		{`[{id}]`, `[{id,name}]`, true},
		{`any`, `{id}`, true},
		{`enum(a)`, `enum(a,b)`, true},
		{`enum(a,b)`, `enum(b,a,c)`, true},
		{`enum(a,b)`, `enum(b)`, false},
		{`string`, `enum(a,b)`, false},
		{`<{"type":"string","enum":["folder"]}>`, `<{"type":"string","enum":["folder"]}>`, true},
		{`<{"type":"string","enum":["folder"]}>`, `<{"type":"string","enum":["folder.deleted"]}>`, false},
		{`<{"type":"string","pattern":"^[a-z]+$"}>`, `<{"type":"string","pattern":"^custom:[a-z]+$"}>`, false},
		{`<{"type":"string","pattern":"^[a-z:]+$"}>`, `<{"type":"string","pattern":"^custom:[a-z]+$"}>`, true},
		{`oneOf(Cat,Dog)`, `oneOf(Cat,Dog)`, true},
		{`Cat`, `oneOf(Cat,Dog)`, true},
		{`{name}`, `oneOf(Cat,Dog)`, false},
	} {
		api := understood(t, fmt.Sprintf(`
			POST /things {a:%s} -> 201 {a:%s}
			GET /things/{id:int} -> 200 {a:%s}
			Cat = {lives:int}
			Dog = {barks:bool}`, test.from, test.to, test.to))
		op := api.operation(t, "POST", "/things")
		from, to := op.Bodies[0].Type.Field("a"), op.Resource.Type.Field("a")
		if got := Fits(from, to); got != test.want {
			t.Errorf("%s fits %s: %t", test.from, test.to, got)
		}
	}
}

func TestParameterDefaults(t *testing.T) {
	for schema, want := range map[string]any{
		`string="a"`: "a", `int=7`: 7.0, `int="many"`: nil, `int=7.5`: nil, `enum(a,b)="b"`: "b", `enum(a,b)="c"`: nil, `int`: nil,
		`<{"type":"integer","minimum":1,"default":0}>`: nil,
	} {
		api := understood(t, "GET /things?p?:"+schema+" -> 200 [{id:int}]")
		if got := api.Operations[0].Params[0].Default(); got != want {
			t.Errorf("%s: %v", schema, got)
		}
	}
}

func TestAllows(t *testing.T) {
	for _, test := range []struct {
		schema string
		value  any
		want   bool
	}{
		{`string`, "", true},
		{`uri`, "", false},
		{`uri`, "https://example.com/", true},
		{`email`, "text", false},
		{`<{"type":"string","minLength":1}>`, "", false},
		{`<{"type":"integer","minimum":1}>`, 0.0, false},
		{`<{"type":"string","enum":["a"]}>`, "b", false},
		{`string`, nil, false},
	} {
		api := understood(t, fmt.Sprintf(`
			POST /things {a:%s} -> 201 {a:%s}
			GET /things/{id:int} -> 200 {a:%s}`, test.schema, test.schema, test.schema))
		if got := Allows(api.Resources[0].Type.Field("a"), test.value); got != test.want {
			t.Errorf("%s allows %v: %t", test.schema, test.value, got)
		}
	}
}
