// Package rename gives what is derived from an operation's name another one in the Go files of a
// project: the handler's method and its calls, and the types of package api, in edited declarations and
// tests alike. Only identifiers and the comment above a method change. It reads and writes no files.
package rename

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Operation is an operation with another name than before, in Go and in the document.
type Operation struct{ Old, New, OldID, NewID string }

// Names are the new names of what package api declares, by the old ones. Operations are the names of
// all operations before: what GetPosts declares is none of GetPost's.
func Names(before, after map[string][]byte, renamed []Operation, operations []string) map[string]string {
	names := map[string]string{}
	there := declared(after)
	for name := range declared(before) {
		owner := ""
		for _, op := range operations {
			if len(op) > len(owner) && derived(name, op) {
				owner = op
			}
		}
		for _, op := range renamed {
			if op.Old == owner && owner != "" && there[op.New+name[len(owner):]] {
				names[name] = op.New + name[len(owner):]
			}
		}
	}
	return names
}

// derived says that a name is that of an operation, or begins with it.
func derived(name, operation string) bool {
	rest, ok := strings.CutPrefix(name, operation)
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && (rest == "" || !unicode.IsLower(next))
}

// Project is Go files by their paths, and the names that change.
type Project struct {
	Module string
	Files  map[string][]byte
	// Operations are the methods that change, Names what package api declares.
	Operations []Operation
	Names      map[string]string
}

// Apply returns the files outside of package api that change. What cannot be parsed is left alone.
func (p Project) Apply() map[string][]byte {
	methods := map[string]string{}
	for _, op := range p.Operations {
		methods[op.Old] = op.New
		methods["Visit"+op.Old+"Response"] = "Visit" + op.New + "Response"
	}
	c := newChecker(p)
	changed := map[string][]byte{}
	for _, f := range c.files {
		if f.folder == "api" {
			continue
		}
		r := renamer{p: p, methods: methods, info: c.info, file: f}
		ast.Inspect(f.ast, r.visit)
		if data := r.splice(); !bytes.Equal(data, f.data) {
			changed[f.path] = data
		}
	}
	return changed
}

type renamer struct {
	p       Project
	methods map[string]string
	info    *types.Info
	file    *source
	edits   []edit
}

type edit struct {
	at       int
	old, new string
}

func (r *renamer) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if name := r.name(n.Name); name != "" && n.Recv != nil && n.Doc != nil {
			r.comment(n.Doc, n.Name.Name, name)
		}
	case *ast.CallExpr:
		r.refusal(n)
	case *ast.SelectorExpr:
		if name := r.p.Names[n.Sel.Name]; name != "" && r.isAPI(n.X) {
			r.edit(n.Sel.Pos(), n.Sel.Name, name)
		}
	case *ast.Ident:
		if name := r.name(n); name != "" {
			r.edit(n.Pos(), n.Name, name)
		}
	}
	return true
}

// isAPI says that an expression is the name of package api. The checker does not say so of the type
// arguments of what it does not know, such as types of other modules.
func (r *renamer) isAPI(expr ast.Expr) bool {
	id, ok := expr.(*ast.Ident)
	scope := r.info.Scopes[r.file.ast]
	if !ok || scope == nil {
		return false
	}
	if inner := scope.Innermost(id.Pos()); inner != nil {
		scope = inner
	}
	_, object := scope.LookupParent(id.Name, id.Pos())
	imported, ok := object.(*types.PkgName)
	return ok && imported.Imported().Path() == r.p.Module+"/api"
}

// refusal renames the operation that web.NotImplemented("publishPost") names.
func (r *renamer) refusal(call *ast.CallExpr) {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 || fun.Sel.Name != "NotImplemented" && fun.Sel.Name != "NotSupported" {
		return
	}
	id, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return
	}
	for _, op := range r.p.Operations {
		if op.OldID != "" && id.Value == strconv.Quote(op.OldID) {
			r.edit(id.Pos(), id.Value, strconv.Quote(op.NewID))
		}
	}
}

// name is the new name of an identifier, "" where it keeps its own.
func (r *renamer) name(id *ast.Ident) string {
	object := cmp.Or(r.info.Uses[id], r.info.Defs[id])
	if object == nil || object.Name() != id.Name {
		return ""
	}
	if fn, ok := object.(*types.Func); ok && fn.Signature().Recv() != nil {
		if name := r.methods[id.Name]; name != "" && r.ofOperation(fn) {
			return name
		}
		return ""
	}
	if pkg := object.Pkg(); pkg != nil && pkg.Path() == r.p.Module+"/api" && object.Parent() == pkg.Scope() {
		return r.p.Names[id.Name]
	}
	return ""
}

// ofOperation says that a method takes the request object of its name, or writes an answer.
func (r *renamer) ofOperation(fn *types.Func) bool {
	if strings.HasPrefix(fn.Name(), "Visit") && fn.Signature().Params().Len() == 1 {
		return true
	}
	for param := range fn.Signature().Params().Variables() {
		if named, ok := types.Unalias(param.Type()).(*types.Named); ok && named.Obj().Name() == fn.Name()+"RequestObject" {
			return true
		}
	}
	return false
}

// comment renames whole words of a comment.
func (r *renamer) comment(group *ast.CommentGroup, from, to string) {
	for _, comment := range group.List {
		for at := 0; ; {
			i := strings.Index(comment.Text[at:], from)
			if i < 0 {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(comment.Text[:at+i])
			after, _ := utf8.DecodeRuneInString(comment.Text[at+i+len(from):])
			if !inWord(before) && !inWord(after) {
				r.edit(comment.Pos()+token.Pos(at+i), from, to)
			}
			at += i + len(from)
		}
	}
}

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func (r *renamer) edit(pos token.Pos, from, to string) {
	r.edits = append(r.edits, edit{r.file.token.Offset(pos), from, to})
}

func (r *renamer) splice() []byte {
	slices.SortFunc(r.edits, func(a, b edit) int { return cmp.Compare(a.at, b.at) })
	var out []byte
	done := 0
	for _, e := range slices.CompactFunc(r.edits, func(a, b edit) bool { return a.at == b.at }) {
		if !bytes.HasPrefix(r.file.data[e.at:], []byte(e.old)) {
			continue // a comment with \r in it stands elsewhere than it says
		}
		out = append(append(out, r.file.data[done:e.at]...), e.new...)
		done = e.at + len(e.old)
	}
	return append(out, r.file.data[done:]...)
}
