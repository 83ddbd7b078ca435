package codec

import (
	"fmt"
	"strings"
)

// Function is a function of package api.
type Function struct {
	Name string
	// Source is its declaration, gofmt's work left to do.
	Source string
}

// statements are lines of Go.
type statements struct{ strings.Builder }

func (s *statements) linef(format string, args ...any) {
	fmt.Fprintf(s, format+"\n", args...)
}

// fileLines is about how many lines of functions a file holds before there are several.
const fileLines = 400

// Files are functions, in the order of their names, in files of package api without a package clause: one
// file, or where that would be long, one for each letter that their types begin with, which stand behind prefix
// in their names.
func Files(file, prefix string, functions []Function) map[string]string {
	files := map[string]string{}
	if len(functions) == 0 {
		return files
	}
	lines := 0
	for _, f := range functions {
		lines += strings.Count(f.Source, "\n") + 1
	}
	for _, f := range functions {
		name := file + ".gen.go"
		if lines > fileLines {
			letter := strings.ToLower(strings.TrimPrefix(f.Name, prefix)[:1])
			name = file + "_" + letter + ".gen.go"
		}
		files[name] += f.Source + "\n"
	}
	return files
}
