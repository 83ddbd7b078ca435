package handlers

import (
	"encoding/json"
	"slices"

	"gen/generator/model"
)

// needsSession says that a walk through r, or through what it is part of, begins with a log-in.
func needsSession(r *model.Resource) bool {
	needs := slices.ContainsFunc(r.Operations, func(op *model.Operation) bool {
		return op.Live && !op.Kind.OfSessions() && (op.NeedsSession || op.OwnAccount)
	})
	return needs || r.Owner != nil || r.Parent != nil && needsSession(r.Parent)
}

// begin adds the requests that sign up and log in. It is false where a test cannot, or where the session
// does not travel in a cookie.
func (w *walk) begin() bool {
	s := w.sessions
	if s.Accounts == nil || s.Bearer != nil {
		return false
	}
	signUp := find(s.Accounts, model.Create)
	logIn := liveLogIn(s)
	if signUp == nil || logIn == nil || signUp.NeedsSession || logIn.Input == nil {
		return false
	}
	account := w.create(s.Accounts)
	sent, ok := model.Sample(signUp.Input.Body.Type).(map[string]any)
	if account == "" || !ok || len(signUp.Input.Wrap) > 0 {
		w.steps = nil
		return false
	}
	credentials := step(logIn, quoted(logIn.Path))
	credentials.Body = credentialsFrom(sent, logIn)
	w.steps = append(w.steps, credentials)
	return credentials.Body != ""
}

// liveLogIn is the operation that a test logs in with.
func liveLogIn(s model.Sessions) *model.Operation {
	for _, op := range s.LogIns {
		if op.Live && op.Input != nil && op.Input.Tag == "JSON" && op.Answer != nil {
			return op
		}
	}
	return nil
}

// credentialsFrom is the body of a log-in with what was sent to sign up, "" where that is not enough.
func credentialsFrom(sent map[string]any, logIn *model.Operation) string {
	body, ok := model.Sample(logIn.Input.Body.Type).(map[string]any)
	if !ok || len(logIn.Input.Wrap) > 0 {
		return ""
	}
	c := logIn.Credentials
	for i, o := range append([]model.Operand{c.Password}, c.Names...) {
		value, has := sent[o.Field.Name]
		_, asked := body[o.Field.Name]
		switch {
		case has && (asked || i < 2): // the password and one name are enough
			body[o.Field.Name] = value
		case asked || i < 2:
			return ""
		}
	}
	text, err := json.Marshal(body)
	if err != nil {
		return ""
	}
	return quoted(string(text))
}
