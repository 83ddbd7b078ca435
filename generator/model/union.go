package model

import "slices"

// Members are the properties of an object; of a union those that all its alternatives have, each as one for all of them:
// required where one requires it, readOnly where one says so.
func (t *Type) Members() []*Field {
	if t.Kind == Union {
		return t.Common
	}
	return t.Fields
}

// Member is the one of the Members with that name on the wire, or nil.
func (t *Type) Member(name string) *Field { return FieldOf(t.Members(), name) }

// Properties are all that an object may have; of a union, the first property of each name in an alternative.
func (t *Type) Properties() []*Field {
	out := slices.Clone(t.Fields)
	objects, _ := t.Alternatives()
	for _, o := range objects {
		for _, f := range o.Fields {
			if FieldOf(out, f.Name) == nil {
				out = append(out, f)
			}
		}
	}
	return out
}

// Alternatives are the objects that a union may be, those of unions within it too. Only says that it is nothing else.
func (t *Type) Alternatives() (objects []*Type, only bool) {
	if t.Kind != Union {
		return nil, false
	}
	only = true
	seen := []*Type{t}
	for i := 0; i < len(seen); i++ {
		for _, b := range seen[i].Branches {
			switch {
			case slices.Contains(seen, b):
			case b.Kind == Union:
				only = only && len(b.Fields) == 0
				seen = append(seen, b)
			case b.Kind == Object && !slices.Contains(objects, b):
				objects = append(objects, b)
			case b.Kind != Object:
				only = false
			}
		}
	}
	return objects, only
}

// isThing says that values of t are objects with properties: t is an object, or a union of nothing else.
func isThing(t *Type) bool {
	_, only := t.Alternatives()
	return t.Kind == Object || only
}

// FieldOf is the one of several properties with that name on the wire, or nil.
func FieldOf(fields []*Field, name string) *Field {
	i := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return fields[i]
}

// findCommon gives each union what its alternatives have in common.
func findCommon(types []*Type) {
	for _, t := range types {
		objects, only := t.Alternatives()
		if !only || len(objects) == 0 {
			continue
		}
		for _, f := range slices.Concat(t.Fields, objects[0].Fields) {
			if all := spellings(t, objects, f.Name); all != nil && FieldOf(t.Common, f.Name) == nil {
				if c := common(all); c != nil {
					t.Common = append(t.Common, c)
				}
			}
		}
	}
}

// spellings are the properties of that name beside a union and in its alternatives, nil where some may lack it.
func spellings(t *Type, objects []*Type, name string) []*Field {
	var out []*Field
	if f := t.Field(name); f != nil {
		out = append(out, f)
	}
	for _, o := range objects {
		f := o.Field(name)
		if f == nil && t.Field(name) == nil {
			return nil
		}
		if f != nil {
			out = append(out, f)
		}
	}
	return out
}

// common makes one property of several, nil where they are of different types.
func common(all []*Field) *Field {
	out := *all[0]
	for _, f := range all[1:] {
		switch a, b := out.Type, f.Type; {
		case sameType(a, b), isScalar(a) && sameValue(a, b) && a.Basic == b.Basic && fitsEnum(a, b) && fitsEnum(b, a):
		case isScalar(a) && a.Kind == b.Kind && a.Basic == b.Basic && a.Format == b.Format:
			out.Type, out.Schema = &Type{Kind: a.Kind, Basic: a.Basic, Format: a.Format}, nil
		default:
			return nil
		}
		out.Required = out.Required || f.Required
		out.ReadOnly = out.ReadOnly || f.ReadOnly
		out.WriteOnly = out.WriteOnly || f.WriteOnly
		out.Nullable = out.Nullable && f.Nullable
		out.Optional = out.Optional || f.Optional
		out.HasDefault = out.HasDefault && f.HasDefault && equal(out.Default, f.Default)
		out.HasConst = out.HasConst && f.HasConst && equal(out.Const, f.Const)
	}
	return &out
}

// keeps says that what clients send as in can be stored as t, a union: it is one of the alternatives, or a union of
// them, or each of its own has one with the same value of the discriminator that takes all it has.
func (t *Type) keeps(in *Type) bool {
	if sameType(in, t) || fitsType(in, t, 0) {
		return in.Kind != Any
	}
	objects, only := t.Alternatives()
	if in.Kind == Object {
		return slices.Contains(objects, in)
	}
	if !only || in.Discriminator == "" || in.Discriminator != t.Discriminator {
		return false
	}
	return !slices.ContainsFunc(in.Mapping, func(sent UnionValue) bool {
		i := slices.IndexFunc(t.Mapping, func(u UnionValue) bool { return u.Value == sent.Value })
		return i < 0 || !t.takes(in, sent.Type, t.Mapping[i].Type)
	})
}

// takes says that sent, which is one of in, has nothing that its alternative of t lacks, and all that this must have but
// for what the server sets as nobody sends it.
func (t *Type) takes(in, sent, alternative *Type) bool {
	if sent.Kind != Object || alternative.Kind != Object || sent.Extra != nil && alternative.Extra == nil {
		return false
	}
	lacks := slices.ContainsFunc(sent.Fields, func(f *Field) bool {
		to := alternative.Field(f.Name)
		return !f.WriteOnly && (to == nil || !sameValue(f.Type, to.Type) || !Fits(f, to) || f.Nullable && !to.Nullable)
	})
	return !lacks && !slices.ContainsFunc(alternative.Fields, func(f *Field) bool {
		from := sent.Field(f.Name)
		certain := from != nil && from.Required && !from.ReadOnly
		return f.Required && !certain && (t.Member(f.Name) == nil || in.sends(f.Name))
	})
}

// sameValue says that what is of one type is of another as it stands in JSON.
func sameValue(a, b *Type) bool {
	switch {
	case sameType(a, b):
		return true
	case a.Kind == Array && b.Kind == Array:
		return a.ElemNullable == b.ElemNullable && sameValue(a.Elem, b.Elem)
	}
	return isScalar(a) && a.Kind == b.Kind
}

// shows says that an answer can be made of a stored t, a union: it is no narrower, or an object of what each
// alternative must have.
func (t *Type) shows(answer *Type) bool {
	if sameType(t, answer) || sameBranches(t, answer) {
		return true
	}
	objects, only := t.Alternatives()
	return only && answer.Kind == Object && !slices.ContainsFunc(answer.Fields, func(f *Field) bool {
		return slices.ContainsFunc(objects, func(o *Type) bool {
			from := o.Field(f.Name)
			if from == nil {
				from = t.Field(f.Name)
			}
			if from == nil {
				return f.Required
			}
			return f.Required && !from.Required || !sameValue(from.Type, f.Type) || !Fits(from, f)
		})
	})
}

// Patches says that in is a part of what all the alternatives of t have, so that it changes any of them.
func (t *Type) Patches(in *Type) bool {
	return in.Kind == Object && in.Extra == nil && len(in.Fields) > 0 && !slices.ContainsFunc(in.Fields, func(f *Field) bool {
		to := t.Member(f.Name)
		return to == nil || f.Name == t.Discriminator || to.WriteOnly ||
			!f.ReadOnly && (!sameValue(f.Type, to.Type) || !Fits(f, to) || f.Nullable && !to.Nullable)
	})
}

// sends says that who sends a t sends a property of that name, in one alternative at least.
func (t *Type) sends(name string) bool {
	objects, _ := t.Alternatives()
	return slices.ContainsFunc(append(objects, t), func(o *Type) bool {
		f := o.Field(name)
		return f != nil && !f.ReadOnly
	})
}
