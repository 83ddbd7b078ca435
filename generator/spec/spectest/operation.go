package spectest

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// operation is one line of a sketch.
type operation struct{ method, path, json string }

var (
	opening       = regexp.MustCompile(`^(?:(\w+): )?(GET|PUT|POST|PATCH|DELETE) ((?:/[^ ?]*)+)`)
	pathParameter = regexp.MustCompile(`\{([^{}:]+)(?::(\w+))?\}`)
	mediaType     = regexp.MustCompile(`^[a-z*]+/[a-z0-9*.+-]+ `)
)

func (p *parser) operation() (operation, error) {
	m := opening.FindStringSubmatch(p.text)
	if m == nil {
		return operation{}, errors.New("neither an operation nor a schema")
	}
	p.pos = len(m[0])
	op := operation{method: m[2], path: pathParameter.ReplaceAllString(m[3], "{$1}")}
	var members []string
	if m[1] != "" {
		members = append(members, `"operationId":`+quote(m[1]))
	}
	parameters, err := p.parameters(m[3])
	if err != nil {
		return op, err
	}
	members = append(members, `"parameters":[`+strings.Join(parameters, ",")+"]")
	body, err := p.body()
	if err != nil {
		return op, err
	}
	responses, err := p.responses()
	if err != nil {
		return op, err
	}
	members = append(members, body+responses+p.security())
	op.json = "{" + strings.Join(members, ",") + "}"
	if rest := strings.TrimSpace(p.rest()); rest != "" && !strings.HasPrefix(rest, ";") {
		return op, fmt.Errorf("what is %q?", rest)
	}
	return op, nil
}

func (p *parser) parameters(path string) ([]string, error) {
	var out []string
	for _, m := range pathParameter.FindAllStringSubmatch(path, -1) {
		schema := "{" + words["string"] + "}"
		switch {
		case m[2] == "":
		case strings.ToUpper(m[2][:1]) == m[2][:1]:
			schema = `{"$ref":"#/components/schemas/` + m[2] + `"}`
		default:
			schema = "{" + words[m[2]] + "}"
		}
		out = append(out, fmt.Sprintf(`{"name":%q,"in":"path","required":true,"schema":%s}`, m[1], schema))
	}
	if !p.take("?") {
		return out, nil
	}
	fields, err := p.fields()
	for _, f := range fields {
		out = append(out, fmt.Sprintf(`{"name":%q,"in":"query","required":%t,"schema":%s}`, f.name, f.marks == "!", f.schema))
	}
	return out, err
}

// content reads media types with their schemas.
func (p *parser) content() (string, error) {
	var out []string
	for {
		for p.take(" ") {
		}
		media := strings.TrimSpace(mediaType.FindString(p.rest()))
		if p.pos += len(media); media == "" {
			media = "application/json"
		}
		p.take(" ")
		schema, err := p.schema()
		if err != nil {
			return "", err
		}
		out = append(out, fmt.Sprintf(`%q:{"schema":%s}`, media, schema))
		for p.take(" ") {
		}
		if !p.take("&") {
			return `"content":{` + strings.Join(out, ",") + "}", nil
		}
	}
}

func (p *parser) body() (string, error) {
	if p.take(" -> ") {
		return "", nil
	}
	p.take(" ")
	required := !p.take("?")
	content, err := p.content()
	if err == nil && !p.take("-> ") {
		err = errors.New("no answer")
	}
	return fmt.Sprintf(`"requestBody":{"required":%t,%s},`, required, content), err
}

var statusCode = regexp.MustCompile(`^(\d\w\w|default) ?`)

func (p *parser) responses() (string, error) {
	var out []string
	for {
		for p.take(" ") {
		}
		status := statusCode.FindString(p.rest())
		if status == "" {
			return "", fmt.Errorf("no status at %q", p.rest())
		}
		p.pos += len(status)
		members := []string{`"description":"."`}
		if p.rest() != "" && !strings.ContainsAny(p.rest()[:1], "/;@+ ") {
			content, err := p.content()
			if err != nil {
				return "", err
			}
			members = append(members, content)
		}
		if p.take("+") {
			headers, err := p.headers()
			if err != nil {
				return "", err
			}
			members = append(members, headers)
		}
		out = append(out, quote(strings.TrimSpace(status))+":{"+strings.Join(members, ",")+"}")
		if p.take(" "); !p.take("/") {
			return `"responses":{` + strings.Join(out, ",") + "}", nil
		}
	}
}

func (p *parser) headers() (string, error) {
	fields, err := p.fields()
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = fmt.Sprintf(`%q:{"required":%t,"schema":%s}`, f.name, f.marks == "!", f.schema)
	}
	return `"headers":{` + strings.Join(out, ",") + "}", err
}

func (p *parser) security() string {
	p.take(" ")
	if !p.take("@") {
		return ""
	}
	var out []string
	for name := range strings.SplitSeq(p.until(" ;"), ",") {
		out = append(out, "{"+quote(name)+":[]}")
	}
	return `,"security":[` + strings.Join(out, ",") + "]"
}
