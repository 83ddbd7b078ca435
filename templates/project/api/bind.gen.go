package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"reflect"
	"strings"

	"github.com/oapi-codegen/runtime"
)

// input is a request that was held against the document. Its methods put what was sent into the Go
// types of the operation; what was not sent leaves the destination as it is.
type input struct {
	// failure is what is wrong with a request of which nothing else is here.
	failure error
	// status is the one that err reports for what is invalid.
	status  int
	invalid []Invalid

	// values are the parameters, by place and name, as decoded from JSON.
	values map[string]any

	kind                  bodyKind
	sent, media, boundary string
	// body is what raw decodes to; rest is a body that was not read yet.
	body any
	raw  []byte
	rest io.Reader
}

// Style and explode are the document's, which request has followed already.
func (in *input) path(name, _ string, _ bool, dst any)  { in.parameter("path", name, dst) }
func (in *input) query(name, _ string, _ bool, dst any) { in.parameter("query", name, dst) }
func (in *input) header(name string, _ bool, dst any)   { in.parameter("header", name, dst) }
func (in *input) cookie(name string, _ bool, dst any)   { in.parameter("cookie", name, dst) }

func (in *input) parameter(place, name string, dst any) {
	value, ok := in.values[place+" "+name]
	if !ok {
		return
	}
	if err := runtime.BindJSONValue(value, dst); err != nil {
		in.reject(Invalid{Parameter: name, Detail: "is out of range"})
	}
}

// is says that the request's body is written in this media type of the document ("application/json",
// "image/*").
func (in *input) is(mediaType string) bool { return in.kind != noBody && in.media == mediaType }

// contentType is the Content-Type as sent.
func (in *input) contentType() string { return in.sent }

// json decodes any JSON media type into dst, a pointer to a pointer to the body's type, which stays
// nil without a body and for null.
func (in *input) json(dst any) {
	if in.kind == jsonBody {
		in.decode(dst)
	}
}

// form decodes application/x-www-form-urlencoded, and multipart/form-data without files, likewise.
func (in *input) form(dst any) {
	if in.kind == formBody || in.kind == multipartBody {
		in.decode(dst)
	}
}

// text sets dst, a pointer to a pointer to a string type.
func (in *input) text(dst any) {
	if in.kind == noBody {
		return
	}
	raw, err := io.ReadAll(in.stream())
	if err == nil {
		err = runtime.BindJSONValue(string(raw), dst)
	}
	if err != nil {
		in.reject(Invalid{Detail: "could not be read"})
	}
}

// stream is the body as it comes, for opaque media types. It is empty without a body.
func (in *input) stream() io.Reader {
	switch in.kind {
	case noBody:
		return http.NoBody
	case streamBody:
		return in.rest
	}
	return bytes.NewReader(in.raw)
}

// parts reads a multipart body part by part.
func (in *input) parts() *multipart.Reader {
	if in.kind == noBody {
		return multipart.NewReader(in.stream(), in.boundary)
	}
	return multipart.NewReader(newUnbroken(in.stream(), in.boundary), in.boundary)
}

// decode puts the body into dst by exact names: encoding/json would let {"Title": 1} pass for
// {"title": 1}, which is not what was validated.
func (in *input) decode(dst any) {
	if runtime.BindJSONValue(in.body, dst) == nil {
		return
	}
	text, err := json.Marshal(in.body)
	if err == nil {
		err = json.Unmarshal(text, dst)
	}
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &mismatch) && mismatch.Field != "":
		reflect.ValueOf(dst).Elem().SetZero()
		in.reject(Invalid{Pointer: "/" + strings.ReplaceAll(mismatch.Field, ".", "/"), Detail: "is out of range"})
	case err != nil:
		reflect.ValueOf(dst).Elem().SetZero()
		in.reject(Invalid{Detail: "has a value that is out of range"})
	}
}

func (in *input) reject(faults ...Invalid) { in.invalid = append(in.invalid, faults...) }

// err returns nil, or an *Error with all that is wrong.
func (in *input) err() error {
	if len(in.invalid) == 0 {
		return in.failure
	}
	return &Error{Status: in.status, Detail: "the request is not valid", Invalid: in.invalid}
}

// summary says in one sentence what is wrong.
func summary(faults []Invalid) string {
	const most = 3
	var parts []string
	for _, fault := range faults[:min(len(faults), most)] {
		switch {
		case fault.Parameter != "":
			parts = append(parts, "parameter "+fault.Parameter+" "+fault.Detail)
		case fault.Pointer != "":
			parts = append(parts, fault.Pointer[1:]+" "+fault.Detail)
		default:
			parts = append(parts, fault.Detail)
		}
	}
	text := strings.Join(parts, "; ")
	if more := len(faults) - most; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}
