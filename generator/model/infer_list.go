package model

import (
	"slices"
	"strings"
)

// listing reads an answer as a list: an array, or an object with one array of objects, which may lie
// one object deeper. It is nil for anything else.
func listing(res *Response) *Listing {
	if res == nil || res.Type == nil {
		return nil
	}
	return listingOf(res.Type, 0)
}

func listingOf(t *Type, depth int) *Listing {
	switch t.Kind {
	case Array:
		if isThing(t.Elem) {
			return &Listing{Elem: t.Elem}
		}
	case Object:
		if depth > 1 || t.Extra != nil {
			return nil
		}
		if f := itemsField(t); f != nil {
			return &Listing{Items: []*Field{f}, Elem: f.Type.Elem}
		}
		for _, f := range t.Fields {
			if !slices.Contains(wrapperNames, Flat(f.Name)) || f.Type.Kind != Object {
				continue
			}
			if l := listingOf(f.Type, depth+1); l != nil {
				l.Items = append([]*Field{f}, l.Items...)
				return l
			}
		}
	}
	return nil
}

// itemsField is the one array of objects in an envelope. Arrays about the exchange don't count; of
// several, a name that envelopes use decides. An object with more than a few other properties is no
// envelope but a thing that has a list.
func itemsField(t *Type) *Field {
	var found []*Field
	others := 0
	for _, f := range t.Fields {
		switch {
		case f.Type.Kind == Array && isThing(f.Type.Elem) && !slices.Contains(exchangeNames, Flat(f.Name)):
			found = append(found, f)
		case !isPaging(f.Name) && !slices.Contains(exchangeNames, Flat(f.Name)):
			others++
		}
	}
	for _, f := range found {
		if slices.Contains(itemsNames, Flat(f.Name)) {
			return f
		}
	}
	if len(found) == 1 && others <= 1 {
		return found[0]
	}
	return nil
}

var (
	itemsNames  = []string{"data", "items", "results", "result", "entries", "records", "values", "content", "list", "rows", "elements"}
	nextNames   = []string{"next", "nextcursor", "nextpagetoken", "nexttoken", "nextpage", "endcursor", "cursor", "continuationtoken", "after"}
	moreNames   = []string{"hasmore", "hasnext", "hasnextpage", "more"}
	totalNames  = []string{"total", "totalcount", "count", "totalentries", "totalitems", "totalresults", "totalelements", "resultcount"}
	pagesNames  = []string{"totalpages", "pages", "pagecount", "numpages", "pagescount"}
	metaNames   = []string{"meta", "metadata", "pagination", "paging", "pageinfo", "page", "info"}
	pagingNames = []string{"page", "perpage", "pagesize", "limit", "offset", "size", "object", "url", "previous", "prev", "self", "first", "last", "pages", "totalpages", "pagination", "paging", "kind", "apiversion", "type", "etag"}
)

func isPaging(name string) bool {
	n := Flat(name)
	for _, names := range [][]string{nextNames, moreNames, totalNames, pagingNames} {
		if slices.Contains(names, n) {
			return true
		}
	}
	return false
}

// roles say what a query parameter of a list is for, by its name.
var roles = []struct {
	names []string
	is    func(l *Listing) **Param
	kinds []Kind
}{
	{[]string{"limit", "perpage", "pagesize", "size", "maxresults", "take", "first", "count", "itemsperpage", "maxitems"}, func(l *Listing) **Param { return &l.Limit }, []Kind{Integer}},
	{[]string{"offset", "skip", "startindex"}, func(l *Listing) **Param { return &l.Offset }, []Kind{Integer}},
	{[]string{"page", "pagenumber", "pagenum", "p"}, func(l *Listing) **Param { return &l.Page }, []Kind{Integer}},
	{[]string{"after", "cursor", "pagetoken", "nexttoken", "continuationtoken", "next", "marker", "pagecursor"}, func(l *Listing) **Param { return &l.Cursor }, []Kind{String}},
	{[]string{"sort", "sortby", "orderby", "ordering", "sortfield"}, func(l *Listing) **Param { return &l.Sort }, []Kind{String}},
	{[]string{"order", "sortorder", "direction", "sortdirection", "sortdir", "orderdirection", "dir"}, func(l *Listing) **Param { return &l.Order }, []Kind{String}},
}

// complete gives each query parameter of a list its part. What is left over is returned.
func (l *Listing) complete(op *Operation, rep *Type) (refused []*Param) {
	for _, p := range op.Params {
		if p.In != "query" || l.assign(p) {
			continue
		}
		if f := filter(p, rep); f != nil {
			l.Filters = append(l.Filters, *f)
			continue
		}
		refused = append(refused, p)
	}
	refused = append(refused, l.sorting(rep)...)
	l.paging()
	return refused
}

func (l *Listing) assign(p *Param) bool {
	for _, role := range roles {
		slot := role.is(l)
		if slices.Contains(role.names, Flat(p.Name)) && slices.Contains(role.kinds, p.Type.Kind) && (p.Type.Kind != String || p.Type.Basic == "string") && *slot == nil {
			*slot = p
			return true
		}
	}
	return false
}

