// Package reconcile brings rendered files and a folder on disk together: it starts a project, brings one
// along, and says how one differs from what would be rendered. Whatever it writes is there whole or not
// at all.
//
// It knows neither documents nor templates.
package reconcile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"gen/generator/project"
)

const (
	// stateFolder is where a project keeps what gen has to remember of it.
	stateFolder  = ".gen"
	manifestName = "manifest.json"
	// format is the version of that folder's layout.
	format = 1
)

// basePath is where gen keeps a file as it wrote it last.
func basePath(file string) string { return path.Join(stateFolder, "base", file) }

// State is what gen remembers of a project beside its files.
type State struct {
	// Gen is the version of gen, "" for one that is no release.
	Gen          string
	Name, Module string
	// Document is where the document is in the project. One of several files is in a folder of its own,
	// and this is the root.
	Document   string
	Operations []Operation
}

// Operation is an operation as it was last rendered.
type Operation struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	ID     string `json:"id"`
	GoName string `json:"goName"`
}

// Manifest is the content of .gen/manifest.json.
type Manifest struct {
	Format int `json:"format"`
	// Gen is the release of gen that wrote the project.
	Gen    string `json:"gen,omitempty"`
	Name   string `json:"name"`
	Module string `json:"module"`
	// Document has the digest of the document's file; of several, that of a list of all of them, as
	// sha256sum prints it.
	Document   ManifestFile   `json:"document"`
	Files      []ManifestFile `json:"files"`
	Operations []Operation    `json:"operations"`
}

// ManifestFile is a file as it was last written.
type ManifestFile struct {
	Path   string        `json:"path"`
	Class  project.Class `json:"class,omitempty"`
	SHA256 string        `json:"sha256"`
}

// withState adds what gen remembers to the rendered files: the base of what is not owned, then the
// manifest.
func withState(files []project.Output, state State) ([]project.Output, error) {
	manifest := Manifest{
		Format: format, Gen: state.Gen, Name: state.Name, Module: state.Module, Operations: state.Operations,
		Document: ManifestFile{Path: state.Document, SHA256: documentDigest(files, state.Document)},
	}
	all := append([]project.Output{}, files...)
	for _, file := range files {
		entry := ManifestFile{Path: file.Path, Class: file.Class, SHA256: digest(file.Data)}
		manifest.Files = append(manifest.Files, entry)
		if file.Class != project.Owned {
			all = append(all, project.Output{Path: basePath(file.Path), Class: project.Owned, Data: file.Data})
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(manifest); err != nil {
		return nil, err
	}
	return append(all, project.Output{Path: path.Join(stateFolder, manifestName), Class: project.Owned, Data: text.Bytes()}), nil
}

// documentDigest is the digest of a document that is one file, or all those of a folder.
func documentDigest(files []project.Output, document string) string {
	folder := path.Dir(document)
	var list bytes.Buffer
	for _, file := range files {
		switch {
		case folder == "." && file.Path == document:
			return digest(file.Data)
		case folder != "." && strings.HasPrefix(file.Path, folder+"/"):
			fmt.Fprintf(&list, "%s  %s\n", digest(file.Data), file.Path)
		}
	}
	return digest(list.Bytes())
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
