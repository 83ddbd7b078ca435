// Package templates embeds what projects are made of. The folder project mirrors a generated project
// path for path: Go files that are copied, and *.tmpl files that are executed. The folder starter has
// the document of a project that was started without one.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed all:project starter
var files embed.FS

// Project is the tree that projects are rendered from.
func Project() fs.FS { return sub("project") }

// Starter is the name and the bytes of the document for those who bring none.
func Starter() (name string, document []byte) {
	const path = "starter/openapi.yaml"
	document, err := files.ReadFile(path)
	if err != nil {
		panic(err) // embedded: cannot be missing
	}
	return "openapi.yaml", document
}

func sub(folder string) fs.FS {
	tree, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // only an invalid path fails
	}
	return tree
}
