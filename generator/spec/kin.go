package spec

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// decodeKin makes kin's document of JSON and resolves its references. Panics of kin's loader become
// errors: what it is given comes from anybody.
func decodeKin(data []byte) (t *openapi3.T, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			t, err = nil, fmt.Errorf("%v", problem)
		}
	}()
	t = &openapi3.T{}
	if err := json.Unmarshal(data, t); err != nil {
		return nil, err
	}
	if err := openapi3.NewLoader().ResolveRefsIn(t, nil); err != nil {
		return nil, err
	}
	if t.IsOpenAPI31OrLater() {
		return t, t.WalkSchemas(allowNull)
	}
	return t, nil
}

// allowNull lets null be any value, as JSON Schema has it: kin wants to be told so.
func allowNull(_ string, ref *openapi3.SchemaRef) error {
	s := *ref.Value
	s.ReadOnly, s.WriteOnly = false, false
	if len(s.Properties)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0 && s.Items == nil && s.IsEmpty() {
		ref.Value.Nullable = true
	}
	return nil
}

// loadKin reads the repaired document with kin and has it checked once more.
func (d *Document) loadKin(r *report) {
	t, err := decodeKin(d.JSON)
	if err != nil {
		r.fail(Position{File: d.tree.root.at.File}, "", "the document cannot be read: "+err.Error(), "correct what that names")
		return
	}
	d.T, d.limits = t, d.exact(t)
	for _, finding := range validateKin(t) {
		d.judge(finding, r)
	}
}

// validateKin returns all that kin finds wrong. Examples, defaults and patterns are not looked at:
// whether they fit changes nothing in what is generated.
func validateKin(t *openapi3.T) (findings openapi3.MultiError) {
	defer func() {
		if problem := recover(); problem != nil {
			findings = openapi3.MultiError{fmt.Errorf("%v", problem)}
		}
	}()
	err := t.Validate(context.Background(), openapi3.EnableMultiError(), openapi3.DisableExamplesValidation(),
		openapi3.DisableSchemaDefaultsValidation(), openapi3.DisableSchemaPatternValidation())
	if err != nil && !errors.As(err, &findings) {
		findings = openapi3.MultiError{err}
	}
	return findings
}

// fatal are the codes of what nothing can be generated from. All else is a warning.
var fatal = []string{
	"parameter-in-invalid", "parameter-name-required", "path-must-start-with-slash", "path-parameter-required",
	"request-body-content-required", "responses-required", "operation-responses-required", "schema-type-unsupported",
	"security-scheme-apikey-in-invalid", "security-scheme-name-required", "security-scheme-type-invalid", "unresolved-ref",
}

// ignored are the codes of what is no concern: routing tells paths apart by itself, unknown keys
// are reported by the walker, which knows their place.
var ignored = []string{"conflicting-paths", "content-keys-overlap", "extra-sibling-fields", "path-parameters-mismatch"}

func (d *Document) judge(finding error, r *report) {
	code := ""
	if coded, ok := errors.AsType[openapi3.CodedError](finding); ok {
		code = coded.Code()
	}
	if slices.Contains(ignored, code) || strings.HasSuffix(code, "-plus") || strings.Contains(code, "example") {
		return
	}
	parts, innermost := unwrap(finding)
	pointer, problem := d.nearestPointer(parts), innermost.Error()
	if slices.Contains(fatal, code) {
		r.fail(d.Position(pointer), pointer, problem, "correct it")
		return
	}
	r.note(d.Position(pointer), pointer, problem, "gen went on as it is")
}

// sections has the key of components for each of kin's names.
var sections = map[string]string{
	"schema": "schemas", "parameter": "parameters", "header": "headers", "request body": "requestBodies",
	"response": "responses", "security scheme": "securitySchemes", "example": "examples", "link": "links", "callback": "callbacks",
}

// unwrap takes off the errors that say where a finding belongs, one layer after the other, and
// returns that place with what is left.
func unwrap(finding error) (parts []string, innermost error) {
	for err := finding; ; err = errors.Unwrap(err) {
		switch e := err.(type) { //nolint:errorlint // each layer is looked at by itself
		case *openapi3.SectionValidationError:
			parts = append(parts, e.Section)
		case *openapi3.PathValidationError:
			parts = append(parts, e.Path)
		case *openapi3.OperationValidationError:
			parts = append(parts, strings.ToLower(e.Method))
		case *openapi3.ComponentValidationError:
			parts = append(parts, sections[e.Section], e.Name)
		case *openapi3.WebhookValidationError:
			parts = append(parts, e.Name)
		default:
			return parts, err
		}
	}
}

// nearestPointer returns the pointer of as many of the parts as the document has.
func (d *Document) nearestPointer(parts []string) string {
	for len(parts) > 0 && d.tree.root.find(parts) == nil {
		parts = parts[:len(parts)-1]
	}
	return Pointer(parts...)
}
