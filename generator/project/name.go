package project

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

var wellNamed = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// ignoredByGo are folder names that the go command does not look into.
var ignoredByGo = []string{"vendor", "testdata"}

// CheckName returns an error that suggests another name unless name can be a project's: lower-case
// letters, digits and hyphens, a letter first.
func CheckName(name string) error {
	switch {
	case !wellNamed.MatchString(name):
		return fmt.Errorf("%q cannot be a project's name: use lower-case letters, digits and hyphens, a letter first, such as %q", name, suggest(name))
	case slices.Contains(ignoredByGo, name):
		return fmt.Errorf("%q cannot be a project's name: the go command ignores folders of that name; try %q", name, name+"-server")
	}
	return nil
}

// suggest makes a name of what was meant to be one: "My Shop" becomes "my-shop".
func suggest(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	suggestion := strings.TrimLeft(strings.Join(words, "-"), "0123456789-")
	if suggestion == "" {
		return "server"
	}
	return suggestion
}

// CheckModule returns an error unless path can be the module path of a project.
func CheckModule(path string) error {
	if err := module.CheckPath(path); err != nil {
		return fmt.Errorf("%w: use a path such as example.com/shop", err)
	}
	return nil
}

// DefaultModule is the module path of a project for which none was given.
func DefaultModule(name string) string { return "example.com/" + name }
