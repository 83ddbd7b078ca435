package model

import "slices"

// complete works out what each handler of r needs, once all resources are known.
func (r *Resource) complete() {
	for _, op := range r.Operations {
		if op.Kind != List && op.Kind != View && stores(op.Kind) {
			op.refuse(queryParams(op))
		}
	}
	r.settleUnion()
	r.Writable = slices.ContainsFunc(r.Operations, func(op *Operation) bool {
		return op.Kind == Create || op.Kind == Membership || op.Kind == Replace && r.upserts(op) || r.Singleton && op.Kind == Update
	})
	r.findSecrets()
	for _, op := range r.Operations {
		r.completeOperation(op)
	}
}

// upserts says that PUT creates what is not there: no POST does, or the document answers 201.
func (r *Resource) upserts(put *Operation) bool {
	if put.Kind != Replace || r.Shallow { // whose path does not say what it would be made below
		return false
	}
	return put.answers("201") || !slices.ContainsFunc(r.Operations, func(op *Operation) bool { return op.Kind == Create })
}

// Upserts says that op, a replace, creates what is not there.
func (op *Operation) Upserts() bool { return op.Resource.upserts(op) }

// MayCreate says that op, a PUT or a PATCH, makes what it changes where that is not there yet.
func (op *Operation) MayCreate() bool { return op.Upserts() || op.Resource.Singleton }

// findSecrets finds the properties that clients send and never get back: those of the representation,
// and those that only the bodies have.
func (r *Resource) findSecrets() {
	types := []*Type{r.Type}
	for _, op := range r.Operations {
		if op.Input != nil {
			types = append(types, op.Input.Type)
		}
	}
	seen := map[string]bool{}
	if r.Password != nil {
		seen[r.Password.Name] = true
	}
	for _, t := range types {
		if t == nil {
			continue
		}
		for _, f := range t.Fields {
			if f.WriteOnly && f.Type.Kind == String && !seen[f.Name] {
				seen[f.Name] = true
				r.Secrets = append(r.Secrets, f)
			}
		}
	}
}

func (r *Resource) completeOperation(op *Operation) {
	switch op.Kind {
	case List, View:
		r.completeList(op)
	case Create:
		op.Sources = r.sourcesFor(op)
	case Replace, Update:
		if op.MayCreate() {
			op.Sources = r.sourcesFor(op)
		}
	}
	op.Dropped = r.dropped(op)
	op.Live = (stores(op.Kind) || op.Kind == View) && r.Writable
}

// dropped are the properties of op's body that the representation does not have, and that are no secrets.
func (r *Resource) dropped(op *Operation) []*Field {
	switch {
	case !stores(op.Kind) || op.Input == nil || r.Type == nil:
		return nil
	case r.Type.Kind == Union:
		return r.hidden(op)
	case op.Input.Type.Kind != Object || r.Type.Kind != Object:
		return nil
	}
	var out []*Field
	for _, f := range op.Input.Type.Fields {
		secret := r.Password != nil && r.Password.Name == f.Name || slices.ContainsFunc(r.Secrets, func(s *Field) bool { return s.Name == f.Name })
		kept := r.Type.Field(f.Name)
		switch {
		case secret || f.ReadOnly:
		case kept == nil || !Fits(f, kept):
			out = append(out, f)
		default:
			out = append(out, droppedWithin(f, kept, 0)...)
		}
	}
	return out
}

// droppedWithin are properties of the objects in one property that those in another do not have, named by the way to them.
func droppedWithin(from, to *Field, depth int) []*Field {
	sent, kept := from.Type, to.Type
	if sent.Kind == Array && kept.Kind == Array {
		sent, kept = sent.Elem, kept.Elem
	}
	if sent == kept || sent.Kind != Object || kept.Kind != Object || kept.Extra != nil || depth > 6 {
		return nil
	}
	var out []*Field
	for _, f := range sent.Fields {
		lost := []*Field{f}
		if other := kept.Field(f.Name); f.ReadOnly {
			lost = nil
		} else if other != nil && Fits(f, other) {
			lost = droppedWithin(f, other, depth+1)
		}
		for _, l := range lost {
			named := *l
			named.Name = from.Name + "." + l.Name
			out = append(out, &named)
		}
	}
	return out
}

