package spec

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// foreign tells other formats by a key of their root.
var foreign = []struct{ key, what, advice string }{
	{"asyncapi", "this is an AsyncAPI document", "gen reads OpenAPI: HTTP operations on resources"},
	{"swaggerVersion", "this is a Swagger 1.x document", "convert it to Swagger 2.0 or OpenAPI 3"},
	{"openrpc", "this is an OpenRPC document", "gen reads OpenAPI"},
	{"arazzo", "this is an Arazzo document, which describes workflows", "give the OpenAPI document that it refers to"},
	{"overlay", "this is an OpenAPI overlay", "apply it, and give the result"},
	{"apiVersion", "this is a Kubernetes manifest", "give an OpenAPI document"},
	{"item", "this is a Postman collection", "export it as OpenAPI"},
	{"$schema", "this is a JSON Schema", "put it under components.schemas of an OpenAPI document"},
}

var (
	version20 = regexp.MustCompile(`^2(\.0(\.0)?)?$`)
	version3x = regexp.MustCompile(`^3\.[012](\.|$)`)
)

// identify returns the version that the document states. What is no OpenAPI document is said in
// one sentence.
func identify(root *node, r *report) (version string, ok bool) {
	if root.shape != shapeObject {
		r.fail(root.at, "", fmt.Sprintf("this is %s, not an OpenAPI document", root.shape), "an OpenAPI document is an object with the keys openapi, info and paths")
		return "", false
	}
	for _, key := range []string{"openapi", "swagger"} {
		if m := root.member(key); m != nil {
			return stated(m, r)
		}
	}
	for _, format := range foreign {
		if m := root.member(format.key); m != nil {
			r.fail(m.at, Pointer(format.key), format.what, format.advice)
			return "", false
		}
	}
	for _, m := range root.members {
		if name := strings.ToLower(m.key); name == "openapi" || name == "swagger" {
			r.fail(m.at, Pointer(m.key), fmt.Sprintf("the key %s is written wrong", quote(m.key)), fmt.Sprintf("write %q", name))
			return "", false
		}
	}
	if m := root.member("paths"); m != nil {
		r.fail(root.at, "", "the document does not say which version of OpenAPI it follows", "add a first line like openapi: 3.1.0")
		return "", false
	}
	r.fail(Position{File: root.at.File}, "", "this is not an OpenAPI document: it has no key openapi or swagger", "start it with openapi: 3.1.0")
	return "", false
}

// stated checks the version and makes a string of what YAML reads as a number.
func stated(m *member, r *report) (string, bool) {
	version := m.value.text
	if m.key == "swagger" && version20.MatchString(version) {
		return "2.0", true
	}
	if m.key == "openapi" && m.value.scalar() && version3x.MatchString(version) {
		m.value.shape = shapeText
		return version, true
	}
	r.fail(m.at, Pointer(m.key), fmt.Sprintf("%s %s is no version that gen reads", m.key, quote(version)), `it reads swagger "2.0" and openapi 3.0, 3.1 and 3.2`)
	return "", false
}

// kinVersion returns the version that the repaired document states: one that kin knows, which
// takes only certain patch versions.
func kinVersion(version string) string {
	known := []string{"3.0", "3.0.0", "3.0.1", "3.0.2", "3.0.3", "3.0.4", "3.1", "3.1.0", "3.1.1", "3.1.2"}
	switch {
	case slices.Contains(known, version):
		return version
	case version == "2.0" || is30(version):
		return "3.0.3"
	default:
		return "3.1.1"
	}
}

func is30(version string) bool { return version == "3.0" || strings.HasPrefix(version, "3.0.") }
