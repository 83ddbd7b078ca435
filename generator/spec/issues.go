package spec

import (
	"cmp"
	"slices"
	"strings"
)

// Issues are all that is wrong with a document, in the order of the source. As an error they are
// found with errors.As.
type Issues []Issue

// Error has a line for each issue.
func (list Issues) Error() string {
	lines := make([]string, len(list))
	for i, issue := range list {
		lines[i] = issue.String()
	}
	return strings.Join(lines, "\n")
}

// String is "file:line:column: what is wrong; what to do".
func (i Issue) String() string {
	text := i.Position.String() + ": " + i.Problem
	if i.Advice != "" {
		text += "; " + i.Advice
	}
	return text
}

// Sort puts the issues in the order of the source, those of one place in the order of their text,
// and drops what is said twice.
func (list Issues) Sort() Issues {
	slices.SortStableFunc(list, func(a, b Issue) int {
		return cmp.Or(
			cmp.Compare(a.Position.File, b.Position.File),
			cmp.Compare(a.Position.Line, b.Position.Line),
			cmp.Compare(a.Position.Column, b.Position.Column),
			cmp.Compare(a.Problem, b.Problem),
			cmp.Compare(a.Advice, b.Advice),
			cmp.Compare(a.Pointer, b.Pointer),
		)
	})
	return slices.CompactFunc(list, func(a, b Issue) bool {
		return a.Position == b.Position && a.Problem == b.Problem && a.Advice == b.Advice
	})
}

// report collects what is found while a document is read.
type report struct {
	strict           bool
	errors, warnings Issues
}

// fail records an error.
func (r *report) fail(at Position, pointer, problem, advice string) {
	r.errors = append(r.errors, Issue{Position: at, Pointer: pointer, Problem: problem, Advice: advice})
}

// repaired records what was changed so that the document can be read: a warning, an error when strict.
func (r *report) repaired(at Position, pointer, problem, done string) {
	if r.strict {
		r.fail(at, pointer, problem, done)
		return
	}
	r.note(at, pointer, problem, done)
}

// note records a warning.
func (r *report) note(at Position, pointer, problem, done string) {
	r.warnings = append(r.warnings, Issue{Position: at, Pointer: pointer, Problem: problem, Advice: done})
}

// err returns the errors in order, or nil.
func (r *report) err() error {
	if len(r.errors) == 0 {
		return nil
	}
	return r.errors.Sort()
}
