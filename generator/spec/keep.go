package spec

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"unicode"
)

// keep remembers the files of a document that has several. Where they cannot stand together in a
// folder of their own, the document is one from here on: its bundle.
func (d *Document) keep(lib *library, r *report) {
	if lib == nil || len(lib.files) == 1 || len(r.errors) > 0 {
		return
	}
	files := map[string][]byte{}
	for _, f := range lib.files {
		files[lib.path(f.at)] = f.data
	}
	if !lib.loose && len(files) == len(lib.files) && apart(files) {
		d.Root, d.Files = lib.path(lib.root.at), files
		return
	}
	var bundle bytes.Buffer
	if json.Indent(&bundle, d.tree.root.appendJSON(nil), "", "  ") == nil {
		bundle.WriteByte('\n')
		d.Source, d.IsJSON = bundle.Bytes(), true
		r.note(Position{File: lib.root.name}, "", "the document has files outside of its folder, or with names that not every disk can hold", "gen keeps it as one file, with all that it refers to")
	}
}

// apart says that every disk can hold files of these names beside each other.
func apart(files map[string][]byte) bool {
	taken := map[string]bool{}
	for name := range files {
		if !harmless(name) {
			return false
		}
		taken[strings.ToLower(name)] = true
	}
	for name := range files {
		for folder := path.Dir(strings.ToLower(name)); folder != "."; folder = path.Dir(folder) {
			if taken[folder] {
				return false
			}
		}
	}
	return len(taken) == len(files)
}

// devices are what Windows takes for devices, whatever the extension.
var devices = []string{
	"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// harmless says that a relative path is one of a YAML or JSON file, and means nothing else to anybody.
func harmless(name string) bool {
	if len(name) > 200 || !namesFile(name) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if stem, _, _ := strings.Cut(strings.ToLower(part), "."); slices.Contains(devices, stem) {
			return false
		}
		for i, c := range part {
			if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && (i == 0 || !strings.ContainsRune(".- ", c)) {
				return false
			}
		}
		if part == "" || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return false
		}
	}
	return true
}
