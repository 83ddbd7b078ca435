// Package oapi embeds the templates of package api: what a project's document becomes in Go. Those in
// the folder strict replace templates of oapi-codegen and are fed by it; the others are fed by the
// model.
package oapi

import (
	"embed"
	"io/fs"
)

//go:embed *.tmpl strict
var files embed.FS

// Files are the templates.
func Files() fs.FS { return files }
