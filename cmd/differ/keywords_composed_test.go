package main

// composed are keywords about what has parts, and about schemas of schemas.
var composed = tables{
	"minItems": {
		{`{"type":"array","items":{"type":"integer"},"minItems":1}`, []string{`[1]`, `[1,2]`}, []string{`[]`}},
		{`{"minItems":1}`, []string{`[1]`, `""`, `{}`}, []string{`[]`}},
	},
	"maxItems": {
		{`{"type":"array","items":{"type":"integer"},"maxItems":2}`, []string{`[]`, `[1,2]`}, []string{`[1,2,3]`}},
		{`{"type":"array","items":{},"maxItems":0}`, []string{`[]`}, []string{`[null]`}},
	},
	"uniqueItems": {
		{`{"type":"array","items":{"type":"integer"},"uniqueItems":true}`, []string{`[]`, `[1,2]`, `[9007199254740992,9007199254740993]`}, []string{`[1,1]`, `[1,2,1]`, `[1,1.0]`, `[100,1e2]`}},
		{`{"type":"array","items":{"type":"number"},"uniqueItems":true}`, []string{`[1,1.5]`, `[0.1,0.10000000001]`}, []string{`[1.5,15e-1]`, `[0,-0]`, `[0.0,0]`, `[1e2,100.0]`}},
		{`{"type":"array","items":{"type":"string"},"uniqueItems":true}`, []string{`["a","A"]`, `["a","a "]`, `["\u0061","b"]`}, []string{`["a","\u0061"]`, `["",""]`}},
		{`{"type":"array","items":{},"uniqueItems":true}`,
			[]string{`[1,true]`, `[0,false]`, `[1,"1"]`, `[null,""]`, `[[1],[true]]`, `[{"a":1},{"a":true}]`, `[[],{}]`, `[{"a":1},{"b":1}]`, `[[1,2],[2,1]]`},
			[]string{`[null,null]`, `[[],[]]`, `[{},{}]`, `[{"a":1,"b":2},{"b":2,"a":1}]`, `[[1],[1.0]]`, `[{"a":{"b":1}},{"a":{"b":1e0}}]`, `[true,false,true]`}},
		{`{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"}}},"uniqueItems":true}`, []string{`[{"id":1},{"id":2}]`, `[{"id":1},{"id":1,"x":1}]`}, []string{`[{"id":1},{"id":1.0}]`, `[{"id":1,"x":2},{"x":2,"id":1}]`}},
		{`{"type":"array","items":{},"uniqueItems":false}`, []string{`[1,1]`}, nil},
	},
	"items": {
		{`{"type":"array","items":{"type":"integer","maximum":5}}`, []string{`[]`, `[1,5]`, `[5.0]`}, []string{`[6]`, `[1,"2"]`, `[null]`, `[[1]]`}},
		{`{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"number"}}}}`, []string{`[]`, `[[]]`, `[[[1]],[[2],[3,4]]]`}, []string{`[1]`, `[[1]]`, `[[["a"]]]`, `[[[[1]]]]`}},
		{`{"items":{"type":"integer"}}`, []string{`[1]`, `{}`, `"a"`}, []string{`["a"]`}},
	},
	"properties": {
		{`{"type":"object","properties":{"foo":{"type":"integer"},"bar":{"type":"string"}}}`, []string{`{}`, `{"foo":1,"bar":"b"}`, `{"quux":[]}`, `{"Foo":"x"}`}, []string{`{"foo":"1"}`, `{"bar":1,"foo":1}`, `{"foo":null}`}},
		{`{"type":"object","properties":{"a/b":{"type":"integer"},"a~b":{"type":"integer"},"a b":{"type":"integer"},"a\"b":{"type":"integer"},"\u00e9":{"type":"integer"}}}`, []string{`{"a/b":1,"a~b":2,"a b":3,"a\"b":4,"é":5}`}, []string{`{"a/b":"1"}`, `{"a~b":"1"}`, `{"a b":"1"}`, `{"a\"b":"1"}`, `{"é":"1"}`, `{"\u00e9":"1"}`}},
		{`{"type":"object","properties":{"__proto__":{"type":"number"},"toString":{"type":"object","properties":{"length":{"type":"string"}}},"constructor":{"type":"number"}}}`, []string{`{}`, `{"__proto__":1}`, `{"toString":{"length":"a"}}`}, []string{`{"__proto__":"foo"}`, `{"toString":{"length":37}}`, `{"constructor":{}}`}},
		{`{"properties":{"foo":{"type":"integer"}}}`, []string{`{"foo":1}`, `{"foo":2,"bar":"x"}`}, []string{`{"foo":"a"}`}},
	},
	"required": {
		{`{"type":"object","required":["foo"],"properties":{"foo":{},"bar":{}}}`, []string{`{"foo":1}`, `{"foo":{}}`, `{"foo":false,"bar":1}`}, []string{`{"bar":1}`, `{}`, `{"Foo":1}`}},
		{`{"type":"object","required":["x y","a/b"],"properties":{"x y":{"type":"integer"}}}`, []string{`{"x y":1,"a/b":null}`}, []string{`{"x y":1}`, `{"a/b":1}`}},
		{`{"type":"object","required":["a"],"properties":{"a":{"type":"string","default":"x"}}}`, []string{`{"a":"y"}`}, []string{`{}`}},
		{`{"type":"object","required":["id","secret"],"properties":{"id":{"type":"integer","readOnly":true},"secret":{"type":"string","writeOnly":true}}}`, []string{`{"secret":"s"}`, `{"secret":"s","id":1}`}, []string{`{"id":1}`, `{}`, `{"secret":"s","id":"1"}`}},
	},
	"additionalProperties": {
		{`{"type":"object","properties":{"foo":{},"bar":{}},"additionalProperties":false}`, []string{`{}`, `{"foo":1}`, `{"foo":1,"bar":2}`}, []string{`{"foo":1,"quux":1}`, `{"Foo":1}`, `{"":1}`}},
		{`{"type":"object","properties":{"foo":{}},"additionalProperties":{"type":"boolean"}}`, []string{`{"foo":1}`, `{"foo":1,"x":true}`, `{"x":false,"y":true}`}, []string{`{"x":12}`, `{"foo":1,"x":null}`}},
		{`{"type":"object","additionalProperties":{"type":"integer","minimum":1}}`, []string{`{}`, `{"a":1}`, `{"":5,"é":2.0}`}, []string{`{"a":0}`, `{"a":"1"}`, `{"a":1,"b":0.5}`}},
		{`{"type":"object","additionalProperties":false}`, []string{`{}`}, []string{`{"a":1}`}},
		{`{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":true}`, []string{`{"a":1,"b":[null]}`}, []string{`{"a":"x","b":1}`}},
		{`{"allOf":[{"type":"object","properties":{"foo":{"type":"integer"}}}],"additionalProperties":{"type":"boolean"}}`, []string{`{"bar":true}`, `{}`}, []string{`{"foo":1}`, `{"bar":1}`}},
	},
	"minProperties": {
		{`{"type":"object","minProperties":1}`, []string{`{"a":1}`, `{"a":1,"b":2}`, `{"a":null}`}, []string{`{}`}},
		{`{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"minProperties":2}`, []string{`{"a":1,"b":2}`, `{"a":1,"x":2}`}, []string{`{"a":1}`}},
	},
	"maxProperties": {
		{`{"type":"object","maxProperties":2}`, []string{`{}`, `{"a":1,"b":2}`}, []string{`{"a":1,"b":2,"c":3}`}},
		{`{"type":"object","maxProperties":0}`, []string{`{}`}, []string{`{"a":1}`}},
		{`{"type":"object","properties":{"a":{"type":"integer"}},"maxProperties":1}`, []string{`{"a":1}`, `{"b":1}`}, []string{`{"a":1,"b":1}`}},
	},
	"allOf": {
		{`{"allOf":[{"type":"object","properties":{"bar":{"type":"integer"}},"required":["bar"]},{"type":"object","properties":{"foo":{"type":"string"}},"required":["foo"]}]}`, []string{`{"foo":"baz","bar":2}`}, []string{`{"foo":"baz"}`, `{"bar":2}`, `{"foo":"baz","bar":"quux"}`, `{}`}},
		{`{"type":"object","properties":{"bar":{"type":"integer"}},"required":["bar"],"allOf":[{"properties":{"foo":{"type":"string"}},"required":["foo"]}]}`, []string{`{"foo":"quux","bar":2}`}, []string{`{"foo":"quux"}`, `{"bar":2}`, `{"bar":2,"foo":1}`}},
		{`{"allOf":[{"type":"number","maximum":30},{"type":"number","minimum":20}]}`, []string{`25`, `20`, `30`}, []string{`35`, `19`, `"25"`}},
		{`{"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":2}}},{"type":"object","properties":{"a":{"type":"integer","maximum":4}}}]}`, []string{`{"a":3}`, `{}`}, []string{`{"a":1}`, `{"a":5}`, `{"a":"x"}`}},
		{`{"allOf":[{"$ref":"#/components/schemas/Cat"},{"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":3}}}]}`, []string{`{"kind":"c","lives":9,"name":"Tom"}`}, []string{`{"kind":"c","lives":9}`, `{"name":"Tom"}`, `{"kind":"c","lives":9,"name":"Thomas"}`}},
		{`{"allOf":[{"anyOf":[{"type":"integer","multipleOf":2}]},{"oneOf":[{"type":"integer","multipleOf":3}]}]}`, []string{`6`, `0`}, []string{`2`, `3`, `1`}},
	},
	"anyOf": {
		{`{"anyOf":[{"type":"integer"},{"type":"number","minimum":2}]}`, []string{`1`, `2.5`, `3`}, []string{`1.5`, `"1"`}},
		{`{"type":"string","anyOf":[{"maxLength":2},{"minLength":4}]}`, []string{`"ab"`, `"abcd"`}, []string{`"abc"`, `3`}},
		{`{"anyOf":[{"type":"object","properties":{"bar":{"type":"integer"}},"required":["bar"]},{"type":"object","properties":{"foo":{"type":"string"}},"required":["foo"]}]}`, []string{`{"bar":2}`, `{"foo":"baz"}`, `{"foo":"baz","bar":2}`, `{"foo":1,"bar":2}`, `{"foo":"a","bar":"b"}`}, []string{`{"foo":2,"bar":"quux"}`, `{}`}},
		{`{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"anyOf":[{"required":["a"]},{"required":["b"]}]}`, []string{`{"a":"1"}`, `{"b":"1"}`, `{"a":"1","b":"2"}`}, []string{`{}`, `{"c":"1"}`, `{"a":1}`}},
		{`{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"string"}]}`, []string{`"a"`, `["a"]`, `[]`}, []string{`1`, `[1]`, `{}`}},
	},
	"oneOf": {
		{`{"oneOf":[{"type":"integer"},{"type":"number","minimum":2}]}`, []string{`1`, `2.5`}, []string{`3`, `1.5`, `"1"`}},
		{`{"type":"string","oneOf":[{"minLength":2},{"maxLength":4}]}`, []string{`"a"`, `"abcde"`}, []string{`"abc"`, `3`}},
		{`{"type":"object","properties":{"foo":{},"bar":{},"baz":{}},"oneOf":[{"required":["foo","bar"]},{"required":["foo","baz"]}]}`, []string{`{"foo":1,"bar":2}`, `{"foo":1,"baz":3}`}, []string{`{"bar":2}`, `{"foo":1,"bar":2,"baz":3}`, `{}`}},
		{`{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}`, []string{`{"kind":"x","lives":9}`, `{"kind":"x","tricks":[]}`, `{"kind":"x","lives":"x","tricks":[]}`}, []string{`{"kind":"x"}`, `{"kind":"x","lives":1,"tricks":[]}`, `{"kind":1,"lives":9}`, `[]`, `{}`}},
		{`{"type":"object","properties":{"pet":{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"type":"string"},{"type":"integer"}]}}}`, []string{`{}`, `{"pet":"a"}`, `{"pet":3}`, `{"pet":{"kind":"c","lives":1}}`}, []string{`{"pet":true}`, `{"pet":{"kind":"c"}}`, `{"pet":[]}`}},
	},
	"discriminator": {
		{`{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind"}}`, []string{`{"kind":"Cat","lives":9}`, `{"kind":"Dog","tricks":["sit"]}`, `{"kind":"Fish","lives":1}`}, []string{`{"lives":9}`, `{"kind":"Fish","lives":1,"tricks":[]}`, `{"tricks":[]}`, `{"kind":1,"lives":1}`, `"Cat"`}},
		{`{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"c":"#/components/schemas/Cat","d":"#/components/schemas/Dog"}}}`, []string{`{"kind":"c","lives":9}`, `{"kind":"d","tricks":[]}`}, []string{`{"kind":"c","tricks":[]}`, `{"kind":"d"}`, `{"kind":"x","lives":9}`, `{"kind":null,"lives":9}`}},
		{`{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"c":"#/components/schemas/Cat"}}}`, []string{`{"kind":"c","lives":9}`, `{"kind":"Dog","tricks":[]}`}, []string{`{"kind":"Dog","lives":9}`, `{"kind":"Cat","lives":9}`, `{"kind":"d","tricks":[]}`, `{"tricks":[]}`}},
	},
	"not": {
		{`{"not":{"type":"integer"}}`, []string{`"foo"`, `1.1`, `{}`, `[1]`}, []string{`1`, `1.0`, `-0`}},
		{`{"not":{"type":"object","properties":{"foo":{"type":"string"}}}}`, []string{`1`, `{"foo":1}`, `[]`}, []string{`{"foo":"bar"}`, `{}`}},
		{`{"type":"object","properties":{"foo":{"not":{}}}}`, []string{`{}`, `{"bar":1}`}, []string{`{"foo":1}`, `{"foo":null}`}},
		{`{"type":"string","not":{"enum":["a","b"]}}`, []string{`"c"`, `"A"`}, []string{`"a"`, `"\u0062"`, `1`}},
		{`{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"not":{"required":["a","b"]}}`, []string{`{}`, `{"a":"1"}`, `{"b":"1"}`}, []string{`{"a":"1","b":"2"}`}},
		{`{"not":{"not":{"type":"string"}}}`, []string{`"a"`}, []string{`1`}},
	},
	"$ref": {
		{`{"$ref":"#/components/schemas/Node"}`, []string{`{"value":1}`, `{"value":1,"next":{"value":2,"next":{"value":3}}}`, `{"value":1,"children":[{"value":2,"children":[]},{"value":3}]}`}, []string{`{"value":1,"next":{}}`, `{"value":1,"next":{"value":2,"next":{"value":"3"}}}`, `{"value":1,"children":[{"value":2,"x":1}]}`, `{"value":1,"next":null}`}},
		{`{"type":"array","items":{"$ref":"#/components/schemas/Cat"}}`, []string{`[]`, `[{"kind":"a","lives":1}]`}, []string{`[{"kind":"a"}]`, `[null]`, `{}`}},
	},
}

