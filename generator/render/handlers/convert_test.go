package handlers

import (
	"encoding/json"
	"testing"

	"gen/generator/model"
)

var (
	str      = &model.Type{Kind: model.String, Basic: "string"}
	alias    = &model.Type{Name: "Title", Alias: true, Kind: model.String, Basic: "string"}
	state    = &model.Type{Name: "State", Kind: model.String, Basic: "string", Enum: []model.EnumValue{{Value: "on", GoName: "StateOn"}}}
	long     = &model.Type{Kind: model.Integer, Basic: "int64"}
	moment   = &model.Type{Kind: model.String, Basic: "time.Time", Format: "date-time"}
	id       = &model.Type{Kind: model.String, Basic: "openapi_types.UUID", Format: "uuid"}
	raw      = &model.Type{Kind: model.String, Basic: "[]byte", Format: "byte"}
	anything = &model.Type{Kind: model.Any, Basic: "any"}
	list     = &model.Type{Kind: model.Array, Elem: str}
	titles   = &model.Type{Kind: model.Array, Elem: alias}
	dict     = &model.Type{Kind: model.Map, Elem: long}
	post     = &model.Type{Name: "Post", Kind: model.Object}
	draft    = &model.Type{Name: "Draft", Kind: model.Object}
)

func plain(t *model.Type) slot    { return slot{t: t, required: true} }
func pointer(t *model.Type) slot  { return slot{t: t, optional: true} }
func absent(t *model.Type) slot   { return slot{t: t} }
func nullable(t *model.Type) slot { return slot{t: t, nullable: true} }
func null(t *model.Type) slot     { return slot{t: t, nullable: true, required: true} }

func TestConvert(t *testing.T) {
	for _, test := range []struct {
		from, to       slot
		fallback, want string
	}{
		{plain(str), plain(str), "", `x`},
		{plain(str), pointer(str), "", `new(x)`},
		{plain(str), nullable(str), "", `nullable.NewNullableWithValue(x)`},
		{pointer(str), plain(str), "", `or(x, "")`},
		{pointer(str), plain(str), `"a"`, `or(x, "a")`},
		{pointer(str), pointer(str), "", `x`},
		{pointer(str), pointer(str), `"a"`, `new(or(x, "a"))`},
		{pointer(str), nullable(str), "", `null(x)`},
		{pointer(str), nullable(str), `"a"`, `nullable.NewNullableWithValue(or(x, "a"))`},
		{nullable(str), plain(str), "", `or(optional(x), "")`},
		{nullable(str), plain(str), `"a"`, `or(optional(x), "a")`},
		{nullable(str), pointer(str), "", `optional(x)`},
		{nullable(str), pointer(str), `"a"`, `new(or(optional(x), "a"))`},
		{nullable(str), nullable(str), "", `x`},
		{null(str), null(str), "", `x`},
		{nullable(str), null(str), "", `null(optional(x))`},
		{nullable(str), null(str), `"a"`, `nullable.NewNullableWithValue(or(optional(x), "a"))`},

		{plain(alias), plain(str), "", `x`},
		{plain(state), plain(str), "", `string(x)`},
		{plain(str), plain(state), "", `api.State(x)`},
		{plain(str), pointer(state), "", `new(api.State(x))`},
		{plain(str), nullable(state), "", `nullable.NewNullableWithValue(api.State(x))`},
		{pointer(state), plain(str), "api.StateOn", `string(or(x, api.StateOn))`},
		{pointer(state), pointer(str), "", `reshape[*string](x)`},
		{pointer(state), nullable(str), "", `reshape[nullable.Nullable[string]](x)`},
		{nullable(state), plain(str), "", `string(or(optional(x), ""))`},
		{nullable(state), pointer(str), "", `reshape[*string](optional(x))`},
		{nullable(state), nullable(str), "", `reshape[nullable.Nullable[string]](optional(x))`},
		{plain(long), plain(&model.Type{Kind: model.Number, Basic: "float64"}), "", `float64(x)`},

		{plain(str), plain(long), "", `reshape[int64](json.Number(x))`},
		{plain(state), plain(long), "", `reshape[int64](json.Number(string(x)))`},
		{plain(long), plain(str), "", `fmt.Sprint(x)`},
		{plain(long), plain(state), "", `api.State(fmt.Sprint(x))`},
		{plain(long), pointer(str), "", `new(fmt.Sprint(x))`},
		{plain(str), plain(id), "", `reshape[openapi_types.UUID](x)`},
		{pointer(str), pointer(long), "", `reshape[*int64](x)`},
		{pointer(moment), plain(str), `now`, `reshape[string](or(x, now))`},
		{nullable(draft), plain(post), "d", `reshape[api.Post](or(optional(x), d))`},
		{plain(draft), plain(post), "", `reshape[api.Post](x)`},
		{pointer(post), plain(post), "", `or(x, api.Post{})`},

		{absent(list), plain(list), "", `list(x)`},
		{plain(list), plain(list), "", `x`},
		{absent(list), absent(list), "", `x`},
		{absent(list), absent(list), "d", `orList(x, d)`},
		{absent(list), plain(list), "d", `orList(x, d)`},
		{absent(dict), plain(dict), "d", `orDict(x, d)`},
		{absent(&model.Type{Kind: model.Array, Elem: state}), absent(list), "d", `reshape[[]string](orList(x, d))`},
		{absent(titles), plain(list), "", `list(x)`},
		{absent(dict), plain(dict), "", `dict(x)`},
		{absent(raw), plain(raw), "", `append([]byte{}, x...)`},
		{absent(list), plain(dict), "", `dict(reshape[map[string]int64](x))`},
		{nullable(list), plain(list), "", `or(optional(x), []string{})`},
		{plain(anything), plain(anything), "", `x`},
	} {
		if got := convert("x", test.from, test.to, test.fallback); got != test.want {
			t.Errorf("from %s to %s (required %t), else %q: %s, want %s",
				test.from.expr(), test.to.expr(), test.to.required, test.fallback, got, test.want)
		}
	}
}

