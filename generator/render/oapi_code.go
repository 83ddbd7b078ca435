package render

import (
	"fmt"
	"maps"
	"strings"

	"gen/generator/codec"
	"gen/generator/codec/gotype"
	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/spec"
)

// apiCode is the Go of package api before it is put into files.
type apiCode struct {
	types  string
	strict strictCode
	// glue is nil without codecs.
	glue map[*model.Operation]*glue
	// codecs are the declarations of files by their names.
	codecs map[string]string
}

// compile has the types written, and the codecs for them.
func compile(api *model.API, doc *spec.Document) (*apiCode, error) {
	types, strict, err := generate(api)
	if err != nil {
		return nil, err
	}
	c := &apiCode{types: types, strict: strict}
	if api.NoCodecs {
		return c, c.answer(api, answers{})
	}
	known, err := goTypes(types)
	if err != nil {
		return nil, err
	}
	encoders := codec.NewEncoders(known)
	if err := c.answer(api, answers{encoders.Value}); err != nil {
		return nil, err
	}
	c.codecs = codec.Files("encode", "encode", encoders.Functions())
	decoders, err := codec.Decode(doc, api, known)
	if err != nil {
		return nil, fmt.Errorf("decoders: %w", err)
	}
	for i, name := range project.ServerFiles(api.Resources) {
		if decoders.Files[i] != "" {
			c.codecs["decode_"+strings.TrimPrefix(name, "server_")] = decoders.Files[i]
		}
	}
	maps.Copy(c.codecs, codec.Files("stored", "bind", decoders.Stored))
	c.glue = map[*model.Operation]*glue{}
	rd := reading{doc: doc.T, decoders: decoders}
	for _, op := range api.Operations {
		c.glue[op] = rd.glue(op)
	}
	return c, nil
}

// Uncompiled lists what is left to kin-openapi at run time: nothing where that is wanted for all.
func Uncompiled(api *model.API, doc *spec.Document) ([]codec.Uncompiled, error) {
	if api.NoCodecs {
		return nil, nil
	}
	types, _, err := generate(api)
	if err != nil {
		return nil, err
	}
	known, err := goTypes(types)
	if err != nil {
		return nil, err
	}
	decoders, err := codec.Decode(doc, api, known)
	if err != nil {
		return nil, fmt.Errorf("decoders: %w", err)
	}
	return decoders.Uncompiled, nil
}

func goTypes(types string) (*gotype.Package, error) {
	known, err := gotype.Parse([]byte("package api\n\n" + types))
	if err != nil {
		return nil, fmt.Errorf("oapi-codegen: %w", err)
	}
	return known, nil
}

// answer puts Go in place of the marks for answers.
func (c *apiCode) answer(api *model.API, write answers) error {
	for _, op := range api.Operations {
		code, err := c.strict.operation(op)
		if err == nil {
			code, err = write.write(code)
		}
		if err != nil {
			return fmt.Errorf("the answers of %s: %w", op.GoName, err)
		}
		c.strict.operations[op.GoName] = code
	}
	return nil
}

func (c *apiCode) common(api *model.API) commonServer {
	common := commonServer{API: api, Strict: c.strict.common, Compiled: c.glue != nil, Validated: c.glue == nil}
	for _, g := range c.glue {
		common.Validated = common.Validated || g.Validated
	}
	return common
}
