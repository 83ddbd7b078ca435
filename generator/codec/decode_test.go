package codec_test

import (
	"fmt"
	"strings"
	"testing"

	"gen/generator/model"
	"gen/generator/spec"
)

// asked is a schema with texts that are held against it, among them some that it takes.
type asked struct {
	schema string
	texts  []string
}

var keywords = []asked{
	{`{"type":"object","required":["a"],"additionalProperties":false,"properties":{"a":{"type":"string","minLength":2,"maxLength":3},"b":{"type":"integer","format":"int64","minimum":1}}}`,
		[]string{`{"a":"ab"}`, `{"a":"éé"}`, `{"a":"é"}`, `{"a":"abcd","b":0}`, `{}`, `null`, `[]`, `{"a":"ab","A":"x"}`, `{"a":"ab","b":1.0}`, `{"a":"ab","b":1e2}`, `{"a":"ab","b":1.5}`, `{"a":null,"b":null}`, `{"a":"ab","b":99999999999999999999}`, `{"\u0061":"ab"}`, `{"a":"ab","a":"ab"}`, `{"a":1e400}`}},
	{`{"type":"object","properties":{"s":{"type":"string","enum":["a","b"]},"n":{"type":"integer","enum":[1,2]},"m":{"enum":["a",1,null,[1],{"x":1}]},"c":{"type":"string","nullable":true,"enum":["a",null]}}}`,
		[]string{`{"s":"a","n":1,"m":{"x":1},"c":null}`, `{"s":"c","n":3,"m":2,"c":"b"}`, `{"s":1,"n":"x"}`, `{"s":null,"n":1.0,"m":1.0}`, `{"m":[1]}`, `{"m":null}`}},
	{`{"type":"object","properties":{"i":{"type":"integer","format":"int32"},"n":{"type":"number","minimum":0,"exclusiveMinimum":true,"maximum":10},"f":{"type":"number","multipleOf":0.01},"k":{"type":"integer","multipleOf":3}}}`,
		[]string{`{"i":2147483647,"n":0.5,"f":19.99,"k":9}`, `{"i":2147483648}`, `{"i":-2147483649}`, `{"n":0}`, `{"n":-1}`, `{"n":10.5}`, `{"f":0.005}`, `{"f":1.1}`, `{"k":10}`, `{"k":-3}`, `{"n":"1"}`, `{"n":1e400}`}},
	{`{"type":"object","properties":{"n":{"type":"integer","minimum":1,"maximum":9},"i":{"type":"integer","format":"int32","minimum":0},"l":{"type":"integer","format":"int64","maximum":9,"multipleOf":2},"u":{"type":"integer","format":"uint64","minimum":0},"w":{"type":"integer","nullable":true,"exclusiveMinimum":true,"minimum":0}}}`,
		[]string{`{"n":5,"i":1,"l":4,"u":1,"w":1}`, `{"n":0.5}`, `{"n":9.5,"i":-0.5,"l":9.5,"u":-0.5,"w":-0.5}`, `{"n":99999999999999999999}`, `{"n":-1e19}`, `{"n":9223372036854775808}`, `{"i":-2147483649}`, `{"i":3000000000.5}`, `{"i":2147483648}`, `{"l":99999999999999999999}`, `{"u":-1}`, `{"u":1e19}`, `{"w":-99999999999999999999}`, `{"n":1e400,"w":-1e400}`}},
	{`{"type":"object","properties":{"slug":{"type":"string","pattern":"^[a-z0-9-]{1,4}$"},"p":{"type":"string","pattern":"b+"},"look":{"type":"string","pattern":"^(?!no).*$"}}}`,
		[]string{`{"slug":"a-1","p":"abc","look":"yes"}`, `{"slug":"A"}`, `{"slug":""}`, `{"slug":"abcde"}`, `{"p":"a"}`, `{"look":"no"}`, `{"slug":1}`}},
	{`{"type":"object","properties":{"t":{"type":"string","format":"date-time"},"d":{"type":"string","format":"date"},"u":{"type":"string","format":"uuid"},"e":{"type":"string","format":"email"},"l":{"type":"string","format":"uri"},"v4":{"type":"string","format":"ipv4"},"v6":{"type":"string","format":"ipv6"},"x":{"type":"string","format":"color"}}}`,
		[]string{`{"t":"2026-01-31T12:00:00Z","d":"2026-01-31","u":"7d444840-9dc0-11d1-b245-5ffdce74fad2","e":"a@b.example","l":"urn:a:b","v4":"1.2.3.4","v6":"::1","x":"red"}`,
			`{"t":"2026-02-30T12:00:00Z","d":"2026-02-30","u":"{7d444840-9dc0-11d1-b245-5ffdce74fad2}","e":"a b","l":"/a","v4":"::1","v6":"1.2.3.4"}`, `{"t":"2026-01-31T1:00:00Z"}`, `{"t":"2026-01-31T12:00:00+24:00"}`, `{"t":1,"d":null,"u":true,"e":[],"l":{}}`}},
	{`{"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,"items":{"type":"string","minLength":1}}`,
		[]string{`["a"]`, `[]`, `["a","b","c","d"]`, `["a","a"]`, `["",1,null]`, `{}`, `null`, `"a"`}},
	{`{"type":"array","uniqueItems":true,"items":{"type":"object","properties":{"a":{"type":"number"}}}}`,
		[]string{`[{"a":1},{"a":2}]`, `[{"a":1},{"a":1.0}]`, `[{},{}]`, `[{"a":1,"b":2},{"b":2,"a":1}]`, `[1,1]`}},
	{`{"type":"object","minProperties":1,"maxProperties":2,"additionalProperties":{"type":"integer","minimum":0}}`,
		[]string{`{"a":1}`, `{}`, `{"a":1,"b":2,"c":3}`, `{"a":-1,"b":"x"}`, `{"a":null}`, `{"a":1,"a":2}`}},
	{`{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"boolean"}}`,
		[]string{`{"a":"x","b":true}`, `{"a":true,"b":"x"}`, `{"b":null}`}},
	{`{"allOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"array","items":{"type":"integer"}}}}]}`,
		[]string{`{"a":"x","b":[1]}`, `{}`, `{"a":1,"b":["x"]}`, `null`}},
	{`{"type":"object","properties":{"x":{"allOf":[{"type":"string","minLength":2},{"maxLength":3}],"nullable":true},"y":{"allOf":[{"type":"string","nullable":true}]}}}`,
		[]string{`{"x":"ab","y":null}`, `{"x":"a"}`, `{"x":"abcd"}`, `{"x":null}`, `{"y":1}`}},
	{`{"type":"object","properties":{"v":{"oneOf":[{"type":"string"},{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}]}}}`,
		[]string{`{"v":"x"}`, `{"v":{"a":"x"}}`, `{"v":{"a":1}}`, `{"v":{}}`, `{"v":1}`, `{"v":null}`, `{"v":{"a":1.0,"b":{"c":1,"c":2}}}`}},
	{`{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"Cat","dog":"#/components/schemas/Dog"}}}`,
		[]string{`{"kind":"cat","lives":9}`, `{"kind":"dog","bark":"loud"}`, `{"kind":"cow"}`, `{}`, `{"kind":1}`, `{"kind":"cat","lives":"x"}`, `{"kind":"dog","bark":1,"lives":"x"}`, `{"lives":1}`, `[]`, `null`}},
	{`{"anyOf":[{"$ref":"#/components/schemas/Person"},{"$ref":"#/components/schemas/Company"}],"discriminator":{"propertyName":"sort","mapping":{"p":"Person"}}}`,
		[]string{`{"sort":"p","name":"x"}`, `{"sort":"p","name":1,"age":"x"}`, `{"sort":"Company","name":"x"}`, `{"sort":"Company","name":1}`, `{"sort":"x"}`, `{"sort":null}`, `{}`}},
	{`{"oneOf":[{"$ref":"#/components/schemas/Person"},{"$ref":"#/components/schemas/Company"}],"discriminator":{"propertyName":"sort"}}`,
		[]string{`{"sort":"Person","name":"x","age":1}`, `{"sort":"Person","name":1}`, `{"sort":"Company","name":1}`, `{"sort":"x","name":1}`, `{"sort":1}`, `{}`}},
	{`{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind"}}`,
		[]string{`{"kind":"cat","lives":9}`, `{"kind":"cat","lives":"x"}`, `{"kind":"Cat","lives":9}`, `{"kind":"cow"}`, `{"kind":1}`, `{}`}},
	{`{"oneOf":[{"$ref":"#/components/schemas/Person"},{"$ref":"#/components/schemas/Cat"}],"discriminator":{"propertyName":"kind","mapping":{"a":"Person","b":"Cat","c":"Dog"}}}`,
		[]string{`{"kind":"c"}`, `{"kind":"b"}`, `{"kind":"a","name":"x","sort":"y"}`}},
	{`{"type":"object","properties":{"a":{"type":"integer","minimum":0,"exclusiveMinimum":true,"maximum":9,"exclusiveMaximum":true},"b":{"type":"number","minimum":2,"exclusiveMinimum":true},"c":{"oneOf":[{"type":"string"},{"type":"number","maximum":2,"exclusiveMaximum":true}]}}}`,
		[]string{`{"a":1,"b":3,"c":1}`, `{"a":-1,"b":2,"c":2}`, `{"a":0,"b":1,"c":3}`, `{"a":10}`, `{"a":9}`}},
	{`{"type":"object","properties":{"a":{"type":"integer","format":"int64"},"b":{"type":"integer","format":"int32"},"c":{"type":"integer","format":"uint64"},"d":{"oneOf":[{"type":"integer"},{"type":"string"}]},"e":{"type":"string","format":"email"}}}`,
		[]string{`{"a":1e16,"b":2.147483647e9,"c":1e19,"d":1e16}`, `{"a":900719925474099300e-2}`, `{"a":1000000000000000000.0,"b":1E9}`, `{"a":-9.223372036854775808e18}`, `{"a":1e19}`, `{"b":1e10}`, `{"e":"a@b.example "}`, `{"e":"a @b.example"}`, `{"e":"\"ab\"@c.example"}`}},
	{`{"anyOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}`,
		[]string{`{"kind":"cat","lives":1.0}`, `{"kind":"dog"}`, `{"kind":"dog","bark":1}`, `{"kind":"x"}`, `1`}},
	{`{"type":"object","properties":{"a":{"not":{"type":"string"}},"b":{"not":{}},"c":{}}}`,
		[]string{`{"a":1,"c":null}`, `{"a":"x"}`, `{"b":1}`, `{"a":null}`}},
	{`{"type":"object","required":["id","secret"],"properties":{"id":{"type":"integer","readOnly":true},"secret":{"type":"string","writeOnly":true},"status":{"type":"string","default":"new"}}}`,
		[]string{`{"secret":"x"}`, `{"id":1,"secret":"x","status":"old"}`, `{"id":"x"}`}},
	{`{"type":"object","properties":{"a":{"allOf":[{},{"description":"Any."}]},"b":{"oneOf":[{},{}]},"c":{"type":"object","additionalProperties":false}}}`,
		[]string{`{"a":null}`, `{"a":1,"c":{}}`, `{"b":1}`, `{"b":null}`, `{"c":{"x":1}}`}},
	{`{"type":"object","additionalProperties":false}`, []string{`{}`, `{"x":null}`, `{"x":{"a":1}}`}},
	{`{"type":"string","nullable":true,"maxLength":2}`, []string{`null`, `"ab"`, `"abc"`, `1`}},
	{`{"$ref":"#/components/schemas/Node"}`,
		[]string{`{"name":"a","next":{"name":"b","next":null}}`, `{"name":"a","next":{"next":{}}}`, `{"name":"a","children":[{"name":1}]}`, strings.Repeat(`{"name":"a","next":`, 1000) + `null` + strings.Repeat(`}`, 1000), strings.Repeat(`{"name":"a","next":`, 1001) + `null` + strings.Repeat(`}`, 1001)}},
	{`{"type":"object","properties":{"a":{"minLength":2},"m":{"type":"object"},"l":{"type":"array","items":{}}}}`,
		[]string{`{"a":"ab","m":{"x":[1,{"y":null}]},"l":[1,null,"x"]}`, `{"m":[],"l":{}}`, `{"m":{"x":1,"x":2}}`}},
	{`{}`, []string{`{"a":`, "{\n  'a': 1}", `{} {}`, `[1,]`, ` `, `NaN`, `01`, `{"a":{"b":1,"b":2}}`, "{\"a\":\"é\xff\"}", `null`, `[1,"x",{"a":true}]`, `"\ud800"`}},
}

