package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxAliased is how many values the aliases of a YAML file may stand for, all together.
const maxAliased = 500_000

// yamlReader turns yaml.v3's nodes into a tree: aliases and merge keys are expanded, keys are
// strings whatever they look like, dates are strings.
type yamlReader struct {
	file    string
	report  *report
	path    []string
	aliases int                 // how many aliases are open
	budget  int                 // how many more values they may stand for
	open    map[*yaml.Node]bool // the anchors that are being expanded
}

func readYAML(file string, data []byte, r *report) (*node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	var document yaml.Node
	if err := decode(decoder, &document); err != nil {
		first := yamlError(file, data, err)
		reportRest(file, data, first, r)
		return nil, first
	}
	reader := &yamlReader{file: file, report: r, budget: maxAliased, open: map[*yaml.Node]bool{}}
	root, err := reader.value(document.Content[0])
	if err != nil {
		return nil, err
	}
	var second yaml.Node
	if err := decode(decoder, &second); err == nil {
		r.note(reader.at(&second), "", "the file holds more than one YAML document", "gen read the first one")
	}
	return root, nil
}

// decode guards against the panics that yaml.v3 is known for on malformed input.
func decode(decoder *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("yaml: %v", problem)
		}
	}()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if into.Kind != yaml.DocumentNode || len(into.Content) == 0 {
		return io.EOF
	}
	return nil
}

func (r *yamlReader) at(n *yaml.Node) Position {
	return Position{File: r.file, Line: n.Line, Column: n.Column}
}

func (r *yamlReader) fail(n *yaml.Node, problem, advice string) error {
	return &syntaxError{at: r.at(n), problem: problem, advice: advice}
}

func (r *yamlReader) value(n *yaml.Node) (*node, error) {
	if len(r.path) > maxDepth {
		return nil, r.fail(n, fmt.Sprintf("values are nested more than %d deep", maxDepth), "flatten them")
	}
	if r.aliases > 0 {
		if r.budget--; r.budget < 0 {
			return nil, r.fail(n, fmt.Sprintf("the aliases stand for more than %d values", maxAliased), "use $ref instead of YAML aliases")
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.alias(n, r.value)
	case yaml.MappingNode:
		return r.mapping(n)
	case yaml.SequenceNode:
		return r.sequence(n)
	default:
		return r.scalar(n), nil
	}
}

// alias reads what an alias stands for, once more for each alias: repairs change values in place.
func (r *yamlReader) alias(n *yaml.Node, read func(*yaml.Node) (*node, error)) (*node, error) {
	if r.open[n.Alias] {
		r.report.syntax(r.fail(n, fmt.Sprintf("the alias *%s stands inside of its own anchor", n.Value), "use $ref for what is recursive"))
		return &node{at: r.at(n)}, nil
	}
	r.open[n.Alias] = true
	r.aliases++
	defer func() {
		delete(r.open, n.Alias)
		r.aliases--
	}()
	return read(n.Alias)
}

func (r *yamlReader) sequence(n *yaml.Node) (*node, error) {
	list := newList(r.at(n))
	for i, content := range n.Content {
		r.path = append(r.path, strconv.Itoa(i))
		item, err := r.value(content)
		if err != nil {
			return nil, err
		}
		r.path = r.path[:len(r.path)-1]
		list.items = append(list.items, item)
	}
	return list, nil
}

func (r *yamlReader) mapping(n *yaml.Node) (*node, error) {
	object := newObject(r.at(n))
	var merges []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.AliasNode && key.Alias != nil {
			key = &yaml.Node{Kind: key.Alias.Kind, Tag: key.Alias.Tag, Value: key.Alias.Value, Line: key.Line, Column: key.Column}
		}
		if key.Kind != yaml.ScalarNode {
			r.report.syntax(r.fail(key, "a key must be a string, not a list or an object", "quote the key"))
			continue
		}
		if key.ShortTag() == "!!merge" {
			merges = append(merges, value)
			continue
		}
		if err := r.member(object, key, value); err != nil {
			return nil, err
		}
	}
	for _, merge := range merges {
		if err := r.merge(object, merge); err != nil {
			return nil, err
		}
	}
	return object, nil
}

func (r *yamlReader) member(object *node, key, value *yaml.Node) error {
	r.path = append(r.path, key.Value)
	defer func() { r.path = r.path[:len(r.path)-1] }()
	at := r.at(key)
	child, err := r.value(value)
	if err != nil {
		return err
	}
	if first := object.member(key.Value); first != nil {
		r.report.duplicate(at, Pointer(r.path...), key.Value, first.at)
		return nil
	}
	object.add(&member{key: key.Value, at: at, value: child})
	return nil
}

