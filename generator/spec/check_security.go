package spec

import (
	"slices"
	"strings"
)

var (
	schemeTypes  = []string{"apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"}
	keyLocations = []string{"query", "header", "cookie"}
)

func (w *walker) checkSecurityScheme(p *place) {
	n := p.node
	kind := n.string("type")
	if kind != "" && !slices.Contains(schemeTypes, kind) {
		w.fail(n.member("type").at, p.under("type"), "there is no security scheme of type "+quote(kind),
			meant(kind, schemeTypes, "the types are "+strings.Join(schemeTypes, ", ")))
	}
	if kind != "apiKey" {
		return
	}
	if n.string("name") == "" {
		w.fail(p.at, p.pointer(), "an apiKey scheme does not say what its key is called", "add name")
	}
	switch in := n.member("in"); {
	case in == nil:
		w.fail(p.at, p.pointer(), "an apiKey scheme does not say where its key is", "add in: query, header or cookie")
	case in.value.shape == shapeText && !slices.Contains(keyLocations, in.value.text):
		w.fail(in.at, p.under("in"), "there is no location "+quote(in.value.text)+" for a key",
			meant(in.value.text, keyLocations, "the locations are "+strings.Join(keyLocations, ", ")))
	}
}
