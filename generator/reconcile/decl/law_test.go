package decl

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLaws has authors edit what gen wrote, and documents change, in every way that author and world
// know. What it finds it names by the seed.
func TestLaws(t *testing.T) {
	rounds := 500
	if testing.Short() {
		rounds = 100
	}
	for seed := range rounds {
		if !t.Run("", func(t *testing.T) { laws(t, uint64(seed)) }) {
			t.Fatalf("seed %d", seed)
		}
	}
}

// FuzzMerge looks for sequences of edits and documents that break a law.
func FuzzMerge(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { laws(t, seed) })
}

func laws(t *testing.T, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	w := newWorld(r)
	base := w.render()
	a := &author{Rand: r}
	ours := a.edit(base)
	for range 1 + r.IntN(3) {
		next := w.change(r)
		theirs := next.render()
		got := data(Merge(versions(base, ours, theirs)))
		sameFiles(t, "what gen writes did not change", ours, data(Merge(versions(base, ours, base))))
		sameFiles(t, "once more", got, data(Merge(versions(theirs, got, theirs))))
		survives(t, base, ours, got)
		compiles(t, ours, theirs, got)
		rests(t, ours, got)
		w, base, ours = next, theirs, a.edit(got)
	}
	comesAndGoes(t, r, w, base, ours)
}

func versions(base, ours, theirs map[string][]byte) Input {
	in := input(nil, nil, nil)
	in.Base, in.Ours, in.Theirs = base, ours, theirs
	return in
}

func data(files map[string]File) map[string][]byte {
	out := map[string][]byte{}
	for name, f := range files {
		if f.Data != nil {
			out[name] = f.Data
		}
	}
	return out
}

func sameFiles(t *testing.T, what string, want, got map[string][]byte) {
	t.Helper()
	asText := func(files map[string][]byte) map[string]string {
		out := map[string]string{}
		for name, data := range files {
			out[name] = string(data)
		}
		return out
	}
	if diff := cmp.Diff(asText(want), asText(got)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// unowned is a line without what belonging to another resource, or one of another name, changes in it.
func unowned(line string) string {
	return ofResource.ReplaceAllString(spaced(line), "$1")
}

var ofResource = regexp.MustCompile(`\b(h |handler )\*(?:Posts|Tags|Users|Articles|Labels|People)\b|(?i:posts|tags|users|articles|labels|people)`)

// survives holds that everything parses, and that what the author declared is still there: as it was
// where gen had no part in it, else line by line. Resources may have other names.
func survives(t *testing.T, base, ours, got map[string][]byte) {
	t.Helper()
	was, is := parse(base), parse(got)
	all := map[string]bool{}
	for _, f := range is.files {
		if f.broken {
			t.Fatalf("%s does not parse:\n%s", f.name, f.data)
		}
		for _, u := range f.units {
			for line := range strings.Lines(u.text + "\n") {
				all[unowned(line)] = true
			}
		}
	}
	mine := parse(ours)
	m := &merger{baseUses: qualifiers(was.fset, was.files), oursUses: qualifiers(mine.fset, mine.files)}
	for _, f := range mine.files {
		for _, u := range f.units {
			text := u.text
			if slices.ContainsFunc(was.of(u), func(b *unit) bool { return m.sameCode(b, u) }) {
				text = u.doc()
			}
			for line := range strings.Lines(text + "\n") {
				fromGen := slices.ContainsFunc(was.of(u), func(b *unit) bool {
					return strings.Contains(b.doc(), line) || !u.operation && strings.Contains(b.text+"\n", line)
				})
				if !fromGen && !all[unowned(line)] {
					t.Fatalf("%s loses %q of\n%s", f.name, line, u.text)
				}
			}
		}
	}
}

// compiles holds that every name that stood for something still does, and that none is declared twice.
func compiles(t *testing.T, ours, theirs, got map[string][]byte) {
	t.Helper()
	known := append(mistakes(ours), mistakes(theirs)...)
	for _, mistake := range mistakes(got) {
		if !slices.Contains(known, mistake) {
			t.Fatalf("%s\nours:\n%s\ngot:\n%s", mistake, joined(ours), joined(got))
		}
	}
}

var mistake = regexp.MustCompile(`undefined: \w+$|has no field or method \w+|(redeclared|already declared|imported and not used).*$`)

// mistakes are what does not compile in the package of handlers, whatever others declare.
func mistakes(files map[string][]byte) []string {
	var found []string
	s := parse(files)
	var asts []*ast.File
	for _, f := range s.files {
		asts = append(asts, f.ast)
	}
	config := types.Config{Importer: stubs{}, Error: func(err error) {
		if text := mistake.FindString(err.Error()); text != "" {
			found = append(found, text)
		}
	}}
	_, _ = config.Check("handlers", s.fset, asts, nil)
	return found
}

func joined(files map[string][]byte) string {
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&all, "-- %s --\n%s", name, files[name])
	}
	return all.String()
}

// rests holds that what is neither declaration nor import stays, byte for byte but for empty lines, if in a
// file that has another name by now.
func rests(t *testing.T, ours, got map[string][]byte) {
	t.Helper()
	for name, was := range ours {
		before := rest(name, was)
		if got[name] == nil && slices.ContainsFunc(slices.Sorted(maps.Keys(got)), func(other string) bool { return ours[other] == nil && rest(other, got[other]) == before }) {
			continue
		}
		if after := rest(name, got[name]); got[name] != nil && before != after || got[name] == nil && strings.Contains(before, "Remark") {
			t.Fatalf("%s: between the declarations stood\n%s\nand stands\n%s", name, before, after)
		}
	}
}

func rest(name string, source []byte) string {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, name, source, parser.ParseComments)
	if err != nil {
		return ""
	}
	f := parse(map[string][]byte{name: source}).files[0]
	var edits []edit
	for _, u := range f.units {
		edits = append(edits, edit{u.start, u.end, ""})
	}
	for _, d := range parsed.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			edits = append(edits, edit{fset.Position(d.Pos()).Offset, fset.Position(d.End()).Offset, ""})
		}
	}
	var kept []string
	for line := range strings.Lines(string(splice(source, edits))) {
		if strings.TrimSpace(line) != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// comesAndGoes holds that an operation that comes and goes again leaves everything as it was.
func comesAndGoes(t *testing.T, r *rand.Rand, w world, base, ours map[string][]byte) {
	t.Helper()
	next := w.clone()
	next.add(r, slices.Concat(slices.Sorted(maps.Keys(w.resources)), []string{"Tags"})[r.IntN(len(w.resources)+1)])
	if slices.EqualFunc(slices.Sorted(maps.Keys(next.render())), slices.Sorted(maps.Keys(base)), func(a, b string) bool { return a == b }) && cmp.Equal(next.render(), base) {
		return
	}
	for name, operations := range w.resources {
		maps.Copy(next.resources[name], operations) // it comes, and changes none
	}
	theirs := next.render()
	if parse(theirs).anyNew(parse(base), parse(ours)) {
		return // the author has it already, and nobody knows from when
	}
	there := data(Merge(versions(base, ours, theirs)))
	sameFiles(t, "an operation came and went", ours, data(Merge(versions(theirs, there, base))))
}

// anyNew says that something of s is not in base, but in ours.
func (s *set) anyNew(base, ours *set) bool {
	return slices.ContainsFunc(s.files, func(f *file) bool {
		return slices.ContainsFunc(f.units, func(u *unit) bool { return len(base.of(u)) == 0 && len(ours.of(u)) > 0 })
	})
}
