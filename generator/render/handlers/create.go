package handlers

import (
	"fmt"
	"go/scanner"
	"go/token"
	"slices"

	"gen/generator/model"
)

// create prepares POST on a collection.
func (b *builder) create(op *model.Operation, m *Method) {
	m.Template = "create"
	b.readBody(op, m)
	b.makeKey(op, m)
	switch b.r.Type.Kind {
	case model.Object:
		m.Fields = b.fields(op, op.Sources, m.NewKey)
	case model.Union:
		m.Value = b.wholeMembers(op, m.NewKey)
	default:
		m.Value = b.whole(op)
	}
	m.Clock = usesClock(m.Value) || slices.ContainsFunc(m.Fields, func(f Field) bool { return usesClock(f.Expr) })
	if slices.ContainsFunc(op.Sources, model.Source.AsksSession) {
		m.User, m.UserType = b.author(), b.accounts().keyType()
	}
	b.secrets(op, m)
	m.Location = b.location(op, op.Answer, b.newKey(m))
	m.Answer = b.answer(op, op.Answer, "row.Value")
}

// capturedKey is the key of a new row within the row, where it has another name outside.
const capturedKey = "number"

// newKey is the key of a row that was just created.
func (b *builder) newKey(m *Method) string {
	switch {
	case m.MakeKey != "":
		return m.NewKey
	case b.r.Key.Field != nil && b.r.Type.Field(b.r.Key.Field.Name) == b.r.Key.Field:
		return convert("row.Value."+b.r.Key.Field.GoName, slotOf(b.r.Key.Field), slot{t: b.r.Key.Type, required: true}, "")
	case b.r.Key.Param != nil:
		m.NewKey, m.Capture = capturedKey, "key"
		return m.Capture
	}
	return ""
}

// whole is the body as a value of the stored type.
func (b *builder) whole(op *model.Operation) string {
	to := slot{t: b.r.Type, required: true}
	expr := b.body(op)
	if len(op.Input.Wrap) == 0 {
		expr = "*" + expr
	}
	return convert(expr, slot{t: op.Input.Type, required: true}, to, "")
}

// makeKey decides how a new row gets its key.
func (b *builder) makeKey(op *model.Operation, m *Method) {
	m.NewKey = keyVariable(b.r)
	if b.r.Key.Field != nil && b.r.Key.Origin == model.Numbered && b.r.Type.Kind == model.Union {
		m.NewKey = capturedKey
	}
	if b.r.Key.Field == nil && b.r.Key.Origin == model.Numbered {
		m.NewKey = "_"
	}
	switch b.r.Key.Origin {
	case model.Random:
		m.MakeKey = "uuid.New()"
		if b.r.Key.Type.Basic == "string" {
			m.MakeKey = cast("uuid.NewString()", plainString, b.r.Key.Type)
		}
	case model.Made:
		m.MakeKey = cast(b.madeKey(), plainString, b.r.Key.Type)
	case model.Given:
		m.MakeKey = b.givenKey(op)
	}
}

func (b *builder) madeKey() string {
	if alphabet := b.r.Key.Alphabet; alphabet != "" {
		return fmt.Sprintf("newKeyOf(%q, %q, %d)", alphabet, b.r.Key.Prefix, b.r.Key.Length)
	}
	return fmt.Sprintf("newKey(%q, %d)", b.r.Key.Prefix, b.r.Key.Length)
}

// givenKey is the client's key, or one that the server makes where the client may leave it out.
func (b *builder) givenKey(op *model.Operation) string {
	f := op.Input.Type.Member(b.r.Key.Field.Name)
	if op.Input.Type.Kind == model.Union {
		return b.givenMember(op, f)
	}
	fallback := ""
	if (f.Optional || f.Nullable) && identity(f.Type) == "string" {
		fallback = b.madeKey()
	}
	return convert(b.body(op)+"."+f.GoName, slotOf(f), slot{t: b.r.Key.Type, required: true}, fallback)
}

// givenMember is givenKey where only the JSON has it.
func (b *builder) givenMember(op *model.Operation, f *model.Field) string {
	expr := fmt.Sprintf("memberAs[%s](%s, %q)", b.keyType(), b.sentWhole(op), f.Name)
	if (f.Optional || f.Nullable) && identity(b.r.Key.Type) == "string" {
		return "cmp.Or(" + expr + ", " + b.madeKey() + ")"
	}
	return expr
}

var plainString = &model.Type{Kind: model.String, Basic: "string"}

func keyVariable(r *model.Resource) string {
	if r.Key.Field == nil {
		return "key"
	}
	name := model.Unexported(r.Key.Field.GoName)
	if name != "id" && slices.Contains(takenNames, name) || name == variable(r) || !isIdent(name) {
		return "key"
	}
	return name
}

// usesClock says that Go code refers to the time of the change.
func usesClock(code string) bool {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(code)), []byte(code), nil, 0)
	for {
		_, tok, text := s.Scan()
		if tok == token.EOF || tok == token.IDENT && text == "now" {
			return tok != token.EOF
		}
	}
}

// fields are the lines of the struct that a create stores.
func (b *builder) fields(op *model.Operation, sources []model.Source, key string) []Field {
	out := make([]Field, 0, len(sources))
	for _, s := range sources {
		f := Field{Name: s.Field.GoName, Expr: b.source(op, s, key)}
		if s.Guess() {
			f.Comment = "a guess: the document does not say what it is"
		}
		out = append(out, f)
	}
	if keepsAdditional(op) {
		out = append(out, Field{Name: additionalField, Expr: b.storable(op)})
	}
	return out
}

