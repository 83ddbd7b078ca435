package decl

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// doc is the comment above a declaration, with all that stands before the declaration itself.
func (u *unit) doc() string {
	return lines(u.file.data[u.start:u.file.offset(u.node.Pos())])
}

// sameCode says that two units say the same, the comments above them aside.
func (m *merger) sameCode(a, b *unit) bool {
	if a.text[len(a.doc()):] == b.text[len(b.doc()):] {
		return true
	}
	return m.worded(a, nil, "\x00")[len(a.doc()):] == m.worded(b, nil, "\x00")[len(b.doc()):]
}

// mergeDoc merges the comment above a declaration. One that says nothing but what gen's do is not the
// author's: it is gen's of another branch. Where both changed the same line, the author's stays.
func (m *merger) mergeDoc(base, ours, theirs string) string {
	switch {
	case ours == base, ours == theirs:
		return theirs
	case theirs == base:
		return ours
	case ours != "" && !saysMore(ours, base+" "+theirs):
		return theirs
	}
	if merged, ok := m.both(base, ours, theirs); ok {
		return merged
	}
	return ours
}

// saysMore says that a comment has words that another does not have.
func saysMore(comment, other string) bool {
	known := strings.Fields(other)
	return slices.ContainsFunc(strings.Fields(comment), func(word string) bool { return !slices.Contains(known, word) })
}

// withoutComments are the tokens of a declaration.
func withoutComments(text string) string {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), nil, 0)
	var tokens strings.Builder
	for {
		_, tok, literal := s.Scan()
		if tok == token.EOF {
			return tokens.String()
		}
		tokens.WriteString(tok.String() + " " + literal + " ")
	}
}
