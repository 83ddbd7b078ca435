package codec_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gen/generator/model"
)

// comparison is a test of package api that reads texts with the decoders and with the validator of
// kin-openapi, and says where they differ. It fails where only one of them accepts a text, where they
// make different values of it, or, if exact, where they find different faults.
const comparison = `package api

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

type subject struct {
	method, path, media string
	ours func(*reader) any
	theirs func(*input) any
}

func TestDecoders(t *testing.T) {
	document, err := os.ReadFile("document.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := newValidator(document)
	if err != nil {
		t.Fatal(err)
	}
	var texts [][]string
	data, err := os.ReadFile("texts.json")
	if err == nil {
		err = json.Unmarshal(data, &texts)
	}
	if err != nil {
		t.Fatal(err)
	}
	said, accepted, refused, alike := 0, 0, 0, 0
	for i, s := range subjects {
		for _, text := range texts[i] {
			r := new(reader)
			r.reset([]byte(text))
			got := s.ours(r)
			found, broken := r.done()
			want, faults, wasBroken := compare(v, s, text)
			difference := ""
			switch {
			case broken != wasBroken || (len(found) == 0) != (len(faults) == 0):
				difference = "only one accepts it"
			case len(found) > 0:
				refused++
				if reflect.DeepEqual(found, faults) {
					alike++
				} else if EXACT {
					difference = "other faults"
				}
			default:
				accepted++
				a, _ := json.Marshal(got)
				b, _ := json.Marshal(want)
				if !sameText(a, b) {
					difference = "other values: " + string(a) + " for " + string(b)
				}
			}
			if difference != "" {
				if said++; said < 25 {
					t.Errorf("%s %s of %.200s: %.400s\n  ours   %v\n  theirs %v", s.method, s.path, text, difference, found, faults)
				}
			}
		}
	}
	t.Logf("%d accepted, %d refused, %d with the same faults, %d differences", accepted, refused, alike, said)
}

func sameText(a, b []byte) bool {
	x, _ := parseJSON(a)
	y, _ := parseJSON(b)
	return x != nil && reflect.DeepEqual(x, y) || string(a) == string(b)
}

func compare(v *validator, s subject, text string) (value any, faults []Invalid, broken bool) {
	in := &input{kind: jsonBody, status: 422, raw: []byte(text)}
	c := content{name: s.media}
	if documented := v.operations[s.method+" "+s.path].body.Content[s.media]; documented.Schema != nil {
		c.schema = documented.Schema.Value
	}
	v.checkContent(media{kind: jsonBody, content: c}, in)
	if len(in.invalid) > 0 {
		return nil, in.invalid, in.status == 400
	}
	value = s.theirs(in)
	return value, in.invalid, false
}

`

// compareFiles are the files of the comparison: the texts are those of each subject.
func (m made) compareFiles(document []byte, exact bool, texts func(op *model.Operation, b *model.Body) []string) {
	var table strings.Builder
	table.WriteString("var subjects = []subject{\n")
	var all [][]string
	for _, op := range m.api.Operations {
		for _, b := range op.Bodies {
			body, ok := m.decoders.Body(op, b.MediaType)
			if !ok || body.Func == "" {
				continue
			}
			unless := ""
			if body.Nullable {
				unless = "if r.null() { return v }\n"
			}
			fmt.Fprintf(&table, "{%q, %q, %q,\nfunc(r *reader) any { var v *%s\n%sv = new(%s); %s(r, v); return v },\nfunc(in *input) any { var v *%s; in.decode(&v); return v }},\n",
				op.Method, op.Path, b.MediaType, b.GoType, unless, b.GoType, body.Func, b.GoType)
			all = append(all, texts(op, b))
		}
	}
	table.WriteString("}\n")
	data, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	m.files["texts.json"], m.files["document.json"] = data, document
	m.files["compare_test.go"] = []byte(strings.ReplaceAll(comparison, "EXACT", fmt.Sprint(exact)) + table.String())
}

// spoiled are texts of values, and of each with one part changed.
func spoiled(values []any, most int) []string {
	var texts []string
	for _, value := range values {
		texts = append(texts, textOf(value))
		for _, other := range changed(value) {
			texts = append(texts, textOf(other))
		}
		texts = append(texts, strings.Replace(textOf(value), "{", `{"zz":1,"zz":2,`, 1), strings.ReplaceAll(textOf(value), "1", "1.0"))
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	if len(texts) > most {
		step := len(texts)/most + 1
		var some []string
		for i := 0; i < len(texts); i += step {
			some = append(some, texts[i])
		}
		return some
	}
	return texts
}

func textOf(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

var odd = []any{
	nil, true, json.Number("0"), json.Number("1.5"), json.Number("-1"), json.Number("1e400"), json.Number("9007199254740993"), json.Number("99999999999999999999"), json.Number("1e2"),
	"", "x", "é", strings.Repeat("long ", 2000), "2026-01-31", "2026-01-31T12:00:00Z", "7d444840-9dc0-11d1-b245-5ffdce74fad2", "a@b.example", "https://a.example/b",
	[]any{}, []any{nil}, []any{"x", "x"}, []any{json.Number("1"), json.Number("1.0")}, map[string]any{}, map[string]any{"zz": nil},
}

// changed are copies of a value with one part changed.
func changed(value any) (out []any) {
	out = append(out, odd...)
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			without := maps.Clone(value)
			delete(without, name)
			out = append(out, without)
			for _, other := range changed(value[name]) {
				with := maps.Clone(value)
				with[name] = other
				out = append(out, with)
			}
		}
		more := maps.Clone(value)
		more["zz"] = map[string]any{"a": json.Number("1")}
		out = append(out, more)
	case []any:
		for i := range min(len(value), 2) {
			for _, other := range changed(value[i]) {
				with := slices.Clone(value)
				with[i] = other
				out = append(out, with)
			}
		}
		if len(value) > 0 {
			out = append(out, append(slices.Clone(value), value[0]), slices.Repeat(value, 5))
		}
	}
	return out
}
