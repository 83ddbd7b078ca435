package spec

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep values may be nested. Real documents stay under 50.
const maxDepth = 400

// jsonReader reads JSON and keeps the position of everything. It stops at the first syntax error.
type jsonReader struct {
	file   string
	data   []byte
	pos    int
	depth  int
	line   int
	start  int // where the line starts
	seen   int // the columns up to here are counted
	column int // of seen
	keys   map[string]string
	report *report
	path   []string
}

// syntaxError is what stops a reader.
type syntaxError struct {
	at              Position
	problem, advice string
}

func (e *syntaxError) Error() string { return e.problem }

func readJSON(file string, data []byte, r *report) (*node, error) {
	reader := &jsonReader{file: file, data: data, line: 1, column: 1, keys: map[string]string{}, report: r}
	root, err := reader.value()
	if err != nil {
		return nil, err
	}
	if reader.space(); reader.pos < len(data) {
		return nil, reader.fail("text after the end of the document", "remove it")
	}
	return root, nil
}

// at returns the position of the next byte, its column counted in characters.
func (r *jsonReader) at() Position {
	r.column += utf8.RuneCount(r.data[r.seen:r.pos])
	r.seen = r.pos
	return Position{File: r.file, Line: r.line, Column: r.column}
}

func (r *jsonReader) fail(problem, advice string) error {
	return &syntaxError{at: r.at(), problem: problem, advice: advice}
}

func (r *jsonReader) space() {
	for r.pos < len(r.data) {
		switch r.data[r.pos] {
		case '\n':
			r.line++
			r.start, r.seen, r.column = r.pos+1, r.pos+1, 1
		case ' ', '\t', '\r':
		default:
			return
		}
		r.pos++
	}
}

// next skips white space and returns the next byte, 0 at the end.
func (r *jsonReader) next() byte {
	r.space()
	if r.pos == len(r.data) {
		return 0
	}
	return r.data[r.pos]
}

func (r *jsonReader) value() (*node, error) {
	c := r.next()
	at := r.at()
	switch {
	case c == '{' || c == '[':
		if r.depth++; r.depth > maxDepth {
			return nil, r.fail(fmt.Sprintf("values are nested more than %d deep", maxDepth), "flatten them")
		}
		defer func() { r.depth-- }()
		if c == '{' {
			return r.object(at)
		}
		return r.list(at)
	case c == '"':
		text, err := r.string()
		return &node{shape: shapeText, at: at, text: text}, err
	case c == 0 && r.pos == len(r.data):
		return nil, r.fail("the document ends in the middle", "close every brace, bracket and quote")
	default:
		return r.literal(at)
	}
}

func (r *jsonReader) literal(at Position) (*node, error) {
	end := r.pos
	for end < len(r.data) && !strings.ContainsRune(" \t\r\n,]}:\"", rune(r.data[end])) {
		end++
	}
	word := string(r.data[r.pos:end])
	n := &node{at: at, text: word}
	switch {
	case word == "null":
		n.text = ""
	case word == "true" || word == "false":
		n.shape = shapeBool
	case json.Valid([]byte(word)):
		n.shape = shapeNumber
	default:
		if word == "" {
			word = string(r.data[r.pos : r.pos+1])
		}
		return nil, r.fail(fmt.Sprintf("%s is no JSON value", quote(word)), "put strings into double quotes, and a comma only between values")
	}
	r.pos = end
	return n, nil
}

func (r *jsonReader) list(at Position) (*node, error) {
	n := newList(at)
	r.pos++
	if r.next() == ']' {
		r.pos++
		return n, nil
	}
	for {
		r.path = append(r.path, fmt.Sprint(len(n.items)))
		item, err := r.value()
		r.path = r.path[:len(r.path)-1]
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
		if more, err := r.more(']', "list"); !more {
			return n, err
		}
	}
}

func (r *jsonReader) object(at Position) (*node, error) {
	n := newObject(at)
	r.pos++
	if r.next() == '}' {
		r.pos++
		return n, nil
	}
	for {
		if err := r.member(n); err != nil {
			return nil, err
		}
		if more, err := r.more('}', "object"); !more {
			return n, err
		}
	}
}

func (r *jsonReader) member(n *node) error {
	if r.next() != '"' {
		return r.fail("a key in double quotes is expected here", "quote the key, and remove a comma behind the last value")
	}
	at := r.at()
	key, err := r.string()
	if err != nil {
		return err
	}
	if r.next() != ':' {
		return r.fail(fmt.Sprintf("a colon is expected after the key %s", quote(key)), "add it")
	}
	r.pos++
	r.path = append(r.path, key)
	value, err := r.value()
	if err != nil {
		return err
	}
	if first := n.member(key); first != nil {
		r.report.duplicate(at, Pointer(r.path...), key, first.at)
	} else {
		n.add(&member{key: key, at: at, value: value})
	}
	r.path = r.path[:len(r.path)-1]
	return nil
}

// more reads what follows a value: a comma, or the end of what it is in.
func (r *jsonReader) more(end byte, in string) (bool, error) {
	switch r.next() {
	case ',':
		r.pos++
		return true, nil
	case end:
		r.pos++
		return false, nil
	case 0:
		if r.pos == len(r.data) {
			return false, r.fail("the document ends in the middle of this "+in, "close every brace and bracket")
		}
	}
	return false, r.fail(fmt.Sprintf("a comma or %c is expected here", end), "add it")
}

func (r *jsonReader) string() (string, error) {
	start, escaped := r.pos, false
	for i := start + 1; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '"':
			r.pos = i + 1
			return r.text(start, escaped)
		case c == '\\':
			escaped = true
			i++
		case c < 0x20:
			return "", r.fail("a string has a line break or another control character in it", `write it as an escape like \n, or close the string`)
		}
	}
	return "", r.fail("the string is not closed", "add the closing quote")
}

func (r *jsonReader) text(start int, escaped bool) (string, error) {
	raw := r.data[start+1 : r.pos-1]
	if !escaped {
		if len(raw) > 40 {
			return string(raw), nil
		}
		word, ok := r.keys[string(raw)]
		if !ok {
			word = string(raw)
			r.keys[word] = word
		}
		return word, nil
	}
	var text string
	if err := json.Unmarshal(r.data[start:r.pos], &text); err != nil {
		r.pos = start
		return "", r.fail("a string has an escape that JSON does not know", `double the backslash`)
	}
	return text, nil
}
