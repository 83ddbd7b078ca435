package codec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gen/generator/codec/gotype"
	"gen/generator/model"
)

// storedMethod is the method that reads a stored value, unless its type has a field of that name.
const storedMethod = "ReadStored"

// stored has the types of stored resources read their rows. There are no rules: what was right when it was
// written stays readable.
func (c *decoderCompiler) stored(resources []*model.Resource) (functions []Function) {
	first := len(c.functions)
	var done []*gotype.Decl
	for _, resource := range resources {
		decl := c.storedDecl(resource)
		if decl == nil || slices.Contains(done, decl) {
			continue
		}
		done = append(done, decl)
		read := c.decoder(c.rules(nil), named(decl), decl.Name)
		functions = append(functions, Function{read, fmt.Sprintf("// %s reads JSON that was stored; see readStored.\n"+
			"func (v *%s) %s(data string) bool { return readStored(data, v, %s) }\n", storedMethod, decl.Name, storedMethod, read)})
	}
	for _, f := range c.functions[first:] {
		functions = append(functions, Function{f.name, f.source})
	}
	slices.SortStableFunc(functions, func(a, b Function) int { return cmp.Compare(a.Name, b.Name) })
	return functions
}

// storedDecl is the type of a resource's rows, nil where there is none that can have a method and be filled.
func (c *decoderCompiler) storedDecl(resource *model.Resource) *gotype.Decl {
	if !resource.Stored || resource.Type == nil {
		return nil
	}
	decl := c.types.Lookup(strings.TrimPrefix(resource.Type.Expr(), "api."))
	if decl == nil {
		return nil
	}
	t := named(decl)
	definition := t.Definition()
	if definition == nil || t.Base().Kind != gotype.Struct || unsupportedType(t, nil) != "" {
		return nil
	}
	if slices.ContainsFunc(t.Base().Fields, func(f *gotype.Field) bool { return f.GoName == storedMethod }) {
		return nil
	}
	return definition
}