// keywords30 mean something only in OpenAPI 3.0, or mean something else there.
var keywords30 = tables{
	"nullable": {
		{`{"type":"string","nullable":true}`, []string{`"a"`, `""`, `null`}, []string{`1`, `[]`, `false`}},
		{`{"type":"object","required":["a"],"properties":{"a":{"type":"integer","nullable":true,"minimum":3}}}`, []string{`{"a":null}`, `{"a":3}`}, []string{`{}`, `{"a":2}`, `{"a":"x"}`}},
		{`{"type":"object","properties":{"a":{"type":"integer","nullable":false}}}`, []string{`{}`, `{"a":1}`}, []string{`{"a":null}`}},
		{`{"type":"array","items":{"type":"integer","nullable":true}}`, []string{`[null]`, `[1,null,2]`}, []string{`["a"]`, `null`}},
		{`{"type":"object","additionalProperties":{"type":"string","nullable":true}}`, []string{`{"a":null}`, `{"a":"b"}`}, []string{`{"a":1}`}},
		{`{"type":"string","nullable":true,"enum":["a",null]}`, []string{`"a"`, `null`}, []string{`"b"`}},
		{`{"type":"string","nullable":true,"enum":["a"]}`, []string{`"a"`}, []string{`null`, `"b"`}},
		{`{"type":"object","properties":{"pet":{"allOf":[{"$ref":"#/components/schemas/Cat"}],"nullable":true}}}`, []string{`{}`, `{"pet":{"kind":"c","lives":1}}`}, []string{`{"pet":1}`}},
	},
	"exclusiveMinimum": {
		{`{"type":"number","minimum":1.1,"exclusiveMinimum":true}`, []string{`1.2`, `1.1000001`}, []string{`1.1`, `1.10`, `0.6`}},
		{`{"type":"integer","minimum":2,"exclusiveMinimum":true}`, []string{`3`, `3.0`}, []string{`2`, `2.0`, `1`}},
		{`{"type":"integer","minimum":9007199254740992,"exclusiveMinimum":true}`, []string{`9007199254740993`}, []string{`9007199254740992`, `1`}},
		{`{"type":"integer","minimum":2,"exclusiveMinimum":false}`, []string{`2`}, []string{`1`}},
	},
	"exclusiveMaximum": {
		{`{"type":"number","maximum":3.0,"exclusiveMaximum":true}`, []string{`2.2`, `2.9999`}, []string{`3.0`, `3`, `3.5`}},
	},
}

