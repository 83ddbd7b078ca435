package spec

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"
)

// duplicate records a key that an object has twice. The first one counts.
func (r *report) duplicate(at Position, pointer, key string, first Position) {
	r.fail(at, pointer, fmt.Sprintf("the key %s is here twice, first at line %d, column %d", quote(key), first.Line, first.Column), "remove or rename one of them")
}

// read parses the bytes as JSON or YAML. A syntax error stops it and is recorded, root is nil then.
func read(file string, data []byte, r *report) (root *node, isJSON bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	looksJSON := bytes.HasPrefix(bytes.TrimSpace(data), []byte("{"))
	if err := checkText(file, data); err != nil {
		r.syntax(err)
		return nil, looksJSON
	}
	if !looksJSON {
		root, err := readYAML(file, data, r)
		r.syntax(err)
		return root, false
	}
	root, err := readJSON(file, data, r)
	if err != nil && path.Ext(file) != ".json" {
		found := &report{strict: r.strict}
		if flow, yamlErr := readYAML(file, data, found); yamlErr == nil {
			r.errors, r.warnings = append(r.errors, found.errors...), append(r.warnings, found.warnings...)
			return flow, false
		}
	}
	r.syntax(err)
	return root, true
}

func (r *report) syntax(err error) {
	if syntax, ok := errors.AsType[*syntaxError](err); ok {
		r.fail(syntax.at, "", syntax.problem, syntax.advice)
	}
}

// checkText refuses what is empty or no text.
func checkText(file string, data []byte) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return &syntaxError{at: Position{File: file}, problem: "the file is empty", advice: "fill it, or name another file"}
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		return &syntaxError{at: Position{File: file}, problem: "the file is UTF-16", advice: "save it as UTF-8"}
	case utf8.Valid(data):
		return nil
	}
	line, column := 1, 1
	for rest := data; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if column++; c == '\n' {
			line, column = line+1, 1
		}
		rest = rest[size:]
	}
	return &syntaxError{at: Position{File: file, Line: line, Column: column}, problem: "the file is not UTF-8", advice: "save it as UTF-8; gen reads YAML and JSON"}
}

// quote quotes a name for a message and shortens it when it is long.
func quote(text string) string {
	if utf8.RuneCountInString(text) > 60 {
		text = string([]rune(text)[:57]) + "..."
	}
	return strconv.Quote(strings.ToValidUTF8(text, "?"))
}
