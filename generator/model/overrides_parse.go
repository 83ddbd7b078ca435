package model

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"gen/generator/spec"
)

// ParseOverrides reads gen.yaml. Its error is spec.Issues with the places in the file, whose name stands
// without its folder there, as that of the document does.
func ParseOverrides(name string, data []byte) (Overrides, error) {
	r := overridesReader{file: filepath.Base(name), places: map[string]spec.Position{}}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		r.syntax(err)
	}
	var o Overrides
	if len(doc.Content) > 0 {
		o = r.overrides(doc.Content[0])
	}
	o.places = r.places
	if len(r.issues) > 0 {
		return o, r.issues
	}
	return o, nil
}

// overridesReader reads gen.yaml, and remembers where everything stands: "operations.publishPost.kind".
type overridesReader struct {
	file   string
	places map[string]spec.Position
	issues spec.Issues
}

func (r *overridesReader) overrides(root *yaml.Node) Overrides {
	o := Overrides{Operations: map[string]OperationOverride{}, Resources: map[string]ResourceOverride{}}
	r.each("", root, func(at, key string, value *yaml.Node) {
		switch key {
		case "operations":
			r.each(at, value, func(at, id string, value *yaml.Node) { o.Operations[id] = r.operation(at, value) })
		case "resources":
			r.each(at, value, func(at, name string, value *yaml.Node) { o.Resources[name] = r.resource(at, value) })
		case "session":
			o.Session = r.text(at, value)
		case "require-if-match":
			if err := value.Decode(&o.RequireIfMatch); err != nil {
				r.fail(value, at+" is neither true nor false", "write true or false")
			}
		case "codecs":
			on := true
			if err := value.Decode(&on); err != nil {
				r.fail(value, at+" is neither on nor off", "write on or off")
			}
			o.NoCodecs = !on
		case "tour":
			if err := value.Decode(&o.Tour); err != nil {
				r.fail(value, at+" is neither true nor false", "write true or false")
			}
		default:
			r.unknown(at, "operations, resources, session, require-if-match, codecs or tour")
		}
	})
	return o
}

func (r *overridesReader) operation(at string, n *yaml.Node) OperationOverride {
	var o OperationOverride
	r.each(at, n, func(at, key string, value *yaml.Node) {
		if key != "kind" {
			r.unknown(at, "kind")
			return
		}
		o.Kind = OpKind(r.text(at, value))
	})
	return o
}

func (r *overridesReader) resource(at string, n *yaml.Node) ResourceOverride {
	var o ResourceOverride
	r.each(at, n, func(at, key string, value *yaml.Node) {
		switch key {
		case "name":
			o.Name = r.text(at, value)
		case "key":
			o.Key = r.text(at, value)
		case "owner":
			o.Owner = r.text(at, value)
		default:
			r.unknown(at, "name, key or owner")
		}
	})
	return o
}

// each visits the entries of a mapping. Nothing at all is an empty one.
func (r *overridesReader) each(path string, n *yaml.Node, visit func(at, key string, value *yaml.Node)) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		what := path
		if path == "" {
			what = "the file"
		}
		r.fail(n, what+" is no mapping", "write a name, a colon and what it stands for")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		if _, ok := r.places[at]; ok {
			r.fail(key, at+" is there twice", "remove one of the two")
			continue
		}
		r.places[at] = r.position(key)
		visit(at, key.Value, value)
	}
}

func (r *overridesReader) text(at string, n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		r.fail(n, at+" is no word", "write a word behind the colon")
		return ""
	}
	r.places[at] = r.position(n)
	return n.Value
}

func (r *overridesReader) unknown(at, known string) {
	r.issues = append(r.issues, spec.Issue{
		Position: r.places[at],
		Problem:  fmt.Sprintf("gen knows no setting %s", at),
		Advice:   "it can be " + known,
	})
}

func (r *overridesReader) fail(n *yaml.Node, problem, advice string) {
	r.issues = append(r.issues, spec.Issue{Position: r.position(n), Problem: problem, Advice: advice})
}

func (r *overridesReader) position(n *yaml.Node) spec.Position {
	return spec.Position{File: r.file, Line: n.Line, Column: n.Column}
}

var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntax is an error of the YAML itself, which knows its line at best.
func (r *overridesReader) syntax(err error) {
	at := spec.Position{File: r.file}
	problem := err.Error()
	if m := yamlError.FindStringSubmatch(problem); m != nil {
		problem = m[2]
		if line, err := strconv.Atoi(m[1]); err == nil {
			at.Line, at.Column = line, 1
		}
	}
	r.issues = append(r.issues, spec.Issue{Position: at, Problem: "this is not YAML: " + problem, Advice: "mend it"})
}
