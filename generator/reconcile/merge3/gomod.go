package merge3

import (
	"bytes"
	"fmt"
	"go/version"
	"slices"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// GoMod merges go.mod: base is what gen wrote last, ours what the author made of it, theirs what gen
// would write now. The higher version of each requirement, and of Go, wins; what gen no longer requires
// goes unless the author changed it, and what the author removed stays removed. All else is as in ours,
// comments too. An error says which of the three cannot be parsed, and where.
func GoMod(base, ours, theirs []byte) ([]byte, error) {
	switch {
	case bytes.Equal(base, theirs):
		return bytes.Clone(ours), nil
	case bytes.Equal(base, ours):
		return bytes.Clone(theirs), nil
	}
	b, err := parse("the go.mod that gen wrote last", base)
	if err != nil {
		return nil, err
	}
	o, err := parse("go.mod", ours)
	if err != nil {
		return nil, err
	}
	t, err := parse("the go.mod of gen", theirs)
	if err != nil {
		return nil, err
	}
	if required := requirements(b, o, t); !slices.EqualFunc(o.Require, required, sameRequirement) {
		o.SetRequireSeparateIndirect(required)
		o.Cleanup()
	}
	if err := raiseGo(b, o, t); err != nil {
		return nil, err
	}
	return o.Format()
}

func parse(name string, data []byte) (*modfile.File, error) {
	f, err := modfile.Parse(name, data, nil)
	if err != nil {
		return nil, fmt.Errorf("cannot merge go.mod: %w", err)
	}
	return f, nil
}

func sameRequirement(a, b *modfile.Require) bool {
	return a.Mod == b.Mod && a.Indirect == b.Indirect
}

// requirements are those of ours in its order, then those that are new in theirs.
func requirements(base, ours, theirs *modfile.File) []*modfile.Require {
	was, is, next := byPath(base), byPath(ours), byPath(theirs)
	var list []*modfile.Require
	for _, own := range ours.Require {
		path := own.Mod.Path
		if merged := mergeRequirement(was[path], own, next[path]); merged != nil && is[path] == own {
			list = append(list, merged)
		}
	}
	for _, added := range theirs.Require {
		path := added.Mod.Path
		if was[path] == nil && is[path] == nil {
			list = append(list, requirement(path, added.Mod.Version, added.Indirect))
		}
	}
	return list
}

// byPath finds requirements by their modules; of two of one module the higher counts, as it does for go.
func byPath(f *modfile.File) map[string]*modfile.Require {
	found := map[string]*modfile.Require{}
	for _, r := range f.Require {
		if had := found[r.Mod.Path]; had == nil || semver.Compare(r.Mod.Version, had.Mod.Version) > 0 {
			found[r.Mod.Path] = r
		}
	}
	return found
}

// mergeRequirement merges one that ours has; the others are nil where they lack it. It is nil when the
// requirement goes.
func mergeRequirement(base, ours, theirs *modfile.Require) *modfile.Require {
	untouched := base != nil && sameRequirement(base, ours)
	if theirs == nil {
		if untouched {
			return nil
		}
		return ours
	}
	wanted, indirect := ours.Mod.Version, ours.Indirect
	moved := base == nil || base.Mod.Version != theirs.Mod.Version
	if moved && semver.Compare(theirs.Mod.Version, wanted) > 0 {
		wanted = theirs.Mod.Version
	}
	switch {
	case untouched:
		indirect = theirs.Indirect
	case base == nil:
		indirect = indirect && theirs.Indirect
	}
	return requirement(ours.Mod.Path, wanted, indirect)
}

func requirement(path, version string, indirect bool) *modfile.Require {
	return &modfile.Require{Mod: module.Version{Path: path, Version: version}, Indirect: indirect}
}

// raiseGo raises the go line of ours to that of theirs if gen raised it.
func raiseGo(base, ours, theirs *modfile.File) error {
	if theirs.Go == nil || base.Go != nil && base.Go.Version == theirs.Go.Version {
		return nil
	}
	if ours.Go != nil && version.Compare("go"+ours.Go.Version, "go"+theirs.Go.Version) >= 0 {
		return nil
	}
	return ours.AddGoStmt(theirs.Go.Version)
}
