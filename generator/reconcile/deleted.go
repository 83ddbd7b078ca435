package reconcile

import (
	"path"
	"slices"
	"strings"

	"gen/generator/reconcile/decl"
)

// Deleted are the types of a folder that the author deleted while other code there still needs them,
// sorted. Those of files in restored come back and are none.
func (p *Project) Deleted(folder string, restored []string) ([]string, error) {
	ours, err := p.disk.goFiles(folder)
	if err != nil {
		return nil, err
	}
	base := map[string][]byte{}
	restored = inProject(restored)
	for name, data := range p.base {
		if path.Dir(name) == folder && strings.HasSuffix(name, ".go") && !slices.Contains(restored, name) {
			base[name] = data
		}
	}
	return decl.Deleted(base, ours), nil
}
