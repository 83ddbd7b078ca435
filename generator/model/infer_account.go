package model

import (
	"cmp"
	"slices"
	"strings"

	"gen/generator/spec"
)

// findAccounts finds the resource that people log in with: its password, and what names an account,
// which is unique in it. It leaves Sessions.Accounts nil where no log-in has one.
func findAccounts(api *API, overrides Overrides) {
	api.Sessions.Cookie = cookieScheme(api, overrides.Session)
	for _, op := range api.Operations {
		if op.Kind != LogIn || op.success() == nil {
			continue
		}
		for _, r := range api.Resources {
			if r.Stored && len(r.Parents) == 0 && api.Sessions.logInWith(op, r) {
				api.Sessions.Bearer = bearerScheme(api, op)
				warnOfToken(api, op)
				r.Open = overrides.Resources[r.inferredName].Owner == nobody
				findAuthors(api)
				return
			}
		}
	}
}

// cookieScheme is the scheme whose cookie is the session's: the author's choice, the only one, or the
// one that is named like it.
func cookieScheme(api *API, chosen string) *Scheme {
	var found *Scheme
	for _, s := range api.Schemes {
		switch {
		case s.Type != "apiKey" || s.In != "cookie":
		case s.Name == chosen:
			return s
		case found == nil || slices.Contains(Words(s.Name), "session") && !slices.Contains(Words(found.Name), "session"):
			found = s
		}
	}
	return found
}

// bearerScheme is the scheme that the token of a log-in is for: the bearer scheme that operations ask
// for most often.
func bearerScheme(api *API, logIn *Operation) *Scheme {
	if !answersToken(logIn.success().Type) {
		return nil
	}
	uses := map[*Scheme]int{}
	for _, op := range api.Operations {
		for _, requirement := range op.Security {
			for _, use := range requirement {
				uses[use.Scheme]++
			}
		}
	}
	var found *Scheme
	for _, s := range api.Schemes {
		if isBearer(s) && uses[s] > 0 && (found == nil || uses[s] > uses[found]) {
			found = s
		}
	}
	return found
}

// warnOfToken tells of a log-in whose token nothing in the document takes.
func warnOfToken(api *API, logIn *Operation) {
	if api.Sessions.Bearer != nil || !answersToken(logIn.success().Type) {
		return
	}
	api.Warnings = append(api.Warnings, spec.Issue{
		Position: logIn.Position, Pointer: logIn.Pointer,
		Problem: "logging in answers a token, and no operation asks for a bearer scheme",
		Advice:  "sessions travel in a cookie; describe an http scheme bearer to have the token be their key",
	})
}

var tokenNames = []string{"token", "accesstoken", "authtoken", "sessiontoken", "jwt", "bearertoken", "apitoken"}

// IsToken says that a property of the answer to a log-in is the key of the session.
func IsToken(f *Field) bool {
	return f.Type.Kind == String && f.Type.Basic == "string" && slices.Contains(tokenNames, Flat(f.Name))
}

// answersToken says that a log-in answers with a token, perhaps in an object of its own.
func answersToken(t *Type) bool {
	switch {
	case t == nil:
		return false
	case t.Kind == String:
		return len(t.Enum) == 0
	}
	return slices.ContainsFunc(t.Fields, func(f *Field) bool {
		return IsToken(f) || f.Type.Kind == Object && slices.ContainsFunc(f.Type.Fields, IsToken)
	})
}

// logInWith takes r for the accounts if op can log in with one: its create takes a password and what
// names the account.
func (s *Sessions) logInWith(op *Operation, r *Resource) bool {
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
		r.Unique = nil
		for _, name := range identifiers {
			f := oneOf(create.Input.Type, []string{name})
			if f == nil || !op.takes(name) {
				continue
			}
			if stored := r.Type.Field(f.Name); stored != nil && stored != r.Key.Field {
				r.Unique = append(r.Unique, f.Name)
				s.Names = append(s.Names, stored)
			}
		}
		s.Accounts = r
		return true
	}
	return false
}

// authorNames are what documents call the account that made something, beside that account's noun.
var authorNames = []string{"author", "authorid", "owner", "ownerid", "user", "userid", "account", "accountid", "creator", "creatorid", "createdby", "createdbyid"}

// findAuthors finds the properties that hold the key of who made a thing.
func findAuthors(api *API) {
	accounts := api.Sessions.Accounts
	names := append([]string{Flat(accounts.Singular) + "id", Flat(accounts.Singular)}, authorNames...)
	for _, r := range api.Resources {
		if r == accounts || !r.Stored || r.Type == nil {
			continue
		}
		for _, name := range names {
			members := r.Type.Members()
			i := slices.IndexFunc(members, func(f *Field) bool {
				return Flat(f.Name) == name && holdsKey(f, accounts) && f != r.Key.Field
			})
			if i >= 0 {
				r.Author = members[i]
				break
			}
		}
		if r.Author == nil {
			r.Author = api.personIn(r)
		}
	}
}