var modernKeywords = []asked{
	{`{"type":"object","properties":{"n":{"type":["number","null"],"exclusiveMinimum":2,"exclusiveMaximum":5},"c":{"const":"x"},"k":{"const":1},"m":{"type":["string","integer"],"minLength":2,"minimum":5}}}`,
		[]string{`{"n":3,"c":"x","k":1,"m":"ab"}`, `{"n":2}`, `{"n":5}`, `{"n":null}`, `{"n":"x"}`, `{"c":"y","k":2}`, `{"m":"a"}`, `{"m":4}`, `{"m":7.5}`, `{"m":true}`, `{"m":null}`}},
	{`{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]},"b":{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"type":"null"}]},"c":false}}`,
		[]string{`{"a":null,"b":null}`, `{"a":"x","b":{"kind":"cat"}}`, `{"a":1}`, `{"b":{"kind":1}}`, `{"c":1}`}},
}

// schemaDocument has an operation for each schema.
func schemaDocument(t *testing.T, version string, all []asked) *spec.Document {
	t.Helper()
	var paths []string
	for i, a := range all {
		paths = append(paths, fmt.Sprintf(`"/action%d":{"post":{"operationId":"act%d","requestBody":{"content":{"application/json":{"schema":%s}}},"responses":{"204":{"description":"Done."}}}}`, i, i, a.schema))
	}
	doc, err := spec.Parse("openapi.json", []byte(`{"openapi":"`+version+`","info":{"title":"t","version":"1"},"paths":{`+strings.Join(paths, ",")+`},"components":{"schemas":{
		"Cat":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["cat"]},"lives":{"type":"integer"}}},
		"Dog":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["dog"]},"bark":{"type":"string"}}},
		"Person":{"type":"object","required":["sort","name"],"properties":{"sort":{"type":"string"},"name":{"type":"string"},"age":{"type":"integer"}}},
		"Company":{"type":"object","required":["sort","name"],"properties":{"sort":{"type":"string"},"name":{"type":"string"}},"additionalProperties":false},
		"Node":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"next":{"nullable":true,"allOf":[{"$ref":"#/components/schemas/Node"}]},"children":{"type":"array","items":{"$ref":"#/components/schemas/Node"}}}}}}}`), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestDecodersAgree holds decoders against today's path: what they take, what they make of it, and
// what they say of what they refuse.
func TestDecodersAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles packages")
	}
	var all []made
	for name, set := range map[string]struct {
		version string
		asked   []asked
	}{"plain": {"3.0.3", keywords}, "modern": {"3.1.0", modernKeywords}} {
		doc := schemaDocument(t, set.version, set.asked)
		m := makeAPI(t, name, doc)
		if len(m.decoders.Uncompiled) > 0 {
			t.Errorf("%s: %d bodies are not compiled: %s", name, len(m.decoders.Uncompiled), m.decoders.Uncompiled[0].Reason)
		}
		next := 0
		m.compareFiles(doc.JSON, true, func(*model.Operation, *model.Body) []string {
			next++
			return set.asked[next-1].texts
		})
		all = append(all, m)
	}
	if output := runGo(t, all, "test", "-v", "./..."); strings.Count(output, ", 0 differences") != len(all) {
		t.Error(output)
	}
}

