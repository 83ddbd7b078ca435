package spectest

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// parser reads one line of a sketch.
type parser struct {
	text string
	pos  int
}

// words are the schemas that have a name of their own.
var words = map[string]string{
	"string": `"type":"string"`, "int": `"type":"integer"`, "number": `"type":"number"`, "bool": `"type":"boolean"`,
	"int32": `"type":"integer","format":"int32"`, "int64": `"type":"integer","format":"int64"`,
	"time": `"type":"string","format":"date-time"`, "date": `"type":"string","format":"date"`,
	"uuid": `"type":"string","format":"uuid"`, "email": `"type":"string","format":"email"`,
	"uri": `"type":"string","format":"uri"`, "byte": `"type":"string","format":"byte"`,
	"file": `"type":"string","format":"binary"`, "any": ``, "object": `"type":"object"`,
}

func (p *parser) rest() string { return p.text[p.pos:] }

// take goes past token if it comes next.
func (p *parser) take(token string) bool {
	if !strings.HasPrefix(p.rest(), token) {
		return false
	}
	p.pos += len(token)
	return true
}

func (p *parser) until(stop string) string {
	n := strings.IndexAny(p.rest(), stop)
	if n < 0 {
		n = len(p.rest())
	}
	found := p.rest()[:n]
	p.pos += n
	return found
}

// schema reads a schema with what stands behind it, as JSON.
func (p *parser) schema() (string, error) {
	members, err := p.base()
	if err != nil {
		return "", err
	}
	var extra []string
	if p.take("|null") {
		extra = append(extra, `"nullable":true`)
	}
	if p.take("=") {
		value, err := p.json()
		if err != nil {
			return "", err
		}
		extra = append(extra, `"default":`+value)
	}
	return object(members, extra...), nil
}

// object is a JSON object. A reference with something beside it goes into an allOf.
func object(members string, extra ...string) string {
	if strings.HasPrefix(members, `"$ref"`) && len(extra) > 0 {
		members = `"allOf":[{` + members + `}]`
	}
	if members != "" {
		extra = append([]string{members}, extra...)
	}
	return "{" + strings.Join(extra, ",") + "}"
}

func (p *parser) json() (string, error) {
	var value json.RawMessage
	dec := json.NewDecoder(strings.NewReader(p.rest()))
	err := dec.Decode(&value)
	p.pos += int(dec.InputOffset())
	return string(value), err
}

func (p *parser) base() (string, error) {
	switch {
	case p.take("["):
		elem, err := p.schema()
		if err == nil && !p.take("]") {
			err = errors.New("a list does not end")
		}
		return `"type":"array","items":` + elem, err
	case p.take("{"):
		return p.properties()
	case p.take("<"):
		value, err := p.json()
		if err == nil && !p.take(">") {
			err = errors.New("JSON does not end")
		}
		return strings.TrimSuffix(strings.TrimPrefix(value, "{"), "}"), err
	}
	word := p.until(" ,()[]{}|=;&/")
	switch {
	case word == "enum" && p.take("("):
		values := strings.Split(p.until(")"), ",")
		p.pos++
		return `"type":"string","enum":["` + strings.Join(values, `","`) + `"]`, nil
	case p.take("("):
		return p.composed(word)
	case word != "" && strings.ToUpper(word[:1]) == word[:1]:
		return `"$ref":"#/components/schemas/` + word + `"`, nil
	}
	members, ok := words[word]
	if !ok {
		return "", fmt.Errorf("no schema is called %q", word)
	}
	return members, nil
}

func (p *parser) composed(word string) (string, error) {
	var parts []string
	for !p.take(")") {
		part, err := p.schema()
		if err != nil {
			return "", err
		}
		if parts = append(parts, part); !p.take(",") && !strings.HasPrefix(p.rest(), ")") {
			return "", errors.New(word + " does not end")
		}
	}
	if word == "map" {
		return `"type":"object","additionalProperties":` + parts[0], nil
	}
	return quote(word) + ":[" + strings.Join(parts, ",") + "]", nil
}

// field is a property or a parameter: what its marks mean depends on where it stands.
type field struct {
	name, schema, marks string
}

var fieldName = regexp.MustCompile(`^("[^"]*"|[^"?!~:,{}=;/ ]+)`)

func (p *parser) field() (field, error) {
	for p.take(" ") {
	}
	name := fieldName.FindString(p.rest())
	if name == "" {
		return field{}, fmt.Errorf("a property is missing at %q", p.rest())
	}
	p.pos += len(name)
	f := field{name: strings.Trim(name, `"`), schema: `{"type":"string"}`}
	for p.rest() != "" && strings.ContainsAny(p.rest()[:1], "?!~") {
		f.marks += p.rest()[:1]
		p.pos++
	}
	if !p.take(":") {
		return f, nil
	}
	var err error
	f.schema, err = p.schema()
	return f, err
}

// fields reads fields with commas between them.
func (p *parser) fields() ([]field, error) {
	var out []field
	for {
		f, err := p.field()
		if err != nil {
			return nil, err
		}
		if out = append(out, f); !p.take(",") {
			return out, nil
		}
	}
}

func (p *parser) properties() (string, error) {
	if p.take("}") {
		return `"type":"object"`, nil
	}
	fields, err := p.fields()
	if err == nil && !p.take("}") {
		err = errors.New("an object does not end")
	}
	var properties, required []string
	for _, f := range fields {
		var marks []string
		if strings.Contains(f.marks, "!") {
			marks = append(marks, `"readOnly":true`)
		}
		if strings.Contains(f.marks, "~") {
			marks = append(marks, `"writeOnly":true`)
		}
		if !strings.Contains(f.marks, "?") {
			required = append(required, quote(f.name))
		}
		members := strings.TrimSuffix(strings.TrimPrefix(f.schema, "{"), "}")
		properties = append(properties, quote(f.name)+":"+object(members, marks...))
	}
	out := `"type":"object","properties":{` + strings.Join(properties, ",") + "}"
	if len(required) > 0 {
		out += `,"required":[` + strings.Join(required, ",") + "]"
	}
	return out, err
}