// merge adds what "<<" brings: the object's own keys win, then those of the first in the list.
func (r *yamlReader) merge(object *node, from *yaml.Node) error {
	switch from.Kind {
	case yaml.AliasNode:
		_, err := r.alias(from, func(n *yaml.Node) (*node, error) { return nil, r.merge(object, n) })
		return err
	case yaml.SequenceNode:
		for _, item := range from.Content {
			if err := r.merge(object, item); err != nil {
				return err
			}
		}
		return nil
	case yaml.MappingNode:
		source, err := r.mapping(from)
		if err != nil {
			return err
		}
		for _, m := range source.members {
			if object.member(m.key) == nil {
				object.add(m)
			}
		}
		return nil
	default:
		r.report.syntax(r.fail(from, "<< merges an object, or a list of objects", "point it at an object, or quote the key if it is meant as a name"))
		return nil
	}
}

func (r *yamlReader) scalar(n *yaml.Node) *node {
	at := r.at(n)
	switch n.ShortTag() {
	case "!!null":
		return &node{at: at}
	case "!!bool":
		var value bool
		if n.Decode(&value) == nil {
			return newBool(at, value)
		}
	case "!!int", "!!float":
		if literal, ok := numberLiteral(n); ok {
			return &node{shape: shapeNumber, at: at, text: literal}
		}
	}
	return newText(at, n.Value)
}

// numberLiteral returns YAML's number as JSON writes it: 0x1F, 1_000 and .5 are no JSON.
func numberLiteral(n *yaml.Node) (string, bool) {
	if json.Valid([]byte(n.Value)) {
		return n.Value, true
	}
	var value any
	if n.Decode(&value) != nil {
		return "", false
	}
	if number, ok := value.(float64); ok && (math.IsInf(number, 0) || math.IsNaN(number)) {
		return "", false
	}
	literal, err := json.Marshal(value)
	return string(literal), err == nil
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// yamlError gives yaml.v3's error a position. Errors of its parser count lines from 0, errors of
// its scanner from 1.
func yamlError(file string, data []byte, err error) *syntaxError {
	if errors.Is(err, io.EOF) {
		return &syntaxError{at: Position{File: file}, problem: "the file has no content", advice: "fill it, or name another file"}
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if match := yamlLine.FindStringSubmatch(text); match != nil {
		line, _ = strconv.Atoi(match[1])
		text = strings.TrimPrefix(text, match[0])
		if strings.HasPrefix(text, "did not find expected") {
			line++
		}
	}
	at, tab := firstColumn(file, data, line)
	if anchor := unknownAnchor.FindStringSubmatch(text); anchor != nil {
		at = aliasAt(file, data, anchor[1])
	}
	return &syntaxError{at: at, problem: "this is not YAML: " + text, advice: yamlAdvice(text, tab)}
}

var unknownAnchor = regexp.MustCompile(`unknown anchor '([^']*)' referenced`)

// aliasAt is the place of the first alias of that name.
func aliasAt(file string, data []byte, name string) Position {
	alias := regexp.MustCompile(`(^|[\s,\[{:-])\*` + regexp.QuoteMeta(name) + `([\s,\]}]|$)`)
	before := string(data)
	if found := alias.FindStringIndex(before); found != nil {
		before = before[:found[0]+strings.Index(before[found[0]:], "*")]
	} else {
		before = ""
	}
	start := strings.LastIndexByte(before, '\n') + 1
	return Position{File: file, Line: 1 + strings.Count(before, "\n"), Column: 1 + utf8.RuneCountInString(before[start:])}
}

func yamlAdvice(problem string, tab bool) string {
	switch {
	case tab:
		return "indent with spaces, not with tabs"
	case strings.Contains(problem, "mapping values are not allowed"):
		return "quote a text that has a colon in it, and check the indentation"
	case strings.Contains(problem, "unknown anchor"):
		return "define the anchor with & before its alias"
	case strings.Contains(problem, "control characters"):
		return "remove what is no text from the file"
	default:
		return "check indentation, quotes and brackets at this line and the one before"
	}
}

// firstColumn is the place where the text of a line begins, and whether a tab stands before it.
func firstColumn(file string, data []byte, line int) (at Position, tab bool) {
	lines := strings.SplitN(string(data), "\n", line+1)
	line = min(line, len(lines))
	text := strings.TrimLeft(lines[line-1], " \t")
	indent := lines[line-1][:len(lines[line-1])-len(text)]
	return Position{File: file, Line: line, Column: len(indent) + 1}, strings.Contains(indent, "\t")
}
