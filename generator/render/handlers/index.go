package handlers

import (
	"slices"
	"strings"

	"gen/generator/model"
)

// Index is an index of a table, with what it is on in each database, "" where that has none of it.
type Index struct{ Name, SQLite, Postgres string }

// longestKey is how many characters an index of PostgreSQL certainly takes, next to the key of a parent.
const longestKey = 500

// uniques keep the values of properties apart.
func uniques(r *model.Resource) []Index {
	var out []Index
	for _, name := range r.Unique {
		index := Index{Name: sqlName(r.Name + "_" + name), SQLite: "data ->> " + sqlText(name), Postgres: textOf(name)}
		if len(r.Parents) > 0 {
			index.SQLite, index.Postgres = "parent, "+index.SQLite, "parent, "+index.Postgres
		}
		out = append(out, index)
	}
	return out
}

// indexes are for the properties that lists filter on and sort by, in the order of the document.
func indexes(r *model.Resource) []Index {
	var out []Index
	add := func(more ...Index) {
		for _, index := range more {
			if !slices.ContainsFunc(out, func(o Index) bool { return o.Name == index.Name }) {
				out = append(out, index)
			}
		}
	}
	for _, op := range r.Operations {
		if op.List == nil {
			continue
		}
		for _, f := range op.List.Filters {
			if f.Match != model.Search && indexed(r, f.Field) {
				add(filterIndex(op, f))
			}
		}
		for _, f := range op.List.SortBy {
			if indexed(r, f) {
				add(sortIndexes(op, f)...)
			}
		}
	}
	return slices.DeleteFunc(out, func(i Index) bool { return i.SQLite == "" && i.Postgres == "" })
}

// indexed says that a property is a column of its own to the store, without an index so far.
func indexed(r *model.Resource, f *model.Field) bool {
	return !strings.Contains(f.Name, ".") && f.Name != "parent" && !slices.Contains(r.Unique, f.Name)
}

// indexName tells an index on the rows of each parent from one on those of all.
func indexName(op *model.Operation, f *model.Field, suffix string) string {
	by := "_by_"
	if len(op.Resource.Parents) > len(op.ParentParams()) {
		by = "_of_all_by_"
	}
	return sqlName(op.Resource.Name + by + strings.Join(model.Words(f.Name), "_") + suffix)
}

func filterIndex(op *model.Operation, f model.Filter) Index {
	index := Index{Name: indexName(op, f.Field, "")}
	switch {
	case f.Match == model.Contains:
		index.Postgres = "USING gin ((data -> " + sqlText(f.Field.Name) + ") jsonb_path_ops)"
		return index
	case f.Match == model.Equal && !bounded(f.Field.Type):
		index.Postgres = "USING hash (" + textOf(f.Field.Name) + ")"
	default:
		index.Postgres = ordered(op, f.Field, "")
	}
	if f.Field.Type.Format != "date-time" { // that compares by what no index of SQLite can be on
		index.SQLite = "(" + within(op, "data ->> "+sqlText(f.Field.Name)+", seq") + ")"
	}
	return index
}

// sortIndexes are one for both directions, or one for each where many rows have the same value: those
// come in the order of creation either way.
func sortIndexes(op *model.Operation, f *model.Field) []Index {
	out := []Index{{Name: indexName(op, f, ""), Postgres: ordered(op, f, "")}}
	if f.Type.Format != "date-time" && (f.Type.Kind != model.String || len(f.Type.Enum) > 0) {
		out = append(out, Index{Name: indexName(op, f, "_down"), Postgres: ordered(op, f, " DESC")})
	}
	return out
}

// ordered is an index of PostgreSQL in the order of a property, "" where its values may be too long.
func ordered(op *model.Operation, f *model.Field, direction string) string {
	expression := textOf(f.Name)
	switch {
	case f.Type.Kind == model.Integer || f.Type.Kind == model.Number:
		expression = "_number(data -> " + sqlText(f.Name) + ")"
	case f.Type.Format == "date-time":
		expression = "_instant(data ->> " + sqlText(f.Name) + `) COLLATE "C"`
	case !bounded(f.Type):
		return ""
	}
	return "(" + within(op, expression+direction+", seq") + ")"
}

func textOf(property string) string { return "_text(data -> " + sqlText(property) + `) COLLATE "C"` }

// within narrows an index to the rows of a parent, where a list does.
func within(op *model.Operation, on string) string {
	if len(op.ParentParams()) > 0 {
		return "parent, " + on
	}
	return on
}

// bounded says that no value is too long for an index of PostgreSQL, which would then refuse the row.
func bounded(t *model.Type) bool {
	switch {
	case t.Kind == model.Integer || t.Kind == model.Number || t.Kind == model.Boolean || len(t.Enum) > 0:
		return true
	case slices.Contains([]string{"date-time", "date", "uuid"}, t.Format):
		return true
	}
	return t.Schema != nil && t.Schema.MaxLength != nil && *t.Schema.MaxLength <= longestKey
}

func sqlText(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
