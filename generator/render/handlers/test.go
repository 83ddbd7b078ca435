package handlers

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gen/generator/model"
)

// Test is a walk through a resource: make one, read it, change it, remove it.
type Test struct {
	GoName string
	Steps  []Step
}

// Step is one request of a test. Var, if there is one, becomes the path of what it creates.
type Step struct {
	Var, Method, Path, MediaType, Body string
	Status                             string
	// Conditional says that the request must name a version.
	Conditional bool
}

// TestOf plans the walk. Where nothing can be created, or a session is needed that nobody can begin, it asks for the
// list and nothing else, if there is one.
func TestOf(r *model.Resource, sessions model.Sessions) Test {
	w := &walk{made: map[*model.Resource]string{}, sessions: sessions}
	if r.Stored && r.Type != nil {
		w.resource(r)
	}
	if r.Stored && len(w.steps) == 0 {
		w.visit(r)
	}
	forgetUnused(w.steps)
	return Test{GoName: r.GoName, Steps: w.steps}
}

// forgetUnused takes the variables out that no later step refers to.
func forgetUnused(steps []Step) {
	for i := range steps {
		uses := func(later Step) bool {
			return later.Path == steps[i].Var || strings.HasPrefix(later.Path, steps[i].Var+" ")
		}
		if steps[i].Var != "" && !slices.ContainsFunc(steps[i+1:], uses) {
			steps[i].Var = ""
		}
	}
}

type walk struct {
	steps    []Step
	sessions model.Sessions
	// made are the variables with the paths of the items that there are.
	made map[*model.Resource]string
}

// resource adds the requests to an item of r, which it creates first.
func (w *walk) resource(r *model.Resource) {
	if needsSession(r) && !w.begin() {
		return
	}
	item := w.made[r]
	if item == "" {
		item = w.create(r)
	}
	if item == "" {
		item = w.put(r)
	}
	if item == "" {
		w.steps = nil
		return
	}
	for _, kind := range []model.OpKind{model.Read, model.List, model.Replace, model.Update, model.Delete} {
		for _, op := range r.Operations {
			if op.Kind == kind && op.Answer != nil && op.Live && walkable(op) {
				w.steps = append(w.steps, step(op, w.path(op, item)))
			}
		}
	}
	last := w.steps[len(w.steps)-1]
	if read := find(r, model.Read); last.Method == "DELETE" && read != nil {
		gone := step(read, w.path(read, item))
		switch {
		case r == w.sessions.Accounts && read.NeedsSession:
			gone.Status = "401" // the session has gone with its account
		case r.Singleton && !documents(read, "404"):
			gone.Status = status(read.Answer) // it reads as if nobody had written it
		default:
			gone.Status = "404"
		}
		w.steps = append(w.steps, gone)
	}
}

// visit adds the request for the list of r, which is empty, or takes a session that nobody has.
func (w *walk) visit(r *model.Resource) {
	op := find(r, model.List)
	if op == nil || !walkable(op) || len(op.PathParams()) > 0 {
		return
	}
	s := step(op, quoted(op.Path))
	switch {
	case op.NeedsSession && len(w.sessions.LogIns) > 0:
		s.Status = "401"
	case op.NeedsSession, !mayBeEmpty(op):
		return
	}
	w.steps = append(w.steps, s)
}

// mayBeEmpty says that a list may answer no items.
func mayBeEmpty(list *model.Operation) bool {
	t := list.Answer.Response.Type
	for _, f := range list.List.Items {
		t = f.Type
	}
	return t.Schema == nil || t.Schema.MinItems == 0
}

// walkable says that a request can be made without knowing more than the item's path.
func walkable(op *model.Operation) bool {
	if op.Kind == model.Replace && !op.Resource.Singleton && op.KeyParam() == nil {
		return false // its key is in the body
	}
	return !asksMore(op) && (op.Input == nil || op.Input.Tag == "JSON")
}

