package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FieldType says how the values of a field compare.
type FieldType int

const (
	// Text compares as bytes do; booleans are false before true.
	Text FieldType = iota
	// Number compares as numbers do.
	Number
	// Time is for date-times (RFC 3339): they compare as instants, whatever their zone and precision.
	Time
	// flag is Text of a value that is a boolean.
	flag
)

// Filter is a condition on a row. It names a field by its JSON path, "status" or "owner.id", and
// compares it with a value as that stands in JSON; any element of a slice will do. A value that is
// nil, a nil pointer or an empty slice is one that the client did not ask for: it lets all rows in.
type Filter struct {
	fields []string
	value  any
	// condition is the SQL that compares a field with one value, one placeholder in it.
	condition func(d dialect, field string, typ FieldType) string
}

// Equal lets rows in whose field equals value.
func Equal(field string, value any) Filter { return compare(field, "=", value) }

// AtLeast lets rows in whose field is value or more.
func AtLeast(field string, value any) Filter { return compare(field, ">=", value) }

// AtMost lets rows in whose field is value or less.
func AtMost(field string, value any) Filter { return compare(field, "<=", value) }

func compare(field, operator string, value any) Filter {
	return Filter{[]string{field}, value, func(d dialect, field string, typ FieldType) string {
		return d.value(field, typ) + " " + operator + " " + d.param(typ)
	}}
}

// Contains lets rows in whose field is an array with value in it.
func Contains(field string, value any) Filter {
	return Filter{[]string{field}, value, dialect.contains}
}

// Search lets rows in with value as a part of any of the fields, whatever the case of a to z.
func Search(value any, fields ...string) Filter {
	return Filter{fields, value, dialect.search}
}

// conditions are the parts of a WHERE, all of which must hold.
type conditions struct {
	parts []string
	args  []any
	// asked counts the filters that had a value.
	asked int
}

func (c conditions) and(part string, args ...any) conditions {
	c.parts = append(slices.Clip(c.parts), part)
	c.args = append(slices.Clip(c.args), args...)
	return c
}

func (c conditions) sql() string {
	if len(c.parts) == 0 {
		return "TRUE"
	}
	return strings.Join(c.parts, " AND ")
}

// where is what the rows must fulfil: their parent and the filters.
func (r rows) where(filters []Filter) (conditions, error) {
	var where conditions
	if r.nested {
		where = where.and("parent = ?", r.parent)
	}
	for _, f := range filters {
		values, err := scalars(f.value)
		if err != nil {
			return where, fmt.Errorf("table %s: filter on %s: %w", r.table, strings.Join(f.fields, ", "), err)
		}
		if len(values) == 0 {
			continue
		}
		part, args, err := f.sql(r.db.dialect, values)
		if err != nil {
			return where, fmt.Errorf("table %s: filter on %s: %w", r.table, strings.Join(f.fields, ", "), err)
		}
		where = where.and(part, args...)
		where.asked++
	}
	return where, nil
}

// sql is the condition that any of the fields matches any of the values.
func (f Filter) sql(d dialect, values []scalar) (string, []any, error) {
	var alternatives []string
	var args []any
	for _, field := range f.fields {
		for _, v := range values {
			alternatives = append(alternatives, f.condition(d, field, v.typ))
			arg, err := d.arg(v.value)
			if err != nil {
				return "", nil, err
			}
			args = append(args, arg)
		}
	}
	if len(alternatives) == 0 {
		return "FALSE", nil, nil
	}
	return "(" + strings.Join(alternatives, " OR ") + ")", args, nil
}

// scalar is one value of a filter: a string, a bool or a json.Number.
type scalar struct {
	typ   FieldType
	value any
}

// scalars are the values that a filter's value asks for: none, one, or the elements of a slice.
func scalars(value any) ([]scalar, error) {
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil, nil
	}
	if at, ok := reflect.TypeAssert[time.Time](v); ok {
		return []scalar{{Time, at.UTC().Format(timestamp)}}, nil
	}
	if _, ok := reflect.TypeAssert[json.Marshaler](v); ok || v.Kind() != reflect.Slice {
		return jsonScalar(v.Interface())
	}
	var all []scalar
	for i := range v.Len() {
		some, err := scalars(v.Index(i).Interface())
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// jsonScalar is a value as it stands in JSON, because that is what it is compared with.
func jsonScalar(value any) ([]scalar, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoded, err := decodeNumbers(data)
	if err != nil {
		return nil, err
	}
	switch v := decoded.(type) {
	case nil:
		return nil, nil
	case string:
		return []scalar{{Text, v}}, nil
	case bool:
		return []scalar{{flag, v}}, nil
	case json.Number:
		return []scalar{{Number, v}}, nil
	}
	return nil, fmt.Errorf("%T is no single value", value)
}

// decodeNumbers decodes JSON and keeps its numbers as they are written.
func decodeNumbers(data []byte) (any, error) {
	var value any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	err := d.Decode(&value)
	return value, err
}

// parseNumber is an int64 where that is exact, else a float64.
func parseNumber(n json.Number) (any, error) {
	if i, err := strconv.ParseInt(n.String(), 10, 64); err == nil {
		return i, nil
	}
	return n.Float64()
}
