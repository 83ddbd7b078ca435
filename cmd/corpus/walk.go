package main

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"gen/generator/model"
	"gen/generator/wire"
)

// walk calls every operation: those that work in an order that makes sense, then all others, and then
// each once more with a request that must be refused.
func (t *trial) walk(ctx context.Context) error {
	c := newClient(t)
	w := &walker{client: c, items: map[*model.Resource]*item{}, done: map[*model.Operation]bool{}, api: t.api.Operations}
	w.walk(ctx, t.api)
	for _, op := range t.api.Operations {
		c.reach(ctx, op)
	}
	for _, op := range t.api.Operations {
		c.refuse(ctx, op)
	}
	t.row.reached, t.row.walked = len(c.reached), len(w.done)
	t.stop()
	t.explain()
	return ctx.Err()
}

// explain adds what the server logged of its failures.
func (t *trial) explain() {
	reasons := t.server.log.reasons()
	for i, f := range t.row.findings {
		if reason := reasons[f.request]; reason != "" && f.status >= http.StatusInternalServerError {
			t.row.findings[i].reason = reason
		}
	}
}

// walker calls the operations that work.
type walker struct {
	*client
	// items are what there is at the moment.
	items map[*model.Resource]*item
	// done are the operations that did as documented.
	done map[*model.Operation]bool
	// made counts what was made, so that each is another.
	made int
	// api are all operations.
	api []*model.Operation
}

func (w *walker) walk(ctx context.Context, api *model.API) {
	var live []*model.Operation
	for _, op := range api.Operations {
		if op.Live {
			live = append(live, op)
		}
	}
	w.row.live = len(live)
	slices.SortStableFunc(live, func(a, b *model.Operation) int {
		return cmp.Or(cmp.Compare(phase(a), phase(b)), cmp.Compare(depth(a), depth(b)))
	})
	for _, op := range live {
		if _, ok := w.alternative(op); ok && ctx.Err() == nil {
			w.step(ctx, op)
		}
	}
}

// phase says when an operation has its turn: what makes things first, what removes them last.
func phase(op *model.Operation) int {
	switch op.Kind {
	case model.Create:
		return 0
	case model.LogIn:
		return 1
	case model.List, model.ListSessions:
		return 2
	case model.Read, model.Whoami:
		return 3
	case model.Replace:
		if op.MayCreate() {
			return 1
		}
		return 4
	case model.Membership:
		return map[string]int{"PUT": 1, "GET": 3, "DELETE": 7}[op.Method]
	case model.Update:
		return 5
	case model.View, model.LogOut, model.EndSession, model.EndSessions:
		return 6
	}
	return 7
}

// depth is how many parents a resource has; what is removed goes the other way, children first.
func depth(op *model.Operation) int {
	n := 0
	for r := op.Resource.Parent; r != nil; r = r.Parent {
		n++
	}
	if phase(op) == 7 {
		return -n
	}
	return n
}

// step calls one operation.
func (w *walker) step(ctx context.Context, op *model.Operation) {
	if (op.NeedsSession || op.OwnAccount) && !op.Kind.OfSessions() {
		if err := w.logIn(ctx); err != nil {
			w.find(notWalked, op, answer{}, err.Error())
			return
		}
	}
	switch {
	case op.Kind.OfSessions():
		w.onSession(ctx, op)
	case op.Kind == model.Create:
		w.create(ctx, op)
	case op.Kind == model.List || op.Kind == model.View:
		w.list(ctx, op)
	case phase(op) == 1:
		w.put(ctx, op)
	default:
		w.onItem(ctx, op)
	}
}

// call sends a request and says whether the answer is the success that the document promises.
func (w *walker) call(ctx context.Context, r *request) (answer, bool) {
	a, err := w.do(ctx, r)
	switch {
	case err != nil:
		w.find(notWalked, r.op, a, err.Error())
	case a.status < 200 || a.status > 299:
		w.find(notWalked, r.op, a, a.text())
	case !a.reached:
		w.find(notWalked, r.op, a, "another operation answered: "+a.header.Get("X-Operation-Id"))
	case a.problem == "":
		w.done[r.op] = true
		return a, true
	}
	delete(w.done, r.op)
	return a, false
}

