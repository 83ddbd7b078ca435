package change

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/flatten/allof"

	"gen/generator/spec"
)

// both are copies of two documents to compare, with what an allOf says merged into one schema: that parts of a schema
// become a schema of their own changes nothing on the wire. Where one of them has an allOf that cannot be merged, both
// are as they were written.
func both(was, is *spec.Document) (before, after *openapi3.T, err error) {
	if before, err = was.Clone(); err != nil {
		return nil, nil, err
	}
	if after, err = is.Clone(); err != nil {
		return nil, nil, err
	}
	if flat(before) && flat(after) {
		return before, after, nil
	}
	if before, err = was.Clone(); err != nil {
		return nil, nil, err
	}
	after, err = is.Clone()
	return before, after, err
}

// flat merges the schemas of a document with the members of their allOf. It is false where they contradict each other,
// or a member has a keyword that no merged schema could have; the document is of no use then.
func flat(document *openapi3.T) bool {
	found := map[*openapi3.Schema]*kept{}
	err := document.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		if len(ref.Value.AllOf) > 0 {
			found[ref.Value] = keptOf(ref.Value)
		}
		return nil
	})
	for _, k := range found {
		if k.unmergeable {
			return false
		}
	}
	if err == nil {
		_, err = allof.MergeSpec(document)
	}
	for schema, k := range found {
		k.restore(schema)
	}
	return err == nil
}

// kept is what a schema with an allOf says that merging it would lose.
type kept struct {
	nullable      bool
	discriminator *openapi3.Discriminator
	multipleOf    []float64
	unmergeable   bool
}

func keptOf(s *openapi3.Schema) *kept {
	k := &kept{nullable: nullable(s, nil)}
	k.add(s, map[*openapi3.Schema]bool{})
	return k
}

// nullable says whether the schema or each of its members that says of what type a value is allows null, too.
func nullable(s *openapi3.Schema, above []*openapi3.Schema) bool {
	if s.Nullable {
		return true
	}
	if s.Type != nil || slices.Contains(above, s) {
		return false
	}
	all := false
	for _, ref := range s.AllOf {
		switch {
		case ref.Value.Type == nil && len(ref.Value.AllOf) == 0 && !ref.Value.Nullable:
		case nullable(ref.Value, append(above, s)):
			all = true
		default:
			return false
		}
	}
	return all
}

func (k *kept) add(s *openapi3.Schema, seen map[*openapi3.Schema]bool) {
	seen[s] = true
	if k.discriminator == nil {
		k.discriminator = s.Discriminator
	}
	if s.MultipleOf != nil && !slices.Contains(k.multipleOf, *s.MultipleOf) {
		k.multipleOf = append(k.multipleOf, *s.MultipleOf)
	}
	for _, ref := range s.AllOf {
		if !seen[ref.Value] {
			k.unmergeable = k.unmergeable || unmergeable(ref.Value)
			k.add(ref.Value, seen)
		}
	}
}

// unmergeable says that a member of an allOf has a keyword that is lost when it is merged.
func unmergeable(s *openapi3.Schema) bool {
	return len(s.PatternProperties)+len(s.PrefixItems)+len(s.DependentSchemas) > 0 ||
		s.If != nil || s.ContentSchema != nil || s.Always != nil ||
		s.UnevaluatedItems != (openapi3.BoolSchema{}) || s.UnevaluatedProperties != (openapi3.BoolSchema{})
}

// restore gives a merged schema what it lost. A single multipleOf is rounded when it is merged.
func (k *kept) restore(s *openapi3.Schema) {
	s.Nullable = s.Nullable || k.nullable
	s.Discriminator = k.discriminator
	if len(k.multipleOf) == 1 {
		s.MultipleOf = &k.multipleOf[0]
	}
}