// keywords31 are those of JSON Schema 2020-12 that OpenAPI 3.0 does not have, or that mean something else there.
var keywords31 = tables{
	"types": {
		{`{"type":["integer","string"]}`, []string{`1`, `"foo"`, `1.0`}, []string{`1.1`, `{}`, `[]`, `true`, `null`}},
		{`{"type":["string","null"]}`, []string{`"a"`, `null`}, []string{`1`, `[]`}},
		{`{"type":["array","object"]}`, []string{`[1]`, `{"a":1}`}, []string{`1`, `"a"`, `null`}},
		{`{"type":"object","required":["a"],"properties":{"a":{"type":["integer","null"],"minimum":3}}}`, []string{`{"a":null}`, `{"a":3}`}, []string{`{}`, `{"a":2}`}},
		{`{"type":"null"}`, []string{`null`}, []string{`0`, `""`, `false`, `{}`, `[]`}},
		{`{}`, []string{`null`}, nil},
		{`{"type":["string","null"],"enum":["a"]}`, []string{`"a"`}, []string{`null`, `"b"`}},
		{`{"type":["string","null"],"enum":["a",null]}`, []string{`"a"`, `null`}, []string{`"b"`}},
		{`{"type":"object","properties":{"a":{"anyOf":[{"$ref":"#/components/schemas/Cat"},{"type":"null"}]}}}`, []string{`{}`, `{"a":null}`, `{"a":{"kind":"c","lives":1}}`}, []string{`{"a":{}}`, `{"a":1}`}},
	},
	"const": {
		{`{"type":"integer","const":9007199254740993}`, []string{`9007199254740993`}, []string{`9007199254740992`, `9007199254740994`}},
		{`{"const":2}`, []string{`2`, `2.0`, `2e0`}, []string{`5`, `"2"`, `true`}},
		{`{"type":"string","const":"a"}`, []string{`"a"`}, []string{`"A"`, `""`, `null`}},
		{`{"const":{"foo":"bar","baz":1}}`, []string{`{"foo":"bar","baz":1}`, `{"baz":1.0,"foo":"bar"}`}, []string{`{"foo":"bar"}`, `[1,2]`, `{"foo":"bar","baz":1,"x":0}`}},
		{`{"const":[{"foo":"bar"}]}`, []string{`[{"foo":"bar"}]`}, []string{`[2]`, `[1,2,3]`, `[{"foo":"bar"},1]`}},
		{`{"const":null}`, []string{`null`}, []string{`0`, `""`}},
		{`{"const":false}`, []string{`false`}, []string{`0`, `[]`, `{}`, `true`}},
		{`{"const":0}`, []string{`0`, `0.0`, `-0`}, []string{`false`, `""`, `{}`}},
		{`{"type":"object","required":["kind"],"properties":{"kind":{"const":"a"}}}`, []string{`{"kind":"a"}`}, []string{`{"kind":"b"}`, `{}`, `{"kind":null}`}},
		{`{"oneOf":[{"type":"object","required":["kind","x"],"properties":{"kind":{"const":"a"},"x":{"type":"integer"}}},{"type":"object","required":["kind","y"],"properties":{"kind":{"const":"b"},"y":{"type":"integer"}}}]}`, []string{`{"kind":"a","x":1}`, `{"kind":"b","y":1}`, `{"kind":"b","y":1,"x":1}`}, []string{`{"kind":"a","y":1}`, `{"kind":"c","x":1,"y":1}`, `{"x":1}`}},
	},
	"exclusiveMinimum": {
		{`{"type":"number","exclusiveMinimum":1.1}`, []string{`1.2`}, []string{`1.1`, `0.6`}},
		{`{"type":"integer","exclusiveMinimum":0}`, []string{`1`}, []string{`0`, `-0`, `0.0`, `-1`}},
		{`{"type":"number","exclusiveMinimum":0,"minimum":5}`, []string{`5`}, []string{`1`, `0`}},
	},
	"exclusiveMaximum": {
		{`{"type":"integer","exclusiveMaximum":9007199254740993}`, []string{`9007199254740992`, `1`}, []string{`9007199254740993`, `9007199254740994`}},
		{`{"type":"number","exclusiveMaximum":3.0}`, []string{`2.2`}, []string{`3.0`, `3`, `3.5`}},
	},
	"$ref with siblings": {
		{`{"type":"object","properties":{"a":{"$ref":"#/components/schemas/Cat","required":["name"]}}}`, []string{`{"a":{"kind":"c","lives":1,"name":1}}`}, []string{`{"a":{"kind":"c","lives":1}}`, `{"a":{"name":1}}`}},
	},
	"2020-12": {
		{`{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"}}`, []string{`[1,"a"]`, `[1]`, `[]`, `[1,"a",true]`}, []string{`["a",1]`, `[1,"a",1]`}},
		{`{"type":"array","items":{},"contains":{"type":"integer","minimum":5}}`, []string{`[5]`, `[1,6]`}, []string{`[]`, `[1,2]`, `["6"]`}},
		{`{"type":"object","patternProperties":{"^f.*o$":{"type":"integer"}}}`, []string{`{"foo":1}`, `{"bar":"x"}`, `{}`}, []string{`{"foo":"bar"}`, `{"foo":1,"foooooo":"baz"}`}},
		{`{"type":"object","propertyNames":{"maxLength":3}}`, []string{`{}`, `{"f":1,"foo":2}`}, []string{`{"foobar":1}`}},
		{`{"type":"object","dependentRequired":{"bar":["foo"]}}`, []string{`{}`, `{"foo":1}`, `{"foo":1,"bar":2}`}, []string{`{"bar":2}`}},
		{`{"type":"integer","if":{"exclusiveMaximum":0},"then":{"minimum":-10},"else":{"multipleOf":2}}`, []string{`-1`, `4`, `-10`}, []string{`-100`, `3`}},
	},
}
