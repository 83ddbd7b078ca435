package render

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// imports are the packages that files of package api may use, by their names there.
var imports = map[string]string{
	"cmp": "cmp", "context": "context", "errors": "errors", "fmt": "fmt", "io": "io", "json": "encoding/json",
	"multipart": "mime/multipart", "http": "net/http", "time": "time",
	"echo": "github.com/labstack/echo/v4", "nullable": "github.com/oapi-codegen/nullable",
	"runtime": "github.com/oapi-codegen/runtime", "openapi_types": "github.com/oapi-codegen/runtime/types",
}

// goFile is a file of package api with these declarations: its imports are those that it uses.
func goFile(declarations string) ([]byte, error) {
	source := "package api\n\n" + declarations
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	formatted, err := format.Source([]byte("package api\n\n" + apiImports(file) + declarations))
	if err != nil {
		return nil, err
	}
	return squeeze(formatted), nil
}

func apiImports(file *ast.File) string {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if name, ok := selector.X.(*ast.Ident); ok && imports[name.Name] != "" {
				used[name.Name] = true
			}
		}
		return true
	})
	if len(used) == 0 {
		return ""
	}
	names := slices.SortedFunc(maps.Keys(used), func(a, b string) int { return strings.Compare(imports[a], imports[b]) })
	var standard, others strings.Builder
	for _, name := range names {
		group, alias := &standard, ""
		if strings.Contains(imports[name], ".") {
			group = &others
		}
		if name == "openapi_types" {
			alias = name + " "
		}
		fmt.Fprintf(group, "%s%q\n", alias, imports[name])
	}
	return "import (\n" + standard.String() + "\n" + others.String() + ")\n\n"
}

// squeeze drops blank lines that follow one another, and those that open a block: templates leave them.
func squeeze(source []byte) []byte {
	var out bytes.Buffer
	var last []byte
	inRaw := false
	for line := range bytes.Lines(source) {
		blank := len(bytes.TrimSpace(line)) == 0
		opens := bytes.HasSuffix(bytes.TrimSpace(last), []byte("{")) || bytes.HasSuffix(bytes.TrimSpace(last), []byte("("))
		if inRaw || !blank || len(bytes.TrimSpace(last)) > 0 && !opens {
			out.Write(line)
		}
		if bytes.Count(line, []byte("`"))%2 == 1 && !bytes.HasPrefix(bytes.TrimSpace(line), []byte("//")) {
			inRaw = !inRaw
		}
		last = line
	}
	return out.Bytes()
}

// packedLine is how many characters of the packed document a line of source holds.
const packedLine = 120

// pack is the document in gzip and base64, in lines. The same document gives the same lines.
func pack(document []byte) ([]string, error) {
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(document); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(zipped.Bytes())
	var lines []string
	for len(text) > packedLine {
		lines = append(lines, text[:packedLine])
		text = text[packedLine:]
	}
	return append(lines, text), nil
}
