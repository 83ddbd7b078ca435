package model

import (
	"slices"
	"strings"
)

// joinShallow joins what is made below a parent with items that have paths of their own, as in shallow nesting:
// POST /posts/{postId}/comments with GET /comments/{id}.
func joinShallow(candidates []*candidate) []*candidate {
	gone := map[*candidate]bool{}
	for _, c := range candidates {
		var made []*candidate
		for _, below := range candidates {
			if c.itemsOf(below) {
				made = append(made, below)
			}
		}
		if len(made) != 1 { // of several parents one table would have to know which
			continue
		}
		c.below = &made[0].nounPath
		c.nested = made[0].collection
		c.collection = append(c.collection, c.nested...)
		c.represent()
		gone[made[0]] = true
	}
	return slices.DeleteFunc(candidates, func(c *candidate) bool { return gone[c] })
}

// itemsOf says that c has the items of what a POST makes below a parent, and makes none itself.
func (c *candidate) itemsOf(below *candidate) bool {
	if len(c.parents) > 0 || len(c.item) == 0 || len(below.parents) == 0 || len(below.item) > 0 || c.noun != below.noun {
		return false
	}
	for _, method := range []string{"POST", "PUT", "PATCH"} {
		if c.on(c.collection, method) != nil || method != "POST" && below.on(below.collection, method) != nil {
			return false
		}
	}
	base := strings.TrimSuffix(c.nounPath.collection, c.noun)
	return strings.HasPrefix(below.nounPath.collection, base) && below.on(below.collection, "POST") != nil &&
		c.rep != nil && below.rep != nil && c.shows(below)
}

// place is where items are made.
func (c *candidate) place() nounPath {
	if c.below != nil {
		return *c.below
	}
	return c.nounPath
}

// ParentParams are the path parameters of op that name the parents of what it works on, outermost first. Operations
// may call them differently.
func (op *Operation) ParentParams() []*Param {
	if op.Resource.Shallow && !op.Nested {
		return nil
	}
	params := op.PathParams()
	return params[:min(len(params), len(op.Resource.Parents))]
}

// KeyParam is the path parameter with the key of an item, nil where op's path has none.
func (op *Operation) KeyParam() *Param {
	if params := op.PathParams(); len(params) > len(op.ParentParams()) {
		return params[len(op.ParentParams())]
	}
	return nil
}