// personIn is a property like organizerId: the key of something that no resource is called, which
// clients do not send.
func (api *API) personIn(r *Resource) *Field {
	for _, f := range r.Type.Members() {
		stem, isKey := strings.CutSuffix(Flat(f.Name), "id")
		sent := slices.ContainsFunc(r.Operations, func(op *Operation) bool {
			return op.Sends(f.Name)
		})
		if isKey && stem != "" && !sent && f != r.Key.Field && r.parentFor(f) == nil && holdsKey(f, api.Sessions.Accounts) && !api.called(stem) {
			return f
		}
	}
	return nil
}

// called says that some resource is called so.
func (api *API) called(name string) bool {
	return slices.ContainsFunc(api.Resources, func(r *Resource) bool {
		return Flat(r.Singular) == name || strings.HasPrefix(name, Flat(r.Singular)) || strings.HasSuffix(Flat(r.Singular), name)
	})
}

// holdsKey says that a property has the type of the accounts' key.
func holdsKey(f *Field, accounts *Resource) bool {
	return f.Type.Kind == accounts.Key.Type.Kind && len(f.Type.Enum) == 0 &&
		(f.Type.Kind == Integer || f.Type.Basic == accounts.Key.Type.Basic)
}

// completeSessions works out what the handlers of sessions need, and who may do what.
func (api *API) completeSessions() {
	s := &api.Sessions
	for _, op := range api.Operations {
		if s.Accounts == nil {
			break
		}
		op.OwnAccount = op.Resource == s.Accounts && op.KeyParam() != nil && !s.Accounts.Open && op.ChangesItem()
		if op.Kind.OfSessions() {
			s.complete(op)
		}
		if op.Kind == LogIn && op.Live {
			api.Sessions.LogIns = append(api.Sessions.LogIns, op)
		}
	}
}

// ChangesItem says that op changes or deletes an item that must be there.
func (op *Operation) ChangesItem() bool {
	return op.Kind == Replace && !op.Upserts() || op.Kind == Update || op.Kind == Delete
}

// complete makes op live where it has all that its handler needs.
func (s *Sessions) complete(op *Operation) {
	res := op.success()
	if res == nil {
		return
	}
	if op.Kind == LogIn {
		op.Credentials = op.credentials()
	}
	op.refuse(slices.DeleteFunc(queryParams(op), op.Credentials.has))
	op.Answer = &Answer{Response: res, Type: res.Type}
	switch op.Kind {
	case LogIn:
		op.Live = op.Credentials != nil
	case ListSessions:
		op.List = listing(res)
		op.Live = op.List != nil
	case EndSession:
		op.Live = len(op.PathParams()) == 1
	default:
		op.Live = op.Kind != Action
	}
}

func (c *Credentials) has(p *Param) bool {
	if c == nil {
		return false
	}
	return c.Password.Param == p || slices.ContainsFunc(c.Names, func(o Operand) bool { return o.Param == p })
}

// credentials finds what a log-in asks for: in its body, or else in its query.
func (op *Operation) credentials() *Credentials {
	for _, b := range op.Bodies {
		if b.Tag != "JSON" && b.Tag != "Formdata" {
			continue
		}
		fields := &Type{Fields: credentials(b)}
		c := &Credentials{Password: Operand{Field: oneOf(fields, passwordNames)}}
		for _, f := range fields.Fields {
			if f.Type.Kind == String && slices.Contains(identifiers, Flat(f.Name)) {
				c.Names = append(c.Names, Operand{Field: f})
			}
		}
		if c.Password.Field != nil && c.Names != nil {
			op.Input = inputOf(b)
			return c
		}
	}
	return op.queryCredentials()
}

func (op *Operation) queryCredentials() *Credentials {
	c := &Credentials{}
	for _, p := range queryParams(op) {
		switch name := Flat(p.Name); {
		case slices.Contains(passwordNames, name):
			c.Password.Param = cmp.Or(c.Password.Param, p)
		case slices.Contains(identifiers, name):
			c.Names = append(c.Names, Operand{Param: p})
		}
	}
	if c.Password.Param == nil || c.Names == nil {
		return nil
	}
	return c
}

// inputOf is a body with credentials, perhaps within the only property of an object.
func inputOf(b *Body) *Input {
	if fields := b.Type.Fields; len(fields) == 1 && fields[0].Type.Kind == Object {
		return &Input{Body: b, Wrap: fields, Type: fields[0].Type}
	}
	return &Input{Body: b, Type: b.Type}
}
