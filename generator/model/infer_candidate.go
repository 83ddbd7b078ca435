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
}

// gather sorts operations by the noun they stand on, in the order of the document. Spellings of one
// noun (/users, /user/{id}) make one candidate unless their methods clash.
func gather(ops []*Operation) []*candidate {
	var out []*candidate
	byKey := map[string]*candidate{}
	for _, op := range ops {
		p, ok := locate(op.Path)
		if !ok {
			op.decide(Action, "no noun can be read out of its path")
			continue
		}
		c := byKey[p.key]
		if c == nil || c.clashes(p, op) {
			if c != nil {
				p.key = p.key + " " + op.Path
			}
			if c = byKey[p.key]; c == nil {
				c = &candidate{nounPath: p}
				byKey[p.key] = c
				out = append(out, c)
			}
		}
		c.add(p, op)
	}
	return out
}

// clashes says that op's method is taken by an operation on another spelling of the same path.
func (c *candidate) clashes(p nounPath, op *Operation) bool {
	same := c.collection
	if p.item != "" {
		same = c.item
	}
	return slices.ContainsFunc(same, func(o *Operation) bool { return o.Method == op.Method && o.Path != op.Path })
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

// understand finds the representation, then gives each operation its kind.
func (c *candidate) understand() {
	c.represent()
	for _, op := range c.operations() {
		onItem := slices.Contains(c.item, op)
		kind, why := Action, "no rule reads it as work on a resource"
		for _, r := range rules {
			if r.item == onItem && r.method == op.Method && r.holds(c, op) {
				kind, why = r.kind, r.why
				break
			}
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
