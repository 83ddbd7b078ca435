package codec

import "gen/generator/codec/gotype"

// isRecursive says that a value of the type can hold values of the type.
func (e *Encoders) isRecursive(t *gotype.Type) bool {
	d := t.Definition()
	return d != nil && reaches(d.Type, d, map[*gotype.Decl]bool{})
}

// reaches looks for a declaration in what a type is made of.
func reaches(t *gotype.Type, wanted *gotype.Decl, seen map[*gotype.Decl]bool) bool {
	switch {
	case t.Kind == gotype.Named && t.Decl == wanted:
		return true
	case t.Kind == gotype.Named && seen[t.Decl]:
		return false
	case t.Kind == gotype.Named:
		seen[t.Decl] = true
		return reaches(t.Decl.Type, wanted, seen)
	case t.Elem != nil && reaches(t.Elem, wanted, seen), t.Extra != nil && reaches(t.Extra, wanted, seen):
		return true
	}
	for _, f := range t.Fields {
		if reaches(f.Type, wanted, seen) {
			return true
		}
	}
	return false
}
