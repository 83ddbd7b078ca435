// Package schema holds the tables of the store. They are yours to change.
package schema

import "embed"

// Files has a file for each kind of database.
//
//go:embed *.sql
var Files embed.FS
