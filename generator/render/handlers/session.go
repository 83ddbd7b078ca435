package handlers

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
)

// Logins is how a file's handlers know accounts: the type arguments of auth.Logins, and the properties
// that people name an account by.
type Logins struct {
	Key, Type string
	Names     []string
	// Own says that the file is that of the accounts themselves; Table is their field, Resource their handler.
	Own             bool
	Table, Resource string
}

// KnowsItself says that the handler's logins use its own table.
func (f File) KnowsItself() bool { return f.Logins != nil && f.Logins.Own }

// Params are the parameters of the function that makes the handler, Args what New gives it: the store,
// the accounts' table where that is another handler's, and the sessions.
func (f File) Params() string {
	var params []string
	if f.Table != "" {
		params = append(params, "db *store.DB")
	}
	if l := f.Logins; l != nil && !l.Own {
		params = append(params, l.Table+" *store.Table["+l.Key+", "+l.Type+"]")
	}
	if f.Logins != nil || f.Sessions {
		params = append(params, "sessions *session.Manager")
	}
	return strings.Join(params, ", ")
}

// Args are explained with Params.
func (f File) Args() string {
	var args []string
	if f.Table != "" {
		args = append(args, "db")
	}
	if l := f.Logins; l != nil && !l.Own {
		args = append(args, l.Table+"."+l.Table)
	}
	if f.Logins != nil || f.Sessions {
		args = append(args, "sessions")
	}
	return strings.Join(args, ", ")
}

// accounts is a builder for what is made of an account in the file of b.
func (b *builder) accounts() *builder {
	r := b.sessions.Accounts
	if r == b.r {
		return b
	}
	return &builder{r: r, file: b.file, sessions: b.sessions, prefix: b.r.GoName}
}

// logins tells the file that its handlers know accounts.
func (b *builder) logins() {
	r := b.sessions.Accounts
	owner := b.accounts()
	l := &Logins{Key: owner.keyType(), Type: owner.storedType(), Own: r == b.r, Table: field(r.GoName), Resource: r.GoName}
	for _, f := range b.sessions.Names {
		l.Names = append(l.Names, f.Name)
	}
	b.file.Logins = l
}

// logIn prepares what checks a password and begins a session.
func (b *builder) logIn(op *model.Operation, m *Method) {
	m.Template = "login"
	if op.Input != nil {
		b.readBody(op, m)
	}
	m.Account, m.Password = b.sentName(op), b.operand(op, op.Credentials.Password)
	b.logins()
	m.Answer = b.loggedIn(op)
	m.UsesRow = strings.Contains(m.Answer, "row.")
}

// sentName is the expression of what the client calls its account: the first name that it sent.
func (b *builder) sentName(op *model.Operation) string {
	names := op.Credentials.Names
	if len(names) == 1 {
		return b.operand(op, names[0])
	}
	exprs := make([]string, len(names))
	for i, name := range names {
		exprs[i] = b.operand(op, name)
	}
	return "cmp.Or(" + strings.Join(exprs, ", ") + ")"
}

// operand is the expression of a name or a password as a string.
func (b *builder) operand(op *model.Operation, o model.Operand) string {
	to := slot{t: plainString, required: true}
	if p := o.Param; p != nil {
		return convert("req.Params."+p.GoName, slot{t: p.Type, optional: p.Optional, required: p.Required}, to, "")
	}
	return convert(b.body(op)+"."+o.Field.GoName, slotOf(o.Field), to, "")
}

// whoami prepares what answers the account of the session.
func (b *builder) whoami(op *model.Operation, m *Method) {
	m.Template = "whoami"
	b.logins()
	m.Answer = b.loggedIn(op)
	m.UsesRow = strings.Contains(m.Answer, "row.")
}

// logOut prepares what ends the session.
func (b *builder) logOut(op *model.Operation, m *Method) {
	m.Template = "logout"
	m.Answer = b.answer(op, op.Answer, "")
}

// endSessions prepares what ends one or all of somebody's sessions.
func (b *builder) endSessions(op *model.Operation, m *Method) {
	m.Template, b.file.Sessions = "end", true
	m.Key = ""
	if op.Kind == model.EndSession {
		p := op.PathParams()[0]
		m.Key = convert("req."+p.GoName, slot{t: p.Type, required: true}, slot{t: plainString, required: true}, "")
	}
	m.Answer = b.answer(op, op.Answer, "")
}

