package render

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

const (
	// toolModule is the module that living Go is compiled in, livingRoot its path there.
	toolModule = "gen"
	livingRoot = "gen/templates/project/"
)

// splice moves the imports of a living file that stay within the project to the project's module.
// They form the last group of their declaration, so that the file is formatted whatever the module's
// name sorts before.
func splice(name string, source []byte, module string) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	at := func(pos token.Pos) int { return fset.Position(pos).Offset }
	var out bytes.Buffer
	done := 0
	for _, decl := range file.Decls {
		imports, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		own, err := ownImports(name, imports)
		if err != nil {
			return nil, err
		}
		if len(own) == 0 {
			continue
		}
		group, err := formatted(regroup(source, imports, own, module, at))
		if err != nil {
			return nil, err
		}
		out.Write(source[done:at(imports.Pos())])
		out.Write(group)
		done = at(imports.End())
	}
	out.Write(source[done:])
	return out.Bytes(), nil
}

// formatted is a declaration as gofmt prints it. The rest of a living file is formatted already.
func formatted(declaration []byte) ([]byte, error) {
	const clause = "package p\n\n"
	file, err := format.Source(append([]byte(clause), declaration...))
	return bytes.TrimSpace(bytes.TrimPrefix(file, []byte(clause))), err
}

// ownImports are the specs of a declaration that name a package of the project. Its error is about
// one that names another part of gen, which no project has.
func ownImports(name string, imports *ast.GenDecl) ([]*ast.ImportSpec, error) {
	var own []*ast.ImportSpec
	for _, s := range imports.Specs {
		spec := s.(*ast.ImportSpec)
		importPath, err := strconv.Unquote(spec.Path.Value)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: import of %s: %w", name, spec.Path.Value, err)
		case strings.HasPrefix(importPath, livingRoot):
			own = append(own, spec)
		case strings.HasPrefix(importPath, toolModule+"/"):
			return nil, fmt.Errorf("%s imports %s, which no project has", name, importPath)
		}
	}
	return own, nil
}

// regroup is the text of a declaration with its own imports moved to module and to the end.
func regroup(source []byte, imports *ast.GenDecl, own []*ast.ImportSpec, module string, at func(token.Pos) int) []byte {
	if !imports.Lparen.IsValid() {
		return move(source[at(imports.Pos()):at(imports.End())], module)
	}
	var rest, group bytes.Buffer
	done := at(imports.Lparen) + 1
	for _, spec := range own {
		start, end := extent(spec, at)
		rest.Write(trimLine(source[done:start]))
		group.Write(move(source[start:end], module))
		group.WriteByte('\n')
		done = end
	}
	rest.Write(source[done:at(imports.Rparen)])
	var out bytes.Buffer
	out.WriteString("import (\n")
	if others := bytes.TrimSpace(rest.Bytes()); len(others) > 0 {
		out.Write(others)
		out.WriteString("\n\n")
	}
	out.Write(group.Bytes())
	out.WriteByte(')')
	return out.Bytes()
}

// extent is where a spec begins and ends, its comments included.
func extent(spec *ast.ImportSpec, at func(token.Pos) int) (start, end int) {
	start, end = at(spec.Pos()), at(spec.End())
	if spec.Doc != nil {
		start = at(spec.Doc.Pos())
	}
	if spec.Comment != nil {
		end = at(spec.Comment.End())
	}
	return start, end
}

// trimLine drops the end of text that stands on the line of what follows, and that line's break.
func trimLine(text []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimRight(text, " \t"), []byte("\n"))
}

func move(spec []byte, module string) []byte {
	return bytes.Replace(spec, []byte(`"`+livingRoot), []byte(`"`+module+"/"), 1)
}
