package decl

import (
	"fmt"
	"go/ast"
	"slices"
)

// Place is a line of a file.
type Place struct {
	File string
	Line int
}

func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Rival says whether the method of an operation can have another name. It cannot where its type, or one
// that is embedded beside it, has a method or a field of that name: handler and rival are where they are.
func Rival(files map[string][]byte, operation, name string) (handler, rival Place, found bool) {
	s := parse(files)
	for _, f := range s.files {
		for _, u := range f.units {
			if u.operation && u.name == operation {
				rival, found := s.rival(u, name)
				return f.place(u.node), rival, found
			}
		}
	}
	return Place{}, Place{}, false
}

// rival is what stands in the way of a method with the receiver of u and a name.
func (s *set) rival(u *unit, name string) (Place, bool) {
	pkg := u.file.ast.Name.Name
	structs := s.structs(pkg)
	for _, typ := range beside(structs, u.receiver.typ) {
		for _, other := range s.byKey[pkg+".method "+typ+"."+name] {
			return other.file.place(other.node), true
		}
		for _, field := range structs[typ].fields {
			if slices.ContainsFunc(field.Names, func(id *ast.Ident) bool { return id.Name == name }) {
				return structs[typ].file.place(field), true
			}
		}
	}
	return Place{}, false
}

// structure is a struct type.
type structure struct {
	file     *file
	fields   []*ast.Field
	embedded []string
}

// structs are the struct types of a package, by name.
func (s *set) structs(pkg string) map[string]structure {
	found := map[string]structure{}
	for _, f := range s.files {
		if f.broken || f.ast.Name.Name != pkg {
			continue
		}
		for _, d := range f.ast.Decls {
			for _, spec := range typeSpecs(d) {
				if typ, ok := spec.Type.(*ast.StructType); ok {
					found[spec.Name.Name] = structure{f, typ.Fields.List, embedded(typ)}
				}
			}
		}
	}
	return found
}

func typeSpecs(d ast.Decl) []*ast.TypeSpec {
	var found []*ast.TypeSpec
	if d, ok := d.(*ast.GenDecl); ok {
		for _, spec := range d.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok {
				found = append(found, spec)
			}
		}
	}
	return found
}

// embedded are the types of the same package that a struct embeds.
func embedded(typ *ast.StructType) []string {
	var names []string
	for _, field := range typ.Fields.List {
		if id := embeddedIdent(field); id != nil {
			names = append(names, id.Name)
		}
	}
	return names
}

// embeddedIdent is the name of a type of the same package that a field embeds, else nil.
func embeddedIdent(field *ast.Field) *ast.Ident {
	expr := field.Type
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if id, ok := expr.(*ast.Ident); ok && len(field.Names) == 0 {
		return id
	}
	return nil
}

// beside are the types whose methods get in each other's way: one, those that embed it, and what else
// these embed.
func beside(structs map[string]structure, typ string) []string {
	types := []string{typ}
	for name, s := range structs {
		if slices.Contains(s.embedded, typ) {
			types = append(append(types, name), s.embedded...)
		}
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// place is where a node begins, its comment aside.
func (f *file) place(node ast.Node) Place {
	return Place{f.name, f.line(node.Pos())}
}
