package render

import (
	"bytes"
	"fmt"
	"io/fs"
	"sync"
	"text/template"

	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"

	"gen/generator/model"
	"gen/generator/spec"
	"gen/templates/oapi"
)

// API makes the files of package api that follow from the document alone, without the line that says
// whose they are: the types, their codecs, a file of the server for each resource, and what all of them
// share.
func API(api *model.API, doc *spec.Document) (map[string][]byte, error) {
	c, err := compile(api, doc)
	if err != nil {
		return nil, err
	}
	t, err := apiTemplates(api)
	if err != nil {
		return nil, err
	}
	parts := []part{
		{"types.gen.go", func() (string, error) { return c.types, nil }},
		{"document.gen.go", func() (string, error) { return packed(t, doc.JSON) }},
		{"routes.gen.go", func() (string, error) { return apply(t, "routes.gen.go.tmpl", api) }},
		{"server.gen.go", func() (string, error) { return apply(t, "server.gen.go.tmpl", c.common(api)) }},
	}
	for name, source := range c.codecs {
		parts = append(parts, part{name, func() (string, error) { return source, nil }})
	}
	return files(append(parts, resourceParts(t, api, c)...))
}

// part is a file of package api: its name, and what prints its declarations.
type part struct {
	name  string
	print func() (string, error)
}

func files(parts []part) (map[string][]byte, error) {
	sources := make([][]byte, len(parts))
	err := onAllCores(len(parts), func(i int) error {
		declarations, err := parts[i].print()
		if err != nil {
			return err
		}
		if sources[i], err = goFile(declarations); err != nil {
			return fmt.Errorf("%s: %w", parts[i].name, err)
		}
		return nil
	})
	byName := map[string][]byte{}
	for i, p := range parts {
		byName[p.name] = sources[i]
	}
	return byName, err
}

// oapi-codegen keeps the state of a run in package variables.
var generating sync.Mutex

// finalNames keeps names as they are: the model has decided them all.
const finalNames = "final"

// generate has oapi-codegen write the types and the strict server.
func generate(api *model.API) (types string, strict strictCode, err error) {
	overrides, err := overrides()
	if err != nil {
		return "", strictCode{}, err
	}
	generating.Lock()
	defer generating.Unlock()
	codegen.NameNormalizers[finalNames] = func(name string) string { return name }
	source, err := codegen.Generate(api.Code, options(overrides))
	if err != nil {
		return "", strictCode{}, fmt.Errorf("oapi-codegen: %w", err)
	}
	return splitStrict(source)
}

func options(overrides map[string]string) codegen.Configuration {
	float := codegen.SimpleTypeSpec{Type: "float64"}
	return codegen.Configuration{
		PackageName: "api",
		Generate:    codegen.GenerateOptions{EchoServer: true, Strict: true, Models: true},
		Compatibility: codegen.CompatibilityOptions{
			DisableRequiredReadOnlyAsPointer: true,
		},
		OutputOptions: codegen.OutputOptions{
			SkipFmt: true, SkipPrune: true, NullableType: true, NameNormalizer: finalNames,
			PreferSkipOptionalPointerOnContainerTypes: true,
			DisableTypeAliasesForType:                 []string{"array"},
			TypeMapping: &codegen.TypeMapping{
				Number: codegen.FormatMapping{Default: float},
			},
			UserTemplates: overrides,
		},
	}
}

// overrides are the templates that stand in for oapi-codegen's own. Routing and binding are not its
// business here, so that those templates print nothing. They are not empty, because text/template
// keeps the old text then, and have two lines, because oapi-codegen takes one line for a file name.
func overrides() (map[string]string, error) {
	const empty = "{{/**/}}{{``}}\n"
	out := map[string]string{
		"imports.tmpl":             empty,
		"echo/echo-interface.tmpl": empty,
		"echo/echo-wrappers.tmpl":  empty,
		"echo/echo-register.tmpl":  empty,
		"strict/strict-echo.tmpl":  empty,
	}
	for name, file := range map[string]string{
		"strict/strict-interface.tmpl": "strict/interface.tmpl",
		"gen/headers":                  "strict/headers.tmpl",
		"additional-properties.tmpl":   "strict/additional.tmpl",
		"union.tmpl":                   "strict/union.tmpl",
		"gen/stamp":                    "strict/stamp.tmpl",
	} {
		text, err := fs.ReadFile(oapi.Files(), file)
		if err != nil {
			return nil, err
		}
		out[name] = string(text)
	}
	return out, nil
}

func apiTemplates(api *model.API) (*template.Template, error) {
	return template.New("api").Funcs(newPrinter(api).functions()).ParseFS(oapi.Files(), "*.tmpl")
}

func apply(t *template.Template, name string, data any) (string, error) {
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, name, data); err != nil {
		return "", err
	}
	return out.String(), nil
}
