package model

import "strings"

// keyNames are the properties that carry a key when nothing else fits, the surest first.
var keyNames = []string{"id", "uuid", "guid", "sid", "slug", "name", "number", "key"}

// keyField finds the property of t that an item's path parameter names, with the reason.
func keyField(param, noun string, t *Type) (*Field, string) {
	if t == nil {
		return nil, ""
	}
	if f := fieldLike(t, param); f != nil {
		return f, "the path parameter and the property have the same name"
	}
	for _, name := range keyNames {
		stem, ok := strings.CutSuffix(Flat(param), name)
		if f := fieldLike(t, name); ok && f != nil && fitsNoun(stem, noun) {
			return f, "the path parameter is the noun and " + f.Name
		}
	}
	if f := fieldLike(t, canonical(noun)+"id"); f != nil {
		return f, "the property is the noun and id"
	}
	for _, name := range keyNames[:4] {
		if f := fieldLike(t, name); f != nil {
			return f, "the property " + f.Name + " is the only one like a key"
		}
	}
	return nil, ""
}

// fieldLike is the property with that name, however it is spelled, if it can be a key.
func fieldLike(t *Type, name string) *Field {
	for _, f := range t.Members() {
		if Flat(f.Name) == Flat(name) && (f.Type.Kind == String || isNumber(f.Type)) {
			return f
		}
	}
	return nil
}

// fitsNoun says that what stands before "id" in a parameter is the resource: post in postId.
func fitsNoun(stem, noun string) bool {
	n := canonical(noun)
	return stem == "" || stem == n || strings.HasSuffix(n, stem) || strings.HasSuffix(stem, n)
}

// findKey decides how one item of r is told from the others.
func (r *Resource) findKey(c *candidate, override string) {
	if r.Singleton {
		r.Key = Key{Type: &Type{Kind: String, Basic: "string"}, Origin: Given, Why: "there is only one"}
		return
	}
	var param *Param
	if len(c.item) > 0 && keyed(c.item[0]) {
		if params := c.item[0].PathParams(); len(params) > 0 {
			param = params[len(params)-1]
		}
	}
	name := ""
	if param != nil {
		name = param.Name
	}
	field, why := keyField(name, c.noun, r.Type)
	if override != "" {
		field, why = fieldLike(r.Type, override), "gen.yaml says so"
	}
	k := Key{Param: param, Field: field, Why: why}
	if field == nil {
		k.Why = "no property carries it: it has a column of its own"
	}
	k.Type = k.goType()
	k.Origin = r.keyOrigin(c, k)
	if k.Origin == Made || k.Origin == Given {
		k.Prefix, k.Length, k.Alphabet = keyShape(k)
	}
	r.Key = k
}

// goType is the type of the path parameter, or of the property where there is no item path.
func (k Key) goType() *Type {
	switch {
	case k.Param != nil && k.Field != nil && isNumber(k.Field.Type):
		return k.Field.Type
	case k.Param != nil:
		return k.Param.Type
	case k.Field != nil:
		return k.Field.Type
	}
	return &Type{Kind: Integer, Basic: "int64"}
}

func (r *Resource) keyOrigin(c *candidate, k Key) KeyOrigin {
	create := c.on(c.collection, "POST")
	switch {
	case create == nil || create.Kind != Create:
		return Given
	case isNumber(k.Type):
		return Numbered
	case isUUID(k.Type) || k.Field != nil && isUUID(k.Field.Type):
		return Random
	case onlyUUID(k.Type) && (k.Field == nil || !c.sends(create, k.Field)):
		return Random
	case k.Field != nil && c.sends(create, k.Field):
		return Given
	}
	return Made
}

func isNumber(t *Type) bool { return t.Kind == Integer || t.Kind == Number }

func isUUID(t *Type) bool { return t.Basic == "openapi_types.UUID" }

// sends says that the body of a create carries f as the client's own.
func (c *candidate) sends(create *Operation, f *Field) bool {
	in := c.input(create)
	if in == nil {
		return false
	}
	sent := in.Type.Member(f.Name)
	return sent != nil && !sent.ReadOnly && Fits(sent, f)
}

func fieldType(f *Field) *Type {
	if f == nil {
		return nil
	}
	return f.Type
}

// PathParams are the path parameters, in the order of the path.
func (op *Operation) PathParams() []*Param {
	var out []*Param
	for _, p := range op.Params {
		if p.In == "path" {
			out = append(out, p)
		}
	}
	return out
}
