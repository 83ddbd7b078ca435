package spec

import (
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// componentName names a component after what it stands for: Pet for schemas/pet.yaml, and for Pet in
// common.yaml. Where a name is taken, the folder helps, then a number.
func (h home) componentName(a aim, taken func(string) bool) string {
	file := h.namedBy(a.file.at)
	name := baseComponentName(file, a.parts)
	if !taken(name) {
		return name
	}
	for _, folder := range slices.Backward(folders(file)) {
		if longer := joined(folder) + name; !taken(longer) {
			return longer
		}
	}
	for n := 2; ; n++ {
		if numbered := name + strconv.Itoa(n); !taken(numbered) {
			return numbered
		}
	}
}

// holders are the keys and folders that hold objects by name.
var holders = []string{
	"schemas", "definitions", "$defs", "parameters", "responses", "requestBodies", "headers", "examples", "links", "callbacks",
	"securitySchemes", "components", "models", "schema", "paths",
}

func baseComponentName(file string, parts []string) string {
	last := len(parts) - 1
	switch {
	case last < 0:
		return joined(stem(file))
	case isComponentName(parts[last]) && (last == 0 || slices.Contains(holders, parts[last-1])):
		return parts[last]
	}
	words := []string{stem(file)}
	for _, part := range parts {
		if !slices.Contains(holders, part) && part != "properties" {
			words = append(words, part)
		}
	}
	return joined(words...)
}

// namedBy is the path of a file as far as names are made of it: from the root's folder on.
func (h home) namedBy(at location) string {
	if u, err := url.Parse(at.url); err == nil && at.url != "" {
		if h.path(at) != "" {
			return h.path(at)
		}
		return strings.TrimPrefix(u.Path, "/")
	}
	rel, err := filepath.Rel(h.dir, at.file)
	if err != nil {
		return filepath.Base(at.file)
	}
	return strings.TrimLeft(filepath.ToSlash(rel), "./")
}

// isComponentName says that a key can be a component's as it is. "200" and "0" say too little.
func isComponentName(key string) bool {
	first := true
	for _, c := range key {
		if letter := unicode.IsLetter(c); !letter && (first || !unicode.IsDigit(c) && !strings.ContainsRune("._-", c)) {
			return false
		}
		first = false
	}
	return key != ""
}

// stem is the name of a file without its extension, or its folder's name if it has none of its own.
func stem(file string) string {
	name := path.Base(file)
	name = strings.TrimSuffix(name, path.Ext(name))
	for _, kind := range []string{".schema", ".openapi"} {
		name = strings.TrimSuffix(name, kind)
	}
	if above := folders(file); strings.Trim(name, "_") == "index" && len(above) > 0 {
		return above[len(above)-1]
	}
	return name
}

// folders are the names of the folders above a file that say something, the outermost first.
func folders(file string) []string {
	return slices.DeleteFunc(strings.Split(path.Dir(file), "/"), func(folder string) bool {
		return joined(folder) == nothing || slices.Contains(holders, folder)
	})
}

// nothing is the name of what has none.
const nothing = "Component"

// joined makes one name of words: "new-pet" becomes NewPet.
func joined(words ...string) string {
	var b strings.Builder
	for _, word := range words {
		for _, part := range strings.FieldsFunc(word, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			letters := []rune(part)
			b.WriteRune(unicode.ToUpper(letters[0]))
			b.WriteString(string(letters[1:]))
		}
	}
	if b.Len() == 0 {
		return nothing
	}
	return b.String()
}
