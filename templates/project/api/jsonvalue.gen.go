package api

import (
	"encoding/json"
	"reflect"
	"slices"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

// writeList writes a list, and null for nil.
func writeList[T any](w *writer, list []T, encode func(*writer, *T)) {
	if list == nil {
		w.null()
		return
	}
	w.begin('[')
	for i := range list {
		w.next()
		encode(w, &list[i])
	}
	w.end(']')
}

// writeMap writes a map as an object, its names in order, and null for nil.
func writeMap[K ~string, T any](w *writer, m map[K]T, encode func(*writer, *T)) {
	if m == nil {
		w.null()
		return
	}
	w.begin('{')
	writeMembers(w, m, encode, func(string) bool { return true })
	w.end('}')
}

// writeMore writes additional properties behind those of the object that begins at start. One that
// repeats a property of the object is left out: own are those that it may have.
func writeMore[T any](w *writer, start int, more map[string]T, encode func(*writer, *T), own ...string) {
	writeMembers(w, more, encode, func(name string) bool {
		return !slices.Contains(own, name) || !w.has(start, name)
	})
}

func writeMembers[K ~string, T any](w *writer, m map[K]T, encode func(*writer, *T), wanted func(name string) bool) {
	from := len(w.keys)
	for name := range m {
		w.keys = append(w.keys, string(name))
	}
	names := w.keys[from:]
	slices.Sort(names)
	value, ok := w.value.(*T)
	if !ok {
		value = new(T)
	}
	w.value = nil // a map within the map needs its own
	for _, name := range names {
		if wanted(name) {
			*value = m[K(name)]
			encode(w.key(name), value)
		}
	}
	*value = *new(T)
	w.value = value
	clear(names)
	w.keys = w.keys[:from]
}

// has says that the object that begins at start has a property by now.
func (w *writer) has(start int, name string) bool {
	var written map[string]json.RawMessage
	text := append(slices.Clone(w.buf[start:]), '}')
	if err := json.Unmarshal(text, &written); err != nil {
		w.fail(err)
	}
	_, ok := written[name]
	return ok
}

// any writes a value of any type.
func (w *writer) any(v any) {
	switch v := v.(type) {
	case nil:
		w.null()
	case bool:
		w.bool(v)
	case string:
		w.string(v)
	case float64:
		w.float(v)
	case []any:
		if !w.tooDeep() {
			writeList(w, v, writeAny)
		}
	case map[string]any:
		if !w.tooDeep() {
			writeMap(w, v, writeAny)
		}
	default:
		w.other(v)
	}
}

// other leaves a value to encoding/json.
func (w *writer) other(v any) {
	start, enc := len(w.buf), json.NewEncoder((*appended)(w))
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		w.fail(err)
		return
	}
	w.buf = w.buf[:len(w.buf)-1] // the line break behind every value
	w.unescape(start)
}

// appended is a writer that takes any bytes.
type appended writer

func (a *appended) Write(p []byte) (int, error) {
	a.buf = append(a.buf, p...)
	return len(p), nil
}

// isZero is the question of omitzero for what == cannot compare.
func isZero[T any](v *T) bool { return reflect.ValueOf(v).Elem().IsZero() }

// The elements of lists and maps.

func writeBool[T ~bool](w *writer, v *T)     { w.bool(bool(*v)) }
func writeString[T ~string](w *writer, v *T) { w.string(string(*v)) }

func writeInt[T ~int | ~int8 | ~int16 | ~int32 | ~int64](w *writer, v *T) { w.int(int64(*v)) }

func writeUint[T ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64](w *writer, v *T) { w.uint(uint64(*v)) }

func writeFloat[T ~float64](w *writer, v *T)   { w.float(float64(*v)) }
func writeFloat32[T ~float32](w *writer, v *T) { w.float32(float32(*v)) }

func writeAny(w *writer, v *any)                   { w.any(*v) }
func writeBytes(w *writer, v *[]byte)              { w.bytes(*v) }
func writeRaw(w *writer, v *json.RawMessage)       { w.raw(*v) }
func writeTime(w *writer, v *time.Time)            { w.time(*v) }
func writeDate(w *writer, v *openapi_types.Date)   { w.date(*v) }
func writeUUID(w *writer, v *openapi_types.UUID)   { w.uuid(*v) }
func writeEmail(w *writer, v *openapi_types.Email) { w.email(*v) }
func writeFile(w *writer, v *openapi_types.File)   { w.text(v.MarshalJSON()) }

func writeOther[T any](w *writer, v *T) { w.other(v) }
