package render

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

// packages are what the Go of templates may refer to, by name. A template writes no imports: what it
// refers to depends on the document.
var packages = map[string]string{
	"api":      "MODULE/api",
	"auth":     "MODULE/internal/auth",
	"config":   "MODULE/internal/config",
	"handlers": "MODULE/internal/handlers",
	"cluster":  "MODULE/internal/cluster",
	"schema":   "MODULE/internal/schema",
	"session":  "MODULE/internal/session",
	"signals":  "MODULE/internal/signals",
	"store":    "MODULE/internal/store",
	"tlsboot":  "MODULE/internal/tlsboot",
	"web":      "MODULE/internal/web",

	"cmp":       "cmp",
	"context":   "context",
	"cookiejar": "net/http/cookiejar",
	"embed":     "embed",
	"errors":    "errors",
	"filepath":  "path/filepath",
	"fmt":       "fmt",
	"http":      "net/http",
	"httptest":  "net/http/httptest",
	"io":        "io",
	"multipart": "mime/multipart",
	"os":        "os",
	"signal":    "os/signal",
	"slog":      "log/slog",
	"strconv":   "strconv",
	"strings":   "strings",
	"syscall":   "syscall",
	"testing":   "testing",
	"time":      "time",
	"url":       "net/url",

	"echo":          "github.com/labstack/echo/v4",
	"json":          "encoding/json",
	"nullable":      "github.com/oapi-codegen/nullable",
	"runtime":       "github.com/oapi-codegen/runtime",
	"openapi_types": "github.com/oapi-codegen/runtime/types",
	"uuid":          "github.com/google/uuid",
}

var packageClause = regexp.MustCompile(`(?m)^package .*\n`)

// goSource completes what a template printed to a formatted file. It gets the imports of what it refers
// to unless it has imports of its own.
func goSource(printed []byte, modulePath string) ([]byte, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", printed, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := format.Node(&out, files, file); err != nil {
		return nil, err
	}
	formatted, names := out.Bytes(), referred(file)
	if len(file.Imports) > 0 || len(names) == 0 {
		return formatted, nil
	}
	at := packageClause.FindIndex(formatted)[1]
	return slices.Concat(formatted[:at], []byte("\n"+importDecl(names, modulePath)), formatted[at:]), nil
}

// importDecl imports packages by their names, the standard library first, the project's own last.
func importDecl(names []string, modulePath string) string {
	var groups [3][]string
	for _, name := range names {
		line := fmt.Sprintf("%q", strings.Replace(packages[name], "MODULE", modulePath, 1))
		if withoutMajor, _, _ := module.SplitPathVersion(packages[name]); path.Base(withoutMajor) != name {
			line = name + " " + line
		}
		g := importGroup(packages[name])
		groups[g] = append(groups[g], line)
	}
	if all := slices.Concat(groups[:]...); len(all) == 1 {
		return "import " + all[0] + "\n"
	}
	var parts []string
	for _, lines := range groups {
		if len(lines) > 0 {
			slices.SortFunc(lines, func(a, b string) int { return strings.Compare(importPath(a), importPath(b)) })
			parts = append(parts, "\t"+strings.Join(lines, "\n\t")+"\n")
		}
	}
	return "import (\n" + strings.Join(parts, "\n") + ")\n"
}

func importGroup(pkg string) int {
	switch {
	case strings.HasPrefix(pkg, "MODULE"):
		return 2
	case strings.Contains(pkg, "."):
		return 1
	}
	return 0
}

func importPath(line string) string {
	_, quoted, _ := strings.Cut(line, `"`)
	return quoted
}

// referred are the packages that file refers to, sorted by name: x in x.Y where x is nothing that the
// file declares.
func referred(file *ast.File) []string {
	found := map[string]bool{}
	declared := declaredNames(file)
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && packages[x.Name] != "" && !declared[x.Name] {
				found[x.Name] = true
			}
		}
		return true
	})
	return slices.Sorted(maps.Keys(found))
}

// declaredNames are the variables and parameters of a file.
func declaredNames(file *ast.File) map[string]bool {
	out := map[string]bool{}
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			out[id.Name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if id, ok := left.(*ast.Ident); ok && n.Tok == token.DEFINE {
					add(id)
				}
			}
		case *ast.ValueSpec:
			add(n.Names...)
		case *ast.Field:
			if n.Names != nil {
				add(n.Names...)
			}
		}
		return true
	})
	return out
}
