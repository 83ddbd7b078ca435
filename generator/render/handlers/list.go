package handlers

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
)

// List is how a list asks the store.
type List struct {
	Filters []ListFilter
	// Sort and Direction are the expressions of what the client wants; SortBy what may be named.
	Sort, Direction string
	SortBy          []SortField
	// Vars and Values are variables for what is used more than once.
	Vars, Values  []string
	Limit         string
	Offset, After string
	Count         bool
	// Link tells the next page in a header, where it is not in the body.
	Link *Link
	// TotalHeader is the documented header with the number of all rows.
	TotalHeader string
	Items       string
}

// Link is the query parameter that leads to the next page.
type Link struct{ Param, Value string }

// ListFilter is one call of a filter function.
type ListFilter struct{ Func, Field, Expr string }

// SortField is a property that a list can be ordered by.
type SortField struct{ Name, Type string }

// list prepares GET on a collection, and views.
func (b *builder) list(op *model.Operation, m *Method) {
	m.Template = "list"
	l := op.List
	if op.Kind == model.View {
		m.Table = "h." + b.file.Field
	}
	out := &List{Count: l.Total != nil || l.Pages != nil}
	if h := totalHeader(op.Answer); h != "" {
		out.Count, out.TotalHeader = true, h
	}
	for _, f := range l.Filters {
		sent := "req.Params." + f.Param.GoName
		if f.Param.In == "path" {
			sent = "req." + f.Param.GoName
		}
		out.Filters = append(out.Filters, ListFilter{Func: string(f.Match), Field: f.Field.Name, Expr: sent})
	}
	b.sorting(l, out)
	b.paging(l, out)
	out.Items = b.items(op, l)
	m.List = out
	m.Answer = b.listAnswer(op, l, out)
}

// totalHeader is the documented header that counts all rows.
func totalHeader(a *model.Answer) string {
	for _, h := range a.Headers {
		if strings.EqualFold(h.Name, "X-Total-Count") || strings.EqualFold(h.Name, "X-Total") || strings.EqualFold(h.Name, "Total-Count") {
			return h.Name
		}
	}
	return ""
}

func (b *builder) sorting(l *model.Listing, out *List) {
	if l.Sort == nil {
		return
	}
	out.Sort, out.Direction = text(l.Sort), `""`
	if l.Order != nil {
		out.Direction = text(l.Order)
	}
	for _, f := range l.SortBy {
		kind := "store.Text"
		switch {
		case f.Type.Kind == model.Integer || f.Type.Kind == model.Number:
			kind = "store.Number"
		case f.Type.Format == "date-time":
			kind = "store.Time"
		}
		out.SortBy = append(out.SortBy, SortField{Name: f.Name, Type: kind})
	}
}

// text is a string parameter as a string, its default or "" where it was not sent.
func text(p *model.Param) string {
	expr := paramOr(p, `""`)
	if identity(p.Type) == "string" {
		return expr
	}
	return "string(" + expr + ")"
}

// paramOr is a parameter's value, else its default, else fallback.
func paramOr(p *model.Param, fallback string) string {
	expr := "req.Params." + p.GoName
	if value := p.Default(); value != nil {
		fallback = literal(value, p.Type)
	}
	if p.Optional {
		return "or(" + expr + ", " + fallback + ")"
	}
	return expr
}

// paging says how much to read, and from where. What the answer needs again gets a name.
func (b *builder) paging(l *model.Listing, out *List) {
	if l.PageSize > 0 {
		out.Limit = fmt.Sprint(l.PageSize)
	}
	if l.Limit != nil {
		out.Limit = atLeast(1, l.Limit, integer(l.Limit, out.Limit))
		if l.Cursor == nil && (l.Offset != nil || l.Page != nil) || l.Pages != nil || echoes(l, l.Limit) {
			out.Limit = out.name("limit", out.Limit)
		}
	}
	switch {
	case l.Cursor != nil:
		out.After = text(l.Cursor)
		if l.Next == nil {
			out.Link = &Link{l.Cursor.Name, "{page.Next}"}
		}
	case l.Offset != nil:
		out.Offset = out.name("offset", integer(l.Offset, "0"))
		out.Link = &Link{l.Offset.Name, "{strconv.Itoa(" + out.Offset + " + " + out.Limit + ")}"}
	case l.Page != nil:
		number := out.name("number", atLeast(l.FirstPage, l.Page, integer(l.Page, fmt.Sprint(l.FirstPage))))
		out.Offset = "(" + number + " - 1) * " + out.Limit
		if l.FirstPage == 0 {
			out.Offset = number + " * " + out.Limit
		}
		out.Link = &Link{l.Page.Name, "{strconv.Itoa(" + number + " + 1)}"}
	}
}

