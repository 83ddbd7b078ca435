package generator

import (
	"cmp"
	"slices"

	"gen/generator/change"
	"gen/generator/use"
)

// affectedBy says for each symbol that changed what it stands for. Symbols of an operation that is gone
// or renamed share one CodeChange.
func affectedBy(changes change.Changes, was, is change.Side) map[string]*CodeChange {
	before, after := change.SubjectsOf(was.API), change.SubjectsOf(is.API)
	ended := map[string]*CodeChange{} // by the operation's old Go name
	for _, op := range changes.Operations {
		switch op.Kind {
		case change.Removed:
			ended[op.GoName] = &CodeChange{
				Symbol: op.GoName, Change: op.Kind, Subject: op.Method + " " + op.Path, At: placeOf(was.Document, op.Pointer),
			}
		case change.Renamed:
			ended[op.Was.GoName] = &CodeChange{
				Symbol: op.Was.GoName, Change: op.Kind, Subject: op.Method + " " + op.Path,
				Was: op.Was.GoName, Is: op.GoName, At: placeOf(is.Document, op.Pointer),
			}
		}
	}
	affected := map[string]*CodeChange{}
	for _, s := range changes.Symbols {
		subject := before.Of(s.Name)
		if op := subject.Operation; op != nil && ended[op.GoName] != nil {
			affected[s.Name] = ended[op.GoName]
			continue
		}
		c := &CodeChange{Symbol: s.Name, Change: s.Kind, Subject: subject.Text, Was: s.Was, Is: s.Is}
		switch now := after.Of(s.Name); {
		case s.Kind == change.Changed && now.Pointer != "":
			c.At = placeOf(is.Document, now.Pointer)
		case subject.Pointer != "":
			c.At = placeOf(was.Document, subject.Pointer)
		}
		affected[s.Name] = c
	}
	return affected
}

// joinUses are the changes that code uses, sorted by symbol. Of an operation that is gone or renamed, a
// declaration counts once.
func joinUses(affected map[string]*CodeChange, uses []use.Use) []CodeChange {
	used := map[*CodeChange]bool{}
	for _, u := range uses {
		c := affected[u.Symbol]
		used[c] = true
		here := Use{File: u.File, Line: u.Line, Column: u.Column, Declaration: u.Declaration, Edited: u.Edited, Guessed: u.Guessed, Others: u.Others}
		same := func(other Use) bool { return other.File == here.File && other.Declaration == here.Declaration }
		if c.Symbol == u.Symbol || !slices.ContainsFunc(c.Uses, same) {
			c.Uses = append(c.Uses, here)
		}
	}
	list := []CodeChange{}
	for c := range used {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b CodeChange) int { return cmp.Compare(a.Symbol, b.Symbol) })
	return list
}
