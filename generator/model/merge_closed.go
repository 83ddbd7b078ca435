package model

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// part is a schema that another is made of: the schema itself, or a member of its allOf.
type part struct {
	*openapi3.Schema
	pointer string
}

// closed says that the part takes its own properties only, those of its siblings being none of them (JSON Schema
// §10.3.2.3).
func (p part) closed() bool {
	others := p.AdditionalProperties.Has
	return others != nil && !*others && len(p.PatternProperties) == 0
}

// checkClosed warns of parts that forbid what their siblings have: requests with it are refused.
func (m *merger) checkClosed(pointer string) {
	for _, p := range m.parts {
		if !p.closed() {
			continue
		}
		var forbidden, required []string
		for _, name := range m.mentioned() {
			if p.Properties[name] != nil {
				continue
			}
			forbidden = append(forbidden, name)
			if m.demanded(name) {
				required = append(required, name)
			}
		}
		if len(forbidden) > 0 {
			m.warn(p.pointer+"/additionalProperties", m.forbids(pointer, forbidden, required), m.opening())
		}
	}
}

// mentioned are the names of all properties, and of those that are required and not described.
func (m *merger) mentioned() []string {
	var names []string
	for _, p := range m.props {
		names = append(names, p.name)
	}
	for _, name := range m.Required {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// demanded says that a property is required of requests and answers.
func (m *merger) demanded(name string) bool {
	return slices.Contains(m.Required, name) && !slices.ContainsFunc(m.props, func(p property) bool {
		f := Field{}
		f.annotate(p.ref.Value, 0)
		return p.name == name && (f.ReadOnly || f.WriteOnly)
	})
}

// forbids says what a closed part does to the schema at the pointer that it is a part of.
func (m *merger) forbids(pointer string, forbidden, required []string) string {
	what := "additionalProperties: false here forbids " + strings.Join(forbidden, ", ") + " of the allOf at " + m.doc.Position(pointer+"/allOf").String()
	if len(required) > 0 {
		return what + ", which requires " + strings.Join(required, ", ") + ": no request or answer of it is valid"
	}
	return what + ": no valid request or answer has " + strings.Join(forbidden, " or ")
}

// opening says how else to close what an allOf is made of.
func (m *merger) opening() string {
	if strings.HasPrefix(m.doc.Version, "3.1") {
		return "drop it, or say unevaluatedProperties: false beside the allOf instead"
	}
	return "drop it"
}
