package model

import (
	"fmt"
	"slices"

	"gen/generator/spec"
)

var (
	logInNouns    = []string{"login", "signin", "session", "token", "authenticate", "auth", "logon"}
	whoamiNouns   = []string{"me", "whoami", "currentuser", "currentaccount"}
	logOutNouns   = []string{"logout", "signout", "logoff"}
	identifiers   = []string{"email", "username", "login", "name", "user", "userid", "phone", "identifier", "emailaddress", "usernameoremail"}
	passwordNames = []string{"password", "passwd", "passphrase"}
)

// findSessions finds the operations that log in and out, tell who is logged in, and list and end that
// person's sessions.
func findSessions(candidates []*candidate) {
	logsIn := false
	for _, c := range candidates {
		for _, op := range c.collection {
			if slices.Contains(logInNouns, canonical(c.noun)) && (op.Method == "POST" || op.Method == "GET") && takesCredentials(op) {
				op.decide(LogIn, "it takes an identifier and a password on a path for sessions")
				logsIn = true
			}
		}
	}
	for _, c := range candidates {
		for _, op := range c.operations() {
			c.session(op)
		}
		if logsIn && c.isMe() {
			c.leaveMe()
		}
	}
}

func (c *candidate) session(op *Operation) {
	noun, logsIn := canonical(c.noun), c.logsIn()
	switch {
	case op.Kind == LogIn:
	case c.isItem(op):
		if noun == "session" && op.Method == "DELETE" && travelsWithSession(op) && !c.has(Create) {
			op.decide(EndSession, "it deletes one of somebody's sessions")
		}
	case slices.Contains(logOutNouns, noun) && len(op.Bodies) == 0:
		op.decide(LogOut, "its path says so")
	case logsIn && op.Method == "DELETE":
		op.decide(LogOut, "it deletes what logging in creates")
	case op.Method == "GET" && !travelsWithSession(op):
	case noun == "session" && op.Method == "GET" && listing(op.success()) != nil && !c.has(Create):
		op.decide(ListSessions, "it lists somebody's sessions")
	case logsIn && op.Method == "GET":
		op.decide(Whoami, "it reads what logging in creates")
	case c.isMe() && op.Method == "GET":
		op.decide(Whoami, "its path says so")
	case noun == "session" && op.Method == "DELETE" && travelsWithSession(op) && !c.has(Create):
		op.decide(EndSessions, "it deletes all of somebody's sessions")
	}
}

// isMe says that a path stands for whoever asks.
func (c *candidate) isMe() bool {
	return slices.Contains(whoamiNouns, canonical(c.noun)) && len(c.parents) == 0 && len(c.item) == 0
}

// leaveMe takes changes of the account of who asks for actions: it is a row of the accounts, not the
// one of its kind that there is.
func (c *candidate) leaveMe() {
	for _, op := range c.collection {
		if stores(op.Kind) {
			op.decide(Action, "it is about the account of who asks")
		}
	}
}

func (c *candidate) isItem(op *Operation) bool { return slices.Contains(c.item, op) }

func (c *candidate) logsIn() bool {
	return slices.ContainsFunc(c.collection, func(op *Operation) bool { return op.Kind == LogIn })
}

func takesCredentials(op *Operation) bool {
	var names []string
	for _, b := range op.Bodies {
		for _, f := range credentials(b) {
			names = append(names, Flat(f.Name))
		}
	}
	for _, p := range op.Params {
		if p.In == "query" {
			names = append(names, Flat(p.Name))
		}
	}
	has := func(wanted []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(wanted, n) })
	}
	return has(identifiers) && has(passwordNames)
}

// credentials are the properties of a body, also of one with a single object in it: {"user": {…}}.
func credentials(b *Body) []*Field {
	switch {
	case b.Type == nil:
		return nil
	case len(b.Type.Fields) == 1 && b.Type.Fields[0].Type.Kind == Object:
		return b.Type.Fields[0].Type.Fields
	}
	return b.Type.Fields
}

// travelsWithSession says that op asks for what a session may travel by.
func travelsWithSession(op *Operation) bool {
	for _, req := range op.Security {
		for _, use := range req {
			if use.Scheme.In == "cookie" || isBearer(use.Scheme) {
				return true
			}
		}
	}
	return false
}

func isBearer(s *Scheme) bool { return s.Type == "http" && s.HTTPScheme == "bearer" }

func oneOf(t *Type, names []string) *Field {
	for _, f := range t.Fields {
		if slices.Contains(names, Flat(f.Name)) && f.Type.Kind == String {
			return f
		}
	}
	return nil
}

func (op *Operation) takes(name string) bool {
	for _, b := range op.Bodies {
		if oneOf(&Type{Fields: credentials(b)}, []string{name}) != nil {
			return true
		}
	}
	return slices.ContainsFunc(op.Params, func(p *Param) bool { return p.In == "query" && Flat(p.Name) == name })
}

// warnOfPasswords tells of passwords that are stored as they are sent: those of resources that nothing
// logs in with. They may be a webhook's or a connection's, which hashing would destroy.
func warnOfPasswords(api *API) {
	for _, r := range api.Resources {
		for _, s := range r.Secrets {
			if !slices.Contains(passwordNames, Flat(s.Name)) || len(r.Operations) == 0 {
				continue
			}
			api.Warnings = append(api.Warnings, spec.Issue{
				Position: r.Operations[0].Position,
				Pointer:  s.Pointer,
				Problem:  fmt.Sprintf("%s of %s is stored as it is sent, because nothing in the document logs in with it", s.Name, r.Name),
				Advice:   "hash it in the handlers if it is somebody's password",
			})
		}
	}
}