// TestConvertSent holds that null stays null, where it may, and that what was not sent is the default.
func TestConvertSent(t *testing.T) {
	for _, test := range []struct {
		from, to slot
		fallback string
		nullFits bool
		want     string
	}{
		{nullable(str), nullable(str), `"a"`, true, `orDefault(x, "a")`},
		{nullable(str), null(str), `"a"`, true, `orDefault(x, "a")`},
		{nullable(list), nullable(list), "d", true, `orDefault(x, d)`},
		{nullable(state), nullable(str), "api.StateOn", true, `reshape[nullable.Nullable[string]](orDefault(x, api.StateOn))`},
		{nullable(str), nullable(str), "", true, `x`},
		{null(str), null(str), `"a"`, true, `x`},
		{nullable(str), null(str), `"a"`, false, `nullable.NewNullableWithValue(or(optional(x), "a"))`},
		{nullable(str), plain(str), `"a"`, true, `or(optional(x), "a")`},
		{pointer(str), nullable(str), `"a"`, true, `nullable.NewNullableWithValue(or(x, "a"))`},
	} {
		if got := convertSent("x", test.from, test.to, test.fallback, test.nullFits); got != test.want {
			t.Errorf("from %s to %s (required %t), else %q: %s, want %s",
				test.from.expr(), test.to.expr(), test.to.required, test.fallback, got, test.want)
		}
	}
}

func TestZero(t *testing.T) {
	for _, test := range []struct {
		t    *model.Type
		want string
	}{
		{str, `""`}, {alias, `""`}, {long, "0"}, {&model.Type{Kind: model.Boolean, Basic: "bool"}, "false"},
		{state, `""`}, {moment, "*new(time.Time)"}, {id, "*new(openapi_types.UUID)"}, {raw, "*new([]byte)"},
		{anything, "nil"}, {list, "[]string{}"}, {titles, "[]string{}"}, {dict, "map[string]int64{}"}, {post, "api.Post{}"},
		{&model.Type{Name: "Shape", Kind: model.Union}, "*new(api.Shape)"},
	} {
		if got := zero(test.t); got != test.want {
			t.Errorf("zero of %s is %s, want %s", test.t.Expr(), got, test.want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for _, test := range []struct {
		value any
		t     *model.Type
		want  string
	}{
		{"a\"b", str, `"a\"b"`},
		{"on", state, "api.StateOn"},
		{"a", alias, `"a"`},
		{7.0, long, "7"},
		{int64(7), long, "7"},
		{json.Number("9007199254740993"), long, "9007199254740993"},
		{json.Number("18446744073709551615"), long, `parse[int64]("18446744073709551615")`},
		{1.25, &model.Type{Kind: model.Number, Basic: "float64"}, "1.25"},
		{1e20, &model.Type{Kind: model.Number, Basic: "float64"}, "1e+20"},
		{true, &model.Type{Kind: model.Boolean, Basic: "bool"}, "true"},
		{nil, list, "[]string{}"},
		{[]any{}, list, "[]string{}"},
		{[]any{"a"}, list, `parse[[]string]("[\"a\"]")`},
		{map[string]any{}, dict, "map[string]int64{}"},
		{map[string]any{}, anything, "map[string]any{}"},
		{map[string]any{"a": 1.0}, post, `parse[api.Post]("{\"a\":1}")`},
		{"2020-01-02T03:04:05Z", moment, `parse[time.Time]("\"2020-01-02T03:04:05Z\"")`},
		{"7", long, `parse[int64]("\"7\"")`},
	} {
		if got := literal(test.value, test.t); got != test.want {
			t.Errorf("%#v as %s is %s, want %s", test.value, test.t.Expr(), got, test.want)
		}
	}
}

func TestClock(t *testing.T) {
	stamp := &model.Type{Name: "Stamp", Kind: model.String, Basic: "time.Time", Alias: true}
	for _, test := range []struct {
		to   slot
		want string
	}{
		{plain(moment), "now"},
		{plain(stamp), "now"},
		{pointer(moment), "new(now)"},
		{nullable(moment), "nullable.NewNullableWithValue(now)"},
		{plain(long), "now.Unix()"},
		{plain(&model.Type{Kind: model.Integer, Basic: "int32"}), "int32(now.Unix())"},
		{pointer(&model.Type{Kind: model.Number, Basic: "float64"}), "new(float64(now.Unix()))"},
		{plain(str), "now.Format(time.RFC3339)"},
	} {
		got := clock(test.to)
		if got != test.want {
			t.Errorf("the time as %s is %s, want %s", test.to.expr(), got, test.want)
		}
		if !usesClock(got) {
			t.Errorf("%s does not seem to use the clock", got)
		}
	}
	for _, code := range []string{`"right now"`, "req.Body.Knowledge", "renow", ""} {
		if usesClock(code) {
			t.Errorf("%s seems to use the clock", code)
		}
	}
}
