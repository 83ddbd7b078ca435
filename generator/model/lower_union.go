package model

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// buildVariants lowers a oneOf or anyOf: to a scalar where all branches are of one kind, to one object
// where the branches are inline and agree on their properties, else to a union.
func (l *lowerer) buildVariants(t *Type, s *shape, at site) {
	if len(s.variants) == 1 {
		l.absorb(t, s, at)
		return
	}
	kind := l.commonKind(s)
	switch {
	case scalar(kind):
		t.Kind = kind
		t.Format, t.Basic = basic(kind, "")
		s.Enum = l.allValues(s)
		l.buildEnum(t, s, at)
	case kind == Object && l.mergeVariants(s):
		l.hoist(t, at)
		l.buildObject(t, s)
	case kind == Any && !l.worthUnion(s):
		t.Kind, t.Basic = Any, "any"
	default:
		l.hoist(t, at)
		l.buildUnion(t, s)
	}
}

// absorb merges the only branch into what stands beside it.
func (l *lowerer) absorb(t *Type, s *shape, at site) {
	branch := s.variants[0]
	s.variants = nil
	m := merger{lowerer: l, shape: s, seen: map[*openapi3.Schema]bool{}}
	to := l.follow(branch.ref, site{pointer: branch.pointer}).pointer
	m.constraints(branch.ref.Value, to)
	m.structure(branch.ref.Value, to)
	m.members(branch.ref.Value, to)
	for _, p := range s.props {
		s.Properties[p.name] = p.ref
	}
	if len(s.variants) > 1 {
		l.buildVariants(t, s, at)
		return
	}
	s.variants = nil
	l.build(t, s, at)
}

func (l *lowerer) branchShape(v variant) *shape {
	return l.shape(v.ref.Value, l.follow(v.ref, site{pointer: v.pointer}).pointer)
}

// commonKind is the kind of all branches, Any where they differ.
func (l *lowerer) commonKind(s *shape) Kind {
	common := Any
	for i, v := range s.variants {
		b := l.branchShape(v)
		kind := b.kind()
		if len(b.variants) > 0 {
			kind = Union
		}
		if kind == Map && v.ref.Value.AdditionalProperties.Schema == nil {
			kind = Object
		}
		if i > 0 && kind != common {
			return Any
		}
		common = kind
	}
	return common
}

// worthUnion says that a branch has a shape that a Go type can tell.
func (l *lowerer) worthUnion(s *shape) bool {
	for _, v := range s.variants {
		if b := l.branchShape(v); b.kind() != Any || len(b.variants) > 0 {
			return true
		}
	}
	return false
}

// allValues are the values of all branches, none if one of them is open.
func (l *lowerer) allValues(s *shape) []any {
	var values []any
	for _, v := range s.variants {
		b := l.branchShape(v)
		if b.Const != nil && len(b.Enum) == 0 {
			b.Enum = []any{b.Const}
		}
		if len(b.Enum) == 0 {
			return nil
		}
		values = append(values, b.Enum...)
	}
	return values
}

// mergeVariants makes one object of inline branches that agree on what they share. Required is what
// all of them require.
func (l *lowerer) mergeVariants(s *shape) bool {
	if s.Discriminator != nil || slices.ContainsFunc(s.variants, func(v variant) bool { return v.ref.Ref != "" }) {
		return false
	}
	props := slices.Clone(s.props)
	var required []string
	for i, v := range s.variants {
		b := l.branchShape(v)
		if len(b.props) == 0 || b.AdditionalProperties.Schema != nil {
			return false
		}
		for _, p := range b.props {
			same := slices.IndexFunc(props, func(q property) bool { return q.name == p.name })
			if same < 0 {
				props = append(props, p)
			} else if !interchangeable(props[same].ref, p.ref) {
				return false
			}
		}
		if i == 0 {
			required = b.Required
		}
		required = slices.DeleteFunc(slices.Clone(required), func(name string) bool { return !slices.Contains(b.Required, name) })
	}
	s.props, s.variants = props, nil
	s.Required = append(s.Required, required...)
	for _, p := range props {
		s.Properties[p.name] = p.ref
	}
	return true
}

func interchangeable(a, b *openapi3.SchemaRef) bool {
	kind := kindOfType(a.Value.Type)
	return a.Value == b.Value || scalar(kind) && kind == kindOfType(b.Value.Type) &&
		a.Value.Format == b.Value.Format && len(a.Value.Enum) == 0 && len(b.Value.Enum) == 0
}

// buildUnion lowers a union. Its branches need names, because its methods are called after them.
func (l *lowerer) buildUnion(t *Type, s *shape) {
	t.Kind = Union
	l.buildBranches(t, s)
	names := scope{"Discriminator": true, "ValueByDiscriminator": true, "MarshalJSON": true, "UnmarshalJSON": true}
	for _, b := range t.Branches {
		names["As"+b.Name], names["From"+b.Name], names["Merge"+b.Name] = true, true, true
	}
	l.buildFields(t, s, names)
	t.Extra = nil
	if s.Discriminator != nil {
		l.discriminate(t, s)
	}
}

func (l *lowerer) buildBranches(t *Type, s *shape) {
	for i, v := range s.variants {
		names := []string{t.Name + l.branchWord(v, i), t.Name + "Option" + decimal(i+1)}
		b := l.typeOf(v.ref, site{pointer: v.pointer, names: names})
		if b.Name == "" {
			b = l.nameCopy(b, names)
		}
		if !slices.Contains(t.Branches, b) {
			t.Branches = append(t.Branches, b)
		}
	}
}

// nameCopy is a copy of an unnamed type with a name.
func (l *lowerer) nameCopy(t *Type, names []string) *Type {
	c := *t
	c.Alias = scalar(c.Kind) || c.Kind == Any
	l.name(&c, l.names.take(names...))
	return &c
}

// branchWord says what an inline branch is: its title, the value of the property that tells it apart,
// its kind.
func (l *lowerer) branchWord(v variant, i int) string {
	s := l.branchShape(v)
	if n := len(humps(s.Title)); n > 0 && n <= 3 {
		return goName(s.Title)
	}
	for _, p := range s.props {
		if value := constant(p.ref.Value); value != "" {
			return goName(value)
		}
	}
	switch s.kind() {
	case String:
		return "String"
	case Integer:
		return "Integer"
	case Number:
		return "Number"
	case Boolean:
		return "Bool"
	case Array:
		if s.Items != nil && s.Items.Ref != "" {
			return goName(s.Items.Ref[strings.LastIndex(s.Items.Ref, "/")+1:]) + "List"
		}
		return "List"
	case Map:
		return "Map"
	case Object:
		if len(s.Required) > 0 && len(s.Required) <= 2 {
			return "With" + goName(strings.Join(s.Required, " "))
		}
	}
	return "Option" + decimal(i+1)
}

// constant is the only string that a schema allows.
func constant(s *openapi3.Schema) string {
	value, _ := s.Const.(string)
	if value == "" && len(s.Enum) == 1 {
		value, _ = s.Enum[0].(string)
	}
	return value
}
