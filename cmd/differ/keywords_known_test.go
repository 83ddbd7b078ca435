package main

import "slices"

// exception is where what is done is not what a standard says.
type exception struct {
	schema string
	texts  []string
	// both says that it is so with and without compiled codecs; else only kin-openapi has it.
	both bool
	// why is where it is written, or why it is done otherwise.
	why string
}

const (
	equality = "JSON Schema Core 2020-12 §4.2.2: numbers are equal if their values are"
	exact    = "JSON Schema Validation 2020-12 §6.2.1: the division results in an integer; float64 is not exact"
	limit    = "JSON Schema Validation 2020-12 §6.2.2: limits are compared as the numbers that they are; kin-openapi keeps them as float64"
	rare     = "RFC 3339 §5.6 allows lower case and leap seconds, encoding/json does not read them as time.Time"
	typed    = "the Go type that the schema makes has no place for it (JSON Schema Core 2020-12 §7.6.1: keywords apply to their own type only)"
)

var exceptions = []exception{
	{`{"type":"integer","multipleOf":2}`, []string{`9007199254740993`, `9223372036854775807`}, false, exact},
	{`{"type":"integer","format":"int64","enum":[9007199254740993,1]}`, []string{`9007199254740992`}, false, equality},
	{`{"enum":[[9007199254740993]]}`, []string{`[9007199254740992]`}, false, equality},
	{`{"type":"integer","const":9007199254740993}`, []string{`9007199254740992`}, false, equality},
	{`{"type":"integer","format":"int64","minimum":9007199254740993}`, []string{`9007199254740992`, `9007199254740992.0`}, false, limit},
	{`{"type":"number","minimum":9007199254740993}`, []string{`9007199254740992`, `9007199254740992.5`}, false, limit},
	{`{"type":"integer","maximum":9007199254740992}`, []string{`9007199254740993`}, false, limit},
	{`{"type":"object","properties":{"n":{"oneOf":[{"type":"integer","maximum":-9007199254740993},{"type":"string"}]}}}`, []string{`{"n":-9007199254740992}`}, false, limit},
	{`{"type":"integer","minimum":9007199254740992,"exclusiveMinimum":true}`, []string{`9007199254740993`}, false, limit},
	{`{"type":"integer","exclusiveMaximum":9007199254740993}`, []string{`9007199254740992`}, false, limit},
	{`{"type":"number","multipleOf":0.01}`, []string{`0.30000000000000004`, `1234567.8900000001`}, false, exact},
	{`{"type":"number","multipleOf":0.1}`, []string{`0.30000000000000004`}, false, exact},
	{`{"type":"array","items":{"type":"number"},"uniqueItems":true}`, []string{`[1.5,15e-1]`}, false, "Validation §6.4.3; " + equality},

	{`{"minLength":2}`, []string{`1`, `[]`}, true, typed},
	{`{"maxLength":2}`, []string{`100`, `[1,2,3]`}, true, typed},
	{`{"pattern":"^a"}`, []string{`1`, `{}`}, true, typed},
	{`{"items":{"type":"integer"}}`, []string{`{}`, `"a"`}, true, typed},
	{`{"anyOf":[{"type":"object","properties":{"bar":{"type":"integer"}},"required":["bar"]},{"type":"object","properties":{"foo":{"type":"string"}},"required":["foo"]}]}`,
		[]string{`{"foo":1,"bar":2}`, `{"foo":"a","bar":"b"}`}, true, typed},
	{`{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"}}`, []string{`[1,"a"]`, `[1]`, `[1,"a",true]`}, true, typed},
	{`{"type":"object","patternProperties":{"^f.*o$":{"type":"integer"}}}`, []string{`{"bar":"x"}`}, true, typed},
	{`{"type":"string","format":"date-time"}`, []string{`"1963-06-19t08:30:06.283185z"`, `"1998-12-31T23:59:60Z"`, `"1998-12-31T15:59:60.123-08:00"`}, false, rare},
	{`{"type":"object","properties":{"a":{"type":"string","format":"date-time"}}}`, []string{`{"a":"1963-06-19t08:30:06z"}`, `{"a":"1998-12-31T23:59:60Z"}`}, false, rare},
	{`{"type":"array","items":{"type":"string","format":"date-time"}}`, []string{`["1963-06-19t08:30:06z"]`}, false, rare},

	{`{"type":"string","nullable":true,"enum":["a"]}`, []string{`null`}, true, "OpenAPI 3.0.3 §4.7.24 wants null in the enum; many documents forget it, and mean it"},
	{`{"type":["string","null"],"enum":["a"]}`, []string{`null`}, true, "Validation §6.1.2 wants null in the enum; many documents forget it, and mean it"},
	{`{"const":null}`, []string{`0`, `""`}, true, "Validation §6.1.3: kin-openapi reads const: null as no const"},
}

// excepted is why a side need not be right about a case, "" where it must.
func excepted(c trial, kin bool) string {
	for _, e := range exceptions {
		if e.schema == c.schema && slices.Contains(e.texts, c.text) && (kin || e.both) {
			return e.why
		}
	}
	return ""
}