func (l *Listing) paging() {
	if l.Limit != nil || l.Page != nil || l.Offset != nil || l.Cursor != nil {
		l.PageSize = 20
	}
	if n, ok := number(l.Limit); ok {
		l.PageSize = n
	}
	l.FirstPage = 1
	if l.Page != nil && l.Page.Type.Schema != nil {
		if n, ok := number(l.Page); ok && n == 0 {
			l.FirstPage = 0
		}
	}
}

// number is a parameter's default, where it is a number.
func number(p *Param) (int, bool) {
	if p == nil {
		return 0, false
	}
	n, ok := p.Default().(float64)
	return int(n), ok
}

// sorting matches the values of the sort parameter with properties; one that cannot be matched means
// that gen does not understand the parameter.
func (l *Listing) sorting(rep *Type) (refused []*Param) {
	refuse := func() []*Param {
		for _, p := range []*Param{l.Sort, l.Order} {
			if p != nil {
				refused = append(refused, p)
			}
		}
		l.Sort, l.Order, l.SortBy = nil, nil, nil
		return refused
	}
	if l.Order != nil && !isDirection(l.Order.Type) {
		return refuse()
	}
	if l.Sort == nil {
		return nil
	}
	if len(l.Sort.Type.Enum) == 0 {
		l.SortBy = scalars(rep)
		return nil
	}
	for _, v := range l.Sort.Type.Enum {
		name, ok := v.Value.(string)
		f := sortField(rep, name)
		if !ok || f == nil {
			return refuse()
		}
		if !slices.Contains(l.SortBy, f) {
			l.SortBy = append(l.SortBy, f)
		}
	}
	return nil
}

// isDirection says that an order parameter chooses between up and down.
func isDirection(t *Type) bool {
	for _, v := range t.Enum {
		name, _ := v.Value.(string)
		if !slices.Contains([]string{"asc", "desc", "ascending", "descending"}, strings.ToLower(name)) {
			return false
		}
	}
	return true
}

func sortField(rep *Type, name string) *Field {
	name = strings.TrimLeft(name, "+-")
	for _, f := range scalars(rep) {
		if Flat(f.Name) == Flat(name) {
			return f
		}
	}
	return nil
}

func scalars(t *Type) []*Field {
	var out []*Field
	for _, f := range t.Members() {
		if isScalar(f.Type) && !f.WriteOnly {
			out = append(out, f)
		}
	}
	return out
}

func isScalar(t *Type) bool {
	return t.Kind == String || t.Kind == Integer || t.Kind == Number || t.Kind == Boolean
}

// pathFilters narrow a view by the parameters of its path: GET /users/{id}/posts has those whose userId is id.
func pathFilters(op *Operation, rep *Type) []Filter {
	var out []Filter
	for _, p := range op.PathParams() {
		i := slices.IndexFunc(rep.Members(), func(f *Field) bool { return !f.WriteOnly && isScalar(f.Type) && repeats(f, p, op.Path) })
		if i >= 0 {
			out = append(out, Filter{Param: p, Field: rep.Members()[i], Match: Equal})
		}
	}
	return out
}

// filter matches a query parameter with the property that it narrows the list by.
func filter(p *Param, rep *Type) *Filter {
	if p.Style == "deepObject" || !isScalar(p.Type) && (p.Type.Kind != Array || !isScalar(p.Type.Elem)) {
		return nil
	}
	for _, f := range rep.Members() {
		if m, ok := matches(p, f); ok {
			return &Filter{Param: p, Field: f, Match: m}
		}
	}
	return nil
}

func matches(p *Param, f *Field) (Match, bool) {
	name, field := Flat(p.Name), Flat(f.Name)
	switch {
	case f.WriteOnly:
		return "", false
	case name == field && sameScalar(p.Type, f.Type):
		return Equal, true
	case f.Type.Kind == Array && (name == field || canonical(f.Name) == name) && sameScalar(p.Type, f.Type.Elem):
		return Contains, true
	case !slices.Contains([]Kind{Integer, Number, String}, f.Type.Kind) || p.Type.Kind != f.Type.Kind:
		return "", false
	}
	if f.Type.Kind == String && f.Type.Format != "date-time" && f.Type.Format != "date" {
		return "", false
	}
	stem := strings.TrimSuffix(field, "at")
	if slices.Contains(bounds(atLeast, field, stem), name) {
		return AtLeast, true
	}
	return AtMost, slices.Contains(bounds(atMost, field, stem), name)
}

var (
	atLeast = []string{"min", "from", "after", "since", "gte"}
	atMost  = []string{"max", "to", "before", "until", "lte"}
)

// bounds are the names of a parameter that bounds a property: min_price, price_min, created_after.
func bounds(words []string, stems ...string) []string {
	var out []string
	for _, w := range words {
		for _, s := range stems {
			out = append(out, w+s, s+w)
		}
	}
	return out
}

// sameScalar says that a parameter's values can be compared with a property's.
func sameScalar(param, field *Type) bool {
	if param.Kind == Array {
		param = param.Elem
	}
	numeric := func(k Kind) bool { return k == Integer || k == Number }
	return isScalar(field) && (param.Kind == field.Kind || numeric(param.Kind) && numeric(field.Kind))
}
