package reconcile

import (
	"bytes"
	"path"
	"slices"
	"strconv"
)

// importers are the Go files outside of a folder that import its package, as they are to be.
func (m *planner) importers(folder string) (map[string][]byte, error) {
	files, err := m.disk.allGo()
	if err != nil {
		return nil, err
	}
	found := map[string][]byte{}
	for name, data := range files {
		if path.Dir(name) != folder && m.imports(data, folder) {
			found[name] = data
		}
	}
	return found, nil
}

func (m *planner) imports(data []byte, folder string) bool {
	return bytes.Contains(data, []byte(strconv.Quote(path.Join(m.state.Module, folder))))
}

// importersFirst puts folders before those whose packages they import: what a package has to keep depends
// on what is left of those that use it.
func (m *planner) importersFirst(folders []string) ([]string, error) {
	importers := map[string][]string{}
	for _, folder := range folders {
		files, err := m.importers(folder)
		if err != nil {
			return nil, err
		}
		for name := range files {
			importers[folder] = append(importers[folder], path.Dir(name))
		}
		slices.Sort(importers[folder])
	}
	var order []string
	seen := map[string]bool{}
	var visit func(folder string)
	visit = func(folder string) {
		if seen[folder] || !slices.Contains(folders, folder) {
			return
		}
		seen[folder] = true
		for _, importer := range importers[folder] {
			visit(importer)
		}
		order = append(order, folder)
	}
	for _, folder := range folders {
		visit(folder)
	}
	return order, nil
}