// list asks for all that there is, and once more with every parameter that has a meaning.
func (w *walker) list(ctx context.Context, op *model.Operation) {
	parents, err := w.parents(ctx, op)
	if err != nil {
		w.find(notWalked, op, answer{}, err.Error())
		return
	}
	r := sampled(op)
	r.name(parents)
	if _, ok := w.call(ctx, r); !ok {
		return
	}
	plain := len(r.params)
	for _, p := range understood(op.List) {
		r.params[p] = model.SampleParam(p)
	}
	if len(r.params) > plain {
		w.again(ctx, r)
	}
}

// again asks for a list in another way. Parameters may exclude each other in ways that the document
// does not tell, so that a refusal is no failure of the operation.
func (w *walker) again(ctx context.Context, r *request) {
	a, err := w.do(ctx, r)
	if err != nil || a.problem != "" || a.status >= http.StatusInternalServerError {
		delete(w.done, r.op)
		w.find(notWalked, r.op, a, "with all its parameters: "+a.text())
	}
}

// understood are the parameters of a list whose values are not the server's own.
func understood(l *model.Listing) []*model.Param {
	var out []*model.Param
	for _, p := range []*model.Param{l.Limit, l.Offset, l.Page, l.Order} {
		if p != nil {
			out = append(out, p)
		}
	}
	if l.Sort != nil && len(l.Sort.Type.Enum) > 0 {
		out = append(out, l.Sort)
	}
	for _, f := range l.Filters {
		out = append(out, f.Param)
	}
	return out
}

// onItem reads, changes or removes what is there.
func (w *walker) onItem(ctx context.Context, op *model.Operation) {
	it, err := w.item(ctx, op.Resource)
	if err != nil {
		w.find(notWalked, op, answer{}, err.Error())
		return
	}
	r := sampled(op)
	r.name(it.params)
	if op.Input != nil {
		body := model.Sample(op.Input.Body.Type)
		if op.Kind == model.Update {
			body = model.SamplePart(op.Input.Body.Type)
		}
		mean(op, body)
		if op.KeySent != nil && it.key != nil {
			set(body, op.Input.Wrap, op.KeySent.Name, as(it.key, op.KeySent.Type))
		}
		r.send(op.Input.Body, body)
	}
	_, ok := w.call(ctx, r)
	switch {
	case !ok:
	case op.OwnAccount: // what it logs in with has changed, and what it owns is lost to others
		clear(w.items)
	case phase(op) == 7:
		w.forget(op.Resource)
	}
}

// forget is what a removal does: nothing is left of a resource, nor of what is below it.
func (w *walker) forget(gone *model.Resource) {
	for r := range w.items {
		for above := r; above != nil; above = above.Parent {
			if above == gone {
				delete(w.items, r)
			}
		}
	}
}

// name fills in the path parameters, in the order of the path.
func (r *request) name(values []string) {
	for i, p := range r.op.PathParams() {
		if i < len(values) {
			r.paths[p] = values[i]
		}
	}
}

// mean makes texts what they will be taken for: a link where answers show a link, although a request
// may have any text.
func mean(op *model.Operation, body any) {
	if op.Resource.Type != nil {
		meanAs(op.Input.Type, op.Resource.Type, inside(body, op.Input.Wrap))
	}
}

func meanAs(sent, shown *model.Type, value any) {
	object, ok := value.(map[string]any)
	if !ok {
		return
	}
	for _, f := range sent.Fields {
		as := shown.Field(f.Name)
		v, there := object[f.Name]
		if as == nil || !there {
			continue
		}
		if _, isText := v.(string); !isText || model.Allows(as, v) {
			meanAs(f.Type, as.Type, v)
		} else if better := model.SampleAnswer(as.Type); model.Allows(f, better) {
			object[f.Name] = better
		}
	}
}

// as is a key as JSON has it, which may have been read from a path.
func as(key any, t *model.Type) any {
	if s, ok := key.(string); ok && (t.Kind == model.Integer || t.Kind == model.Number) {
		return json.Number(s)
	}
	if t.Kind == model.String {
		return wire.Text(key)
	}
	return key
}

// set changes a member of a body, behind its wrappers.
func set(body any, wrap []*model.Field, name string, value any) {
	if object, ok := inside(body, wrap).(map[string]any); ok {
		object[name] = value
	}
}

// inside is what a body has behind its wrappers.
func inside(body any, wrap []*model.Field) any {
	for _, f := range wrap {
		object, _ := body.(map[string]any)
		body = object[f.Name]
	}
	return body
}