// source is the expression of a field's value.
func (b *builder) source(op *model.Operation, s model.Source, key string) string {
	return b.sourceAs(op, s, key, slotOf(s.Field))
}

// sourceAs is the expression of a value for to.
func (b *builder) sourceAs(op *model.Operation, s model.Source, key string, to slot) string {
	switch s.Kind {
	case model.FromClient:
		return b.fromClient(op, s, key)
	case model.FromStore:
		return fromStore(variable(b.r)+"."+s.From.GoName, s, to)
	case model.FromKey:
		return convert(key, slot{t: b.r.Key.Type, required: true}, to, "")
	case model.FromParent:
		p := op.ParentParams()[slices.Index(b.r.Parents, s.Param)]
		return convert("req."+p.GoName, slot{t: p.Type, required: true}, to, "")
	case model.FromSession:
		return convert(b.author(), slot{t: b.sessions.Accounts.Key.Type, required: true}, to, "")
	case model.FromClock:
		return clock(to)
	case model.FromNull:
		return "nullable.NewNullNullable[" + s.Field.Type.Expr() + "]()"
	case model.FromURL:
		return b.ownURL(op, to, key)
	}
	return constant(s, to)
}

// fromStore takes what is stored. Where that is nothing, or nothing that the answer may have, it is left
// out, or a guess where the answer must have it.
func fromStore(expr string, s model.Source, to slot) string {
	from := slotOf(s.From)
	if !similar(from.t, to.t) || model.ZeroFits(to.t) && (!to.nullable || model.NullFits(s.Field)) {
		return convert(expr, from, to, "")
	}
	if !from.optional && !from.nullable {
		if from.t.Basic != "string" || !model.ZeroFits(from.t) {
			return convert(expr, from, to, "")
		}
		expr, from = "some("+expr+")", slot{t: from.t, optional: true}
	}
	fallback := ""
	if to.required && !model.NullFits(s.Field) {
		fallback = zero(from.t)
		if guess := model.Guess(s.Field); guess != nil {
			fallback = literal(guess, from.t)
		}
	}
	return convert(expr, from, to, fallback)
}

// fromClient takes what was sent; where the client may leave it out, the next source in the order.
func (b *builder) fromClient(op *model.Operation, s model.Source, key string) string {
	fallback := ""
	if other := s.Otherwise; other != nil {
		switch other.Kind {
		case model.FromClock, model.FromParent, model.FromURL, model.FromSession:
			fallback = b.sourceAs(op, *other, key, slot{t: s.From.Type, required: true})
		default:
			if other.Value != nil {
				fallback = literal(other.Value, s.From.Type)
			}
		}
	}
	return convertSent(b.body(op)+"."+s.From.GoName, slotOf(s.From), slotOf(s.Field), fallback, model.NullFits(s.Field))
}

// constant is a default, a const or a guess.
func constant(s model.Source, to slot) string {
	if s.Value == nil && (to.optional || to.nullable) && s.Kind != model.FromGuess {
		return zero(to.t)
	}
	lit := literal(s.Value, to.t)
	switch {
	case to.nullable:
		return "nullable.NewNullableWithValue(" + typed(s.Value, to.t) + ")"
	case to.optional:
		return "new(" + typed(s.Value, to.t) + ")"
	}
	return lit
}

// clock is the time of the change, which the handler holds in now, as a property wants it.
func clock(to slot) string {
	expr := "now"
	switch to.t.Kind {
	case model.Integer:
		expr = "now.Unix()"
		if identity(to.t) != "int64" {
			expr = identity(to.t) + "(" + expr + ")"
		}
	case model.Number:
		expr = identity(to.t) + "(now.Unix())"
	default:
		if to.t.Basic == "string" {
			expr = cast("now.Format(time.RFC3339)", plainString, to.t)
		} else if identity(to.t) != "time.Time" {
			expr = identity(to.t) + "(now)"
		}
	}
	switch {
	case to.nullable:
		return "nullable.NewNullableWithValue(" + expr + ")"
	case to.optional:
		return "new(" + expr + ")"
	}
	return expr
}

func (b *builder) ownURL(op *model.Operation, to slot, key string) string {
	path := b.itemPath(op, key)
	if path == "" || b.r.Singleton {
		path = fmt.Sprintf("%q", op.Path)
	}
	return convert("web.URL(ctx, "+path+")", slot{t: plainString, required: true}, to, "")
}

// secrets prepares what is stored beside the representation.
func (b *builder) secrets(op *model.Operation, m *Method) {
	if op.Input == nil {
		return
	}
	if p := b.r.Password; p != nil {
		if f := op.Input.Type.Field(p.Name); f != nil {
			m.Password, m.PasswordOptional = b.secret(op, f)
		}
	}
	for _, s := range b.r.Secrets {
		if f := op.Input.Type.Field(s.Name); f != nil && f.Type.Basic == "string" {
			expr, optional := b.secret(op, f)
			m.Secrets = append(m.Secrets, Secret{Column: column(s.Name), Expr: expr, Optional: optional})
		}
	}
}

// secret is the expression of a secret in the body, and that of a pointer to it where the client may
// leave it out.
func (b *builder) secret(op *model.Operation, f *model.Field) (expr, optional string) {
	expr = b.body(op) + "." + f.GoName
	switch {
	case f.Nullable:
		optional = "optional(" + expr + ")"
	case f.Optional:
		optional = expr
	default:
		return stringOf(expr, f.Type), ""
	}
	return stringOf("*"+optional, f.Type), optional
}
