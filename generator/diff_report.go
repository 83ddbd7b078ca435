package generator

import (
	"gen/generator/change"
	"gen/generator/spec"
)

// DiffReport says how a new document differs from the one that a project was built from. Lists are never
// null in JSON.
type DiffReport struct {
	// From and To are the documents.
	From string `json:"from"`
	To   string `json:"to"`
	// Breaking counts what makes clients of the old document fail.
	Breaking   int               `json:"breaking"`
	Operations []OperationChange `json:"operations"`
	Types      []TypeChange      `json:"types"`
	// Clients is what clients notice of the operations that both documents have.
	Clients []change.Wire `json:"clients"`
	// Code is what changed under the author's code. A change that no code uses is not listed.
	Code []CodeChange `json:"code"`
	// Rows are the resources whose rows keep what the document no longer has, lack what it now requires, or have
	// something as another type.
	Rows []RowChange `json:"rows"`
	// Left is what an update would leave to the author, without the declarations that Code has uses in.
	Left []Left `json:"left"`
	// Places counts the places that the author has to look at: uses in what the author has edited, and Left.
	Places   int     `json:"places"`
	Warnings []Issue `json:"warnings"`
}

// Same says that the documents mean the same: whatever differs in them, code and clients don't notice, and
// an update leaves nothing to the author.
func (r DiffReport) Same() bool {
	return len(r.Operations)+len(r.Types)+len(r.Clients)+len(r.Code)+len(r.Left) == 0
}

// OperationChange is an operation that changed.
type OperationChange struct {
	Change change.Kind `json:"change"`
	ID     string      `json:"id"`
	// WasID is the id before, where it is another.
	WasID  string `json:"wasId,omitempty"`
	Method string `json:"method"`
	Path   string `json:"path"`
	// At is its place, file:line:column: in the old document if it was removed.
	At string `json:"at"`
}

// TypeChange is a documented type that changed.
type TypeChange struct {
	Change change.Kind `json:"change"`
	Name   string      `json:"name"`
	Was    string      `json:"was,omitempty"`
	Is     string      `json:"is,omitempty"`
	At     string      `json:"at"`
	// Members are its properties and values that changed.
	Members []MemberChange `json:"members"`
}

// MemberChange is a property or a value of an enum that changed; Was and Is are its Go types.
type MemberChange struct {
	Change change.Kind `json:"change"`
	Name   string      `json:"name"`
	GoName string      `json:"goName"`
	Was    string      `json:"was,omitempty"`
	Is     string      `json:"is,omitempty"`
}

// CodeChange is a name of package api that changed, and where the author's code uses it.
type CodeChange struct {
	// Symbol is the name: "Post.Rating", or the method's of an operation that is gone or renamed.
	Symbol string      `json:"symbol"`
	Change change.Kind `json:"change"`
	// Subject is what it stands for in the document: "property rating of Post".
	Subject string `json:"subject,omitempty"`
	Was     string `json:"was,omitempty"`
	Is      string `json:"is,omitempty"`
	// At is the place in the document that caused it.
	At   string `json:"at,omitempty"`
	Uses []Use  `json:"uses"`
}

// Use is one place in the author's code.
type Use struct {
	File        string `json:"file"`
	Line        int    `json:"line"`
	Column      int    `json:"column"`
	Declaration string `json:"declaration"`
	// Edited says that the declaration is the author's: gen did not write it as it is.
	Edited bool `json:"edited"`
	// Guessed says that only the name fits, because the type is one that gen does not know. It may be one of
	// Others as well.
	Guessed bool     `json:"guessed,omitempty"`
	Others  []string `json:"others,omitempty"`
	// Left is why an update would leave the declaration to the author, "" where it would not.
	Left string `json:"left,omitempty"`
}

// Left is a declaration that an update would leave to the author, or a file as a whole.
type Left struct {
	File string `json:"file"`
	// Line is where the declaration begins, 0 for a file as a whole.
	Line        int    `json:"line,omitempty"`
	Declaration string `json:"declaration,omitempty"`
	Reason      string `json:"reason"`

	end int
}

func diffReport(changes change.Changes, was, is change.Side) DiffReport {
	r := DiffReport{
		Breaking: changes.Breaks(), Clients: changes.Wire,
		Operations: make([]OperationChange, len(changes.Operations)), Types: make([]TypeChange, len(changes.Types)),
		Warnings: Issues(is.Document.Warnings),
	}
	document := func(kind change.Kind) *spec.Document {
		if kind == change.Removed {
			return was.Document
		}
		return is.Document
	}
	for i, op := range changes.Operations {
		r.Operations[i] = OperationChange{op.Kind, op.ID, "", op.Method, op.Path, placeOf(document(op.Kind), op.Pointer)}
		if op.Kind == change.Renamed {
			r.Operations[i].WasID = op.Was.ID
		}
	}
	for i, t := range changes.Types {
		r.Types[i] = TypeChange{t.Kind, t.Name, t.Was, t.Is, placeOf(document(t.Kind), t.Pointer), make([]MemberChange, len(t.Members))}
		for j, m := range t.Members {
			r.Types[i].Members[j] = MemberChange{m.Kind, m.Name, m.GoName, m.Was, m.Is}
		}
	}
	return r
}

func placeOf(doc *spec.Document, pointer string) string { return doc.Position(pointer).String() }
