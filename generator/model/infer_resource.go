package model

import (
	"slices"
	"strings"
)

// findViews reads lists that stand elsewhere: an array of another noun's representation is a view of
// that resource, also of the part of it with the keys that its path has.
func findViews(candidates []*candidate) {
	for _, c := range candidates {
		for _, op := range c.collection {
			if op.Method != "GET" || op.Kind != Action {
				continue
			}
			l := listing(op.success())
			if l == nil {
				continue
			}
			owner := ownerOf(l.Elem, c, candidates)
			if owner == nil {
				continue
			}
			why := "it lists the representation of " + owner.collectionPath()
			if unknown := unfiltered(op, l.Elem); len(unknown) > 0 {
				op.decide(Action, why+", which has no "+strings.Join(unknown, " and no "))
				continue
			}
			op.decide(View, why)
			op.viewOf = owner
		}
	}
}

// unfiltered are the parameters of a list's path that narrow it by no property of what it lists.
func unfiltered(op *Operation, rep *Type) []string {
	var names []string
	filters := pathFilters(op, rep)
	for _, p := range op.PathParams() {
		if !slices.ContainsFunc(filters, func(f Filter) bool { return f.Param == p }) {
			names = append(names, p.Name)
		}
	}
	return names
}

// ownerOf is the candidate that stores t, the one closest by path first.
func ownerOf(t *Type, c *candidate, candidates []*candidate) *candidate {
	var found *candidate
	for _, o := range candidates {
		if o.rep != t || t.Name == "" || !o.stored() || len(o.parents) > 0 {
			continue
		}
		if strings.HasPrefix(c.nounPath.collection, o.nounPath.collection) {
			return o
		}
		if found == nil {
			found = o
		}
	}
	return found
}

func (c *candidate) collectionPath() string { return c.nounPath.collection }

// stored says that some operation of c works on a table.
func (c *candidate) stored() bool {
	return slices.ContainsFunc(c.operations(), func(op *Operation) bool { return stores(op.Kind) })
}

func stores(k OpKind) bool {
	return k != Action && k != View && !k.OfSessions()
}

func (c *candidate) has(k OpKind) bool {
	return slices.ContainsFunc(c.operations(), func(op *Operation) bool { return op.Kind == k })
}

// resources makes a resource of each candidate with a table, and groups what is left with the nearest.
func resources(api *API, candidates []*candidate, overrides Overrides) []*Resource {
	names := newNamer(api)
	var out []*Resource
	byCandidate := map[*candidate]*Resource{}
	for _, c := range candidates {
		if !c.stored() {
			continue
		}
		r := &Resource{Path: c.collectionPath(), Stored: true, Type: c.rep, Singleton: c.isSingleton() && !c.has(Create)}
		names.name(r, c.noun)
		byCandidate[c] = r
		out = append(out, r)
	}
	for _, c := range candidates {
		if r := byCandidate[c]; r != nil {
			r.adopt(c, overrides)
			r.Parent = parentOf(c, candidates, byCandidate)
		}
	}
	return group(api.Operations, out, names)
}

// adopt takes over a candidate's operations with what their handlers need.
func (r *Resource) adopt(c *candidate, overrides Overrides) {
	for _, op := range c.operations() {
		if stores(op.Kind) {
			op.Resource = r
			op.Answer = c.answerOf(op)
			op.Input = c.input(op)
			op.Created = c.answerWith(op, "201")
			if op.Input != nil && op.Input.Type.Kind == Object && len(c.item) > 0 {
				op.KeySent, _ = keyField(c.itemPath.item, c.noun, op.Input.Type)
			}
		}
	}
	r.findParents(c)
	r.findKey(c, overrides.Resources[r.inferredName].Key)
}

// findParents takes the parents from the first operation whose path leads by them.
func (r *Resource) findParents(c *candidate) {
	r.Shallow, r.madeAt = c.below != nil, c.place().collection
	for _, op := range c.nested {
		op.Nested = true
	}
	params := slices.Concat(c.nested, c.operations())[0].PathParams()
	r.Parents = params[:min(len(c.place().parents), len(params))]
}

func (c *candidate) answerOf(op *Operation) *Answer {
	return c.newAnswer(op.success())
}

