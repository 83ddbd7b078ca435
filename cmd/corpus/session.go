package main

import (
	"context"
	"errors"
	"net/http"

	"gen/generator/model"
	"gen/generator/wire"
)

// logIn begins a session of the account that there is, which is made first if there is none.
func (w *walker) logIn(ctx context.Context) error {
	if len(w.sessions.LogIns) == 0 {
		return errors.New("nobody can log in")
	}
	op := w.sessions.LogIns[0]
	it, err := w.item(ctx, w.sessions.Accounts)
	if err != nil {
		return err
	}
	r, err := withCredentials(op, w.sessions.Names, it.sent)
	if err != nil {
		return err
	}
	a, ok := w.call(ctx, r)
	if !ok {
		return errors.New("nobody could log in: " + a.text())
	}
	w.token = tokenIn(op.Answer.Response.Type, decoded(a.body))
	return nil
}

// withCredentials is a request to log in with what an account was made of.
func withCredentials(op *model.Operation, names []*model.Field, account map[string]any) (*request, error) {
	r, c := sampled(op), op.Credentials
	var body any
	if op.Input != nil {
		body = model.Sample(op.Input.Body.Type)
	}
	for i, o := range append([]model.Operand{c.Password}, c.Names...) {
		value := account[name(o)]
		if value == nil && i > 0 && len(names) > 0 {
			value = account[names[0].Name]
		}
		switch {
		case value == nil:
			return nil, errors.New("the account has no " + name(o))
		case o.Param != nil:
			r.params[o.Param] = value
		default:
			set(body, op.Input.Wrap, o.Field.Name, value)
		}
	}
	if op.Input != nil {
		r.send(op.Input.Body, body)
	}
	return r, nil
}

// name is what the document calls a part of the credentials.
func name(o model.Operand) string {
	if o.Param != nil {
		return o.Param.Name
	}
	return o.Field.Name
}

// tokenIn is the key of the session in the answer to a log-in, "" where it has none.
func tokenIn(t *model.Type, body any) string {
	if s, ok := body.(string); ok && t.Kind == model.String {
		return s
	}
	object, ok := body.(map[string]any)
	if !ok || t == nil {
		return ""
	}
	for _, f := range t.Fields {
		if s, ok := object[f.Name].(string); ok && model.IsToken(f) {
			return s
		}
		if s := tokenIn(f.Type, object[f.Name]); s != "" && f.Type.Kind == model.Object {
			return s
		}
	}
	return ""
}

// onSession calls an operation on the session of who asks.
func (w *walker) onSession(ctx context.Context, op *model.Operation) {
	if err := w.logIn(ctx); err != nil {
		w.find(notWalked, op, answer{}, err.Error())
		return
	}
	if op.Kind == model.LogIn && w.done[op] {
		return
	}
	r := sampled(op)
	if op.Kind == model.EndSession {
		r.name([]string{w.sessionID(ctx)})
	}
	w.call(ctx, r)
}

// sessionID names a session that there is.
func (w *walker) sessionID(ctx context.Context) string {
	for _, op := range w.api {
		if op.Kind != model.ListSessions {
			continue
		}
		if a, err := w.do(ctx, sampled(op)); err == nil && a.status == http.StatusOK {
			list, _ := inside(decoded(a.body), op.List.Items).([]any)
			if len(list) > 0 {
				first, _ := list[0].(map[string]any)
				return wire.Text(first["id"])
			}
		}
	}
	return "none"
}

// signUp gives the body of a new account all that its owner needs to log in.
func (w *walker) signUp(op *model.Operation, body any) map[string]any {
	account, ok := inside(body, op.Input.Wrap).(map[string]any)
	if !ok || len(w.sessions.LogIns) == 0 {
		return nil
	}
	for _, o := range append([]model.Operand{w.sessions.LogIns[0].Credentials.Password}, w.sessions.LogIns[0].Credentials.Names...) {
		f := op.Input.Type.Field(name(o))
		if f != nil && account[f.Name] == nil {
			account[f.Name] = model.SampleOther(f.Type, w.made)
		}
	}
	return account
}
