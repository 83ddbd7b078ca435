package model

import "slices"

// candidate is a noun that may turn out to be a resource: the operations on its collection path and
// on its item path.
type candidate struct {
	nounPath
	collection, item []*Operation
	// itemPath is the place of the item path, whose parameter names the key.
	itemPath nounPath
	// rep is the representation: what one item looks like on the wire.
	rep *Type
	// wrap are the properties that the document puts around one representation.
	wrap []*Field
	// below is where items are made that have paths of their own, nested the operations there.
	below  *nounPath
	nested []*Operation
}

// gather sorts operations by the noun they stand on, in the order of the document. Spellings of one
// noun (/users, /user/{id}) make one candidate unless their methods clash or they show different things.
func gather(ops []*Operation) []*candidate {
	var spelled []*candidate
	bySpelling := map[string]*candidate{}
	shared := sharedSpellings(ops)
	for _, op := range ops {
		p, ok := locate(op.Path)
		if !ok {
			op.decide(Action, "no noun can be read out of its path")
			continue
		}
		if shared[p.spelling] && len(p.parents) > 0 {
			p.spelling, p.key = p.collection, p.collection
		}
		c := bySpelling[p.spelling]
		if c == nil {
			c = &candidate{nounPath: p}
			bySpelling[p.spelling] = c
			spelled = append(spelled, c)
		}
		c.add(p, op)
	}
	return joinShallow(mergeSpellings(spelled))
}

// sharedSpellings are those that several nouns have, so that one method is there twice:
// /auth/{aws}/role and /auth/{ldap}/role. What they call their parents tells them apart.
func sharedSpellings(ops []*Operation) map[string]bool {
	shared, seen := map[string]bool{}, map[string]bool{}
	for _, op := range ops {
		if p, ok := locate(op.Path); ok {
			place := op.Method + " " + pathShape(op.Path)
			shared[p.spelling] = shared[p.spelling] || seen[place]
			seen[place] = true
		}
	}
	return shared
}

func mergeSpellings(spelled []*candidate) []*candidate {
	var out []*candidate
	for _, c := range spelled {
		c.represent()
		i := slices.IndexFunc(out, func(o *candidate) bool { return o.key == c.key && !o.clashes(c) && o.shows(c) })
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i].absorb(c)
	}
	return out
}

// clashes says that a method of c is taken by an operation of another spelling.
func (c *candidate) clashes(other *candidate) bool {
	both := func(a, b []*Operation) bool {
		return slices.ContainsFunc(a, func(op *Operation) bool { return c.on(b, op.Method) != nil })
	}
	return both(c.collection, other.collection) || both(c.item, other.item)
}

// shows says that both have the same representation, as far as they have one.
func (c *candidate) shows(other *candidate) bool {
	theirs := other.shown()
	return len(c.shown()) == 0 || len(theirs) == 0 || slices.ContainsFunc(c.shown(), func(a *Type) bool {
		return slices.ContainsFunc(theirs, func(b *Type) bool { return sameType(a, b) || Resembles(a, b) })
	})
}

// shown are the types that an item of c may have: the representation, and the elements of the list.
func (c *candidate) shown() []*Type {
	var out []*Type
	if c.rep != nil {
		out = append(out, c.rep)
	}
	if list := c.on(c.collection, "GET"); list != nil {
		if l := listing(list.success()); l != nil {
			out = append(out, l.Elem)
		}
	}
	return out
}

// absorb takes over the operations of another spelling.
func (c *candidate) absorb(other *candidate) {
	if len(c.item) == 0 {
		c.itemPath = other.itemPath
	}
	c.collection = append(c.collection, other.collection...)
	c.item = append(c.item, other.item...)
	c.represent()
}

func (c *candidate) add(p nounPath, op *Operation) {
	if p.item == "" {
		c.collection = append(c.collection, op)
		return
	}
	if len(c.item) == 0 {
		c.itemPath = p
	}
	c.item = append(c.item, op)
}

func (c *candidate) operations() []*Operation {
	return slices.Concat(c.collection, c.item)
}

func (c *candidate) on(ops []*Operation, method string) *Operation {
	for _, op := range ops {
		if op.Method == method {
			return op
		}
	}
	return nil
}

// understand gives each operation its kind.
func (c *candidate) understand() {
	for _, op := range c.operations() {
		onItem := slices.Contains(c.item, op)
		kind, why := Action, "no rule reads it as work on a resource"
		for _, r := range rules {
			if r.item == onItem && r.method == op.Method && (!onItem || keyed(op)) && r.holds(c, op) {
				kind, why = r.kind, r.why
				break
			}
		}
		if kind == Action && c.rep != nil && c.rep.Kind == Union && len(op.Bodies) > 0 {
			why = "no rule says which alternative of " + c.rep.label() + " its body is"
		}
		op.decide(kind, why)
	}
	if c.has(Membership) {
		c.onlyMembership()
	}
}

// onlyMembership leaves to the author what needs a representation, which a membership does not have.
func (c *candidate) onlyMembership() {
	c.rep = nil
	for _, op := range c.operations() {
		if op.Kind != Membership {
			op.decide(Action, "what is only there or not has nothing to show")
		}
	}
}

func (op *Operation) decide(kind OpKind, why string) {
	op.Kind, op.Why = kind, why
}

// keyed says that the last path parameter can be the key of a row: a value, not a structure.
func keyed(op *Operation) bool {
	params := op.PathParams()
	return len(params) > 0 && (isScalar(params[len(params)-1].Type) || params[len(params)-1].Type.Kind == Any)
}
