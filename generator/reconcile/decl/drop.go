package decl

import (
	"go/ast"
	"maps"
	"regexp"
	"strings"
)

// drop decides on what gen wrote and no longer writes: what the author never touched goes, unless
// something that stays refers to it.
func (m *merger) drop() {
	candidates := map[*unit]bool{}
	for _, f := range m.base.files {
		for _, b := range f.units {
			if len(m.theirs.of(b)) > 0 {
				continue
			}
			for _, o := range m.ours.of(b) {
				switch {
				case m.same(o, b):
					candidates[o] = true
				case o.operation:
					m.noteOurs(o, Kept, "its operation is gone; you changed it, so it stays")
				}
			}
		}
	}
	untouched := maps.Clone(candidates)
	for more := true; more; more = m.retain(candidates) {
		m.spare(candidates)
	}
	for u := range candidates {
		m.dropped[u] = true
	}
	for _, f := range m.ours.files {
		for _, u := range f.units {
			switch {
			case m.dropped[u] && len(m.theirs.of(u)) > 0:
				m.noteOurs(u, Removed, "gen has it on another type now, you had not touched it")
			case m.dropped[u]:
				m.noteOurs(u, Removed, "gen no longer writes it, you had not touched it")
			case untouched[u] && u.operation:
				m.noteOurs(u, Kept, "its operation is gone; your code calls it, so it stays")
			}
		}
	}
}

// spare takes out of the candidates what is referred to.
func (m *merger) spare(candidates map[*unit]bool) {
	refers := m.references(candidates)
	for before := -1; before != len(candidates); {
		before = len(candidates)
		for u := range candidates {
			if refers.to(u) {
				delete(candidates, u)
				refers.add(u.node)
			}
		}
	}
}

// references are the names that everything refers to but the candidates.
func (m *merger) references(candidates map[*unit]bool) references {
	refers := references{}
	for _, f := range m.ours.files {
		if f.broken {
			refers.addText(f.data)
			continue
		}
		for _, u := range f.units {
			switch t := m.taken[u]; {
			case candidates[u], m.dropped[u]:
			case m.texts[u] != "":
				refers.add(parseText([]byte(m.texts[u]), u).ast)
			case t == nil:
				refers.add(u.node)
			default:
				refers.add(t.node)
			}
		}
	}
	for _, at := range m.inserted {
		refers.add(at.unit.node)
	}
	for _, f := range parse(m.in.Importers).files {
		refers.addSelectors(f)
	}
	return refers
}

// references are names: x for what may be declared in the package, .x for methods and exported names.
type references map[string]bool

func (r references) to(u *unit) bool {
	for _, key := range u.keys {
		_, name, _ := strings.Cut(key, ".")
		if method, ok := strings.CutPrefix(name, "method "); ok {
			_, name, _ = strings.Cut(method, ".")
			name = "." + name
		}
		if operation, ok := strings.CutPrefix(name, "operation "); ok {
			name = "." + operation
		}
		if r[name] || ast.IsExported(name) && r["."+name] {
			return true
		}
	}
	return false
}

func (r references) add(node ast.Node) {
	own := map[*ast.Ident]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			own[n.Name] = true // its own name refers to nothing, also within itself
		case *ast.SelectorExpr:
			r["."+n.Sel.Name], own[n.Sel] = true, true
		case *ast.Ident:
			if !own[n] {
				r[n.Name] = true
			}
		}
		return true
	})
}

// addSelectors adds what a file of another package may mean: names behind a dot.
func (r references) addSelectors(f *file) {
	if f.broken {
		r.addText(f.data)
		return
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			r["."+selector.Sel.Name] = true
		}
		return true
	})
}

var word = regexp.MustCompile(`[\pL_][\pL\pN_]*`)

// addText takes every word for a name.
func (r references) addText(text []byte) {
	for _, name := range word.FindAll(text, -1) {
		r[string(name)], r["."+string(name)] = true, true
	}
}