// listSessions prepares what lists somebody's sessions.
func (b *builder) listSessions(op *model.Operation, m *Method) {
	m.Template, b.file.Sessions = "sessions", true
	expr := "each(open, " + b.sessionConverter(op.List.Elem) + ")"
	for i, f := range slices.Backward(op.List.Items) {
		outer := op.Answer.Response.Type
		if i > 0 {
			outer = op.List.Items[i-1].Type
		}
		expr = outer.Expr() + "{" + f.GoName + ": " + convert(expr, slot{t: f.Type, required: true}, slotOf(f), "") + b.beside(outer, f) + "}"
	}
	m.Answer = b.response(op.Answer, expr)
}

// infoFields are the properties of a listed session, by their names without case and punctuation, as
// fields of session.Info.
var infoFields = map[string]string{
	"id": "ID", "sessionid": "ID", "key": "ID",
	"created": "Created", "createdat": "Created", "loggedinat": "Created", "startedat": "Created", "issuedat": "Created",
	"lastseen": "Seen", "lastseenat": "Seen", "lastusedat": "Seen", "lastactiveat": "Seen", "lastactivity": "Seen", "updatedat": "Seen",
	"expires": "Expires", "expiresat": "Expires", "expiry": "Expires", "validuntil": "Expires",
	"current": "Current", "iscurrent": "Current",
	"address": "Address", "ip": "Address", "ipaddress": "Address", "clientip": "Address", "remoteaddress": "Address",
	"useragent": "Agent", "device": "Agent", "browser": "Agent", "client": "Agent",
}

var timeType = &model.Type{Kind: model.String, Basic: "time.Time"}

// sessionConverter is the name of the function that makes a listed session of what the manager knows.
func (b *builder) sessionConverter(to *model.Type) string {
	c := Converter{
		Name: model.Unexported(b.r.GoName) + "As" + to.Name, Comment: "answers a session as " + to.Name + ".",
		From: "session.Info", To: to.Expr(), Var: "info",
	}
	for _, f := range to.Fields {
		if expr := infoExpr(f); expr != "" {
			c.Fields = append(c.Fields, Field{Name: f.GoName, Expr: expr})
		} else if f.Required {
			guess := model.Source{Field: f, Kind: model.FromGuess, Value: model.Guess(f)}
			c.Fields = append(c.Fields, Field{Name: f.GoName, Expr: constant(guess, slotOf(f)), Comment: "a guess: the document does not say what it is"})
		}
	}
	b.file.Converters = append(b.file.Converters, c)
	return c.Name
}

func infoExpr(f *model.Field) string {
	name := infoFields[model.Flat(f.Name)]
	from := slot{t: plainString, required: true}
	switch name {
	case "":
		return ""
	case "Current":
		from.t = &model.Type{Kind: model.Boolean, Basic: "bool"}
	case "Created", "Seen", "Expires":
		from.t = timeType
		if f.Type.Kind == model.Integer {
			return convert("info."+name+".Unix()", slot{t: &model.Type{Kind: model.Integer, Basic: "int64"}, required: true}, slotOf(f), "")
		}
	}
	return convert("info."+name, from, slotOf(f), "")
}

// loggedIn is the answer to who has just logged in, or asks who that is.
func (b *builder) loggedIn(op *model.Operation) string {
	if op.Answer.Response.Type == nil {
		return b.response(op.Answer, "")
	}
	return b.response(op.Answer, b.identity(op, op.Answer.Response.Type))
}

const sessionToken = "session.From(ctx).Token()"

// identity is a value of t that tells who is logged in: the account, a token, or an object with either.
func (b *builder) identity(op *model.Operation, t *model.Type) string {
	owner := b.accounts()
	switch {
	case t.Kind == model.String:
		return cast(sessionToken, plainString, t)
	case t.Kind != model.Object || t.Name == "" || !b.holdsIdentity(t):
		return owner.projection(op, t, "row.Value")
	}
	var lines strings.Builder
	for _, f := range t.Fields {
		if expr := b.identityField(op, f); expr != "" {
			lines.WriteString(f.GoName + ": " + expr + ",\n")
		}
	}
	return t.Expr() + "{\n" + lines.String() + "}"
}