// name gives an expression a variable.
func (l *List) name(variable, expr string) string {
	l.Vars = append(l.Vars, variable)
	l.Values = append(l.Values, expr)
	return variable
}

func echoes(l *model.Listing, p *model.Param) bool {
	return slices.ContainsFunc(l.Echo, func(e model.Echo) bool { return e.Param == p })
}

// atLeast keeps a number above its least value where the document does not.
func atLeast(least int, p *model.Param, expr string) string {
	if s := p.Type.Schema; s != nil && s.Min != nil && *s.Min >= float64(least) {
		return expr
	}
	return fmt.Sprintf("max(%d, %s)", least, expr)
}

func integer(p *model.Param, fallback string) string {
	expr := paramOr(p, fallback)
	if identity(p.Type) == "int" {
		return expr
	}
	return "int(" + expr + ")"
}

// items are the stored values as the list's elements.
func (b *builder) items(op *model.Operation, l *model.Listing) string {
	if same(l.Elem, b.r.Type) {
		return "page.Items"
	}
	if l.Elem.Kind == model.Object && l.Elem.Name != "" && b.r.Type.Kind != model.Union {
		return "each(page.Items, " + b.converter(op, l.Elem) + ")"
	}
	return "reshape[[]" + l.Elem.Expr() + "](page.Items)"
}

// listAnswer is the response of a list: the bare array, or its envelope filled.
func (b *builder) listAnswer(op *model.Operation, l *model.Listing, out *List) string {
	a := op.Answer
	expr := out.Items
	for i, f := range slices.Backward(l.Items) {
		outer := a.Response.Type
		if i > 0 {
			outer = l.Items[i-1].Type
		}
		if i < len(l.Items)-1 || f.Optional || f.Nullable {
			expr = convert(expr, slot{t: f.Type, required: true}, slotOf(f), "")
		}
		expr = outer.Expr() + "{\n" + f.GoName + ": " + expr + ",\n" + b.envelope(outer, l, out) + "}"
	}
	rest := b.headers(a)
	if rest != "" {
		rest = ", Headers: " + rest
	}
	if a.HasStatusCode {
		rest += ", StatusCode: " + statusCode(a.Response.Status)
	}
	return "api." + a.GoName + "{Body: " + expr + rest + "}"
}

// envelope fills what stands beside the items.
func (b *builder) envelope(outer *model.Type, l *model.Listing, asked *List) string {
	out := ""
	line := func(f *model.Field, expr string) {
		if outer.Field(f.Name) == f {
			out += f.GoName + ": " + expr + ",\n"
		}
	}
	if f := l.Next; f != nil {
		line(f, convert("some(page.Next)", slot{t: plainString, optional: true}, slotOf(f), ""))
	}
	if f := l.More; f != nil {
		line(f, convert("page.More", slot{t: boolean, required: true}, slotOf(f), ""))
	}
	if f := l.Total; f != nil {
		line(f, convert("page.Total", slot{t: plainInt, required: true}, slotOf(f), ""))
	}
	if f := l.Pages; f != nil {
		pages := fmt.Sprintf("(page.Total + %s - 1) / %s", asked.Limit, asked.Limit)
		line(f, convert(pages, slot{t: plainInt, required: true}, slotOf(f), ""))
	}
	for _, f := range l.Meta {
		if outer.Field(f.Name) != f {
			continue
		}
		meta := f.Type.Expr() + "{\n" + b.envelope(f.Type, l, asked) + "}"
		line(f, convert(meta, slot{t: f.Type, required: true}, slotOf(f), ""))
	}
	for _, e := range l.Echo {
		line(e.Field, convert(echo(e, l, asked), slot{t: plainInt, required: true}, slotOf(e.Field), ""))
	}
	for _, s := range l.Rest {
		line(s.Field, b.source(nil, s, ""))
	}
	return out
}

// echo is the value of a paging parameter as the query has it.
func echo(e model.Echo, l *model.Listing, asked *List) string {
	switch e.Param {
	case l.Page:
		if i := slices.Index(asked.Vars, "number"); i >= 0 {
			return "number"
		}
		return integer(e.Param, fmt.Sprint(l.FirstPage))
	case l.Limit:
		return asked.Limit
	}
	if asked.Offset != "" {
		return asked.Offset
	}
	return integer(e.Param, "0")
}

var (
	boolean  = &model.Type{Kind: model.Boolean, Basic: "bool"}
	plainInt = &model.Type{Kind: model.Integer, Basic: "int"}
)
