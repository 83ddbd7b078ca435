package project

import (
	"go/build"
	"io"
	"slices"
	"strconv"
	"strings"

	"gen/generator/model"
)

// reserved are the names of files that every package of handlers has.
var reserved = []string{"actions", "handlers", "values"}

// fileNames are the names, without extension, of the files about resources: one each, all different.
func fileNames(resources []*model.Resource) []string {
	names := make([]string, len(resources))
	for i, resource := range resources {
		names[i] = unused(fileName(resource.Name), names[:i])
	}
	return names
}

// fileName makes a file name of a resource's name: no other characters than the file systems of all
// authors know, and nothing that go or gen would read something into.
func fileName(resource string) string {
	words := strings.FieldsFunc(strings.ToLower(resource), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	name := strings.Join(words, "_")
	if name == "" || slices.Contains(reserved, name) || !always(name+".go") {
		name += "_resource"
	}
	return strings.TrimPrefix(name, "_")
}

func unused(name string, used []string) string {
	for n, stem := 2, name; slices.Contains(used, name); n++ {
		name = stem + strconv.Itoa(n)
	}
	return name
}

// always says that a Go file of that name is part of its package on any system: posts_linux.go and
// posts_test.go are not.
func always(file string) bool {
	if strings.HasSuffix(file, "_test.go") {
		return false
	}
	for _, system := range [][2]string{{"linux", "amd64"}, {"windows", "arm64"}} {
		context := build.Context{GOOS: system[0], GOARCH: system[1], Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("package p\n")), nil
		}}
		if match, err := context.MatchFile("", file); err != nil || !match {
			return false
		}
	}
	return true
}
