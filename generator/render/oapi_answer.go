package render

import (
	"fmt"
	"strings"
)

// In what oapi-codegen writes, two kinds of line stand for how an answer is written. What follows is
// separated by tabs.
const (
	// headerMark begins a line about a header: its name as a Go string, its field, the field's type.
	headerMark = "//gen:header "
	// jsonMark begins a line about a body: the status, the media type, the type of the body.
	jsonMark = "//gen:json "
)

// answers writes answers.
type answers struct {
	// value is the Go that writes a value as JSON to w. Nil leaves that to encoding/json.
	value func(value, goType string) (string, error)
}

// write puts Go in place of the lines that stand for it.
func (a answers) write(code string) (string, error) {
	var out strings.Builder
	for line := range strings.Lines(code) {
		header, isHeader := strings.CutPrefix(line, headerMark)
		body, isBody := strings.CutPrefix(line, jsonMark)
		var err error
		switch {
		case isHeader:
			parts := strings.Split(strings.TrimSuffix(header, "\n"), "\t")
			line = a.header(parts[0], "response.Headers."+parts[1], parts[2])
		case isBody:
			parts := strings.Split(strings.TrimSuffix(body, "\n"), "\t")
			line, err = a.body(parts[0], parts[1], parts[2])
		}
		if err != nil {
			return "", err
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

func (a answers) header(name, field, goType string) string {
	if a.value == nil {
		return fmt.Sprintf("setHeader(rw, %s, %s)\n", name, field)
	}
	base, optional := strings.CutPrefix(goType, "*")
	if !optional {
		return fmt.Sprintf("rw.Header().Set(%s, %s)\n", name, headerText(field, base))
	}
	return fmt.Sprintf("if h := %s; h != nil {\nrw.Header().Set(%s, %s)\n}\n", field, name, headerText("*h", base))
}

// headerText is a value as a header has it.
func headerText(value, goType string) string {
	switch goType {
	case "string":
		return value
	case "int":
		return "strconv.Itoa(" + value + ")"
	case "bool":
		return "strconv.FormatBool(" + value + ")"
	case "int64":
		return "strconv.FormatInt(" + value + ", 10)"
	case "int8", "int16", "int32":
		return "strconv.FormatInt(int64(" + value + "), 10)"
	}
	return "fmt.Sprint(" + value + ")"
}

func (a answers) body(status, mediaType, goType string) (string, error) {
	if a.value == nil {
		return fmt.Sprintf("return writeJSON(rw, %s, %s, response.Body)\n", status, mediaType), nil
	}
	value, err := a.value("response.Body", goType)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("w := newWriter()\n%sreturn w.send(rw, %s, %s)\n", value, status, mediaType), nil
}
