package render

import (
	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/model"
	"gen/generator/spec"
)

// apiCode is the Go of package api before it is put into files.
type apiCode struct {
	types  string
	strict strictCode
	// glue is nil without codecs.
	glue map[*model.Operation]*glue
}

// compile has the types written, and the codecs for them.
func compile(api *model.API, doc *spec.Document) (*apiCode, error) {
	types, strict, err := generate(api)
	if err != nil {
		return nil, err
	}
	c := &apiCode{types: types, strict: strict}
	var write answers
	if !api.NoCodecs {
		c.glue = map[*model.Operation]*glue{}
	}
	rd := reading{doc: doc.T, value: func(*openapi3.Schema, string, string) (string, bool) { return "", false }}
	for _, op := range api.Operations {
		if c.strict.operations[op.GoName], err = write.write(c.strict.operations[op.GoName]); err != nil {
			return nil, err
		}
		if c.glue != nil {
			g := rd.glue(op)
			c.glue[op] = &g
		}
	}
	return c, nil
}

func (c *apiCode) common(api *model.API) commonServer {
	common := commonServer{API: api, Strict: c.strict.common, Compiled: c.glue != nil, Validated: c.glue == nil}
	for _, g := range c.glue {
		common.Validated = common.Validated || g.Validated
	}
	return common
}
