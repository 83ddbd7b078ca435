package api

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// validator holds requests and answers against the document. It may be used concurrently.
type validator struct {
	operations map[string]*documented
	// requests and answers are how kin-openapi is to look at a value.
	requests, answers []openapi3.SchemaValidationOption
	// modern are the schemas that need JSON Schema 2020-12 as well.
	modern map[*openapi3.Schema]modern
}

// documented is what the document says of one operation.
type documented struct {
	params    []*parameter
	body      *openapi3.RequestBody
	contents  []content
	responses *openapi3.Responses
}

// newValidator reads an OpenAPI document (JSON), which must hold all that it refers to.
func newValidator(document []byte) (*validator, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("reading the OpenAPI document: %w", err)
	}
	v := &validator{operations: map[string]*documented{}, modern: map[*openapi3.Schema]modern{}}
	common := []openapi3.SchemaValidationOption{
		openapi3.MultiErrors(),
		openapi3.SetSchemaRegexCompiler(compilePattern),
		openapi3.WithStringFormatValidators(stringFormats()),
	}
	// Clients put back what they got: values of readOnly properties are accepted, and not required.
	v.requests = append(slices.Clone(common), openapi3.VisitAsRequest(), openapi3.DisableReadOnlyValidation())
	v.answers = append(slices.Clone(common), openapi3.VisitAsResponse())
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			v.operations[method+" "+path] = newDocumented(item, op)
		}
	}
	settle(doc)
	if err := v.modernise(doc, document); err != nil {
		return nil, err
	}
	completeMappings(doc)
	return v, nil
}

func newDocumented(item *openapi3.PathItem, op *openapi3.Operation) *documented {
	d := &documented{responses: op.Responses}
	for _, ref := range item.Parameters {
		if op.Parameters.GetByInAndName(ref.Value.In, ref.Value.Name) == nil {
			d.params = append(d.params, newParameter(ref.Value))
		}
	}
	for _, ref := range op.Parameters {
		d.params = append(d.params, newParameter(ref.Value))
	}
	if op.RequestBody != nil {
		d.body = op.RequestBody.Value
		d.contents = contentsOf(d.body.Content)
	}
	return d
}

// request reads the body once and checks the whole request. Of one that is not valid nothing comes but
// an error. A body that is not documented is not looked at.
func (v *validator) request(c echo.Context, op *Operation) *input {
	in := &input{status: cmp.Or(op.Invalid, http.StatusBadRequest), values: map[string]any{}}
	if err := cmp.Or(v.check(c, op, in), in.err()); err != nil {
		return &input{failure: err}
	}
	return in
}

// check returns an error where there is no use in looking further.
func (v *validator) check(c echo.Context, op *Operation, in *input) error {
	d := v.operations[op.Method+" "+op.Path]
	if d == nil {
		return &Error{
			Status: http.StatusInternalServerError,
			Err:    fmt.Errorf("the document has no operation %s %s", op.Method, op.Path),
		}
	}
	if err := v.checkParameters(c, d, in); err != nil {
		return err
	}
	if d.body == nil {
		return nil
	}
	return v.checkBody(c.Request(), d, in)
}

func (v *validator) checkParameters(c echo.Context, d *documented, in *input) error {
	query, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return unreadableQuery(in.status)
	}
	for _, p := range d.params {
		if value, ok := v.readParameter(c, p, query, in); ok {
			in.values[p.in+" "+p.name] = value
		}
	}
	return nil
}

func unreadableQuery(status int) error {
	return &Error{Status: status, Detail: "the query cannot be read: it has a malformed escape or a semicolon"}
}

// readParameter returns the value of a parameter, and whether there is one. It may not be valid.
func (v *validator) readParameter(c echo.Context, p *parameter, query url.Values, in *input) (any, bool) {
	value, found, problem := p.read(c, query)
	switch {
	case p.leftEmpty(query):
		return nil, false
	case problem != "":
		in.reject(Invalid{Parameter: p.name, Detail: problem})
		return nil, false
	case found:
		in.reject(v.checkParameter(p, value)...)
	case p.required && !p.ignored:
		in.reject(Invalid{Parameter: p.name, Detail: "is required"})
	}
	return value, found
}

func (v *validator) checkParameter(p *parameter, value any) []Invalid {
	if p.schema == nil || p.ignored || p.allowEmpty && value == "" {
		return nil
	}
	faults := v.faults(p.schema, value, v.requests)
	for i, fault := range faults {
		faults[i] = fault.of(p.name)
	}
	return faults
}
