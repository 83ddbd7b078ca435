package model

import (
	"encoding/json"
	"slices"
	"strings"
)

// errorBuilder makes the template of one error body out of its type, by the names of its members.
type errorBuilder struct {
	status string
	// lean leaves out whatever is not required.
	lean bool
	// within are the types that are being written, to end a recursion.
	within []*Type
	// anywhere puts the message into the first string that may have it, until told.
	anywhere, told bool
	// unfilled are required members that nothing is known for.
	unfilled []*Field
}

// errorContext is where a value stands.
type errorContext struct {
	name     string
	required bool
	// part says that the value is within a list that is repeated for each invalid part of the request.
	part bool
	// said says that another member tells the client what is wrong.
	said bool
}

// root writes a whole body. One that the document leaves open gets the members of RFC 9457.
func (b *errorBuilder) root(t *Type) (errorValue, bool) {
	if t.Kind == Any {
		return errorObject{
			{"title", errorText("${title}")}, {"status", errorText("${status}")}, {"detail", errorText("${detail}")},
		}, true
	}
	return b.value(t, errorContext{name: "message", required: true})
}

// value writes one value; false says that there is nothing to write.
func (b *errorBuilder) value(t *Type, at errorContext) (errorValue, bool) {
	if t == nil {
		return errorLiteral{}, at.required
	}
	if slices.Contains(b.within, t) {
		return errorLiteral{nil}, at.required
	}
	switch t.Kind {
	case Object:
		return b.object(t, at)
	case Array:
		return b.array(t, at)
	case Map:
		return errorObject{}, at.required
	case Union:
		return b.union(t, at)
	}
	return b.scalar(t, at)
}

// object writes the members of an object in the order of the document: lists last, since what they
// say depends on whether another member has the message.
func (b *errorBuilder) object(t *Type, at errorContext) (errorValue, bool) {
	if !at.required && !at.part && !isErrorWrapper(at.name) {
		return nil, false
	}
	b.within = append(b.within, t)
	defer func() { b.within = b.within[:len(b.within)-1] }()
	values := make([]errorValue, len(t.Fields))
	said := at.said
	for _, lists := range []bool{false, true} {
		for i, f := range t.Fields {
			if lists != (f.Type != nil && f.Type.Kind == Array) {
				continue
			}
			within := errorContext{name: f.Name, required: f.Required, part: at.part, said: said}
			if value, ok := b.field(t, f, within); ok {
				values[i] = value
			}
		}
		said = said || slices.ContainsFunc(values, errorValueSpeaks)
	}
	var object errorObject
	for i, f := range t.Fields {
		if values[i] != nil {
			name := f.Name
			if _, nested := values[i].(errorObject); !nested && !f.Required && mentionsParts(values[i]) {
				name += "?" // left out where there is nothing to say
			}
			object = append(object, errorMember{name, values[i]})
		}
	}
	if !at.required && !errorValueSpeaks(object) && !object.mentionsParts() {
		return nil, false
	}
	return object, true
}

func (b *errorBuilder) field(parent *Type, f *Field, at errorContext) (errorValue, bool) {
	if f.WriteOnly || b.lean && !f.Required {
		return nil, false
	}
	if f.HasConst {
		return errorLiteral{f.Const}, f.Required
	}
	if isOneOf(at.name, firstWords) {
		at.said = at.said || hasMessage(parent, at.name)
	}
	value, ok := b.value(f.Type, at)
	_, isLiteral := value.(errorLiteral)
	switch {
	case !isLiteral:
	case f.Nullable && f.Type.Enum == nil:
		value = errorLiteral{nil}
	case len(f.Type.Enum) == 0 && f.HasDefault && Allows(f, f.Default):
		value = errorLiteral{f.Default}
	case f.Required && isUnknown(f.Type):
		b.unfilled = append(b.unfilled, f)
	}
	return value, ok
}

// array writes a list: repeated for each invalid part where another member has the message, else
// with one element that has it.
func (b *errorBuilder) array(t *Type, at errorContext) (errorValue, bool) {
	least := uint64(0)
	if t.Schema != nil {
		least = t.Schema.MinItems
	}
	known := isErrorList(at.name) || isPart(t.Elem) || at.part && isPlace(at.name)
	if known && least <= 1 {
		element := errorContext{name: at.name, required: true, part: at.part || at.said && least == 0, said: at.said}
		value, ok := b.value(t.Elem, element)
		if ok && (element.part && mentionsParts(value) || !element.part && errorValueSpeaks(value)) {
			return errorArray{value}, true
		}
	}
	if !at.required {
		return nil, false
	}
	array := errorArray{}
	for range min(least, 16) {
		value, _ := b.value(t.Elem, errorContext{required: true, said: true})
		array = append(array, value)
	}
	return array, true
}

