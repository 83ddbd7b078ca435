package model

import (
	"strconv"
	"strings"
)

// reserved are the exported names of the living package api, which every project has.
var reserved = set(`API Route Operation Distinction Requirement SchemeUse ErrorBody Error Invalid NotImplemented
	New StrictServerInterface BasePath`)

// scope is a set of names that must differ from each other.
type scope map[string]bool

// packageScope is the scope of package api before the document is seen.
func packageScope() scope {
	s := scope{}
	for name := range reserved {
		s[name] = true
	}
	return s
}

// free says that none of the names is taken.
func (s scope) free(names ...string) bool {
	for _, name := range names {
		if s[name] {
			return false
		}
	}
	return true
}

// take reserves the first candidate that is free, else the last one with a number behind it. Names of
// the Unimplemented types belong to resources, which are not known yet.
func (s scope) take(candidates ...string) string {
	last := candidates[len(candidates)-1]
	for n := 2; ; n++ {
		for _, name := range candidates {
			if strings.HasPrefix(name, "Unimplemented") {
				name = "Schema" + name
			}
			if s.free(name) {
				s[name] = true
				return name
			}
		}
		candidates = []string{last + strconv.Itoa(n)}
	}
}
