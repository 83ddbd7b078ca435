package generator

import (
	"gen/generator/reconcile"
	"gen/generator/reconcile/decl"
)

// leftBy is what an update leaves to the author: declarations in conflict, those whose operation is gone,
// and other files in conflict. It is never nil.
func leftBy(plan *reconcile.Changes) []Left {
	list := []Left{}
	for _, file := range plan.Files {
		inside := false
		for _, d := range file.Declarations {
			if d.Line > 0 && (d.Action == decl.Conflict || d.Action == decl.Kept) {
				list = append(list, Left{file.Path, d.Line, d.Name, d.Reason, d.End})
			}
			inside = inside || d.Action == decl.Conflict
		}
		if file.Action == reconcile.Conflict && !inside {
			list = append(list, Left{File: file.Path, Reason: file.Reason})
		}
	}
	return list
}

// joinLeft gives uses the reason why their declaration is left to the author, and returns what has no use
// that is sure.
func joinLeft(code []CodeChange, left []Left) []Left {
	rest := []Left{}
	for _, l := range left {
		listed := false
		for _, c := range code {
			for i, u := range c.Uses {
				if u.File == l.File && l.Line <= u.Line && u.Line <= l.end && !u.Guessed {
					c.Uses[i].Left, listed = l.Reason, true
				}
			}
		}
		if !listed {
			rest = append(rest, l)
		}
	}
	return rest
}

// placesOf counts the places in what the author has edited, or has to settle.
func placesOf(code []CodeChange) int {
	type place struct {
		file         string
		line, column int
	}
	edited := map[place]bool{}
	for _, c := range code {
		for _, u := range c.Uses {
			if u.Edited || u.Left != "" {
				edited[place{u.File, u.Line, u.Column}] = true
			}
		}
	}
	return len(edited)
}