// TestDecodersAgreeOnDocuments does so with documents, and values that their schemas take, spoiled.
func TestDecodersAgreeOnDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles packages")
	}
	var all []made
	for i, file := range documents(t) {
		doc, err := spec.Load(t.Context(), file, spec.Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := makeAPI(t, fmt.Sprintf("document%d", i), doc)
		m.compareFiles(doc.JSON, false, func(op *model.Operation, b *model.Body) []string {
			body := doc.T.Paths.Value(op.Path).GetOperation(op.Method).RequestBody.Value
			if media := body.Content[b.MediaType]; media != nil && media.Schema != nil {
				samples := model.Samples(media.Schema.Value)
				return spoiled(samples[:min(len(samples), 12)], 200)
			}
			return []string{"null", "1"}
		})
		all = append(all, m)
	}
	if output := runGo(t, all, "test", "-v", "./..."); strings.Count(output, ", 0 differences") != len(all) {
		t.Error(output)
	}
}

// TestUncompiled holds what is left to kin-openapi.
func TestUncompiled(t *testing.T) {
	for schema, want := range map[string]string{
		`{"type":"object","properties":{"a":{"type":"array","prefixItems":[{"type":"string"}]}}}`: "the keyword prefixItems",
		`{"type":"object","patternProperties":{"^x":{"type":"string"}}}`:                          "the keyword patternProperties",
		`{"type":"object","propertyNames":{"maxLength":3}}`:                                       "the keyword propertyNames",
		`{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}`:                     "the keyword if",
	} {
		m := makeAPI(t, "uncompiled", schemaDocument(t, "3.1.0", []asked{{schema: schema}}))
		if len(m.decoders.Uncompiled) != 1 || m.decoders.Uncompiled[0].Reason != want {
			t.Errorf("%s: %v", schema, m.decoders.Uncompiled)
		}
		op := m.api.Operations[0]
		if _, ok := m.decoders.Body(op, "application/json"); ok {
			t.Errorf("%s is compiled all the same", schema)
		}
	}
}
