package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/wire"
)

// item is one of a resource that was made.
type item struct {
	// params are the path parameters that lead to it, its own key last.
	params []string
	// key is its own key as JSON has it, nil where that is not known.
	key any
	// sent is what an account was made of.
	sent map[string]any
}

// item is one of a resource, made now if there is none.
func (w *walker) item(ctx context.Context, r *model.Resource) (*item, error) {
	if it := w.items[r]; it != nil {
		return it, nil
	}
	for _, op := range r.Operations {
		if _, open := w.alternative(op); !op.Live || !open {
			continue
		}
		switch {
		case op.Kind == model.Create:
			w.create(ctx, op)
		case phase(op) == 1 || r.Singleton && op.Kind == model.Update:
			w.put(ctx, op)
		}
		if it := w.items[r]; it != nil {
			return it, nil
		}
	}
	return nil, errors.New("there is none: nothing could be made")
}

// parents are the values of the path parameters that lead to a resource's collection.
func (w *walker) parents(ctx context.Context, op *model.Operation) ([]string, error) {
	r := op.Resource
	if op.Kind == model.View || len(op.ParentParams()) == 0 {
		return nil, nil
	}
	if r.Parent == nil {
		var values []string
		for _, p := range op.ParentParams() {
			values = append(values, wire.Text(model.SampleParam(p)))
		}
		return values, nil
	}
	above, err := w.item(ctx, r.Parent)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.Parent.Name, err)
	}
	return slices.Clone(above.params), nil
}

// create calls a POST that makes a new item, and finds out its key.
func (w *walker) create(ctx context.Context, op *model.Operation) {
	parents, err := w.parents(ctx, op)
	if err != nil {
		w.find(notWalked, op, answer{}, err.Error())
		return
	}
	w.made++
	res, req := op.Resource, sampled(op)
	req.name(parents)
	body := model.Sample(op.Input.Body.Type)
	mean(op, body)
	key := w.distinguish(op, body)
	sent := w.signUp(op, body)
	req.send(op.Input.Body, body)
	a, ok := w.call(ctx, req)
	if !ok {
		return
	}
	if key == nil {
		key = w.keyOf(ctx, op, a, parents)
	}
	if key != nil {
		if res.Shallow {
			parents = nil
		}
		w.items[res] = &item{params: append(parents, wire.Text(key)), key: key, sent: sent}
	} else if !needsKey(res) {
		w.items[res] = &item{params: parents, sent: sent}
	}
}

// needsKey says that some operation of a resource names one item.
func needsKey(r *model.Resource) bool { return r.Key.Param != nil }

// distinguish makes a body differ from others where two must not be alike. It returns the key that
// the client gives.
func (w *walker) distinguish(op *model.Operation, body any) any {
	r, in := op.Resource, op.Input
	for _, name := range r.Unique {
		if f := in.Type.Field(name); f != nil {
			set(body, in.Wrap, name, model.SampleOther(f.Type, w.made))
		}
	}
	if r.Key.Origin != model.Given || r.Key.Field == nil {
		return nil
	}
	f := in.Type.Field(r.Key.Field.Name)
	if f == nil {
		return nil
	}
	key := model.SampleOther(r.Key.Field.Type, w.made)
	if !model.Allows(f, key) {
		key = model.SampleOther(f.Type, w.made)
	}
	set(body, in.Wrap, f.Name, key)
	return key
}

// put calls a PUT or a PATCH that makes what is not there yet.
func (w *walker) put(ctx context.Context, op *model.Operation) {
	params, err := w.parents(ctx, op)
	if err != nil {
		w.find(notWalked, op, answer{}, err.Error())
		return
	}
	w.made++
	res, req := op.Resource, sampled(op)
	var key any
	if p := op.KeyParam(); !res.Singleton && p != nil {
		key = model.SampleOther(p.Type, w.made)
		params = append(params, wire.Text(key))
	}
	req.name(params)
	if op.Input != nil {
		body := model.Sample(op.Input.Body.Type)
		mean(op, body)
		if f := op.KeySent; f != nil && key == nil {
			key = model.SampleOther(f.Type, w.made)
			params = append(params, wire.Text(key))
			set(body, op.Input.Wrap, f.Name, key)
		}
		req.send(op.Input.Body, body)
	}
	if _, ok := w.call(ctx, req); ok {
		w.items[res] = &item{params: params, key: key}
	}
}

// keyOf finds the key of what was made: in Location, in the answer, or in a list.
func (w *walker) keyOf(ctx context.Context, op *model.Operation, a answer, parents []string) any {
	r := op.Resource
	if key := locationKey(r, a.header.Get("Location")); key != "" {
		return key
	}
	if key := bodyKey(r, op.Answer, decoded(a.body)); key != nil {
		return key
	}
	for _, list := range r.Operations {
		if list.Kind != model.List || !list.Live {
			continue
		}
		req := sampled(list)
		req.name(parents)
		if a, err := w.do(ctx, req); err == nil && a.status == 200 {
			return listKey(r, list.List, decoded(a.body))
		}
	}
	return nil
}

// locationKey is the key in the path of an item.
func locationKey(r *model.Resource, location string) string {
	if location == "" || r.Key.Param == nil {
		return ""
	}
	place, err := url.Parse(location)
	if err != nil {
		return ""
	}
	for _, op := range r.Operations {
		before, after, ok := strings.Cut(op.Path, "{"+r.Key.Param.Name+"}")
		if !ok || after != "" && after != "/" {
			continue
		}
		segments := strings.Split(strings.TrimSuffix(place.EscapedPath(), "/"), "/")
		last := segments[len(segments)-1]
		// What stands before and behind the key within its segment: {Sid}.json
		last = strings.TrimPrefix(last, before[strings.LastIndex(before, "/")+1:])
		if key, err := url.PathUnescape(last); err == nil {
			return key
		}
	}
	return ""
}

func bodyKey(r *model.Resource, a *model.Answer, body any) any {
	if a == nil || a.Response.Type == nil {
		return nil
	}
	return memberKey(r, inside(body, a.Wrap))
}

func listKey(r *model.Resource, l *model.Listing, body any) any {
	list, _ := inside(body, l.Items).([]any)
	if len(list) == 0 {
		return nil
	}
	return memberKey(r, list[0])
}

func memberKey(r *model.Resource, body any) any {
	object, _ := body.(map[string]any)
	if r.Key.Field == nil {
		return nil
	}
	return object[r.Key.Field.Name]
}
