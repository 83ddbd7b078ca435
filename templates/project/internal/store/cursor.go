package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// order is an Order in SQL.
type order struct {
	// list tells cursors of this order from those of another.
	list string
	// columns are what fields are called in the query: k0, k1 …
	fields, columns []string
	// params are the placeholders of values to compare the columns with.
	params     []string
	descending []bool
}

func (r rows) order(by []Order) order {
	o := order{}
	list := fnv.New32a()
	_, _ = fmt.Fprintf(list, "%s %+v", r.table, by)
	o.list = strconv.FormatUint(uint64(list.Sum32()), 36)
	for i, b := range by {
		o.fields = append(o.fields, r.db.dialect.value(b.Field, b.Type))
		o.columns = append(o.columns, fmt.Sprintf("k%d", i))
		o.params = append(o.params, r.db.dialect.param(b.Type))
		o.descending = append(o.descending, b.Descending)
	}
	return o
}

// sql is the ORDER BY, the first columns left out. Databases disagree on where null sorts, so that it
// says so.
func (o order) sql(without int) string {
	var by []string
	for i := without; i < len(o.columns); i++ {
		by = append(by, o.columns[i]+" IS NULL", o.by(i))
	}
	return strings.Join(append(by, "seq"), ", ")
}

func (o order) by(i int) string {
	if o.descending[i] {
		return o.columns[i] + " DESC"
	}
	return o.columns[i]
}

// place is where a page begins.
type place struct {
	// behind is the condition that a row comes behind the cursor.
	behind conditions
	// values are what the cursor's row sorts by; nil is in front of all rows.
	values []any
}

// after is the place behind the cursor; the empty cursor is in front of all.
func (o order) after(d dialect, text string) (place, error) {
	if text == "" {
		return place{}, nil
	}
	c, err := parseCursor(d, text)
	if err != nil || c.List != o.list || len(c.Values) != len(o.columns) {
		return place{}, ErrCursor
	}
	behind, args := "seq > ?", []any{c.Seq}
	for i, column := range slices.Backward(o.columns) {
		value, than := c.Values[i], ">"
		if o.descending[i] {
			than = "<"
		}
		if value == nil {
			behind = fmt.Sprintf("(%s IS NULL AND %s)", column, behind)
			continue
		}
		behind = fmt.Sprintf("(%[1]s %[2]s %[3]s OR %[1]s IS NULL OR (%[1]s = %[3]s AND %[4]s))", column, than, o.params[i], behind)
		args = append([]any{value, value}, args...)
	}
	return place{conditions{}.and(behind, args...), c.Values}, nil
}

// cursor is a place in a list: what its row sorts by.
type cursor struct {
	List   string `json:"l"`
	Values []any  `json:"v,omitempty"`
	Seq    int64  `json:"s"`
}

func (c cursor) encode() (string, error) {
	data, err := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(data), err
}

func parseCursor(d dialect, text string) (cursor, error) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return cursor{}, err
	}
	var raw struct {
		cursor
		Values []json.RawMessage `json:"v"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return cursor{}, err
	}
	c := raw.cursor
	for _, v := range raw.Values {
		value, err := cursorValue(d, v)
		if err != nil {
			return cursor{}, err
		}
		c.Values = append(c.Values, value)
	}
	return c, nil
}

// cursorValue is a value as the database gave it: a text, a number or nil.
func cursorValue(d dialect, data []byte) (any, error) {
	value, err := decodeNumbers(data)
	if err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case nil, string:
		return v, nil
	case json.Number:
		if _, err := parseNumber(v); err != nil {
			return nil, err
		}
		return d.arg(v)
	}
	return nil, ErrCursor
}
