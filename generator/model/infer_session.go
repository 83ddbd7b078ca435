package model

import (
	"fmt"
	"slices"

	"gen/generator/spec"
)

var (
	logInNouns    = []string{"login", "signin", "session", "token", "authenticate", "auth", "logon"}
	logOutNouns   = []string{"logout", "signout", "logoff"}
	identifiers   = []string{"email", "username", "login", "name", "user", "userid", "phone", "identifier", "emailaddress", "usernameoremail"}
	passwordNames = []string{"password", "passwd", "passphrase"}
)

// findSessions finds the operations that log in and out and tell who is logged in. Where one logs in,
// the resource with the password is the accounts'.
func findSessions(candidates []*candidate) {
	for _, c := range candidates {
		for _, op := range c.collection {
			c.session(op)
		}
	}
}

func (c *candidate) session(op *Operation) {
	noun := canonical(c.noun)
	switch {
	case slices.Contains(logInNouns, noun) && (op.Method == "POST" || op.Method == "GET") && takesCredentials(op):
		op.decide(LogIn, "it takes an identifier and a password on a path for sessions")
	case slices.Contains(logOutNouns, noun) && len(op.Bodies) == 0:
		op.decide(LogOut, "its path says so")
	case c.logsIn() && op.Method == "DELETE":
		op.decide(LogOut, "it deletes what logging in creates")
	case c.logsIn() && op.Method == "GET" && usesCookie(op):
		op.decide(Whoami, "it reads what logging in creates")
	}
}

func (c *candidate) logsIn() bool {
	return slices.ContainsFunc(c.collection, func(op *Operation) bool { return op.Method == "POST" && takesCredentials(op) })
}

func takesCredentials(op *Operation) bool {
	var names []string
	for _, b := range op.Bodies {
		for _, f := range credentials(b) {
			names = append(names, flat(f.Name))
		}
	}
	for _, p := range op.Params {
		if p.In == "query" {
			names = append(names, flat(p.Name))
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

func usesCookie(op *Operation) bool {
	for _, req := range op.Security {
		for _, use := range req {
			if use.Scheme.In == "cookie" {
				return true
			}
		}
	}
	return false
}

// findAccounts marks the password of the resource that logs in, and the identifier that is unique in it.
func findAccounts(api *API) {
	for _, op := range api.Operations {
		if op.Kind != LogIn {
			continue
		}
		for _, r := range api.Resources {
			if r.Stored && r.logsInWith(op) {
				return
			}
		}
	}
}

// logsInWith says that r is what op logs in against: its create takes the password and the identifier.
func (r *Resource) logsInWith(op *Operation) bool {
	for _, create := range r.Operations {
		if create.Kind != Create || create.Input == nil {
			continue
		}
		password := oneOf(create.Input.Type, passwordNames)
		identifier := oneOf(create.Input.Type, identifiers)
		if password == nil || identifier == nil {
			continue
		}
		r.Password = password
		if stored := r.Type.Field(password.Name); stored != nil {
			r.Password = stored
		}
		for _, name := range identifiers {
			if f := oneOf(create.Input.Type, []string{name}); f != nil && op.takes(name) && r.Type.Field(f.Name) != nil && r.Type.Field(f.Name) != r.Key.Field {
				r.Unique = append(r.Unique, f.Name)
			}
		}
		return true
	}
	return false
}

func oneOf(t *Type, names []string) *Field {
	for _, f := range t.Fields {
		if slices.Contains(names, flat(f.Name)) && f.Type.Kind == String {
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
	return slices.ContainsFunc(op.Params, func(p *Param) bool { return p.In == "query" && flat(p.Name) == name })
}

// warnOfPasswords tells of passwords that are stored as they are sent: those of resources that nothing
// logs in with. They may be a webhook's or a connection's, which hashing would destroy.
func warnOfPasswords(api *API) {
	for _, r := range api.Resources {
		for _, s := range r.Secrets {
			if !slices.Contains(passwordNames, flat(s.Name)) || len(r.Operations) == 0 {
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