// asksMore says that a request needs parameters beside its path.
func asksMore(op *model.Operation) bool {
	return slices.ContainsFunc(op.Params, func(p *model.Param) bool { return p.Required && p.In != "path" })
}

// put adds the request that makes an item under a key of the client's. It returns the expression of
// the item's path.
func (w *walk) put(r *model.Resource) string {
	op := find(r, model.Replace)
	if op == nil || !op.Upserts() || r.Parent != nil || !walkable(op) {
		return ""
	}
	path := op.Path
	for _, p := range op.PathParams() {
		path = strings.Replace(path, "{"+p.Name+"}", url.PathEscape(fmt.Sprint(model.Sample(p.Type))), 1)
	}
	w.steps = append(w.steps, step(op, quoted(path)))
	if op.Created != nil {
		w.steps[0].Status = status(op.Created)
	}
	return quoted(path)
}

// create adds the requests that make an item of r and, before it, of its parents. It returns the
// variable with the item's path, "" where there is no way.
func (w *walk) create(r *model.Resource) string {
	op := find(r, model.Create)
	if op == nil || !walkable(op) || r.Key.Param == nil || len(r.Parents) > 0 && r.Parent == nil {
		return ""
	}
	path := quoted(op.Path)
	if r.Parent != nil {
		parent := w.create(r.Parent)
		if parent == "" || len(r.Parents) != keysOf(r.Parent) {
			return ""
		}
		path = behind(op.Path, parent)
	}
	made := step(op, path)
	made.Var = variable(r)
	w.made[r] = made.Var
	w.steps = append(w.steps, made)
	return made.Var
}

func step(op *model.Operation, path string) Step {
	s := Step{Method: op.Method, Path: path, Body: `""`, Status: status(op.Answer), Conditional: op.Conditional}
	if op.Input != nil {
		s.MediaType, s.Body = op.Input.MediaType, body(op)
	}
	return s
}

// keysOf is how many keys the path of an item has.
func keysOf(r *model.Resource) int {
	if r.Shallow {
		return 1
	}
	return len(r.Parents) + 1
}

// path is the expression of op's path, which leads to the item or to its collection.
func (w *walk) path(op *model.Operation, item string) string {
	r := op.Resource
	if op.KeyParam() != nil || r.Singleton {
		return item
	}
	if r.Parent != nil && len(op.ParentParams()) > 0 {
		return behind(op.Path, w.made[r.Parent])
	}
	return quoted(op.Path)
}

// behind is a path below an item whose path is in a variable: post + "/comments".
func behind(path, item string) string {
	return item + " + " + strconv.Quote(path[strings.LastIndex(path, "}")+1:])
}

func find(r *model.Resource, kind model.OpKind) *model.Operation {
	for _, op := range r.Operations {
		if op.Kind == kind && op.Live && op.Answer != nil {
			return op
		}
	}
	return nil
}

func status(a *model.Answer) string {
	if len(a.Response.Status) == 3 && !strings.HasSuffix(a.Response.Status, "XX") {
		return a.Response.Status
	}
	return "200"
}

// body is a request body that the document allows, as a Go literal.
func body(op *model.Operation) string {
	sample := model.Sample(op.Input.Body.Type)
	if op.Kind == model.Update {
		sample = model.SamplePart(op.Input.Body.Type)
	}
	if key := op.Resource.Key; key.Origin == model.Given && key.Field != nil && op.Kind == model.Create {
		if all, ok := sample.(map[string]any); ok && len(op.Input.Wrap) == 0 {
			all[key.Field.Name] = model.Sample(key.Field.Type)
		}
	}
	text, err := json.Marshal(sample)
	if err != nil {
		return `""`
	}
	return quoted(string(text))
}

// quoted is a string as a Go literal that reads best.
func quoted(s string) string {
	if strings.Contains(s, `"`) && !strings.ContainsAny(s, "`\n\r") {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}
