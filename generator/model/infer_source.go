package model

import (
	"slices"
	"strings"
)

// sourcesFor says where each property of a representation comes from when op creates it. Properties
// that no rule fills and that need not be there are left out.
func (r *Resource) sourcesFor(op *Operation) []Source {
	var out []Source
	if r.Type == nil {
		return nil
	}
	for _, f := range r.Type.Members() {
		if f == r.Password || f.WriteOnly && r.Type.Kind == Union || slices.Contains(r.Secrets, f) {
			continue
		}
		if s, ok := r.source(op, f); ok {
			out = append(out, s)
		}
	}
	return out
}

// source applies the rules in the order in which they are trusted.
func (r *Resource) source(op *Operation, f *Field) (Source, bool) {
	if f == r.Key.Field {
		return Source{Field: f, Kind: FromKey}, true
	}
	other, ok := r.serverSource(f)
	if f == r.Author && op.NeedsSession {
		other, ok = Source{Field: f, Kind: FromSession}, true
	}
	if from := op.sent(f); from != nil {
		s := Source{Field: f, Kind: FromClient, From: from}
		switch {
		case from.Required:
		case from.HasDefault && Allows(f, from.Default):
			s.Otherwise = &Source{Field: f, Kind: FromDefault, Value: from.Default}
		case ok && (!isContainer(f.Type) || other.Value != nil || f.Required && !emptyFits(f.Type)):
			s.Otherwise = &other
		}
		return s, true
	}
	return other, ok
}

// sent is the property of op's body that f takes its value from.
func (op *Operation) sent(f *Field) *Field {
	if op.Input == nil || f.ReadOnly {
		return nil
	}
	from := op.Input.Type.Member(f.Name)
	if from == nil || from.ReadOnly || !Fits(from, f) {
		return nil
	}
	return from
}

// serverSource is the value that the server gives f.
func (r *Resource) serverSource(f *Field) (Source, bool) {
	s := Source{Field: f}
	switch {
	case f.HasDefault && Allows(f, f.Default):
		s.Kind, s.Value = FromDefault, f.Default
	case f.HasConst:
		s.Kind, s.Value = FromConst, f.Const
	case IsClock(f):
		s.Kind = FromClock
	case r.parentFor(f) != nil:
		s.Kind, s.Param = FromParent, r.parentFor(f)
	case f.Required && NullFits(f):
		s.Kind = FromNull
	case r.ownURL(f):
		s.Kind = FromURL
	case !f.Required:
		return s, false
	case isContainer(f.Type) && emptyFits(f.Type):
		s.Kind = FromDefault
	default:
		s.Kind, s.Value = FromGuess, Guess(f)
		if f.Type.Basic == "time.Time" && f.Type.Kind == String {
			s.Kind, s.guessed = FromClock, true
		}
	}
	return s, true
}

// IsClock says that a property is the time of the creation or of the last change.
func IsClock(f *Field) bool {
	return isTime(f) && (IsCreated(f) || IsUpdated(f))
}

func isTime(f *Field) bool {
	t := f.Type
	if t.Kind == Integer {
		return t.Format == "int64" || t.Format == "unix-time" || t.Format == "unixtime" || strings.HasSuffix(Flat(f.Name), "at") || IsCreated(f)
	}
	return t.Kind == String && t.Format == "date-time" || t.Kind == Number && (IsCreated(f) || IsUpdated(f))
}

var (
	createdNames = []string{"created", "createdat", "createdon", "createddate", "createdtime", "createtime", "creationdate", "creationtime", "creationtimestamp", "datecreated", "timecreated", "insertedat", "dateadded", "addedat", "createtimestamp", "createdtimestamp"}
	updatedNames = []string{"updated", "updatedat", "updatedon", "updatetime", "updateddate", "modified", "modifiedat", "modifiedon", "modifieddate", "lastmodified", "lastmodifiedat", "lastupdated", "lastupdatedat", "dateupdated", "datemodified", "timemodified", "timeupdated", "changedat", "updatedtime", "updatedtimestamp"}
)

// IsCreated says that a property is named like the time of the creation.
func IsCreated(f *Field) bool { return slices.Contains(createdNames, Flat(f.Name)) }

// IsUpdated says that a property is named like the time of the last change.
func IsUpdated(f *Field) bool { return slices.Contains(updatedNames, Flat(f.Name)) }

// parentFor is the path parameter whose value a property of a nested resource repeats.
func (r *Resource) parentFor(f *Field) *Param {
	for _, p := range slices.Backward(r.Parents) {
		if repeats(f, p, r.madeAt) {
			return p
		}
	}
	return nil
}

// repeats says that a property has the value of a parameter of a path: postId, and where the path is /posts/{id}, postId
// or post. A property id has its own.
func repeats(f *Field, p *Param, path string) bool {
	name, noun := Flat(f.Name), nounBefore(path, p.Name)
	if name == Flat(p.Name) && !slices.Contains(keyNames, name) {
		return p.Type.Kind == f.Type.Kind
	}
	return noun != "" && (name == noun || name == noun+Flat(p.Name)) && p.Type.Basic == f.Type.Basic && len(f.Type.Enum) == 0
}

func (r *Resource) ownURL(f *Field) bool {
	if s := f.Type.Schema; s != nil && s.Pattern != "" {
		return false
	}
	return f.Type.Kind == String && (r.Key.Param != nil || r.Singleton) && len(f.Type.Enum) == 0 &&
		slices.Contains([]string{"url", "href", "self", "selflink", "selfurl", "resourceurl"}, Flat(f.Name)) &&
		(f.Type.Format == "uri" || f.Type.Format == "" || f.Type.Format == "uri-reference" || f.Type.Format == "url")
}

// Project says how an answer is made from the stored document. What it has no property for follows
// the rules for creating.
func (r *Resource) Project(answer *Type) []Source {
	if answer == nil || answer.Kind != Object || answer == r.Type {
		return nil
	}
	var out []Source
	for _, f := range answer.Fields {
		if f.WriteOnly {
			continue
		}
		if from := r.stored(f); from != nil && Fits(from, f) {
			out = append(out, Source{Field: f, Kind: FromStore, From: from})
			continue
		}
		if keyLike(f) && r.Key.Field == nil && f.Type.Kind == r.Key.Type.Kind {
			out = append(out, Source{Field: f, Kind: FromKey})
			continue
		}
		if s, ok := r.serverSource(f); ok {
			out = append(out, s)
		}
	}
	return out
}

func keyLike(f *Field) bool { return slices.Contains(keyNames[:4], Flat(f.Name)) }

// stored is the property of the representation with f's name, unless it is never sent.
func (r *Resource) stored(f *Field) *Field {
	if r.Type == nil || r.Type.Kind != Object {
		return nil
	}
	from := r.Type.Field(f.Name)
	if from == r.Password || slices.Contains(r.Secrets, from) {
		return nil
	}
	return from
}
