package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"gen/generator/model"
	"gen/generator/wire"
)

// reach calls an operation whose handler did not run yet. What its handler answers is not asked.
func (c *client) reach(ctx context.Context, op *model.Operation) {
	if c.reached[op] || ctx.Err() != nil {
		return
	}
	if _, open := c.alternative(op); !open {
		c.row.sessions++
		return
	}
	a, err := c.do(ctx, sampled(op))
	switch {
	case op.HiddenBy != nil && !a.reached:
		c.row.hidden++
		c.find(notReached, op, answer{status: a.status}, "no request tells it from "+op.HiddenBy.ID)
	case err != nil:
		c.find(notReached, op, a, err.Error())
	case !a.reached && a.header.Get("X-Operation-Id") != "":
		c.find(notReached, op, a, "another operation answered: "+a.header.Get("X-Operation-Id"))
	case !a.reached:
		c.find(notReached, op, a, a.text())
	}
}

// refuse sends requests that the server must refuse. Whatever it answers has to be in the document.
func (c *client) refuse(ctx context.Context, op *model.Operation) {
	if ctx.Err() != nil {
		return
	}
	if r := invalid(op); r != nil {
		if a, err := c.do(ctx, r); err == nil && a.reached && a.status < 300 {
			c.find(violation, op, a, "a request that the document does not allow succeeded")
		}
	}
	if len(op.Security) > 0 && len(op.Security[len(op.Security)-1]) > 0 {
		r := sampled(op)
		r.anonymous = true
		_, _ = c.do(ctx, r) // what is wrong with it is noted
	}
}

// invalid is a request with something that the document does not allow, nil where all is allowed:
// broken JSON, a parameter that is missing or of the wrong type.
func invalid(op *model.Operation) *request {
	r := sampled(op)
	for _, b := range op.Bodies {
		if b.Tag == "JSON" && !b.IsForm() && op.Method != http.MethodGet {
			r.body = &wire.Content{MediaType: wire.MediaType(b), Data: []byte(`{"`)}
			return r
		}
	}
	for _, p := range op.Params {
		if p.Required && p.In != "path" && (p.In != "header" || !isReserved(p.Name)) {
			delete(r.params, p)
			return r
		}
	}
	for _, p := range op.Params {
		if p.In == "path" && (p.Type.Kind == model.Integer || p.Type.Kind == model.Number) {
			r.params[p] = "no-number"
			return r
		}
	}
	return nil
}

// decoded is a body as JSON, with numbers as they were sent; nil if it is none.
func decoded(body []byte) any {
	var v any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}
