package model

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// parameter is a parameter as documented.
type parameter struct {
	*openapi3.Parameter
	pointer string
}

// lowerParams lowers the parameters of the path and of the operation, path parameters in the order of
// the path.
func (l *lowerer) lowerParams(op *operation) {
	declared := l.declared(op)
	path := scope{"Params": true, "ContentType": true}
	for _, tag := range []string{"", "JSON", "Formdata", "Multipart", "Text"} {
		path[tag+"Body"] = true
	}
	for _, name := range pathNames(op.Path) {
		i := slices.IndexFunc(declared, func(p parameter) bool { return p.In == "path" && p.Name == name })
		if i < 0 {
			l.warn(op.Pointer, "the path parameter "+name+" is not described", "it is read as a string")
			declared = append(declared, parameter{&openapi3.Parameter{Name: name, In: "path", Required: true}, op.Pointer})
			i = len(declared) - 1
		}
		op.Params = append(op.Params, l.param(op, declared[i], path))
	}
	others := scope{}
	for _, p := range declared {
		if p.In != "path" {
			op.Params = append(op.Params, l.param(op, p, others))
		}
	}
}

// declared are the parameters that count: an operation's own hide those of its path. OpenAPI ignores
// headers that it describes elsewhere.
func (l *lowerer) declared(op *operation) []parameter {
	var out []parameter
	add := func(refs openapi3.Parameters, pointer string) {
		for i, ref := range refs {
			if ref == nil || ref.Value == nil || isIgnored(ref.Value) {
				continue
			}
			p := parameter{ref.Value, pointer + "/parameters/" + decimal(i)}
			if strings.HasPrefix(ref.Ref, "#/") {
				p.pointer = ref.Ref[1:]
			}
			same := slices.IndexFunc(out, func(q parameter) bool { return q.In == p.In && sameName(q, p) })
			if same >= 0 {
				out[same] = p
			} else {
				out = append(out, p)
			}
		}
	}
	add(op.item.Parameters, op.itemPointer)
	add(op.raw.Parameters, op.Pointer)
	return out
}

func sameName(a, b parameter) bool {
	return a.Name == b.Name || a.In == "header" && strings.EqualFold(a.Name, b.Name)
}

func isIgnored(p *openapi3.Parameter) bool {
	switch strings.ToLower(p.Name) {
	case "accept", "content-type", "authorization":
		return p.In == "header"
	}
	return !slices.Contains([]string{"path", "query", "header", "cookie"}, p.In)
}

// pathNames are the parameters in a path, each once, in its order.
func pathNames(path string) []string {
	var out []string
	for _, match := range pathParameter.FindAllStringSubmatch(path, -1) {
		if !slices.Contains(out, match[1]) {
			out = append(out, match[1])
		}
	}
	return out
}

func (l *lowerer) param(op *operation, p parameter, names scope) *Param {
	name := goName(p.Name)
	out := &Param{
		Name: p.Name, In: p.In, GoName: names.take(name, name+"Param", name+goName(p.In)),
		Required: p.Required || p.In == "path", Style: p.Style,
		Explode: p.In == "query" || p.In == "cookie", Description: p.Description, Pointer: p.pointer,
		Content: len(p.Content) > 0, AllowEmpty: p.AllowEmptyValue,
	}
	if out.Style == "" {
		out.Style = map[string]string{"path": "simple", "header": "simple", "query": "form", "cookie": "form"}[p.In]
	}
	if p.Explode != nil {
		out.Explode = *p.Explode
	} else if out.Style != "form" {
		out.Explode = out.Style == "deepObject"
	}
	schema, at := p.Schema, p.pointer+"/schema"
	for _, mediaType := range l.mediaTypes(p.pointer, p.Content)[:min(1, len(p.Content))] {
		schema, out.JSON = nil, isJSON(mediaType)
		if media := p.Content[mediaType]; out.JSON && media != nil {
			schema, at = media.Schema, p.pointer+spec.Pointer("content", mediaType, "schema")
		}
	}
	candidates := []string{op.GoName + name, op.GoName + name + "Param"}
	if component, ok := strings.CutPrefix(p.pointer, "/components/parameters/"); ok {
		candidates = []string{goName(component), goName(component) + "Param"}
	}
	out.Type = stringType()
	if schema != nil && schema.Value != nil {
		out.Schema = schema.Value
		out.Type = l.typeOf(schema, site{pointer: at, names: candidates})
	}
	out.Optional = !out.Required && !out.Type.HasNil()
	return out
}

func stringType() *Type { return &Type{Kind: String, Basic: "string", Schema: &openapi3.Schema{}} }
