package codec

import (
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
func (c *decoderCompiler) stored(resources []*model.Resource) string {
	first := len(c.functions)
	var methods strings.Builder
	var done []*gotype.Decl
	for _, resource := range resources {
		decl := c.storedDecl(resource)
		if decl == nil || slices.Contains(done, decl) {
			continue
		}
		done = append(done, decl)
		read := c.decoder(c.rules(nil), named(decl), decl.Name)
		fmt.Fprintf(&methods, "// %s reads JSON that was stored; see readStored.\n", storedMethod)
		fmt.Fprintf(&methods, "func (v *%s) %s(data []byte) bool { return readStored(data, v, %s) }\n\n", decl.Name, storedMethod, read)
	}
	return methods.String() + printFunctions(c.functions[first:])
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