func queryParams(op *Operation) []*Param {
	var out []*Param
	for _, p := range op.Params {
		if p.In == "query" {
			out = append(out, p)
		}
	}
	return out
}

// refuse notes parameters that gen does not understand. An operation that cannot do without one is an
// action.
func (op *Operation) refuse(params []*Param) {
	op.Refused = params
	for _, p := range params {
		if p.Required {
			op.decide(Action, "it asks for the query parameter "+p.Name+", which no rule understands")
			op.Refused = nil
			return
		}
	}
}

func (r *Resource) completeList(op *Operation) {
	l := listing(op.success())
	op.Answer = &Answer{Response: op.success()}
	op.List = l
	if op.Kind == View {
		l.Filters = pathFilters(op, r.Type)
	}
	op.refuse(l.complete(op, r.Type))
	envelope := op.Answer.Response.Type
	for _, f := range l.Items {
		l.fill(envelope, f)
		envelope = f.Type
	}
}

// fill gives the properties of an envelope beside the items their meaning.
func (l *Listing) fill(envelope *Type, items *Field) {
	for _, f := range envelope.Fields {
		if f == items || l.fillPaging(f) || l.fillMeta(f) || !f.Required {
			continue
		}
		s := Source{Field: f}
		switch {
		case f.HasConst:
			s.Kind, s.Value = FromConst, f.Const
		case f.HasDefault && Allows(f, f.Default):
			s.Kind, s.Value = FromDefault, f.Default
		case NullFits(f):
			s.Kind = FromNull
		case isContainer(f.Type) && emptyFits(f.Type):
			s.Kind = FromDefault
		default:
			s.Kind, s.Value = FromGuess, Guess(f)
		}
		l.Rest = append(l.Rest, s)
	}
}

// fillMeta fills an object that the envelope has for paging: {"meta": {"total": 3, "page": 1}}.
func (l *Listing) fillMeta(f *Field) bool {
	if f.Type.Kind != Object || !slices.Contains(metaNames, Flat(f.Name)) {
		return false
	}
	rest := len(l.Rest)
	l.fill(f.Type, nil)
	filled := slices.ContainsFunc(f.Type.Fields, func(inner *Field) bool {
		return inner == l.Next || inner == l.More || inner == l.Total || inner == l.Pages ||
			slices.ContainsFunc(l.Echo, func(e Echo) bool { return e.Field == inner })
	})
	if !filled {
		l.Rest = l.Rest[:rest]
		return false
	}
	l.Meta = append(l.Meta, f)
	return true
}

func (l *Listing) fillPaging(f *Field) bool {
	name := Flat(f.Name)
	slot := func(p **Field, names []string, k Kind) bool {
		if *p != nil || f.Type.Kind != k || !slices.Contains(names, name) {
			return false
		}
		*p = f
		return true
	}
	if slot(&l.More, moreNames, Boolean) || slot(&l.Total, totalNames, Integer) {
		return true
	}
	if l.PageSize > 0 && slot(&l.Pages, pagesNames, Integer) {
		return true
	}
	if l.Cursor != nil && (f.Type.Schema == nil || f.Type.Schema.Format == "") && slot(&l.Next, nextNames, String) {
		return true
	}
	for _, p := range []*Param{l.Limit, l.Offset, l.Page} {
		if p != nil && f.Type.Kind == Integer && (name == Flat(p.Name) || p == l.Page && name == "currentpage") {
			l.Echo = append(l.Echo, Echo{Field: f, Param: p})
			return true
		}
	}
	return false
}
