package generator

import (
	"context"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/reconcile"
)

// RowChange is a resource whose rows keep properties that the document no longer has.
type RowChange struct {
	// Resource is its name, and that of its table.
	Resource string `json:"resource"`
	// Lost are these properties. Gained are those that are new, and may be what lost ones are called now.
	Lost   []string `json:"lost"`
	Gained []string `json:"gained"`
}

// rowChanges are the resources that lost properties, in the order of the new document. It is never nil.
func rowChanges(was, is *model.API) []RowChange {
	before := map[string]*model.Resource{}
	for _, r := range was.Resources {
		before[r.Name] = r
	}
	list := []RowChange{}
	for _, r := range is.Resources {
		if old := before[r.Name]; old != nil && old.Stored && r.Stored {
			stored, read := storedNames(old), storedNames(r)
			if lost := lackedBy(stored, read); len(lost) > 0 {
				list = append(list, RowChange{r.Name, lost, lackedBy(read, stored)})
			}
		}
	}
	return list
}

// storedNames are the properties that the column data of a resource's table has.
func storedNames(r *model.Resource) []string {
	if r.Type == nil {
		return nil
	}
	var names []string
	for _, t := range append([]*model.Type{r.Type}, r.Type.Branches...) {
		for _, f := range t.Fields {
			if f != r.Password && !slices.Contains(r.Secrets, f) && !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// lackedBy are the names that others lack, whatever their case, which is all the same to whom reads a row.
func lackedBy(names, others []string) []string {
	rest := []string{}
	for _, name := range names {
		same := func(other string) bool { return strings.EqualFold(name, other) }
		if !slices.ContainsFunc(others, same) {
			rest = append(rest, name)
		}
	}
	return rest
}

// rowsOf says what an update to a changed document means for rows. There is nothing to say where gen cannot
// read any more what the project was built from.
func rowsOf(ctx context.Context, o UpdateOptions, p *reconcile.Project, made built, writes []string) []RowChange {
	remembered := reconcile.BasePath(project.DocumentFolder)
	if !slices.ContainsFunc(writes, func(file string) bool { return strings.HasPrefix(file, remembered) }) {
		return []RowChange{}
	}
	last, err := lastOptions(o.Dir, p)
	if err != nil {
		return []RowChange{}
	}
	before, err := understand(ctx, last)
	if err != nil {
		return []RowChange{}
	}
	return rowChanges(before.api, made.api)
}
