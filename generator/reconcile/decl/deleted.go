package decl

import (
	"go/ast"
	"go/token"
	"slices"
)

// Deleted are the exported types, sorted, that base declares, ours does not any more, and something that is
// left in ours still refers to, unless base had been rid of that before. It is nil where a file of ours
// cannot be parsed.
func Deleted(base, ours map[string][]byte) []string {
	was, is := parse(base), parse(ours)
	if slices.ContainsFunc(is.files, func(f *file) bool { return f.broken }) {
		return nil
	}
	left := references{}
	for _, f := range is.files {
		for _, u := range f.units {
			left.add(u.node)
		}
	}
	var deleted []string
	for _, f := range was.files {
		for _, u := range f.units {
			dangles := left.to(u) || !was.refersFromElsewhere(u)
			if u.exportedType() && len(is.of(u)) == 0 && dangles {
				deleted = append(deleted, u.name)
			}
		}
	}
	slices.Sort(deleted)
	return deleted
}

// exportedType says that a unit declares a type that other packages can name.
func (u *unit) exportedType() bool {
	group, ok := u.node.(*ast.GenDecl)
	return ok && group.Tok == token.TYPE && ast.IsExported(u.name)
}

// refersFromElsewhere says that another file of s than that of u refers to it.
func (s *set) refersFromElsewhere(u *unit) bool {
	refers := references{}
	for _, f := range s.files {
		if f == u.file {
			continue
		}
		for _, other := range f.units {
			refers.add(other.node)
		}
	}
	return refers.to(u)
}
