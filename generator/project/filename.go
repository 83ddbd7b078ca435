package project

import (
	"go/build"
	"io"
	"slices"
	"strconv"
	"strings"

	"gen/generator/model"
)

// handlerFiles are the names, without extension, of the files about resources in the package of
// handlers.
func handlerFiles(resources []*model.Resource) []string {
	return fileNames(resources, "", "actions", "handlers", "values")
}

// ServerFiles are the names of the files of package api about resources: server_posts.gen.go. No other
// file of that package is called so.
func ServerFiles(resources []*model.Resource) []string {
	names := fileNames(resources, "server_")
	for i := range names {
		names[i] += ".gen.go"
	}
	return names
}

// fileNames makes a file name, without extension, of each resource's name. All are different, and none
// is reserved.
func fileNames(resources []*model.Resource, prefix string, reserved ...string) []string {
	names := make([]string, len(resources))
	for i, resource := range resources {
		name := prefix + fileName(resource.Name)
		if slices.Contains(reserved, name) || !always(name+".go") {
			name += "_resource"
		}
		names[i] = unused(name, names[:i])
	}
	return names
}

// fileName is a resource's name in characters that the file systems of all authors know.
func fileName(resource string) string {
	words := strings.FieldsFunc(strings.ToLower(resource), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if len(words) == 0 {
		return "resource"
	}
	return strings.Join(words, "_")
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
