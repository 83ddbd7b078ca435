package handlers

import (
	"fmt"
	"strings"

	"gen/generator/model"
)

// Table is a resource as the schema of the store prints it.
type Table struct {
	Name, Serves, Parent, PathComment string
	Nested                            bool
	Columns                           []Column
	Unique                            []Index
}

// Column holds a value that is never sent.
type Column struct{ Name, Comment string }

// Index keeps the values of a property apart.
type Index struct{ Name, Table, Path string }

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
	t := Table{Name: r.Name, Serves: serves(r), Nested: len(r.Parents) > 0, PathComment: "its key"}
	if t.Nested {
		t.PathComment = "its parents' keys and its own"
	}
	if r.Parent != nil {
		t.Parent = r.Parent.Name
	}
	if r.Password != nil {
		t.Columns = append(t.Columns, Column{"password", "argon2id"})
	}
	for _, s := range r.Secrets {
		if name := column(s.Name); name != "password" || r.Password == nil {
			t.Columns = append(t.Columns, Column{name, "never sent"})
		}
	}
	for _, name := range r.Unique {
		t.Unique = append(t.Unique, Index{r.Name + "_" + name, r.Name, "'" + strings.ReplaceAll(name, "'", "''") + "'"})
	}
	return t
}

// fixedColumns are what every table has.
var fixedColumns = []string{"path", "parent", "seq", "version", "created", "updated", "data"}

// column is the name of a secret's column.
func column(property string) string {
	name := strings.Join(model.Words(property), "_")
	for _, fixed := range fixedColumns {
		if name == fixed {
			return fmt.Sprintf("secret_%s", name)
		}
	}
	return name
}
