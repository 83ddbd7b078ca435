package decl

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// unit is one declaration: a function, a method, a type, or a group of constants, variables or types.
type unit struct {
	file *file
	node ast.Decl
	// keys are what it declares, in the words of its package: a group declares several.
	keys []string
	// name is what a reader calls it: ListPosts, Posts.
	name string
	// start and end are its bytes, the comment above it and the one behind it included.
	start, end int
	// text is these bytes with \n for line ends.
	text string
	// receiver is that of a method.
	receiver receiver
	// operation says that it is the method of an operation.
	operation bool
}

// file is a Go file in units.
type file struct {
	name   string
	data   []byte
	token  *token.File
	ast    *ast.File
	units  []*unit
	header string       // what stands before the imports
	scope  *types.Scope // of its package, once that is resolved
	defs   map[*ast.Ident]types.Object
	broken bool // it is no Go; its units are a guess, and without text
	crlf   bool
}

// set is a package in one of its versions, the external tests in the same folder included.
type set struct {
	fset  *token.FileSet
	files []*file
	byKey map[string][]*unit
}

func parse(sources map[string][]byte) *set {
	s := &set{fset: token.NewFileSet(), byKey: map[string][]*unit{}}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f := parseFile(s.fset, name, sources[name])
		s.files = append(s.files, f)
		for _, u := range f.units {
			for _, key := range u.keys {
				s.byKey[key] = append(s.byKey[key], u)
			}
		}
	}
	return s
}

// of are the units of s that declare anything that u does.
func (s *set) of(u *unit) []*unit {
	var found []*unit
	for _, key := range u.keys {
		for _, other := range s.byKey[key] {
			if !slices.Contains(found, other) {
				found = append(found, other)
			}
		}
	}
	return found
}

func (s *set) file(name string) *file {
	i, found := slices.BinarySearchFunc(s.files, name, func(f *file, name string) int { return cmp.Compare(f.name, name) })
	if !found {
		return nil
	}
	return s.files[i]
}

func parseFile(fset *token.FileSet, name string, data []byte) *file {
	f := &file{name: name, data: data, crlf: bytes.Contains(data, []byte("\r\n"))}
	parsed, err := parser.ParseFile(fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
	f.ast, f.broken = parsed, err != nil
	if parsed == nil || !parsed.Package.IsValid() {
		f.broken = true
		return f
	}
	f.token = fset.File(parsed.Package)
	if !f.broken {
		f.header = lines(data[:f.offset(parsed.Name.End())])
	}
	for i, d := range parsed.Decls {
		if u := f.unit(d, i); u != nil {
			f.units = append(f.units, u)
		}
	}
	return f
}

func (f *file) offset(pos token.Pos) int { return f.token.Offset(pos) }

func (f *file) line(pos token.Pos) int { return f.token.PositionFor(pos, false).Line }

// unit makes the unit of a declaration, nil for imports.
func (f *file) unit(node ast.Decl, index int) *unit {
	u := &unit{file: f, node: node}
	switch node := node.(type) {
	case *ast.FuncDecl:
		u.name = node.Name.Name
		u.describeFunc(node)
	case *ast.GenDecl:
		if node.Tok == token.IMPORT {
			return nil
		}
		for _, spec := range node.Specs {
			u.describeSpec(spec)
		}
	default:
		return nil
	}
	if len(u.keys) == 0 {
		u.keys = []string{fmt.Sprintf("nothing %s %d", f.name, index)}
	}
	if f.broken {
		return u
	}
	u.start, u.end = f.extent(node)
	u.text = lines(f.data[u.start:u.end])
	for i, key := range u.keys {
		if key == "_" {
			u.keys[i] = "_ " + u.text // blank ones are known by what they say
		}
		u.keys[i] = f.ast.Name.Name + "." + u.keys[i]
	}
	return u
}

func (u *unit) describeFunc(fn *ast.FuncDecl) {
	switch {
	case fn.Recv != nil && takesRequest(fn):
		u.operation, u.receiver = true, receiverOf(fn)
		u.keys = []string{"operation " + u.name}
	case fn.Recv != nil:
		u.receiver = receiverOf(fn)
		u.keys = []string{"method " + u.receiver.typ + "." + u.name}
	case u.name == "init":
		u.keys = []string{"init of " + u.file.name}
	case u.name == "_":
		u.keys = []string{"_"}
	default:
		u.keys = []string{u.name}
	}
}

func (u *unit) describeSpec(spec ast.Spec) {
	var names []*ast.Ident
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		names = []*ast.Ident{spec.Name}
	case *ast.ValueSpec:
		names = spec.Names
	}
	for _, id := range names {
		if u.name == "" {
			u.name = id.Name
		}
		u.keys = append(u.keys, id.Name)
	}
}

// takesRequest says that a method answers an operation: it takes the request object of its own name.
func takesRequest(fn *ast.FuncDecl) bool {
	for _, field := range fn.Type.Params.List {
		expr := field.Type
		if selector, ok := expr.(*ast.SelectorExpr); ok {
			expr = selector.Sel
		}
		if id, ok := expr.(*ast.Ident); ok && id.Name == fn.Name.Name+"RequestObject" {
			return true
		}
	}
	return false
}

// extent is where a declaration begins and ends, with its comments.
func (f *file) extent(node ast.Decl) (start, end int) {
	start, end = f.offset(node.Pos()), f.offset(node.End())
	if doc := docOf(node); doc != nil {
		start = f.offset(doc.Pos())
	}
	for _, group := range f.ast.Comments {
		for _, comment := range group.List {
			at := f.offset(comment.Pos())
			if at >= end && len(bytes.Trim(f.data[end:at], " \t;")) == 0 {
				end = f.commentEnd(comment)
			}
		}
	}
	return start, end
}

// commentEnd is where a comment ends. Its own End does not count the \r in it.
func (f *file) commentEnd(comment *ast.Comment) int {
	at := f.offset(comment.Pos())
	if bytes.HasPrefix(f.data[at:], []byte("/*")) {
		return at + bytes.Index(f.data[at:], []byte("*/")) + len("*/")
	}
	return at + len(comment.Text)
}

func docOf(node ast.Decl) *ast.CommentGroup {
	switch node := node.(type) {
	case *ast.FuncDecl:
		return node.Doc
	case *ast.GenDecl:
		return node.Doc
	}
	return nil
}

// lines is text with \n for line ends.
func lines(text []byte) string { return strings.ReplaceAll(string(text), "\r\n", "\n") }
