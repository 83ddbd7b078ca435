package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"gen/generator/model"
)

// wholeMembers is the body as a value of the stored type, a union, with the members that the server sets. Which
// alternative it is only its JSON says.
func (b *builder) wholeMembers(op *model.Operation, key string) string {
	own := map[string]Field{}
	for _, s := range op.Sources {
		if f, ok := b.createdMember(op, s, key); ok {
			own[s.Field.Name] = f
		}
	}
	var lines []Field
	for _, f := range b.r.Type.Properties() {
		line, ok := own[f.Name]
		switch {
		case ok:
			lines = append(lines, line)
		case !b.concerns(op, f):
		case f.WriteOnly || !op.Sends(f.Name):
			lines = append(lines, Field{Name: f.Name, Expr: "nil"})
		}
	}
	return b.with(b.whole(op), b.sentWhole(op), b.andHidden(op, lines))
}

// createdMember is the member that a source fills, false where it is what the client sent.
func (b *builder) createdMember(op *model.Operation, s model.Source, key string) (Field, bool) {
	out := Field{Name: s.Field.Name}
	if s.Guess() {
		out.Comment = "a guess: the document does not say what it is"
	}
	switch {
	case s.Kind != model.FromClient:
		out.Expr = b.sourceOf(op, s, key)
	case s.Otherwise != nil:
		out.Expr = fmt.Sprintf("memberOr(%s, %q, %s)", b.sentWhole(op), s.Field.Name, b.sourceOf(op, *s.Otherwise, key))
	}
	return out, out.Expr != ""
}

// sourceOf is the expression of a member's value.
func (b *builder) sourceOf(op *model.Operation, s model.Source, key string) string {
	if s.Kind == model.FromNull {
		return `json.RawMessage("null")`
	}
	return b.sourceAs(op, s, key, slot{t: s.Field.Type, required: true})
}

// changeMembers is the statement that brings a stored union in line with the body: members that clients do not send
// keep their value.
func (b *builder) changeMembers(op *model.Operation, creates bool) string {
	var lines []Field
	for _, f := range b.r.Type.Properties() {
		if common := b.r.Type.Member(f.Name); common != nil {
			f = common
		}
		if expr := b.changedMember(op, f, creates); expr != "" {
			lines = append(lines, Field{Name: f.Name, Expr: expr})
		}
	}
	return "*" + b.file.Var + " = " + b.with(b.whole(op), b.patch(op), b.andHidden(op, lines))
}

// changedMember is a member that clients do not send, "" where they do.
func (b *builder) changedMember(op *model.Operation, f *model.Field, creates bool) string {
	stored := fmt.Sprintf("memberOf(*%s, %q)", b.file.Var, f.Name)
	switch {
	case !b.concerns(op, f):
		return ""
	case f.WriteOnly && !b.patchesPart(op):
		return "nil"
	case f == b.r.Key.Field && creates:
		return convert(b.key(op), slot{t: b.r.Key.Type, required: true}, slot{t: f.Type, required: true}, "")
	case model.IsUpdated(f) && model.IsClock(f):
		return clock(slot{t: f.Type, required: true})
	case b.patchesPart(op) && op.Input.Type.Field(f.Name) == nil:
		return ""
	case op.Sends(f.Name) && !f.ReadOnly && !model.IsCreated(f):
		return ""
	}
	if common := b.r.Type.Member(f.Name); common == nil {
		return b.fromSame(op, f)
	}
	if creates {
		for _, s := range op.Sources {
			if s.Field == f && !s.AsksSession() {
				return fmt.Sprintf("memberOr(*%s, %q, %s)", b.file.Var, f.Name, b.firstMember(op, s))
			}
		}
	}
	return stored
}

// firstMember is the value of a member of what a replace creates, which later ones keep. The time is the server's.
func (b *builder) firstMember(op *model.Operation, s model.Source) string {
	switch {
	case s.Kind != model.FromClient:
		return b.sourceOf(op, s, b.key(op))
	case model.IsClock(s.Field):
		return clock(slot{t: s.Field.Type, required: true})
	}
	return fmt.Sprintf("memberOf(%s, %q)", b.sentWhole(op), s.Field.Name)
}

// concerns says that op's body may have a property, or that each alternative has it.
func (b *builder) concerns(op *model.Operation, f *model.Field) bool {
	in := op.Input.Type
	return in.Kind != model.Object || in.Extra != nil || in.Field(f.Name) != nil || b.r.Type.Member(f.Name) != nil
}

// fromSame is a member that not all alternatives have: it stays if the alternative does.
func (b *builder) fromSame(op *model.Operation, f *model.Field) string {
	tag := b.r.Type.Discriminator
	if tag == "" {
		return "nil"
	}
	return fmt.Sprintf("memberOfSame(*%s, %s, %q, %q)", b.file.Var, b.sentWhole(op), tag, f.Name)
}

// andHidden leaves out, too, what the body alone may have and no answer shows.
func (b *builder) andHidden(op *model.Operation, lines []Field) []Field {
	for _, f := range op.Input.Type.Properties() {
		if f.WriteOnly && model.FieldOf(b.r.Type.Properties(), f.Name) == nil {
			lines = append(lines, Field{Name: f.Name, Expr: "nil"})
		}
	}
	return lines
}

// sentWhole is the body as it is sent.
func (b *builder) sentWhole(op *model.Operation) string {
	if len(op.Input.Wrap) == 0 {
		return "*" + b.body(op)
	}
	return b.body(op)
}

// patch is what the stored union becomes: of a PATCH its members with those that were sent. Where nothing tells the
// alternatives apart it is replaced, as what is left of one would get into another.
func (b *builder) patch(op *model.Operation) string {
	part := b.patchesPart(op)
	if op.Kind != model.Update || !part && b.r.Type.Discriminator == "" {
		return b.sentWhole(op)
	}
	name, same := "changed", ""
	if mergesWithin(op) {
		name = "changedWithin"
	}
	if !part {
		same = ", " + strconv.Quote(b.r.Type.Discriminator)
	}
	return fmt.Sprintf("%s(*%s, %s%s)", name, b.file.Var, b.sentWhole(op), same)
}

// patchesPart says that op sends a part of what each alternative has.
func (b *builder) patchesPart(op *model.Operation) bool {
	return op.Kind == model.Update && b.r.Type.Patches(op.Input.Type)
}

// with is sent with members of the server's, plain where there are none.
func (b *builder) with(plain, sent string, lines []Field) string {
	if len(lines) == 0 && !strings.HasSuffix(sent, ")") {
		return plain
	}
	if len(lines) == 0 {
		return fmt.Sprintf("with[%s](%s, nil)", b.storedType(), sent)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "with[%s](%s, map[string]any{\n", b.storedType(), sent)
	for _, f := range lines {
		fmt.Fprintf(&out, "%q: %s,", f.Name, f.Expr)
		if f.Comment != "" {
			out.WriteString(" // " + f.Comment)
		}
		out.WriteString("\n")
	}
	return out.String() + "})"
}
