package project

import (
	"strings"

	"gen/generator/model"
)

// Options are what a plan depends on beside the document.
type Options struct {
	// Name is the project's name; see CheckName.
	Name string
	// JSON says that the document is JSON.
	JSON bool
	// Root is the path of a document of several files within their folder, Files are the paths of all
	// of them, the root's included. Both are empty for a document of one file.
	Root  string
	Files []string
	// Choices says that there is a gen.yaml to take along.
	Choices bool
}

// DocumentFolder is where a project keeps a document of several files.
const DocumentFolder = "openapi"

// DocumentPath is where a project keeps its document, of several files the root.
func (o Options) DocumentPath() string {
	if o.Root != "" {
		return DocumentFolder + "/" + o.Root
	}
	if o.JSON {
		return "openapi.json"
	}
	return "openapi.yaml"
}

// row is a file of every project. In a path, NAME stands for the project's name and RESOURCE for a
// resource; a row with RESOURCE is a file for each.
type row struct {
	path  string
	class Class
	kind  Kind
	from  string
}

func table(o Options) []row {
	choices := row{"gen.yaml", Once, Template, "gen.yaml.tmpl"}
	if o.Choices {
		choices = row{"gen.yaml", Once, Choices, ""}
	}
	return []row{
		choices,
		{"cmd/NAME/", Merged, Tree, "cmd/app"},
		{"api/", Owned, Tree, "api"},
		{"api/", Owned, Code, ""},
		{"internal/handlers/RESOURCE.go", Merged, Template, "internal/handlers/resource.go.tmpl"},
		{"internal/handlers/RESOURCE_test.go", Merged, Template, "internal/handlers/resource_test.go.tmpl"},
		{"internal/handlers/", Merged, Tree, "internal/handlers"},
		{"internal/auth/", Merged, Tree, "internal/auth"},
		{"internal/cluster/", Package, Tree, "internal/cluster"},
		{"internal/config/", Package, Tree, "internal/config"},
		{"internal/heap/", Package, Tree, "internal/heap"},
		{"internal/schema/", Merged, Tree, "internal/schema"},
		{"internal/logfile/", Package, Tree, "internal/logfile"},
		{"internal/page/", Package, Tree, "internal/page"},
		{"internal/session/", Package, Tree, "internal/session"},
		{"internal/signals/", Package, Tree, "internal/signals"},
		{"internal/store/", Package, Tree, "internal/store"},
		{"internal/systemd/", Package, Tree, "internal/systemd"},
		{"internal/tlsboot/", Package, Tree, "internal/tlsboot"},
		{"internal/web/", Package, Tree, "internal/web"},
		{"deploy/Dockerfile", Once, Template, "deploy/Dockerfile.tmpl"},
		{"deploy/compose.yaml", Once, Template, "deploy/compose.yaml.tmpl"},
		{"deploy/kubernetes/", Once, Tree, "deploy/kubernetes"},
		{"deploy/haproxy.cfg", Once, Template, "deploy/haproxy.cfg"},
		{"deploy/NAME.service", Once, Template, "deploy/app.service.tmpl"},
		{"deploy/NAME.socket", Once, Template, "deploy/app.socket.tmpl"},
		{".github/workflows/ci.yml", Once, Template, ".github/workflows/ci.yml"},
		{".dockerignore", Once, Template, ".dockerignore"},
		{".golangci.yml", Once, Template, ".golangci.yml.tmpl"},
		{".gitignore", Once, Template, ".gitignore.tmpl"},
		{"Makefile", Once, Template, "Makefile.tmpl"},
		{"README.md", Once, Template, "README.md.tmpl"},
		{"README.ko.md", Once, Template, "README.ko.md.tmpl"},
		{"go.mod", Once, Template, "go.mod.tmpl"},
		{"go.sum", Once, Template, "go.sum"},
	}
}

// Plan lists what the project for api is made of, a line of the table a file, and for files of
// resources one for each.
func Plan(api *model.API, o Options) []File {
	rows := table(o)
	names := handlerFiles(api.Resources)
	files := documentFiles(o)
	for _, r := range rows {
		file := File{Path: strings.ReplaceAll(r.path, "NAME", o.Name), Class: r.class, Kind: r.kind, From: r.from}
		switch {
		case strings.Contains(r.path, "RESOURCE"):
			files = append(files, each(file, api.Resources, names)...)
		case r.kind == Tree:
			file.Except = claimed(rows, r.from)
			if api.NoCodecs {
				file.Except = append(file.Except, codecs...)
			}
			files = append(files, file)
		default:
			files = append(files, file)
		}
	}
	return files
}

// codecs are the living files that only generated codecs need.
var codecs = []string{"api/incoming*.gen.go", "api/json[a-z]*.gen.go"}

// documentFiles are the lines of the document. Their names are not those of the table: a document may
// call its files anything.
func documentFiles(o Options) []File {
	if o.Root == "" {
		return []File{{Path: o.DocumentPath(), Class: Once, Kind: Document}}
	}
	files := make([]File, len(o.Files))
	for i, name := range o.Files {
		files[i] = File{Path: DocumentFolder + "/" + name, Class: Once, Kind: Document, From: name}
	}
	return files
}

func each(file File, resources []*model.Resource, names []string) []File {
	files := make([]File, len(resources))
	for i, resource := range resources {
		files[i] = file
		files[i].Path = strings.ReplaceAll(file.Path, "RESOURCE", names[i])
		files[i].Resource = resource
	}
	return files
}

// claimed are the templates below folder that have a row of their own.
func claimed(rows []row, folder string) []string {
	var paths []string
	for _, r := range rows {
		if strings.HasPrefix(r.from, folder+"/") {
			paths = append(paths, r.from)
		}
	}
	return paths
}