// union writes the first branch that the union accepts.
func (b *errorBuilder) union(t *Type, at errorContext) (errorValue, bool) {
	b.within = append(b.within, t)
	defer func() { b.within = b.within[:len(b.within)-1] }()
	var first errorValue
	var firsts errorBuilder
	before := *b
	for _, branch := range t.Branches {
		*b = before
		value, ok := b.value(branch, at)
		if !ok {
			continue
		}
		value = tagged(t, branch, value)
		if first == nil {
			first, firsts = value, *b
		}
		if accepts(t.Schema, value.sample(b.status)) {
			return value, true
		}
	}
	if first == nil {
		*b = before
		return errorLiteral{map[string]any{}}, at.required
	}
	*b = firsts
	return first, true
}

// tagged gives an object the discriminator's value for its branch.
func tagged(t, branch *Type, value errorValue) errorValue {
	object, isObject := value.(errorObject)
	at := slices.IndexFunc(t.Mapping, func(v UnionValue) bool { return v.Type == branch })
	if !isObject || at < 0 {
		return value
	}
	tag := errorMember{t.Discriminator, errorLiteral{t.Mapping[at].Value}}
	out := slices.Clone(object)
	if i := slices.IndexFunc(out, func(m errorMember) bool { return m.name == tag.name }); i >= 0 {
		out[i] = tag
		return out
	}
	return append(errorObject{tag}, out...)
}

// scalar writes a placeholder where the name has one that the schema takes, else a value.
func (b *errorBuilder) scalar(t *Type, at errorContext) (errorValue, bool) {
	if len(t.Enum) > 0 {
		return errorLiteral{fittingEnum(t.Enum, b.status)}, at.required || isErrorCode(at.name)
	}
	if text := placeholder(t, at); text != "" {
		value := errorText(text)
		if b.suits(t, value) {
			return value, true
		}
	}
	if t.Kind == Boolean && Flat(at.name) == "error" {
		return errorLiteral{true}, true
	}
	if b.anywhere && !b.told && at.required && !at.part && !at.said && mayHaveMessage(t, at.name) && b.suits(t, "${detail}") {
		b.told = true
		return errorText("${detail}"), true
	}
	return errorLiteral{zeroValue(t)}, at.required
}

// suits says that a schema takes what a placeholder will stand for.
func (b *errorBuilder) suits(t *Type, text errorText) bool {
	if t.Schema == nil || t.Kind == Any {
		return true
	}
	switch t.Schema.Format {
	case "", "int32", "int64", "uri-reference", "float", "double":
	case "uri", "url":
		return text == "${type}"
	default:
		return t.Kind != String
	}
	return accepts(t.Schema, text.sample(b.status))
}

// errorValue is a part of a template.
type errorValue interface {
	// String is the template's text.
	String() string
	// sample is what it may look like once it is filled in.
	sample(status string) any
}

type (
	errorLiteral struct{ value any }
	errorText    string
	errorArray   []errorValue
	errorObject  []errorMember
	errorMember  struct {
		name  string
		value errorValue
	}
)

func (v errorLiteral) String() string { return asJSON(v.value) }
func (v errorText) String() string    { return asJSON(string(v)) }

func (v errorArray) String() string {
	parts := make([]string, len(v))
	for i, element := range v {
		parts[i] = element.String()
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func (v errorObject) String() string {
	parts := make([]string, len(v))
	for i, m := range v {
		parts[i] = asJSON(m.name) + ":" + m.value.String()
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func asJSON(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "null"
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func mentionsParts(v errorValue) bool { return strings.Contains(v.String(), "${errors.") }

func (v errorObject) mentionsParts() bool { return mentionsParts(v) }

// errorValueSpeaks says that a value has room for the message.
func errorValueSpeaks(v errorValue) bool {
	return v != nil && (strings.Contains(v.String(), "${detail}") || strings.Contains(v.String(), "${title}"))
}
