package handlers

import (
	"fmt"
	"strings"

	"gen/generator/model"
)

// itemPath is the expression of an item's path: fmt.Sprintf("/posts/%d/comments/%d", req.PostID, id).
func (b *builder) itemPath(op *model.Operation, key string) string {
	item := b.itemOperation()
	if item == nil {
		return ""
	}
	format, args := strings.ReplaceAll(item.Path, "%", "%%"), []string{}
	parents := op.ParentParams()
	for i, p := range item.PathParams() {
		arg, t := key, b.r.Key.Type
		if i < len(item.ParentParams()) {
			arg, t = "req."+parents[i].GoName, parents[i].Type
		}
		verb := "%v"
		switch {
		case t.Kind == model.Integer:
			verb = "%d"
		case t.Kind == model.Number:
			verb = "%.0f"
		case t.Basic == "string":
			verb, arg = "%s", "url.PathEscape("+stringOf(arg, t)+")"
		}
		format = strings.Replace(format, "{"+p.Name+"}", verb, 1)
		args = append(args, arg)
	}
	return fmt.Sprintf("fmt.Sprintf(%q, %s)", format, strings.Join(args, ", "))
}

func stringOf(expr string, t *model.Type) string {
	if identity(t) == "string" {
		return expr
	}
	return "string(" + expr + ")"
}

// itemOperation is an operation on the item path.
func (b *builder) itemOperation() *model.Operation {
	if b.r.Key.Param == nil {
		return nil
	}
	for _, op := range b.r.Operations {
		if strings.HasSuffix(strings.TrimSuffix(op.Path, "/"), "/{"+b.r.Key.Param.Name+"}") {
			return op
		}
	}
	return nil
}

// table is the resource's table, below the parents that op's path names.
func (b *builder) table(op *model.Operation) string {
	var parents []string
	for _, p := range op.ParentParams() {
		parents = append(parents, "req."+p.GoName)
	}
	if len(parents) == 0 {
		return "h." + b.file.Field
	}
	return "h." + b.file.Field + ".Under(" + strings.Join(parents, ", ") + ")"
}

// key is the item's key as the handler of op knows it: its path parameter, or the body's property.
func (b *builder) key(op *model.Operation) string {
	k := b.r.Key
	if b.r.Singleton {
		return `""`
	}
	to := slot{t: k.Type, required: true}
	if p := op.KeyParam(); k.Param != nil && p != nil {
		return convert("req."+p.GoName, slot{t: p.Type, required: true}, to, "")
	}
	if f := op.KeySent; f != nil {
		return convert(b.body(op)+"."+f.GoName, slotOf(f), to, "")
	}
	return ""
}

func (b *builder) keyType() string {
	if b.r.Singleton {
		return "string"
	}
	return b.r.Key.Type.Expr()
}

func (b *builder) storedType() string {
	if b.r.Type == nil {
		return "struct{}"
	}
	return b.r.Type.Expr()
}
