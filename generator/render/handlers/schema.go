package handlers

import (
	"regexp"
	"slices"
	"strings"

	"gen/generator/model"
)

// Table is a resource as the schema of the store prints it.
type Table struct {
	Name, Serves, Parent, PathComment string
	// ByParent is the index of a nested resource.
	ByParent string
	Nested   bool
	Columns  []Column
	Unique   []Index
	Indexes  []Index
}

// Column holds a value that is never sent.
type Column struct{ Name, Comment string }

// Tables are the tables of all resources that have one, parents first.
func Tables(resources []*model.Resource) []Table {
	var out []Table
	done := map[*model.Resource]bool{}
	var add func(r *model.Resource)
	add = func(r *model.Resource) {
		if done[r] || !r.Stored {
			return
		}
		done[r] = true
		if r.Parent != nil {
			add(r.Parent)
		}
		out = append(out, tableOf(r))
	}
	for _, r := range resources {
		add(r)
	}
	return out
}

func tableOf(r *model.Resource) Table {
	t := Table{Name: sqlName(r.Name), Serves: serves(r), Nested: len(r.Parents) > 0, PathComment: "its key"}
	if t.Nested {
		t.ByParent = sqlName(r.Name + "_by_parent")
		if !r.Shallow {
			t.PathComment = "its parents' keys and its own"
		}
	}
	if r.Parent != nil {
		t.Parent = sqlName(r.Parent.Name)
	}
	if r.Password != nil {
		t.Columns = append(t.Columns, Column{"password", "argon2id"})
	}
	for _, s := range r.Secrets {
		if name := column(s.Name); name != "password" || r.Password == nil {
			t.Columns = append(t.Columns, Column{name, "never sent"})
		}
	}
	t.Unique = uniques(r)
	t.Indexes = indexes(r)
	return t
}

// fixedColumns are what every table has.
var fixedColumns = []string{"path", "parent", "seq", "version", "created", "updated", "data"}

// column is the name of a secret's column.
func column(property string) string {
	name := strings.Join(model.Words(property), "_")
	if slices.Contains(fixedColumns, name) || sqlName(name) != name {
		return "secret_" + name
	}
	return name
}

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// keywords are the words of SQL that a resource may be called, and that SQLite or PostgreSQL reserve.
var keywords = strings.Fields(`
	abort action add after all alter always analyse analyze and any array as asc asymmetric attach authorization
	autoincrement before begin between binary both by cascade case cast check collate collation column commit
	concurrently conflict constraint create cross current current_catalog current_date current_role current_time
	current_timestamp current_user database default deferrable deferred delete desc detach distinct do drop each
	else end escape except exclude exclusive exists explain fail false fetch filter first following for foreign
	freeze from full generated glob grant group groups having if ignore ilike immediate in index indexed initially
	inner insert instead intersect into is isnull join key last lateral leading left like limit localtime
	localtimestamp match materialized natural no not nothing notnull null nulls of offset on only or order others
	outer over overlaps partition placing plan pragma preceding primary query raise range recursive references
	regexp reindex release rename replace restrict returning right rollback row rows savepoint select session_user
	set similar some symmetric system_user table tablesample temp temporary then ties to trailing transaction
	trigger true unbounded union unique update user using vacuum values variadic verbose view virtual when where
	window with within without`)

// sqlName is a name as SQL writes it: in quotes where it would mean something else without.
func sqlName(name string) string {
	if plainName.MatchString(name) && !slices.Contains(keywords, name) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
