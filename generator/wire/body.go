package wire

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"gen/generator/model"
)

// Content is a request body as it travels.
type Content struct {
	MediaType string
	Data      []byte
}

// Encode writes a value as one of the documented media types of an operation.
func Encode(b *model.Body, value any) Content {
	mediaType := MediaType(b)
	switch {
	case b.Tag == "JSON" && !b.IsForm():
		return Content{mediaType, []byte(jsonText(value))}
	case strings.HasPrefix(mediaType, "multipart/"):
		return encodeMultipart(mediaType, b.Type, value)
	case b.IsForm():
		return Content{mediaType, []byte(Query(fields("", value)))}
	case b.Tag == "Text":
		return Content{mediaType, []byte("text")}
	}
	return Content{mediaType, []byte("bytes")}
}

// MediaType is a media type without wild cards.
func MediaType(b *model.Body) string {
	base, params, _ := strings.Cut(b.MediaType, ";")
	kind, sub, _ := strings.Cut(base, "/")
	switch {
	case sub != "*":
		if params != "" {
			return base + ";" + params
		}
		return base
	case b.Tag == "JSON":
		return "application/json"
	case kind == "*":
		return "application/octet-stream"
	}
	return kind + "/x-corpus"
}

// fields are the fields of a form: a=1, a[b]=2, list=3&list=4, list[0][b]=5.
func fields(prefix string, value any) []Pair {
	var out []Pair
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			key := name
			if prefix != "" {
				key = prefix + "[" + name + "]"
			}
			out = append(out, fields(key, v[name])...)
		}
	case []any:
		for i, element := range v {
			key := prefix
			if isStructure(element) {
				key += "[" + strconv.Itoa(i) + "]"
			}
			out = append(out, fields(key, element)...)
		}
	default:
		out = append(out, Pair{prefix, Text(v)})
	}
	return out
}

func isStructure(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}

func encodeMultipart(mediaType string, t *model.Type, value any) Content {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	members, _ := value.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		list, isList := members[name].([]any)
		if !isList {
			list = []any{members[name]}
		}
		for _, v := range list {
			addPart(w, name, isFile(t, name), v)
		}
	}
	_ = w.Close() // nothing fails that is written to memory
	return Content{mediaType + "; boundary=" + w.Boundary(), buf.Bytes()}
}

func addPart(w *multipart.Writer, name string, file bool, v any) {
	header := textproto.MIMEHeader{}
	disposition := `form-data; name="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	data := Text(v)
	switch {
	case file:
		disposition += `; filename="corpus.txt"`
		header.Set("Content-Type", "application/octet-stream")
		data = "bytes"
	case isStructure(v):
		header.Set("Content-Type", "application/json")
	}
	header.Set("Content-Disposition", disposition)
	if part, err := w.CreatePart(header); err == nil {
		_, _ = part.Write([]byte(data)) // nothing fails that is written to memory
	}
}

func isFile(t *model.Type, name string) bool {
	f := t.Field(name)
	if f == nil {
		return false
	}
	kind := f.Type
	if kind.Kind == model.Array {
		kind = kind.Elem
	}
	return kind.Kind == model.File
}
