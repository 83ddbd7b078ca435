package spec

import (
	"net/url"
	"strings"
)

// maxHops is how many references may lead to one another.
const maxHops = 50

// deref follows references until there is a value, nil if one leads nowhere.
func (t *tree) deref(n *node) *node {
	for range maxHops {
		ref := n.string("$ref")
		if ref == "" {
			return n
		}
		n = t.target(ref)
		if n == nil {
			return nil
		}
	}
	return nil
}

// target returns what a reference inside of this document points to, nil if there is nothing.
func (t *tree) target(ref string) *node {
	parts, ok := refParts(ref)
	if !ok {
		return nil
	}
	return t.root.find(parts)
}

// refParts splits a reference like "#/components/schemas/Post". A part may be percent-encoded.
func refParts(ref string) ([]string, bool) {
	fragment, ok := strings.CutPrefix(ref, "#")
	if !ok || !strings.HasPrefix(fragment, "/") {
		return nil, false
	}
	if decoded, err := url.PathUnescape(fragment); err == nil {
		fragment = decoded
	}
	return splitPointer(fragment), true
}
