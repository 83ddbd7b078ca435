package main

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// numbers are where implementations of numbers differ.
var numbers = []string{
	"0", "-0", "1", "-1", "1.0", "1e3", "1E+3", "10e-1", "0.5", "1.5", "0.1", "0.30000000000000004", "3.0000000000000001",
	"127", "128", "255", "256", "32767", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296",
	"9007199254740991", "9007199254740992", "9007199254740993", "9223372036854775807", "9223372036854775808",
	"-9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e19", "9.223372036854775807e18",
	"1e16", "1000000000000000000.0", "900719925474099300e-2", "1e999999999", "1e308", "1e309", "-1e400", "1e-400", "123456789012345678901234567890",
}

// clues are what the bounds of a schema make interesting.
type clues struct {
	numbers []string
	lengths []int
	strings []string
	names   []string
}

// cluesOf collects them from a schema and all below it.
func cluesOf(schema *openapi3.SchemaRef) clues {
	c := clues{numbers: slices.Clone(numbers), lengths: []int{0, 1}, strings: []string{"", "null", "true", "1"}}
	if schema == nil {
		return c
	}
	_ = schema.WalkSubtree(func(_ string, ref *openapi3.SchemaRef) error {
		if ref.Value != nil {
			c.add(ref.Value)
		}
		return nil
	})
	return c
}

func (c *clues) add(s *openapi3.Schema) {
	for _, bound := range []*float64{s.Min, s.Max, s.MultipleOf} {
		if bound != nil {
			for _, by := range []float64{-1, -0.5, 0, 0.5, 1} {
				c.numbers = append(c.numbers, string(numberOf(*bound+by)))
			}
		}
	}
	for _, bound := range []*uint64{&s.MinLength, s.MaxLength, &s.MinItems, s.MaxItems, &s.MinProps, s.MaxProps} {
		if bound != nil && *bound > 0 && *bound < 5000 {
			c.lengths = append(c.lengths, int(*bound)-1, int(*bound), int(*bound)+1)
		}
	}
	for _, v := range s.Enum {
		if text, ok := v.(string); ok {
			c.strings = append(c.strings, text, strings.ToUpper(text), text+" ")
		}
	}
	for name := range s.Properties {
		c.names = append(c.names, name)
	}
	slices.Sort(c.names)
	c.names = slices.Compact(c.names)
}

// mutator makes one value of another that differs in one place.
type mutator struct {
	maker
	clues
	// at is the place that changes, counting down.
	at int
}

// mutate changes one place of a value.
func (m *mutator) mutate(v any) any {
	m.at = m.rng.IntN(places(v))
	return m.walk(v)
}

func places(v any) int {
	n := 1
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += places(item)
		}
	case object:
		for _, member := range v {
			n += places(member.value)
		}
	}
	return n
}

func (m *mutator) walk(v any) any {
	m.at--
	if m.at < 0 {
		m.at = 1 << 30
		return m.change(v)
	}
	switch v := v.(type) {
	case []any:
		list := slices.Clone(v)
		for i := range list {
			list[i] = m.walk(list[i])
		}
		return list
	case object:
		o := slices.Clone(v)
		for i := range o {
			o[i].value = m.walk(o[i].value)
		}
		return o
	}
	return v
}

// change is something else in place of a value.
func (m *mutator) change(v any) any {
	if m.chance(20) {
		return m.other()
	}
	switch v := v.(type) {
	case string:
		return m.changeText(v)
	case json.Number:
		return json.Number(pick(&m.maker, m.numbers))
	case bool:
		return pick(&m.maker, []any{!v, "true", json.Number("1"), json.Number("0")})
	case []any:
		return m.changeList(v)
	case object:
		return m.changeObject(v)
	}
	return m.other()
}

// other is any kind of value.
func (m *mutator) other() any {
	return pick(&m.maker, []any{
		nil, true, "text", "", json.Number("1"), json.Number("1.5"), []any{}, object{}, []any{nil}, object{{"a", nil}},
		raw(strings.Repeat("[", 1001) + strings.Repeat("]", 1001)), json.Number(pick(&m.maker, m.numbers)),
	})
}

func (m *mutator) changeText(s string) any {
	switch m.rng.IntN(7) {
	case 0:
		return pick(&m.maker, m.strings)
	case 1:
		return s + "\U0001f600"
	case 2:
		return strings.ToUpper(s)
	case 3:
		return raw(`"` + pick(&m.maker, []string{"\xff", "\xc0\xaf", "\xed\xa0\x80", `\ud800`, `\udc00\ud800`, "\x01", `\x`, `\u12`, `\/`}) + `"`)
	case 4:
		return s + pick(&m.maker, []string{" ", "\n", "Z", "0", "\u0000"})
	case 5:
		runes := []rune(s)
		if len(runes) > 0 {
			return string(slices.Delete(runes, 0, 1))
		}
		return "x"
	}
	return m.characters(pick(&m.maker, m.lengths))
}

func (m *mutator) changeList(list []any) any {
	list = slices.Clone(list)
	if len(list) == 0 {
		return []any{m.other()}
	}
	switch m.rng.IntN(4) {
	case 0:
		return append(list, list[m.rng.IntN(len(list))])
	case 1:
		return list[1:]
	case 2:
		n := pick(&m.maker, m.lengths)
		for i := 0; len(list) < n; i++ {
			list = append(list, list[i])
		}
		return list[:n]
	}
	return append(list, m.other())
}

func (m *mutator) changeObject(o object) any {
	o = slices.Clone(o)
	switch n := m.rng.IntN(5); {
	case n == 0 && len(o) > 0: // one less
		return slices.Delete(o, 0, 1)
	case n == 1 && len(o) > 0: // one twice
		return append(o, o[m.rng.IntN(len(o))])
	case n == 2 && len(o) > 0: // another case
		o[0].name = strings.ToUpper(o[0].name)
		return o
	case n == 3 && len(m.names) > 0:
		return o.with(pick(&m.maker, m.names), m.other())
	}
	return o.with(m.word(), m.other())
}

// inserted are bytes that JSON, or what looks like it, consists of.
const inserted = "{}[],:\"\\01eE+-.\x00\xff\xef\xbb\xbfnt "

// damage changes a text without regard to JSON.
func damage(rng *rand.Rand, text []byte) []byte {
	if len(text) == 0 {
		return []byte(" ")
	}
	text, at := slices.Clone(text), rng.IntN(len(text))
	switch rng.IntN(6) {
	case 0:
		return text[:at]
	case 1:
		text[at] = byte(rng.IntN(256))
		return text
	case 2:
		return slices.Insert(text, at, inserted[rng.IntN(len(inserted))])
	case 3:
		return slices.Delete(text, at, at+1)
	case 4:
		return append(text, pickBytes(rng, " ", "}", "]", "null", "\x00", ",", "//")...)
	}
	return append([]byte(pickBytes(rng, "\xef\xbb\xbf", " \n", "[", "+", ",")), text...)
}

func pickBytes(rng *rand.Rand, list ...string) string { return list[rng.IntN(len(list))] }
