package generator

import (
	"context"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/reconcile"
)

// RowChange is a resource whose rows are not what the document now says of them.
type RowChange struct {
	// Resource is its name, and that of its table.
	Resource string `json:"resource"`
	// Lost are properties that rows keep and the document no longer has. Gained are those that are new, and may be
	// what lost ones are called now.
	Lost   []string `json:"lost"`
	Gained []string `json:"gained"`
	// Lacking are required properties that rows need not have, and that the document gives no value either.
	Lacking []string `json:"lacking"`
	// Retyped are properties whose values in rows are not, or not all, of the type that they have now.
	Retyped []Retyped `json:"retyped"`
}

// rowChanges are the resources that lost properties, require more, or have others of another type, in the order of the
// new document. It is never nil.
func rowChanges(was, is *model.API) []RowChange {
	before := map[string]*model.Resource{}
	for _, r := range was.Resources {
		before[r.Name] = r
	}
	list := []RowChange{}
	for _, r := range is.Resources {
		old := before[r.Name]
		if old == nil || !old.Stored || !r.Stored {
			continue
		}
		stored, read := fieldNames(storedFields(old)), fieldNames(storedFields(r))
		c := RowChange{r.Name, lackedBy(stored, read), lackedBy(read, stored), lacking(old, r), retyped(old, r)}
		if len(c.Lost)+len(c.Lacking)+len(c.Retyped) > 0 {
			list = append(list, c)
		}
	}
	return list
}

// storedFields are the properties that the column data of a resource's table has, one of each name.
func storedFields(r *model.Resource) []*model.Field {
	if r.Type == nil {
		return nil
	}
	var fields []*model.Field
	for _, t := range append([]*model.Type{r.Type}, r.Type.Branches...) {
		for _, f := range t.Fields {
			same := func(other *model.Field) bool { return other.Name == f.Name }
			if f != r.Password && !slices.Contains(r.Secrets, f) && !slices.ContainsFunc(fields, same) {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// lacking are the properties that r requires of a row, that rows of old need not have, and that no row is read with.
// Which alternative of a union a row is, nobody knows here.
func lacking(old, r *model.Resource) []string {
	list := []string{}
	if r.Type == nil || r.Type.Kind != model.Object {
		return list
	}
	had := storedFields(old)
	for _, f := range storedFields(r) {
		there := func(other *model.Field) bool {
			return strings.EqualFold(f.Name, other.Name) && alwaysStored(old, other)
		}
		if _, ok := model.SchemaSource(f); f.Required && !ok && !slices.ContainsFunc(had, there) {
			list = append(list, f.Name)
		}
	}
	return list
}

// alwaysStored says that every row of r has a property: it is required, or made by the server.
func alwaysStored(r *model.Resource, f *model.Field) bool {
	return f.Required || f == r.Key.Field || model.IsClock(f)
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
