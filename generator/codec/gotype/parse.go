package gotype

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
)

// Package is the types that a Go file declares.
type Package struct {
	// Decls are in the order of the file.
	Decls  []*Decl
	byName map[string]*Decl
}

// Parse reads the declarations of a Go file: its types, and which of them have methods for JSON. The
// error says where the source is not Go, or declares a name twice.
func Parse(source []byte) (*Package, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "types.gen.go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	p := &Package{byName: map[string]*Decl{}}
	specs := typeSpecs(file)
	for _, spec := range specs {
		name := spec.Name.Name
		if p.byName[name] != nil {
			return nil, fmt.Errorf("%s: the type %s is declared twice", files.Position(spec.Pos()), name)
		}
		p.byName[name] = &Decl{Name: name, Alias: spec.Assign.IsValid()}
		p.Decls = append(p.Decls, p.byName[name])
	}
	for i, spec := range specs {
		p.Decls[i].Type = p.read(spec.Type)
	}
	p.noteMethods(file)
	return p, nil
}

func typeSpecs(file *ast.File) []*ast.TypeSpec {
	var specs []*ast.TypeSpec
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.TYPE {
			continue
		}
		for _, spec := range group.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok {
				specs = append(specs, spec)
			}
		}
	}
	return specs
}

func (p *Package) noteMethods(file *ast.File) {
	for _, decl := range file.Decls {
		method, ok := decl.(*ast.FuncDecl)
		if !ok || method.Recv == nil {
			continue
		}
		d := p.byName[receiver(method)]
		switch {
		case d == nil:
		case method.Name.Name == "MarshalJSON":
			d.Marshals = true
		case method.Name.Name == "UnmarshalJSON":
			d.Unmarshals = true
		}
	}
}

func receiver(method *ast.FuncDecl) string {
	t := method.Recv.List[0].Type
	if pointer, ok := t.(*ast.StarExpr); ok {
		t = pointer.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// Lookup finds a declared type, nil if there is none of that name.
func (p *Package) Lookup(name string) *Decl { return p.byName[name] }

// Type reads a type as Go source has it, which may use the names of the package: "[]Post".
func (p *Package) Type(source string) (*Type, error) {
	expr, err := parser.ParseExpr(source)
	if err != nil {
		return nil, fmt.Errorf("the type %s: %w", source, err)
	}
	return p.read(expr), nil
}
