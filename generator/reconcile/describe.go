package reconcile

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"gen/generator/project"
)

// describe makes the line of each file.
func (m *planner) describe(c *Changes) error {
	names := map[string]bool{}
	for name := range m.theirs {
		names[name] = true
	}
	for name := range m.notes {
		names[name] = true
	}
	for _, name := range c.paths {
		if !strings.HasPrefix(name, stateFolder+"/") && !isOffer(name) {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		change, err := m.describeFile(name)
		if err != nil {
			return err
		}
		if change.Action != "" {
			c.Files = append(c.Files, change)
		}
	}
	return nil
}

func (m *planner) describeFile(name string) (FileChange, error) {
	change := m.notes[name]
	change.Path, change.Class = name, m.class(name)
	was, err := m.disk.read(name)
	if err != nil || change.Action != "" {
		return change, err
	}
	now, err := m.disk.get(name)
	if err != nil {
		return change, err
	}
	theirs, planned := m.theirs[name]
	var reason string
	change.Action, reason = action(was, now, theirs.Data, planned)
	if change.Class == project.Once && m.isDocument(name) && change.Action == Updated {
		reason = "the document that was given"
	}
	switch {
	case m.restores(name) && change.Action != Identical:
		change.Reason = "restored"
	case change.Action == Created && m.wrote(name):
		change.Reason = "it was missing"
	case change.Action == Merged && bytes.Equal(was, m.base[name]):
		change.Reason = "gen's changed; what other code needs of it stays"
	case change.Reason == "":
		change.Reason = reason
	}
	return change, nil
}

// wrote says that gen wrote a file the last time.
func (m *planner) wrote(name string) bool {
	return slices.ContainsFunc(m.Manifest.Files, func(file ManifestFile) bool { return file.Path == name })
}

func action(was, now, theirs []byte, planned bool) (action Action, reason string) {
	switch {
	case was == nil && now == nil && planned:
		return Kept, "you deleted or moved it"
	case was == nil && now == nil:
		return "", ""
	case was == nil:
		return Created, "new"
	case now == nil:
		return Deleted, "gen no longer writes it"
	case planned && bytes.Equal(now, theirs) && bytes.Equal(was, now):
		return Identical, "it is what gen writes"
	case bytes.Equal(was, now):
		return Kept, "it is yours"
	case planned && bytes.Equal(now, theirs):
		return Updated, "gen's changed, you had not touched it"
	}
	return Merged, "it has your changes and gen's"
}

// Results are the paths that are written and there afterwards, without what gen remembers. It is never nil.
func (c *Changes) Results() ([]string, error) {
	list := []string{}
	for _, name := range c.paths {
		data, err := c.Data(name)
		if err != nil {
			return nil, err
		}
		if data != nil && rank(name) == 0 {
			list = append(list, name)
		}
	}
	return list, nil
}
