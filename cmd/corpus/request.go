package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/wire"
)

// request is what an operation is asked with.
type request struct {
	op *model.Operation
	// params are the values of what is sent; paths are path parameters as text, which go before.
	params map[*model.Param]any
	paths  map[*model.Param]string
	body   *wire.Content
	accept string
	// anonymous says that no credentials are sent.
	anonymous bool
}

// sampled is a request with all that the operation requires, made of samples.
func sampled(op *model.Operation) *request {
	r := &request{op: op, params: map[*model.Param]any{}, paths: map[*model.Param]string{}}
	for _, p := range op.Params {
		if p.Required || p.In == "path" {
			r.params[p] = model.SampleParam(p)
		}
	}
	if op.BodyRequired && len(op.Bodies) > 0 {
		b := op.Bodies[0]
		r.send(b, model.Sample(b.Type))
	}
	for _, d := range op.When {
		r.distinguish(d)
	}
	return r
}

// distinguish gives a request what tells it from those for other operations on the same path.
func (r *request) distinguish(d model.Distinction) {
	switch d.In {
	case "body":
		r.sendMember(d)
	case "Content-Type":
		for _, b := range r.op.Bodies {
			if mediaType, _, _ := strings.Cut(b.MediaType, ";"); slices.Contains(d.Values, mediaType) {
				r.send(b, model.Sample(b.Type))
				return
			}
		}
	case "Accept":
		r.accept = strings.Join(d.Values, ", ")
	default:
		for _, p := range r.op.Params {
			if p.In == d.In && p.Name == d.Name {
				r.sendParam(p, d.Values)
			}
		}
	}
}

// sendParam sends a parameter with one of several values, or with any if there are none.
func (r *request) sendParam(p *model.Param, values []string) {
	if _, sent := r.params[p]; !sent {
		r.params[p] = model.SampleParam(p)
	}
	if len(values) > 0 && !slices.Contains(values, wire.Text(r.params[p])) {
		r.params[p] = values[0]
	}
}

// sendMember sends a body that has a certain property, see send.
func (r *request) sendMember(d model.Distinction) {
	for _, b := range r.op.Bodies {
		if r.body == nil && b.Type.Field(d.Name) != nil {
			r.send(b, model.Sample(b.Type))
		}
	}
}

// withMember gives a body the property that tells operations apart.
func withMember(b *model.Body, value any, d model.Distinction) {
	f := b.Type.Field(d.Name)
	body, ok := value.(map[string]any)
	if f == nil || !ok || d.In != "body" {
		return
	}
	if _, sent := body[d.Name]; !sent {
		body[d.Name] = model.Sample(f.Type)
	}
	if len(d.Values) > 0 && !slices.Contains(d.Values, wire.Text(body[d.Name])) {
		body[d.Name] = decodedOr(d.Values[0])
	}
}

// decodedOr is a text as the JSON that it is, or else as a string.
func decodedOr(s string) any {
	if s == "null" {
		return nil
	}
	if v := decoded([]byte(s)); v != nil {
		return v
	}
	return s
}

// send adds a body, with what tells the operation from others on the same path.
func (r *request) send(b *model.Body, value any) {
	for _, d := range r.op.When {
		withMember(b, value, d)
	}
	c := wire.Encode(b, value)
	r.body = &c
}

// build makes the request for a server at that URL, the document's base path included.
func (r *request) build(ctx context.Context, base string) (*http.Request, error) {
	path, query, _ := strings.Cut(r.op.Path, "?")
	path, _, _ = strings.Cut(path, "#")
	query, _, _ = strings.Cut(query, "#")
	for _, p := range r.op.PathParams() {
		value, ok := r.paths[p]
		if !ok {
			value = wire.Single(p, r.params[p], url.PathEscape)
		} else {
			value = wire.Single(p, value, url.PathEscape)
		}
		path = strings.ReplaceAll(path, "{"+p.Name+"}", value)
	}
	if more := wire.Query(r.query()); query != "" && more != "" {
		query += "&" + more
	} else {
		query += more
	}
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body.Data)
	}
	req, err := http.NewRequestWithContext(ctx, r.op.Method, base+path, body)
	if err != nil {
		return nil, err
	}
	req.URL.RawQuery = query
	if r.body != nil {
		req.Header.Set("Content-Type", r.body.MediaType)
	}
	if r.accept != "" {
		req.Header.Set("Accept", r.accept)
	}
	r.addHeaders(req)
	return req, nil
}

// query are the pairs of the query, in the order of the document.
func (r *request) query() []wire.Pair {
	var out []wire.Pair
	for _, p := range r.op.Params {
		if v, sent := r.params[p]; sent && p.In == "query" {
			out = append(out, wire.Several(p, v)...)
		}
	}
	return out
}

// addHeaders sends header parameters and cookies. Accept, Content-Type and Authorization are none,
// whatever a document says (OpenAPI 3.1 §4.8.12).
func (r *request) addHeaders(req *http.Request) {
	asIs := func(s string) string { return s }
	for _, p := range r.op.Params {
		v, sent := r.params[p]
		switch {
		case !sent:
		case p.In == "cookie":
			req.AddCookie(&http.Cookie{Name: p.Name, Value: wire.Single(p, v, url.QueryEscape)})
		case p.In == "header" && !isReserved(p.Name):
			req.Header.Set(p.Name, wire.Single(p, v, asIs))
		}
	}
}

func isReserved(header string) bool {
	switch strings.ToLower(header) {
	case "accept", "content-type", "authorization":
		return true
	}
	return false
}