// holdsIdentity says that an object is more than an account: it has a token, or an account as a property.
func (b *builder) holdsIdentity(t *model.Type) bool {
	return slices.ContainsFunc(t.Fields, func(f *model.Field) bool { return model.IsToken(f) || b.isAccount(f.Type) })
}

func (b *builder) isAccount(t *model.Type) bool {
	stored := b.sessions.Accounts.Type
	return t == stored || t.Kind == model.Object && stored.Kind == model.Object && model.Resembles(t, stored)
}

func (b *builder) identityField(op *model.Operation, f *model.Field) string {
	to := slotOf(f)
	stored := b.sessions.Accounts.Type.Field(f.Name)
	switch {
	case model.IsToken(f):
		return convert(sessionToken, slot{t: plainString, required: true}, to, "")
	case f.Type.Kind == model.Object && (b.isAccount(f.Type) || b.holdsIdentity(f.Type)):
		return convert(b.identity(op, f.Type), slot{t: f.Type, required: true}, to, "")
	case model.Flat(f.Name) == "tokentype" && tokenType(f) != "":
		return constant(model.Source{Field: f, Kind: model.FromConst, Value: tokenType(f)}, to)
	case slices.Contains([]string{"expiresin", "expiresinseconds"}, model.Flat(f.Name)) && f.Type.Kind == model.Integer:
		b.file.Sessions = true
		return convert("int(h.sessions.Lifetime().Seconds())", slot{t: &model.Type{Kind: model.Integer, Basic: "int"}, required: true}, to, "")
	case stored != nil && stored != b.sessions.Accounts.Password && model.Fits(stored, f):
		return fromStore("row.Value."+stored.GoName, model.Source{Field: f, Kind: model.FromStore, From: stored}, to)
	case f.Required:
		return constant(model.Source{Field: f, Kind: model.FromGuess, Value: model.Guess(f)}, to)
	}
	return ""
}

// author is the variable with the key of who asks.
func (b *builder) author() string {
	if b.file.Var == "user" {
		return "account"
	}
	return "user"
}

// tokenType is what a property calls a bearer token (RFC 6749 §7.1, where case does not matter), "" if
// it cannot.
func tokenType(f *model.Field) string {
	for _, name := range []string{"Bearer", "bearer", "BEARER"} {
		if f.Type.Kind == model.String && model.Allows(f, name) {
			return name
		}
	}
	return ""
}

// guard prepares what keeps others from an account, or from what somebody owns.
func (b *builder) guard(op *model.Operation, m *Method) {
	switch {
	case op.OwnAccount:
		m.Guard = b.key(op)
	case op.Owned():
		owned := b.file.Var
		if op.Kind == model.Delete {
			owned = "row.Value"
		}
		if b.r.Type.Kind == model.Union {
			m.Owner = b.ownerMember(op, owned)
			return
		}
		m.Owner = convert(owned+"."+b.r.Owner.GoName, slotOf(b.r.Owner), slot{t: b.r.Owner.Type, required: true}, "")
	}
}

// ownerMember is the owner of a stored union, which only its JSON has.
func (b *builder) ownerMember(op *model.Operation, owned string) string {
	if op.Kind != model.Delete {
		owned = "*" + owned
	}
	return fmt.Sprintf("memberAs[%s](%s, %q)", b.r.Owner.Type.Expr(), owned, b.r.Owner.Name)
}

// endOthers says which sessions end when an account changes: the others with a new password, all when
// it is deleted.
func (b *builder) endOthers(op *model.Operation, m *Method) {
	if b.r != b.sessions.Accounts || !op.ChangesItem() {
		return
	}
	user := "store.FormatKey(" + b.key(op) + ")"
	switch {
	case op.Kind == model.Delete:
		m.EndAll, b.file.Sessions = user, true
	case m.Password != "" && b.r.Open:
		m.EndOthers, b.file.Sessions = "h.sessions.EndAll(ctx, "+user+")", true
	case m.Password != "":
		m.EndOthers, b.file.Sessions = "h.sessions.EndOthers(ctx)", true
	}
}
