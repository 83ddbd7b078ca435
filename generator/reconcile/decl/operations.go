package decl

import (
	"go/token"
	"regexp"
)

// Method is the method of an operation.
type Method struct {
	File string
	Line int
	// Text is all of it, with the comment above it.
	Text string
}

// Operations are the methods of operations in Go files, by name.
func Operations(files map[string][]byte) map[string]Method {
	found := map[string]Method{}
	for _, f := range parse(files).files {
		for _, u := range f.units {
			if u.operation && !f.broken {
				found[u.name] = Method{f.name, f.line(u.node.Pos()), u.text}
			}
		}
	}
	return found
}

// Unparsed are the operations that a file which cannot be parsed speaks of: it may well have their methods.
func Unparsed(name string, data []byte) []string {
	if !parseFile(token.NewFileSet(), name, data).broken {
		return nil
	}
	var found []string
	for _, match := range request.FindAllSubmatch(data, -1) {
		found = append(found, string(match[1]))
	}
	return found
}

var request = regexp.MustCompile(`([\pL_][\pL\pN_]*)RequestObject\b`)
