package render

import (
	"fmt"
	"strings"
	"text/template"

	"gen/generator/model"
	"gen/generator/project"
)

// resourceServer is what stands between requests and the handlers of one resource.
type resourceServer struct {
	*model.Resource
	strict strictCode
	glue   map[*model.Operation]*glue
}

// Glue is what stands between a request for an operation and its handler, nil without codecs.
func (r resourceServer) Glue(op *model.Operation) *glue { return r.glue[op] }

// Strict is the Go of an operation's requests and responses.
func (r resourceServer) Strict(op *model.Operation) (string, error) {
	return r.strict.operation(op)
}

// resourceParts are the files of the server about resources.
func resourceParts(t *template.Template, api *model.API, c *apiCode) []part {
	names := project.ServerFiles(api.Resources)
	parts := make([]part, len(names))
	for i, resource := range api.Resources {
		parts[i] = part{names[i], func() (string, error) {
			return apply(t, "resource.gen.go.tmpl", resourceServer{resource, c.strict, c.glue})
		}}
	}
	return parts
}

// commonServer is what the files about resources share.
type commonServer struct {
	*model.API
	// Strict is the Go of the strict interface.
	Strict string
	// Compiled says that there are codecs, Validated that something is left to the validator all the same.
	Compiled, Validated bool
}

// strictCode is what oapi-codegen writes of the strict server.
type strictCode struct {
	common     string
	operations map[string]string
}

func (s strictCode) operation(op *model.Operation) (string, error) {
	code, ok := s.operations[op.GoName]
	if !ok {
		return "", fmt.Errorf("oapi-codegen wrote nothing for the operation %s", op.GoName)
	}
	return code, nil
}

const (
	// serverMark begins the strict server in what oapi-codegen writes.
	serverMark = "\n//gen:server\n"
	// operationMark begins what belongs to one operation. Its name and a line break follow.
	operationMark = "\n//gen:operation "
)

// splitStrict takes what oapi-codegen wrote apart: types, and the strict server operation by operation.
func splitStrict(source string) (types string, strict strictCode, err error) {
	types, server, ok := strings.Cut(source, serverMark)
	if !ok {
		return "", strictCode{}, fmt.Errorf("oapi-codegen wrote no strict server")
	}
	common, rest, more := strings.Cut(server, operationMark)
	strict = strictCode{common: common, operations: map[string]string{}}
	for more {
		var operation string
		operation, rest, more = strings.Cut(rest, operationMark)
		name, code, _ := strings.Cut(operation, "\n")
		strict.operations[name] = code
	}
	return types, strict, nil
}
