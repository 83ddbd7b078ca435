package decl

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// importGroup is where an import stands: the standard library first, the project's own packages last.
func importGroup(path, module string) int {
	first, _, _ := strings.Cut(path, "/")
	switch {
	case path == module || strings.HasPrefix(path, module+"/"):
		return 2
	case strings.Contains(first, "."):
		return 1
	}
	return 0
}

func (s importSpec) String() string {
	return strings.TrimLeft(s.name+" "+strconv.Quote(s.path), " ")
}

// addImport puts an import into its group, sorted by path.
func addImport(like *file, data []byte, spec importSpec, module string) []byte {
	f := parse(map[string][]byte{like.name: data}).files[0]
	if f.broken {
		return data
	}
	block, others := f.importBlock()
	switch {
	case block != nil && len(block.Specs) == 0:
		at := f.offset(block.Lparen) + 1
		return splice(data, []edit{{at, at, f.ending("\n\t" + spec.String())}})
	case block != nil:
		return splice(data, []edit{f.intoBlock(block, spec, module)})
	case others != nil:
		return addImport(like, parenthesize(f, others), spec, module)
	}
	at := f.offset(f.ast.Name.End())
	return splice(data, []edit{{at, at, f.ending("\n\nimport " + spec.String())}})
}

// importBlock is the first import declaration in parentheses, and the first without; import "C" is
// nobody's place.
func (f *file) importBlock() (block, single *ast.GenDecl) {
	for _, d := range f.ast.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		if len(d.Specs) == 1 && d.Specs[0].(*ast.ImportSpec).Path.Value == `"C"` {
			continue
		}
		if d.Lparen.IsValid() && block == nil {
			block = d
		}
		if !d.Lparen.IsValid() && single == nil {
			single = d
		}
	}
	return block, single
}

// intoBlock is the edit that adds a line to a block: to the imports of its kind, else as a group of its own.
func (f *file) intoBlock(block *ast.GenDecl, spec importSpec, module string) edit {
	group := importGroup(spec.path, module)
	var same, lower, above *ast.ImportSpec // the first of its group, the last of those before, the one right above
	for _, s := range block.Specs {
		s := s.(*ast.ImportSpec)
		path, _ := Import(s)
		switch g := importGroup(path, module); {
		case g < group:
			lower = s
		case g == group && same == nil:
			same = s
			fallthrough
		case g == group:
			if path < spec.path {
				above = s
			}
		}
	}
	switch {
	case above != nil:
		return f.below(above, "\n\t"+spec.String())
	case same != nil:
		return f.above(same, spec.String()+"\n\t")
	case lower != nil:
		return f.below(lower, "\n\n\t"+spec.String())
	}
	return f.above(block.Specs[0].(*ast.ImportSpec), spec.String()+"\n\n\t")
}

func (f *file) below(spec *ast.ImportSpec, text string) edit {
	at := f.lineEnd(f.offset(spec.End()))
	return edit{at, at, f.ending(text)}
}

func (f *file) above(spec *ast.ImportSpec, text string) edit {
	at := f.offset(spec.Pos())
	if spec.Doc != nil {
		at = f.offset(spec.Doc.Pos())
	}
	return edit{at, at, f.ending(text)}
}

// lineEnd is the end of the line of an offset, before its line break.
func (f *file) lineEnd(at int) int {
	end := bytes.IndexByte(f.data[at:], '\n')
	if end < 0 {
		return len(f.data)
	}
	return at + len(bytes.TrimRight(f.data[at:at+end], "\r"))
}

// parenthesize gives an import declaration parentheses.
func parenthesize(f *file, d *ast.GenDecl) []byte {
	spec := d.Specs[0].(*ast.ImportSpec)
	start, end := f.offset(spec.Pos()), f.lineEnd(f.offset(spec.End()))
	return splice(f.data, []edit{{start, start, f.ending("(\n\t")}, {end, end, f.ending("\n)")}})
}

// removeImport takes out the imports of a path that stand for a package by name.
func removeImport(data []byte, path string) []byte {
	f := parse(map[string][]byte{"": data}).files[0]
	for _, d := range f.ast.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		i := slices.IndexFunc(d.Specs, func(s ast.Spec) bool {
			p, name := Import(s.(*ast.ImportSpec))
			return p == path && name != "_" && name != "."
		})
		switch {
		case i < 0:
		case len(d.Specs) == 1 && d.Doc == nil:
			return splice(data, []edit{f.removal(&unit{start: f.offset(d.Pos()), end: f.offset(d.End())})})
		case len(d.Specs) > 1:
			return splice(data, []edit{f.importLine(d.Specs[i].(*ast.ImportSpec))})
		}
	}
	return data
}

// importLine is the edit that takes a line out of a block, with the empty line that would be one too
// many. Comments stay.
func (f *file) importLine(spec *ast.ImportSpec) edit {
	start, end := f.offset(spec.Pos()), f.offset(spec.End())
	if spec.Comment != nil || spec.Doc != nil {
		return edit{start, end, ""}
	}
	for start > 0 && f.data[start-1] != '\n' {
		start--
	}
	end = min(f.lineEnd(end)+len(f.ending("\n")), len(f.data))
	above := bytes.HasSuffix(f.data[:start], []byte(f.ending("\n\n"))) || bytes.HasSuffix(bytes.TrimRight(f.data[:start], " \t\r\n"), []byte("("))
	below := bytes.TrimLeft(f.data[end:], " \t\r\n")
	switch blank := len(f.ending("\n")); {
	case above && bytes.HasPrefix(f.data[end:], []byte(f.ending("\n"))):
		end += blank
	case bytes.HasPrefix(below, []byte(")")) && bytes.HasSuffix(f.data[:start], []byte(f.ending("\n\n"))):
		start -= blank
	}
	return edit{start, end, ""}
}

// unparenthesize takes the parentheses off an import that is alone in its file.
func unparenthesize(data []byte) []byte {
	f := parse(map[string][]byte{"": data}).files[0]
	block, _ := f.importBlock()
	if f.broken || block == nil || len(f.ast.Imports) != 1 {
		return data
	}
	spec := block.Specs[0].(*ast.ImportSpec)
	if spec.Doc != nil || spec.Comment != nil {
		return data
	}
	text := string(data[f.offset(spec.Pos()):f.offset(spec.End())])
	return splice(data, []edit{{f.offset(block.Lparen), f.offset(block.Rparen) + 1, text}})
}
