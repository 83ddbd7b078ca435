// Package orphan keeps what package api no longer declares alive for as long as the author's code uses
// it: the types of operations that are gone, and whatever these refer to.
package orphan

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"gen/generator/reconcile/decl"
)

// piece is a declaration of one name, or a method.
type piece struct {
	name string // Type.Method for a method
	text string
	refs []string
	uses []string // import specs, as text
}

// Vanished are the exported names that package api declares before and not after, sorted.
func Vanished(before, after map[string][]byte) []string {
	there := pieces(after)
	var names []string
	for name := range pieces(before) {
		if ast.IsExported(name) && !strings.Contains(name, ".") && there[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// File is a file of package api that declares names as they were before, with all that they refer to
// and that is not there after. It is nil where there are no names.
func File(before, after map[string][]byte, names []string) ([]byte, error) {
	if len(names) == 0 {
		return nil, nil
	}
	old, there := pieces(before), pieces(after)
	needed := map[string]bool{}
	var need func(name string)
	need = func(name string) {
		p := old[name]
		if p == nil || needed[name] || there[name] != nil {
			return
		}
		needed[name] = true
		for _, ref := range p.refs {
			need(ref)
		}
		for method := range old {
			if strings.HasPrefix(method, name+".") && !strings.HasPrefix(name, "Unimplemented") {
				need(method)
			}
		}
	}
	for _, name := range names {
		need(name)
	}
	return printFile(old, slices.Sorted(maps.Keys(needed)))
}

// printFile makes a file of pieces.
func printFile(pieces map[string]*piece, names []string) ([]byte, error) {
	imports := map[string]bool{}
	var body bytes.Buffer
	printed := map[string]bool{} // var A, B = f() is the piece of both
	for _, name := range names {
		if printed[pieces[name].text] {
			continue
		}
		printed[pieces[name].text] = true
		for _, spec := range pieces[name].uses {
			imports[spec] = true
		}
		body.WriteString(pieces[name].text + "\n\n")
	}
	var out bytes.Buffer
	out.WriteString("package api\n\n// None of this is in the document any more. It stays while code outside of this package uses it.\n\n")
	if len(imports) > 0 {
		out.WriteString("import (\n")
		for _, third := range []bool{false, true} {
			for _, spec := range slices.Sorted(maps.Keys(imports)) {
				if strings.Contains(spec, ".") == third {
					out.WriteString(spec + "\n")
				}
			}
			out.WriteString("\n")
		}
		out.WriteString(")\n\n")
	}
	out.Write(body.Bytes())
	return format.Source(out.Bytes())
}

// pieces are the declarations of a package, by name. Constants of a group are one each.
func pieces(files map[string][]byte) map[string]*piece {
	all := map[string]*piece{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		r := reader{src: files[name], file: fset.File(parsed.Package), imports: importsOf(parsed), all: all}
		for _, d := range parsed.Decls {
			r.read(d)
		}
	}
	return all
}

type reader struct {
	src     []byte
	file    *token.File
	imports map[string]string // name → spec
	all     map[string]*piece
}

func (r reader) read(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = decl.Receiver(d) + "." + name
		}
		r.add(name, d, "", d.Doc)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				r.add(spec.Name.Name, spec, "type ", either(spec.Doc, d.Doc))
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					r.add(id.Name, spec, d.Tok.String()+" ", spec.Doc)
				}
			}
		}
	}
}

func either(own, group *ast.CommentGroup) *ast.CommentGroup {
	if own != nil {
		return own
	}
	return group
}

func (r reader) add(name string, node ast.Node, prefix string, doc *ast.CommentGroup) {
	p := &piece{name: name, text: prefix + r.text(node.Pos(), node.End())}
	if doc != nil && len(doc.List) > 0 {
		p.text = r.text(doc.Pos(), doc.End()) + "\n" + p.text
	}
	own := map[*ast.Ident]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			own[n.Sel] = true
		case *ast.Ident:
			if spec := r.imports[n.Name]; spec != "" && !own[n] {
				p.uses = append(p.uses, spec)
			} else if !own[n] {
				p.refs = append(p.refs, n.Name)
			}
		}
		return true
	})
	r.all[name] = p
}

func (r reader) text(from, to token.Pos) string {
	return string(r.src[r.file.Offset(from):r.file.Offset(to)])
}

func importsOf(file *ast.File) map[string]string {
	found := map[string]string{}
	for _, spec := range file.Imports {
		_, name := decl.Import(spec)
		text := spec.Path.Value
		if spec.Name != nil {
			text = name + " " + text
		}
		found[name] = text
	}
	return found
}
