package model

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// schemes are the security schemes of a document by name.
type schemes struct {
	*lowerer
	byName map[string]*Scheme
	names  scope
}

func (l *lowerer) securitySchemes() *schemes {
	s := &schemes{lowerer: l, byName: map[string]*Scheme{}, names: scope{}}
	if l.doc.T.Components == nil {
		return s
	}
	raw := l.doc.T.Components.SecuritySchemes
	for _, name := range l.ordered("/components/securitySchemes", mapKeys(raw)) {
		if ref := raw[name]; ref != nil && ref.Value != nil {
			s.add(name, ref.Value)
		}
	}
	return s
}

func (s *schemes) add(name string, raw *openapi3.SecurityScheme) *Scheme {
	s.byName[name] = &Scheme{
		Name: name, GoName: s.names.take(goName(name)), Type: raw.Type,
		In: raw.In, Key: raw.Name, HTTPScheme: strings.ToLower(raw.Scheme),
	}
	return s.byName[name]
}

func (s *schemes) sorted() []*Scheme {
	names := mapKeys(s.byName)
	slices.Sort(names)
	out := make([]*Scheme, len(names))
	for i, name := range names {
		out[i] = s.byName[name]
	}
	return out
}

// requirements lowers the alternatives of a security requirement. A scheme that the document does not
// describe is kept: dropping it would open what is meant to be closed.
func (s *schemes) requirements(raw openapi3.SecurityRequirements) []Requirement {
	var out []Requirement
	for _, alternative := range raw {
		requirement := Requirement{}
		names := mapKeys(alternative)
		slices.Sort(names)
		for _, name := range names {
			scheme := s.byName[name]
			if scheme == nil {
				s.warn(spec.Pointer("components", "securitySchemes", name), "the security scheme "+name+" is not described", "it is read as a bearer token")
				scheme = s.add(name, &openapi3.SecurityScheme{Type: "http", Scheme: "bearer"})
			}
			requirement = append(requirement, SchemeUse{Scheme: scheme, Scopes: alternative[name]})
		}
		out = append(out, requirement)
	}
	return out
}
