package api

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// leaves are the innermost errors of the 2020-12 validator, without properties that it misses
// although they are not for this direction.
func leaves(err *openapi3.SchemaError, names hidden) error {
	var causes, found openapi3.MultiError
	if !slices.Contains([]string{"oneOf", "anyOf", "propertyNames", "contains"}, err.SchemaField) && errors.As(err.Origin, &causes) {
		for _, cause := range causes {
			if fault, ok := errors.AsType[*openapi3.SchemaError](cause); ok {
				if err := leaves(fault, names); err != nil {
					found = append(found, err)
				}
			}
		}
		if len(found) == 0 {
			return nil
		}
		return found
	}
	if missing := missingNames(err); len(missing) > 0 && names.hasAll(missing) {
		return nil
	}
	return err
}

func (names hidden) hasAll(missing []string) bool {
	return !slices.ContainsFunc(missing, func(name string) bool { return !names[name] })
}

var quotedName = regexp.MustCompile(`'([^']*)'`)

// missingNames reads "… missing properties 'a', 'b'", and "… properties 'a', 'b' required, if 'c' exists", whose
// keyword is the name of c.
func missingNames(err *openapi3.SchemaError) []string {
	if reason, _, ok := strings.Cut(err.Reason, " required, if "); ok {
		return namesBehind(reason, "propert")
	}
	if err.SchemaField != "required" {
		return nil
	}
	return namesBehind(err.Reason, "missing propert")
}

// strayNames reads "… additional properties 'a', 'b' not allowed".
func strayNames(err *openapi3.SchemaError) []string {
	if err.SchemaField != "additionalProperties" {
		return nil
	}
	return namesBehind(err.Reason, "additional propert")
}

func namesBehind(reason, word string) (names []string) {
	_, list, _ := strings.Cut(reason, word)
	for _, match := range quotedName.FindAllStringSubmatch(list, -1) {
		names = append(names, match[1])
	}
	return names
}

// explainModern lists an error of the 2020-12 validator, whose texts may repeat the value.
func (w *faultList) explainModern(err *openapi3.SchemaError, at []string) {
	here := append(slices.Clip(at), err.JSONPointer()...)
	before := len(w.found)
	for _, name := range missingNames(err) {
		if !w.hidden[name] {
			w.found = append(w.found, Invalid{Pointer: pointerTo(append(here, name)), Detail: "is required"})
		}
	}
	for _, name := range strayNames(err) {
		w.found = append(w.found, Invalid{Pointer: pointerTo(append(here, name)), Detail: "is not allowed"})
	}
	if len(w.found) > before {
		return
	}
	detail := cmp.Or(modernDetails[err.SchemaField], "is not what the document asks for")
	w.found = append(w.found, Invalid{Pointer: pointerTo(here), Detail: detail})
}

// modernDetails say by the keyword what is wrong. "" is that of what nothing may be.
var modernDetails = map[string]string{
	"":                 "is not allowed",
	"type":             "is of the wrong type",
	"enum":             "is none of the values that are allowed",
	"const":            "is not the only value that is allowed",
	"minLength":        "is too short",
	"maxLength":        "is too long",
	"pattern":          "does not match its pattern",
	"format":           "is not of its format",
	"minimum":          "is too small",
	"exclusiveMinimum": "is too small",
	"maximum":          "is too large",
	"exclusiveMaximum": "is too large",
	"multipleOf":       "is not a multiple of what it must be",
	"minItems":         "has too few items",
	"maxItems":         "has too many items",
	"uniqueItems":      "must not have the same item twice",
	"contains":         "has no item of those that it must have",
	"minContains":      "has too few items of those that it must have",
	"maxContains":      "has too many items of those that it must have",
	"minProperties":    "has too few members",
	"maxProperties":    "has too many members",
	"propertyNames":    "has a member whose name is not allowed",
}