// answerWith is the answer with that status, nil where it is not documented.
func (c *candidate) answerWith(op *Operation, status string) *Answer {
	for _, res := range op.Responses {
		if res.Status == status {
			return c.newAnswer(res)
		}
	}
	return nil
}

func (c *candidate) newAnswer(res *Response) *Answer {
	if res == nil {
		return nil
	}
	a := &Answer{Response: res}
	if res.Type != nil {
		a.Wrap = c.unwrap(res.Type)
		a.Type = inner(res.Type, a.Wrap)
	}
	return a
}

// parentOf is the resource whose item the last parent parameter names, if the document can create it.
func parentOf(c *candidate, candidates []*candidate, made map[*candidate]*Resource) *Resource {
	if len(c.place().parents) == 0 {
		return nil
	}
	path := c.place().collection
	end := strings.LastIndex(path, "}")
	above, ok := locate(path[:end+1])
	if !ok {
		return nil
	}
	var parent *Resource
	for _, o := range candidates {
		if r := made[o]; r != nil && o != c && o.key == above.key && o.makesItems() && (parent == nil || o.spelling == above.spelling) {
			parent = r
		}
	}
	return parent
}

// makesItems says that some operation of c makes items.
func (c *candidate) makesItems() bool {
	return slices.ContainsFunc(c.operations(), func(op *Operation) bool {
		return op.Kind == Create || (op.Kind == Replace || op.Kind == Membership) && c.on(c.collection, "POST") == nil
	})
}

// group gives the operations that have no table to the resource nearest by path, or to a group named
// after the first noun of their path.
func group(ops []*Operation, stored []*Resource, names *namer) []*Resource {
	out := slices.Clone(stored)
	groups := map[string]*Resource{}
	territory := regions(stored)
	for _, op := range ops {
		if op.Resource == nil && op.viewOf != nil {
			for _, r := range stored {
				if r.Path == op.viewOf.collectionPath() {
					op.Resource = r
				}
			}
		}
		if op.Resource == nil {
			op.Resource = nearest(op.Path, territory)
		}
		if op.Resource == nil {
			noun := firstNoun(op)
			if groups[noun] == nil {
				groups[noun] = &Resource{Path: op.Path}
				names.name(groups[noun], noun)
				out = append(out, groups[noun])
			}
			op.Resource = groups[noun]
		}
		op.Resource.Operations = append(op.Resource.Operations, op)
	}
	place := map[*Operation]int{}
	for i, op := range ops {
		place[op] = i
	}
	slices.SortStableFunc(out, func(a, b *Resource) int { return place[a.Operations[0]] - place[b.Operations[0]] })
	return out
}

// region is the part of a document's paths that begins with those of a resource.
type region struct {
	resource *Resource
	nouns    []string
}

func regions(stored []*Resource) []region {
	out := make([]region, len(stored))
	for i, r := range stored {
		out[i] = region{r, nouns(r.Path)}
	}
	return out
}

// nearest is the resource with the longest path that the path begins with, else one that begins with it.
func nearest(path string, among []region) *Resource {
	var found *Resource
	within := nouns(path)
	for _, r := range among {
		if begins(within, r.nouns) && (found == nil || len(r.resource.Path) > len(found.Path)) {
			found = r.resource
		}
	}
	for _, r := range among {
		if found == nil && len(within) > 0 && begins(r.nouns, within) {
			found = r.resource
		}
	}
	return found
}

func begins(path, with []string) bool {
	return len(path) >= len(with) && slices.Equal(path[:len(with)], with)
}

// nouns are the segments of a path, whatever the spelling of its nouns and the names of its parameters.
func nouns(path string) []string {
	var out []string
	for _, s := range segments(path) {
		noun := "{}"
		if s.param == "" {
			noun = canonical(s.text)
		}
		out = append(out, noun)
	}
	return out
}

// firstNoun names a group of actions: the first literal of the path that is no version, else the tag.
func firstNoun(op *Operation) string {
	for _, s := range segments(op.Path) {
		if s.param == "" && !version.MatchString(s.text) && s.text != "api" && len(Words(s.text)) > 0 {
			return strings.Join(Words(strings.FieldsFunc(s.text, func(r rune) bool { return strings.ContainsRune("{}:?#.", r) })[0]), "-")
		}
	}
	if len(op.Tags) > 0 && len(Words(op.Tags[0])) > 0 {
		return op.Tags[0]
	}
	return "other"
}
