package contest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Spell writes a Go value out so that two of different types with the same content are the same text,
// and nil is told from empty. Raw JSON is written with sorted names and one spelling a number.
func Spell(value any) string {
	var b strings.Builder
	spell(&b, reflect.ValueOf(value))
	return b.String()
}

var (
	rawType  = reflect.TypeFor[json.RawMessage]()
	timeType = reflect.TypeFor[time.Time]()
)

func spell(b *strings.Builder, v reflect.Value) {
	switch {
	case !v.IsValid():
		b.WriteString("nil")
	case v.Type() == rawType:
		b.WriteString(canonical(v.Bytes()))
	case v.Type() == timeType && v.CanInterface():
		b.WriteString(v.Interface().(time.Time).Format(time.RFC3339Nano))
	default:
		spellKind(b, v)
	}
}

func spellKind(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		switch {
		case v.IsNil():
			b.WriteString("nil")
		case isReader(v):
			b.WriteString("…")
		case v.Kind() == reflect.Pointer:
			b.WriteByte('&')
			spell(b, v.Elem())
		default:
			b.WriteString(v.Elem().Kind().String() + " ")
			spell(b, v.Elem())
		}
	case reflect.Struct:
		spellStruct(b, v)
	case reflect.Slice, reflect.Array:
		spellList(b, v)
	case reflect.Map:
		spellMap(b, v)
	case reflect.String:
		b.WriteString(strconv.Quote(v.String()))
	case reflect.Float32, reflect.Float64:
		b.WriteString(strconv.FormatFloat(v.Float()+0, 'g', -1, 64)) // -0 is 0
	default:
		fmt.Fprint(b, v)
	}
}

func spellStruct(b *strings.Builder, v reflect.Value) {
	b.WriteByte('{')
	for i := range v.NumField() {
		b.WriteString(v.Type().Field(i).Name + ":")
		spell(b, v.Field(i))
		b.WriteByte(' ')
	}
	b.WriteByte('}')
}

func spellList(b *strings.Builder, v reflect.Value) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		b.WriteString("nil")
		return
	}
	b.WriteByte('[')
	for i := range v.Len() {
		spell(b, v.Index(i))
		b.WriteByte(' ')
	}
	b.WriteByte(']')
}

func spellMap(b *strings.Builder, v reflect.Value) {
	if v.IsNil() {
		b.WriteString("nil")
		return
	}
	members := make([]string, 0, v.Len())
	for _, key := range v.MapKeys() {
		var m strings.Builder
		spell(&m, key)
		m.WriteByte(':')
		spell(&m, v.MapIndex(key))
		members = append(members, m.String())
	}
	slices.Sort(members)
	b.WriteString("{" + strings.Join(members, " ") + "}")
}

// canonical is a JSON text with sorted names, and as numbers that Go's decoders tell apart.
func canonical(text []byte) string {
	if text == nil {
		return "nil"
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return fmt.Sprintf("no JSON %q: %v", text, err)
	}
	out, err := json.Marshal(oneSpelling(value))
	if err != nil {
		return err.Error()
	}
	return string(out)
}

func oneSpelling(value any) any {
	switch value := value.(type) {
	case []any:
		for i, item := range value {
			value[i] = oneSpelling(item)
		}
	case map[string]any:
		for name, item := range value {
			value[name] = oneSpelling(item)
		}
	case json.Number:
		const exact = 1 << 53
		if f, err := value.Float64(); err == nil && f > -exact && f < exact {
			return f
		}
	}
	return value
}

var (
	readerType    = reflect.TypeFor[io.Reader]()
	multipartType = reflect.TypeFor[*multipart.Reader]()
)

func isReader(v reflect.Value) bool {
	return v.Type() == multipartType || v.Type().Implements(readerType)
}

// eachReader visits what the fields of a struct can be read from, part by part where there are parts.
func eachReader(value any, visit func(io.Reader)) {
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Struct {
		return
	}
	for _, field := range v.Fields() {
		if field.Kind() != reflect.Pointer && field.Kind() != reflect.Interface || field.IsNil() || !isReader(field) {
			continue
		}
		switch r := field.Interface().(type) {
		case io.Reader:
			visit(r)
		case *multipart.Reader:
			for part, err := r.NextPart(); err == nil; part, err = r.NextPart() {
				visit(strings.NewReader(part.FormName() + part.FileName()))
				visit(part)
			}
		}
	}
}
