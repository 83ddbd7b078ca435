package change

import (
	"fmt"
	"strings"

	"gen/generator/model"
)

// Subject is what a symbol of package api stands for in a document.
type Subject struct {
	// Text names it: "property rating of Post", "parameter limit of GET /posts".
	Text string
	// Pointer is where the document has it.
	Pointer string
	// Operation is the one that it belongs to, nil for what several share.
	Operation *model.Operation
}

// Subjects finds what symbols stand for.
type Subjects map[string]Subject

// SubjectsOf are those of the package api of a document.
func SubjectsOf(api *model.API) Subjects {
	s := Subjects{}
	for _, t := range api.Types {
		s.addType(t, operationAt(api, t.Pointer))
	}
	for _, op := range api.Operations {
		s.addOperation(op)
	}
	return s
}

// Of is the subject of a symbol, or else of the type that it belongs to. It is the zero Subject for what
// every project has.
func (s Subjects) Of(symbol string) Subject {
	if subject, known := s[symbol]; known {
		return subject
	}
	return s[Owner(symbol)]
}

func operationAt(api *model.API, pointer string) *model.Operation {
	for _, op := range api.Operations {
		if strings.HasPrefix(pointer, op.Pointer+"/") {
			return op
		}
	}
	return nil
}

func (s Subjects) addType(t *model.Type, op *model.Operation) {
	what := "schema " + t.Name
	switch {
	case op != nil:
		what = "a schema of " + line(op)
	case !isComponent(t):
		what = "the schema at " + t.Pointer
	}
	s[t.Name] = Subject{what, t.Pointer, op}
	for _, f := range t.Fields {
		s[t.Name+"."+f.GoName] = Subject{fmt.Sprintf("property %s of %s", f.Name, t.Name), f.Pointer, op}
	}
	for _, v := range t.Enum {
		s[v.GoName] = Subject{fmt.Sprintf("value %s of %s", valueText(v), t.Name), t.Pointer, op}
	}
}

func (s Subjects) addOperation(op *model.Operation) {
	of := Subject{line(op), op.Pointer, op}
	for _, name := range []string{"RequestObject", "ResponseObject", "Params"} {
		s[op.GoName+name] = of
	}
	for _, owner := range []string{"StrictServerInterface", "Unimplemented"} {
		s[owner+"."+op.GoName] = of
	}
	for _, p := range op.Params {
		owner := op.GoName + "Params"
		if p.In == "path" {
			owner = op.GoName + "RequestObject"
		}
		s[owner+"."+p.GoName] = Subject{fmt.Sprintf("%s parameter %s of %s", p.In, p.Name, line(op)), p.Pointer, op}
	}
	for _, b := range op.Bodies {
		if _, known := s[b.GoType]; !known {
			s[b.GoType] = Subject{"the body of " + line(op), op.Pointer + "/requestBody", op}
		}
	}
	for _, r := range op.Responses {
		answer := Subject{fmt.Sprintf("answer %s of %s", r.Status, line(op)), op.Pointer + "/responses/" + r.Status, op}
		s[r.GoName] = answer
		if r.HeadersType != "" {
			s[r.HeadersType] = answer
		}
		for _, h := range r.Headers {
			s[r.HeadersType+"."+h.GoName] = Subject{fmt.Sprintf("header %s of %s", h.Name, answer.Text), answer.Pointer, op}
		}
	}
}
