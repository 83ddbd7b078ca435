package reconcile

import "path/filepath"

// BasePath is where the project keeps one of its files as gen wrote it last.
func (p *Project) BasePath(file string) string {
	return filepath.Join(p.Dir, filepath.FromSlash(basePath(file)))
}
