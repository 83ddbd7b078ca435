package handlers

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
)

// method prepares the handler of one operation.
func (b *builder) method(op *model.Operation) Method {
	m := Method{
		Name:     op.GoName,
		Route:    op.Method + " " + op.Path,
		ID:       op.ID,
		Template: "action",
		Var:      b.file.Var,
		Type:     b.file.Type,
		KeyType:  b.file.Key,
		Request:  "req",
	}
	if !Written(op) {
		m.Request, m.Streamed = "_", strings.Join(Streamed(op), ", ")
		return m
	}
	if !op.Kind.OfSessions() {
		m.Table, m.Key = b.table(op), b.key(op)
	}
	m.Refusals, m.Dropped = refusals(op), dropped(op)
	preparations[op.Kind](b, op, &m)
	b.guard(op, &m)
	b.endOthers(op, &m)
	if m.Template == "action" || !m.readsRequest() {
		m.Request = "_"
	}
	return m
}

// Written says that an operation gets a handler that does its work.
func Written(op *model.Operation) bool {
	return op.Kind.OfSessions() && op.Live || op.Resource.Stored && op.Kind != model.Action && !op.Kind.OfSessions()
}

var preparations = map[model.OpKind]func(*builder, *model.Operation, *Method){
	model.List:       (*builder).list,
	model.View:       (*builder).list,
	model.Create:     (*builder).create,
	model.Read:       (*builder).read,
	model.Replace:    (*builder).change,
	model.Update:     (*builder).change,
	model.Delete:     (*builder).remove,
	model.Membership: (*builder).membership,

	model.LogIn:        (*builder).logIn,
	model.LogOut:       (*builder).logOut,
	model.Whoami:       (*builder).whoami,
	model.ListSessions: (*builder).listSessions,
	model.EndSession:   (*builder).endSessions,
	model.EndSessions:  (*builder).endSessions,
}

// readsRequest says that something in the body of the handler refers to its request.
func (m Method) readsRequest() bool {
	parts := []string{m.Table, m.Key, m.Value, m.MakeKey, m.Password, m.PasswordOptional, m.Account, m.Location, m.Guard, m.EndAll, m.Answer, strings.Join(m.Changes, " ")}
	for _, f := range m.Fields {
		parts = append(parts, f.Expr)
	}
	for _, s := range m.Secrets {
		parts = append(parts, s.Expr)
	}
	if m.List != nil {
		parts = append(parts, m.List.Limit, m.List.Offset, m.List.After, m.List.Sort, m.List.Direction)
		parts = append(parts, m.List.Values...)
		for _, f := range m.List.Filters {
			parts = append(parts, f.Expr)
		}
	}
	return len(m.Refusals) > 0 || m.BodyType != "" || m.MediaType != "" || strings.Contains(strings.Join(parts, " "), "req.")
}

// dropped says which properties of the body are not kept.
func dropped(op *model.Operation) string {
	var names []string
	for _, f := range op.Dropped {
		names = append(names, f.Name)
	}
	if DropsAdditional(op) {
		names = append(names, "additional properties")
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1 && len(op.Dropped) == 1:
		return names[0] + " is not kept: no answer of the document shows it"
	case n == 1:
		return "Additional properties are not kept: no answer of the document shows them"
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1] + " are not kept: no answer of the document shows them"
	}
}

// Streamed are the bodies of an operation that its handler has to check, if that is the author's to write: one that
// is written reads others.
func Streamed(op *model.Operation) []string {
	var out []string
	for _, b := range op.Bodies {
		if !b.Streamed || Written(op) {
			continue
		}
		text := b.MediaType
		if names := requiredOf(b.Type); len(names) > 0 {
			text += " (required: " + strings.Join(names, ", ") + ")"
		}
		out = append(out, text)
	}
	return out
}

func requiredOf(t *model.Type) []string {
	var names []string
	for _, f := range t.Fields {
		if f.Required {
			names = append(names, f.Name)
		}
	}
	return names
}

func refusals(op *model.Operation) []Refusal {
	var out []Refusal
	for _, p := range op.Refused {
		sent := "req.Params." + p.GoName + " != nil"
		if !p.Optional && p.Type.Kind != model.Array && p.Type.Kind != model.Map {
			sent = "req.Params." + p.GoName + " != " + zero(p.Type)
		}
		r := Refusal{Name: p.Name, Sent: sent}
		if op.List != nil {
			r.Hint = hint(p)
		}
		out = append(out, r)
	}
	return out
}

// read prepares GET on an item.
func (b *builder) read(op *model.Operation, m *Method) {
	m.Template = "read"
	if m.Absent = b.r.Singleton && !documents(op, "404"); m.Absent {
		m.AbsentValue = b.unwritten()
	}
	m.Answer = b.answer(op, op.Answer, "row.Value")
}

// unwritten is what a singleton reads as before it was written, "" for the zero value.
func (b *builder) unwritten() string {
	if len(b.file.Defaults) == 0 {
		return ""
	}
	var lines strings.Builder
	for _, f := range b.file.Defaults {
		lines.WriteString(f.Name + ": " + f.Expr + ",\n")
	}
	return b.file.Type + "{\n" + lines.String() + "}"
}

func documents(op *model.Operation, status string) bool {
	for _, res := range op.Responses {
		if res.Status == status {
			return true
		}
	}
	return false
}

// remove prepares DELETE on an item.
func (b *builder) remove(op *model.Operation, m *Method) {
	m.Template = "delete"
	m.Answer = b.answer(op, op.Answer, "row.Value")
	m.UsesRow = strings.Contains(m.Answer, "row.")
}

// membership prepares the operations on a noun that is there or not.
func (b *builder) membership(op *model.Operation, m *Method) {
	m.Template = map[string]string{"PUT": "join", "DELETE": "delete", "GET": "joined"}[op.Method]
	m.Answer = b.answer(op, op.Answer, "")
}

// body is the expression of the request body's representation.
func (b *builder) body(op *model.Operation) string {
	expr := "req." + op.Input.GoField
	for _, f := range op.Input.Wrap {
		expr = convert(expr+"."+f.GoName, slotOf(f), slot{t: f.Type, required: true}, "")
	}
	return expr
}

// readBody prepares what a handler does before it looks into the body: the client may have sent none,
// or one of another media type with a type of its own.
func (b *builder) readBody(op *model.Operation, m *Method) {
	m.Body = "req." + op.Input.GoField
	for _, other := range op.Bodies {
		if other.GoField != op.Input.GoField {
			m.MediaType = op.Input.MediaType
		}
	}
	if !op.BodyRequired {
		m.BodyType = "api." + op.Input.GoType
	}
}

// hint is the filter that a parameter may stand for, as its name suggests.
func hint(p *model.Param) string {
	name, value := strings.ToLower(p.Name), "req.Params."+p.GoName
	words := model.Words(p.Name)
	one := func(wanted ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(wanted, w) })
	}
	switch {
	case name == "q" || one("query", "search"):
		return fmt.Sprintf("store.Search(%s, \"…\")", value)
	case one("after", "since", "from", "min", "start", "gte", "gt"):
		return fmt.Sprintf("store.AtLeast(\"…\", %s)", value)
	case one("before", "until", "to", "max", "end", "lte", "lt"):
		return fmt.Sprintf("store.AtMost(\"…\", %s)", value)
	}
	return fmt.Sprintf("store.Equal(\"…\", %s)", value)
}
