package spec

import (
	"net/url"
	"path/filepath"
)

// resources are the schemas of a file that have an $id (JSON Schema 2020-12 §8.2.1): by its URI, and
// by the place of each reference in them.
type resources struct {
	byID   map[string]aim
	around map[Position]scope
}

// scope is the innermost schema with an $id around a reference.
type scope struct {
	root aim
	base *url.URL
}

// resources finds the schemas of a file that have an $id.
func (f *file) resources() *resources {
	if f.identified == nil {
		f.identified = &resources{byID: map[string]aim{}, around: map[Position]scope{}}
		whole := aim{file: f, node: f.root, at: f.root.at}
		f.identified.find(whole, scope{whole, f.at.uri()}, false)
	}
	return f.identified
}

// uri is what relative references of a file count from.
func (at location) uri() *url.URL {
	if base, err := url.Parse(at.url); err == nil && at.url != "" {
		return base
	}
	return &url.URL{Scheme: "file", Path: filepath.ToSlash(at.file)}
}

func (r *resources) find(a aim, around scope, inside bool) {
	if id, err := url.Parse(a.node.string("$id")); err == nil && id.String() != "" {
		around, inside = scope{a, around.base.ResolveReference(id)}, true
		around.base.Fragment = ""
		if _, taken := r.byID[around.base.String()]; !taken {
			r.byID[around.base.String()] = a
		}
	}
	if m := a.node.member("$ref"); m != nil && inside {
		r.around[m.at] = around
	}
	for child := range a.children() {
		r.find(child, around, inside)
	}
}

// identified returns the schema whose $id a reference without its fragment names. One without a name
// is to the schema with an $id that it stands in.
func (b *bundler) identified(m *member, f *file, name string) (aim, bool) {
	around, inside := f.resources().around[m.at]
	if name == "" {
		return around.root, inside
	}
	base := f.at.uri()
	if inside {
		base = around.base
	}
	ref, err := url.Parse(name)
	if err != nil {
		return aim{}, false
	}
	for _, known := range b.lib.files {
		if known.root == nil {
			continue
		}
		if a, ok := known.resources().byID[base.ResolveReference(ref).String()]; ok {
			return a, true
		}
	}
	return aim{}, false
}
