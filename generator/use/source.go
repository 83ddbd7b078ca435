package use

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
)

// tree is the Go code of a project.
type tree struct {
	fset  *token.FileSet
	files []*sourceFile
}

// sourceFile is one file of it.
type sourceFile struct {
	path string
	data []byte
	ast  *ast.File
	// owned says that it is gen's.
	owned bool
}

// text is a part of the file as it stands there.
func (f *sourceFile) text(fset *token.FileSet, node ast.Node) string {
	file := fset.File(f.ast.FileStart)
	return string(f.data[file.Offset(start(node)):file.Offset(node.End())])
}

// start is where a declaration begins, its comment included.
func start(node ast.Node) token.Pos {
	var doc *ast.CommentGroup
	switch node := node.(type) {
	case *ast.FuncDecl:
		doc = node.Doc
	case *ast.GenDecl:
		doc = node.Doc
	}
	if doc != nil {
		return doc.Pos()
	}
	return node.Pos()
}

// readTree reads all packages of the module in dir. Code that gen owns is what base has for it: on disk
// there may be conflicts in it that are not the author's to settle.
func readTree(dir string, base map[string][]byte) (*tree, error) {
	t := &tree{fset: token.NewFileSet()}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && !isPackageFolder(root, name):
			return fs.SkipDir
		case entry.IsDir(), path.Ext(name) != ".go", strings.HasPrefix(path.Base(name), "_"), strings.HasPrefix(path.Base(name), "."):
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if written := base[name]; written != nil && isOwned(name) {
			data = written
		}
		t.add(name, data)
		return nil
	})
	return t, err
}

// isPackageFolder says whether go looks for packages of the module there.
func isPackageFolder(root fs.FS, name string) bool {
	folder := path.Base(name)
	if folder == "testdata" || folder == "vendor" || strings.HasPrefix(folder, "_") || strings.HasPrefix(folder, ".") {
		return false
	}
	_, err := fs.Stat(root, path.Join(name, "go.mod"))
	return err != nil
}

// add parses a file. What cannot be parsed is there as far as it can.
func (t *tree) add(name string, data []byte) {
	file, _ := parser.ParseFile(t.fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
	if file != nil && file.Name != nil {
		t.files = append(t.files, &sourceFile{name, data, file, isOwned(name)})
	}
}

func isOwned(name string) bool { return strings.HasSuffix(name, ".gen.go") }

// declarations are the texts of declarations that gen last wrote, by file and name.
type declarations map[[2]string]string

// declarationsOf are those in files, by their paths.
func declarationsOf(files map[string][]byte) declarations {
	written := declarations{}
	for name, data := range files {
		if path.Ext(name) != ".go" {
			continue
		}
		t := tree{fset: token.NewFileSet()}
		t.add(name, data)
		for _, f := range t.files {
			for _, decl := range f.ast.Decls {
				for _, u := range units(decl) {
					written[[2]string{name, u.name}] = f.text(t.fset, u.node)
				}
			}
		}
	}
	return written
}

func (d declarations) has(file, name, text string) bool {
	was, known := d[[2]string{file, name}]
	return known && was == text
}
