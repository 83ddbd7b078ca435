package model

import (
	"slices"
	"strings"
)

// A rule reads one kind out of an operation. The first that holds decides.
type rule struct {
	item   bool
	method string
	kind   OpKind
	why    string
	holds  func(c *candidate, op *Operation) bool
}

// rules say what published APIs mean by a method on a path, collections first.
var rules = []rule{
	{false, "GET", List, "GET on a collection answers an array of it", (*candidate).lists},
	{false, "GET", Read, "GET on a path that is written to, without items below it, reads the one there is", (*candidate).readsSingleton},
	{false, "POST", Create, "POST on a collection that has items or a list creates one", (*candidate).creates},
	{false, "POST", Create, "a lone POST that answers what it was sent, with 201 or under such a name, creates", (*candidate).createsAlone},
	{false, "PUT", Replace, "PUT on the one there is replaces it", (*candidate).writesSingleton},
	{false, "PATCH", Update, "PATCH on the one there is changes a part of it", (*candidate).writesSingleton},
	{false, "PUT", Replace, "PUT on a collection replaces the item whose key is in its body", (*candidate).carriesKey},
	{false, "DELETE", Delete, "DELETE on the one there is removes it", (*candidate).deletesSingleton},

	{true, "GET", Read, "GET on an item reads it", (*candidate).reads},
	{true, "GET", Membership, "GET on an item without a representation asks whether it is there", (*candidate).isMembership},
	{true, "PUT", Membership, "PUT without a body adds the item", (*candidate).isMembership},
	{true, "DELETE", Membership, "DELETE of what a bodyless PUT added", (*candidate).isMembership},
	{true, "PUT", Replace, "PUT on an item replaces it", (*candidate).writes},
	{true, "PATCH", Update, "PATCH on an item changes a part of it", (*candidate).writes},
	{true, "POST", Update, "POST on an item with a body changes it", (*candidate).writes},
	{true, "DELETE", Delete, "DELETE on an item removes it", (*candidate).deletes},
}

func (c *candidate) lists(op *Operation) bool {
	return listing(op.success()) != nil && (len(c.item) > 0 || c.on(c.collection, "POST") != nil)
}

func (c *candidate) creates(op *Operation) bool {
	if c.isVerb() || !c.storesBody(op) {
		return false
	}
	list := c.on(c.collection, "GET")
	return (len(c.item) > 0 || list != nil && listing(list.success()) != nil) && c.answersItem(op)
}

// createsAlone is careful: most lone POSTs are actions.
func (c *candidate) createsAlone(op *Operation) bool {
	if c.isVerb() || !c.storesBody(op) || len(c.operations()) > 1 {
		return false
	}
	t, _ := c.answer(op)
	named := op.answers("201") || startsWith(op.ID, "create", "add", "new", "register", "insert", "make")
	return t != nil && named && Resembles(t, c.input(op).Type)
}

func (c *candidate) isSingleton() bool {
	if len(c.item) > 0 || c.rep == nil || c.rep.Kind != Object || c.isVerb() {
		return false
	}
	get := c.on(c.collection, "GET")
	return get == nil || listing(get.success()) == nil
}

// readsSingleton needs a writer of the same thing: a lone GET is a status page more often than not.
func (c *candidate) readsSingleton(op *Operation) bool {
	put, patch := c.on(c.collection, "PUT"), c.on(c.collection, "PATCH")
	t, _ := c.answer(op)
	return c.isSingleton() && t != nil && (put != nil && c.storesBody(put) || patch != nil && c.storesBody(patch))
}

func (c *candidate) writesSingleton(op *Operation) bool {
	get := c.on(c.collection, "GET")
	return c.isSingleton() && get != nil && c.readsSingleton(get) && c.storesBody(op) && c.answersItem(op)
}

func (c *candidate) deletesSingleton(op *Operation) bool {
	get := c.on(c.collection, "GET")
	return c.isSingleton() && get != nil && c.readsSingleton(get) && op.success() != nil
}

