// Package page is the front page of the server: a person uses the API with it, in a browser. It is plain
// HTML, CSS and JavaScript modules, which read /openapi.json and call the operations that it describes;
// nothing in it depends on the document, and nothing is built. It renders no HTML on the server.
package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"path"
)

// Folder is the path below which the page's files are served; Index is the one for "/".
const (
	Folder = "/_page/"
	Index  = "index.html"
)

// Policy is the Content-Security-Policy of the page: what is served here and nothing else, and no
// markup out of strings.
const Policy = "default-src 'none'; connect-src 'self'; img-src 'self'; script-src 'self'; style-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

//go:embed *.css *.html *.js *.svg
var files embed.FS

// File is one of the page's files.
type File struct {
	Type    string
	ETag    string
	Content []byte
}

// Files are all files of the page by their names.
func Files() (map[string]File, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	all := make(map[string]File, len(entries))
	for _, entry := range entries {
		content, err := files.ReadFile(entry.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		all[entry.Name()] = File{
			Type:    mediaType(entry.Name()),
			ETag:    fmt.Sprintf("%q", base64.RawURLEncoding.EncodeToString(sum[:12])),
			Content: content,
		}
	}
	return all, nil
}

// mediaType knows the page's own files; the system's table may say anything.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return "image/svg+xml"
}
