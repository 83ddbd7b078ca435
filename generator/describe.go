package generator

import (
	"gen/generator/codec"
	"gen/generator/model"
	"gen/generator/render/handlers"
)

// Resource is a noun as gen understands it.
type Resource struct {
	Name   string `json:"name"`
	GoName string `json:"goName"`
	Path   string `json:"path"`
	// Store says where it is kept, and who makes its keys.
	Store string `json:"store"`
	// Operations are the ids of its operations, Kinds what they do, both in the order of the document.
	Operations []string       `json:"operations"`
	Kinds      []model.OpKind `json:"kinds"`
	Singleton  bool           `json:"singleton,omitempty"`
	Parent     string         `json:"parent,omitempty"`
	Key        *Key           `json:"key,omitempty"`
	Password   string         `json:"password,omitempty"`
	Secrets    []string       `json:"secrets,omitempty"`
	Unique     []string       `json:"unique,omitempty"`
}

// Key is what tells one of a resource from the others.
type Key struct {
	Parameter string          `json:"parameter,omitempty"`
	Property  string          `json:"property,omitempty"`
	Type      string          `json:"type,omitempty"`
	Origin    model.KeyOrigin `json:"origin"`
	Why       string          `json:"why,omitempty"`
}

// Operation is what gen takes an operation for.
type Operation struct {
	ID     string       `json:"id"`
	GoName string       `json:"goName"`
	Method string       `json:"method"`
	Path   string       `json:"path"`
	Kind   model.OpKind `json:"kind"`
	// Live says that it does real work: gen has written it, and the document can create what it is about.
	Live     bool   `json:"live"`
	Why      string `json:"why"`
	Resource string `json:"resource,omitempty"`
	// Sources say where each field of what is stored comes from.
	Sources []Source `json:"sources,omitempty"`
	// Refused are the query parameters that answer 501 because gen does not understand them.
	Refused []string `json:"refused,omitempty"`
	// Dropped are the properties of its body that are not kept, because no answer shows them.
	Dropped []string `json:"dropped,omitempty"`
	// DropsAdditional says that properties which its body may have beside those of its schema are not kept either.
	DropsAdditional bool `json:"dropsAdditional,omitempty"`
	// Unheeded are its header parameters that are checked, and that its handler does nothing with.
	Unheeded []string `json:"unheeded,omitempty"`
	// Streamed are its bodies that only its handler reads and checks.
	Streamed []string `json:"streamed,omitempty"`
	// Uncompiled are the parameters and bodies that are read and checked by kin-openapi, and why.
	Uncompiled []string `json:"uncompiled,omitempty"`
	// NeedsSession says that nobody gets to it without a session, Owned that not every session may.
	NeedsSession bool `json:"needsSession,omitempty"`
	Owned        bool `json:"owned,omitempty"`
}

// Sessions says how people log in.
type Sessions struct {
	// Cookie and Bearer are the security schemes that a session travels by.
	Cookie string `json:"cookie,omitempty"`
	Bearer string `json:"bearer,omitempty"`
	// Accounts is the resource that people log in with, by the properties in Names, or by its key. It is
	// empty where nothing in the document logs in.
	Accounts string   `json:"accounts,omitempty"`
	Names    []string `json:"names,omitempty"`
}

func describeSessions(s model.Sessions) Sessions {
	d := Sessions{Names: fieldNames(s.Names)}
	if s.Cookie != nil {
		d.Cookie = s.Cookie.Name
	}
	if s.Bearer != nil {
		d.Bearer = s.Bearer.Name
	}
	if s.Accounts != nil {
		d.Accounts = s.Accounts.Name
	}
	return d
}

// Source is where the value of a field comes from.
type Source struct {
	Field string           `json:"field"`
	From  model.SourceKind `json:"from"`
	// Guess says that no rule gave the value: it is a zero value or the first of an enum.
	Guess bool `json:"guess,omitempty"`
	// Otherwise is used where the client leaves the property out.
	Otherwise model.SourceKind `json:"otherwise,omitempty"`
}

func describeResource(r *model.Resource) Resource {
	d := Resource{
		Name:       r.Name,
		GoName:     r.GoName,
		Path:       r.Path,
		Store:      "none",
		Operations: []string{},
		Kinds:      []model.OpKind{},
		Singleton:  r.Singleton,
		Secrets:    fieldNames(r.Secrets),
		Unique:     r.Unique,
	}
	if r.Stored {
		d.Store = "table " + r.Name
		d.Key = describeKey(r.Key)
	}
	if r.Parent != nil {
		d.Parent = r.Parent.Name
	}
	if r.Password != nil {
		d.Password = r.Password.Name
	}
	for _, op := range r.Operations {
		d.Operations = append(d.Operations, op.ID)
		d.Kinds = append(d.Kinds, op.Kind)
	}
	return d
}

func describeKey(k model.Key) *Key {
	d := Key{Origin: k.Origin, Why: k.Why}
	if k.Param != nil {
		d.Parameter = k.Param.Name
	}
	if k.Field != nil {
		d.Property = k.Field.Name
	}
	if k.Type != nil {
		d.Type = k.Type.Expr()
	}
	return &d
}

func describeOperation(op *model.Operation) Operation {
	d := Operation{
		ID:     op.ID,
		GoName: op.GoName,
		Method: op.Method,
		Path:   op.Path,
		Kind:   op.Kind,
		Live:   op.Live,
		Why:    op.Why,
	}
	if op.Resource != nil {
		d.Resource = op.Resource.Name
	}
	for _, source := range op.Sources {
		d.Sources = append(d.Sources, describeSource(source))
	}
	for _, param := range op.Refused {
		d.Refused = append(d.Refused, param.Name)
	}
	d.Dropped, d.Streamed = fieldNames(op.Dropped), handlers.Streamed(op)
	d.DropsAdditional, d.Unheeded = handlers.DropsAdditional(op), handlers.Unheeded(op)
	d.NeedsSession, d.Owned = op.NeedsSession, op.OwnAccount || op.Kind.OfSessions() || op.Owned()
	return d
}

func describeSource(s model.Source) Source {
	d := Source{From: s.Kind, Guess: s.Guess()}
	if s.Field != nil {
		d.Field = s.Field.Name
	}
	if s.Otherwise != nil {
		d.Otherwise = s.Otherwise.Kind
	}
	return d
}

func fieldNames(fields []*model.Field) []string {
	var names []string
	for _, field := range fields {
		names = append(names, field.Name)
	}
	return names
}

// describeUncompiled lists what of an operation is left to kin-openapi.
func describeUncompiled(op *model.Operation, all []codec.Uncompiled) []string {
	var out []string
	for _, left := range all {
		switch {
		case left.Operation != op:
		case left.Param != nil:
			out = append(out, "the "+left.Param.In+" parameter "+left.Param.Name+" has "+left.Reason)
		default:
			out = append(out, left.MediaType+" has "+left.Reason)
		}
	}
	return out
}
