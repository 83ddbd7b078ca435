package model

import "slices"

// settleUnion leaves to the author what gen cannot do right for a resource that is a union: a struct knows what clients
// send and what the server sets, its alternatives have to agree on that.
func (r *Resource) settleUnion() {
	for _, op := range r.Operations {
		if why := r.unsettled(op); why != "" {
			op.decide(Action, why)
			op.Refused = nil
		}
	}
}

// unsettled says why gen does not write op, "" where it does.
func (r *Resource) unsettled(op *Operation) string {
	switch {
	case r.Type == nil:
		return ""
	case op.Kind == List || op.Kind == View:
		if elem := listing(op.success()).Elem; !r.answers(elem) {
			return "its items are not made of what each alternative of " + r.Type.label() + " has"
		}
		return ""
	case r.Type.Kind != Union || !stores(op.Kind):
		return ""
	case !r.answered(op, op.Answer) || !r.answered(op, op.Created):
		return "its answer is not made of what each alternative of " + r.Type.label() + " has"
	case op.Kind == Read || op.Kind == Delete || op.Kind == Update && r.Type.Patches(op.Input.Type):
		return ""
	case r.upserts(op) && len(r.Type.Fields) > 0:
		return "it creates an alternative of " + r.Type.label() + ", which has properties beside them"
	}
	return r.disputed(op)
}

// answers says that the elements of a list can be made of r.
func (r *Resource) answers(elem *Type) bool {
	if r.Type.Kind == Union {
		return r.Type.shows(elem)
	}
	return elem.Kind != Union || fitsType(r.Type, elem, 0)
}

// answered says that an answer can be made of a stored union, or is what was sent.
func (r *Resource) answered(op *Operation, a *Answer) bool {
	return a == nil || a.Type == nil || r.Type.shows(a.Type) || op.Input != nil && sameType(op.Input.Type, a.Type)
}

// disputed says what the alternatives of r do not agree on for op, "" where they do.
func (r *Resource) disputed(op *Operation) string {
	objects, _ := r.Type.Alternatives()
	for _, f := range r.Type.Properties() {
		name, common := f.Name, r.Type.Member(f.Name)
		var closed, open, hidden, must bool
		for _, o := range objects {
			if other := o.Field(name); other != nil {
				closed, open = closed || other.ReadOnly, open || !other.ReadOnly
				hidden, must = hidden || other.WriteOnly, must || other.ReadOnly && other.Required
			}
		}
		visible := slices.ContainsFunc(objects, func(o *Type) bool { return o.Field(name) != nil && !o.Field(name).WriteOnly })
		switch {
		case closed && open && op.Sends(name) && (common == nil || common != r.Key.Field && !IsClock(common)):
			return "alternatives of " + r.Type.label() + " differ on whether " + name + " is readOnly"
		case hidden && visible:
			return "alternatives of " + r.Type.label() + " differ on whether " + name + " is writeOnly"
		case must && common == nil:
			return "not all alternatives of " + r.Type.label() + " have the same " + name + ", which the server sets"
		case common != nil && op.Kind != Update && !op.Sends(name) && !r.suits(common, objects):
			return "no " + name + " is right for all alternatives of " + r.Type.label() + ", and the server sets it"
		}
	}
	return ""
}

// suits says that what the server gives f is right in each of several objects.
func (r *Resource) suits(f *Field, objects []*Type) bool {
	s, ok := r.serverSource(f)
	if !ok || f == r.Key.Field || f == r.Author {
		return true
	}
	return !slices.ContainsFunc(objects, func(o *Type) bool {
		to := o.Field(f.Name)
		switch {
		case to == nil || s.Kind == FromClock || s.Kind == FromParent || s.Kind == FromURL:
			return false
		case s.Kind == FromNull:
			return !NullFits(to)
		case s.Value == nil:
			return !ZeroFits(to.Type) && (!isContainer(to.Type) || !emptyFits(to.Type))
		}
		return !Allows(to, s.Value)
	})
}

// label is what a reader calls a type.
func (t *Type) label() string {
	if t.Name == "" {
		return "its type"
	}
	return t.Name
}

// Sends says that clients send a property of that name in op's body, in one alternative at least.
func (op *Operation) Sends(name string) bool {
	return op.Input != nil && op.Input.Type.sends(name)
}

// hidden are the properties of op's body that no answer may show, and no column keeps.
func (r *Resource) hidden(op *Operation) []*Field {
	var out []*Field
	for _, f := range op.Input.Type.Properties() {
		secret := slices.ContainsFunc(r.Secrets, func(s *Field) bool { return s.Name == f.Name })
		if f.WriteOnly && !secret {
			out = append(out, f)
		}
	}
	return out
}
