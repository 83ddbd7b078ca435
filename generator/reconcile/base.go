package reconcile

import "maps"

// BasePath is where a project keeps one of its files as gen wrote it last.
func BasePath(file string) string { return basePath(file) }

// Base are the files as gen wrote them last, by their own paths, without those that gen owns. Conflicts that
// git left in them are settled.
func (p *Project) Base() map[string][]byte { return maps.Clone(p.base) }