// carriesKey says that the body of a PUT on a collection names its item.
func (c *candidate) carriesKey(op *Operation) bool {
	if len(c.item) == 0 || c.on(c.item, "PUT") != nil || !c.storesBody(op) || c.input(op).Type.Kind != Object {
		return false
	}
	f, _ := keyField(c.itemPath.item, c.noun, c.input(op).Type)
	return f != nil
}

func (c *candidate) reads(op *Operation) bool {
	t, _ := c.answer(op)
	return t != nil && t.Kind != Array && t == c.rep
}

func (c *candidate) writes(op *Operation) bool {
	return c.storesBody(op) && c.answersItem(op) && c.rep != nil
}

func (c *candidate) deletes(op *Operation) bool {
	return c.rep != nil && op.success() != nil && len(op.Bodies) == 0
}

// isMembership says that a noun has no representation: an item is there or it is not.
func (c *candidate) isMembership(op *Operation) bool {
	put := c.on(c.item, "PUT")
	if put == nil || len(put.Bodies) > 0 || c.on(c.item, "PATCH") != nil || c.on(c.item, "POST") != nil {
		return false
	}
	res := op.success()
	return res != nil && res.Type == nil
}

// storesBody says that op sends one thing that can be kept.
func (c *candidate) storesBody(op *Operation) bool {
	in := c.input(op)
	if in == nil || op.success() == nil {
		return false
	}
	switch {
	case c.rep != nil && c.rep.Kind == Union:
		return c.rep.keeps(in.Type) || op.Method != "PUT" && slices.Contains(c.item, op) && c.rep.Patches(in.Type)
	case in.Type.Kind == Object:
		return len(in.Type.Fields) > 0 || in.Type == c.rep
	case in.Type.Kind == Array || in.Type.Kind == File:
		return false
	}
	return sameType(in.Type, c.rep)
}

// sameType says that two types are one: unnamed ones are where they are spelled alike.
func sameType(a, b *Type) bool {
	return a == b || a != nil && b != nil && a.Name == "" && a.Kind == b.Kind && a.Expr() == b.Expr()
}

// answersItem says that what op answers can be made from the stored item: nothing, the item, or an
// object that shares properties with it.
func (c *candidate) answersItem(op *Operation) bool {
	t, _ := c.answer(op)
	if t == nil || sameType(t, c.rep) {
		return true
	}
	return t.Kind == Object && c.rep != nil
}

// Resembles says that at least half of what was sent comes back.
func Resembles(answer, body *Type) bool {
	if answer == body {
		return true
	}
	if answer.Kind != Object || body.Kind != Object {
		return false
	}
	shared := 0
	for _, f := range body.Fields {
		if answer.Field(f.Name) != nil {
			shared++
		}
	}
	return shared > 0 && 2*shared >= len(body.Fields)
}

func (op *Operation) answers(status string) bool {
	return slices.ContainsFunc(op.Responses, func(r *Response) bool { return r.Status == status })
}

func startsWith(name string, verbs ...string) bool {
	ws := Words(name)
	return len(ws) > 0 && slices.Contains(verbs, ws[0])
}

// isVerb says that the last literal of a path tells to do something: /posts/{id}/publish. With items
// below it, it is a noun all the same: /imports, /release/{id}.
func (c *candidate) isVerb() bool {
	ws := Words(c.noun)
	return len(c.item) == 0 && len(ws) > 0 && slices.Contains(verbs, ws[0]) && !strings.HasSuffix(c.noun, "s")
}

var verbs = strings.Fields(`
	accept activate add apply approve archive assign attach authorize batch block bulk calculate cancel
	check clear clone close complete confirm copy create deactivate decline delete deny deploy detach
	disable dismiss download enable execute export find follow generate get import install invoke join
	kill leave lock login logout lookup mark merge move mute pause ping preview publish pull push query
	rebuild refresh reject release remove rename renew reopen reset resend resize restart restore resume
	retry revoke rotate run scan search send set start stop submit subscribe suspend sync test toggle
	transfer trigger unarchive unassign unblock unfollow uninstall unlock unpublish unsubscribe update
	upload validate verify void wipe`)
