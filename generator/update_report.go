package generator

import (
	"regexp"
	"slices"
	"strings"

	"gen/generator/compile"
	"gen/generator/model"
	"gen/generator/reconcile"
	"gen/generator/reconcile/decl"
)

// UpdateReport says what an update did, or would do, and what is left. Lists are never null in JSON.
type UpdateReport struct {
	Name     string   `json:"name"`
	Dir      string   `json:"dir"`
	Document Document `json:"document"`
	// Written says that something was written.
	Written bool `json:"written"`
	// Drift says that there is, or was, something to write.
	Drift bool `json:"drift"`
	// Gen is the release of gen that this is, "" for none; From is the one that wrote the project, where that was another.
	Gen  string `json:"gen,omitempty"`
	From string `json:"from,omitempty"`
	// Recovered are the files that an interrupted update before this one had left to write.
	Recovered []string               `json:"recovered,omitempty"`
	Files     []reconcile.FileChange `json:"files"`
	// Writes are the paths that are written, those beside the author's files too, without what gen remembers.
	Writes []string `json:"writes"`
	// ToWrite are the operations that answer 501. Among them are those that have no handler.
	ToWrite []ToWrite          `json:"toWrite"`
	Orphans []reconcile.Orphan `json:"orphans"`
	// Rows are the resources whose rows keep what the document no longer has, lack what it now requires, or have
	// something as another type.
	Rows []RowChange `json:"rows"`
	// Errors are what does not compile. Unchecked is the reason why that was not looked at.
	Errors    []CompileError `json:"errors"`
	Unchecked string         `json:"unchecked,omitempty"`
	Warnings  []Issue        `json:"warnings"`
}

// CompileError is a place that does not compile, and the place in the document that it is about, "" where
// that is not known.
type CompileError struct {
	compile.Error

	Cause string `json:"cause,omitempty"`
}

// Unsettled says that there is a conflict or a compile error, of this update or left of one before, or
// that this one made an orphan.
func (r UpdateReport) Unsettled() bool {
	return r.Pending() || r.Written && len(r.Orphans) > 0
}

// Pending says that there is a conflict or a compile error.
func (r UpdateReport) Pending() bool {
	conflict := func(file reconcile.FileChange) bool { return file.Action == reconcile.Conflict }
	return len(r.Errors) > 0 || slices.ContainsFunc(r.Files, conflict)
}

func updateReport(o UpdateOptions, made built, changes *reconcile.Changes) (UpdateReport, error) {
	inspected := inspectReport(made.understood)
	r := UpdateReport{
		Name: made.state.Name, Dir: o.Dir, Gen: o.Version, Document: inspected.Document, Warnings: inspected.Warnings,
		Drift: len(changes.Writes()) > 0,
		Files: changes.Files, Orphans: changes.Orphans, Errors: []CompileError{},
	}
	if r.Files == nil {
		r.Files = []reconcile.FileChange{}
	}
	if r.Orphans == nil {
		r.Orphans = []reconcile.Orphan{}
	}
	var err error
	if r.Writes, err = changes.Results(); err != nil {
		return r, err
	}
	here, err := changes.Operations()
	r.ToWrite = toWrite(made, here)
	return r, err
}

// toWrite are the operations that answer 501, in the order of the document: those whose handlers say so, and
// those that have none.
func toWrite(made built, here map[string]decl.Method) []ToWrite {
	list := []ToWrite{}
	for _, op := range made.api.Operations {
		at, there := here[op.GoName]
		if !there || strings.Contains(at.Text, ".NotImplemented(") {
			list = append(list, ToWrite{op.ID, op.Method, op.Path, at.File, at.Line, !there})
		}
	}
	return list
}

// handlersOf are the methods of operations in what gen writes.
func handlersOf(made built) map[string]decl.Method {
	files := map[string][]byte{}
	for _, file := range made.files {
		if strings.HasPrefix(file.Path, handlersFolder+"/") && strings.HasSuffix(file.Path, ".go") {
			files[file.Path] = file.Data
		}
	}
	return decl.Operations(files)
}

// goNamesOf are the methods of operations by their ids.
func goNamesOf(made built) map[string]string {
	names := map[string]string{}
	for _, op := range made.api.Operations {
		names[op.ID] = op.GoName
	}
	return names
}

var identifier = regexp.MustCompile(`[\pL_][\pL\pN_]*`)

// cause is the place in the document that an error in the author's code is about: that of the schema
// or the operation that the message, the line or the method around it names.
func (b built) cause(e compile.Error, changes *reconcile.Changes) string {
	data, err := changes.Data(e.File)
	if err != nil {
		return ""
	}
	lines := strings.Split(string(data), "\n")
	if e.Line < 1 || e.Line > len(lines) {
		return ""
	}
	if at := b.placeOf(e.Text); at != "" {
		return at
	}
	if at := b.placeOf(lines[e.Line-1]); at != "" {
		return at
	}
	for i := e.Line - 1; i >= 0; i-- {
		if strings.HasPrefix(lines[i], "func ") {
			return b.placeOf(lines[i])
		}
	}
	return ""
}

// placeOf is the place of the first name of a schema or an operation in a text.
func (b built) placeOf(text string) string {
	types := map[string]*model.Type{}
	for _, t := range b.api.Types {
		types[t.Name] = t
	}
	for _, name := range identifier.FindAllString(text, -1) {
		if t := types[name]; t != nil && t.Pointer != "" {
			return b.doc.Position(t.Pointer).String()
		}
		var of *model.Operation
		for _, op := range b.api.Operations {
			if strings.HasPrefix(name, op.GoName) && (of == nil || len(op.GoName) > len(of.GoName)) {
				of = op
			}
		}
		if of != nil {
			return of.Position.String()
		}
	}
	return ""
}
