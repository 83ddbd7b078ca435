package api

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestMediaTypes(t *testing.T) {
	tests := []struct{ documented, sent, want string }{
		{`"application/json":{}`, "application/json", "application/json"},
		{`"application/json":{}`, "Application/JSON; charset=utf-8", "application/json"},
		{`"application/json":{}`, "application/merge-patch+json", "application/json"},
		{`"application/merge-patch+json":{}`, "application/json", "application/merge-patch+json"},
		{`"application/json":{},"application/merge-patch+json":{}`, "application/merge-patch+json", "application/merge-patch+json"},
		{`"application/vnd.a.v1+json; charset=utf-8":{}`, "application/json", "application/vnd.a.v1+json; charset=utf-8"},
		{`"*/*":{}`, "application/json", "*/*"},
		{`"*/*":{}`, "", "*/*"},
		{`"image/*":{}`, "image/png", "image/*"},
		{`"application/vnd.a.v1+json":{},"application/json":{}`, "application/vnd.a.v2+json", "application/json"},
		{`"application/vnd.a.v1+json":{}`, "text/json", "application/vnd.a.v1+json"},
		{`"application/vnd.a.v1+json":{}`, "application/vnd.a.v2+json", ""},
		{`"application/json":{}`, "", ""},
		{`"application/json":{}`, "text/plain", ""},
		{`"application/json":{}`, ";;", ""},
	}
	for _, test := range tests {
		t.Run(test.documented+" "+test.sent, func(t *testing.T) {
			v := document(t, "3.0.3", `{"requestBody":{"content":{`+test.documented+`}},"responses":{}}`)
			in, err := send(t, v, post(test.sent, `{}`), 422)
			if test.want == "" {
				if err == nil || err.Status != http.StatusUnsupportedMediaType || !strings.Contains(err.Detail, "application/") {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !in.is(test.want) {
				t.Errorf("media type %q", in.media)
			}
		})
	}
}

type form struct {
	Name  string  `json:"name"`
	Age   *int    `json:"age,omitempty"`
	Tags  []int   `json:"tags,omitempty"`
	Inner *inner  `json:"inner,omitempty"`
	Extra float64 `json:"extra,omitempty"`
}

const formSchema = `{"schema":{"type":"object","required":["name"],"properties":{
	"name":{"type":"string","minLength":1},"age":{"type":"integer"},"tags":{"type":"array","items":{"type":"integer"}},
	"inner":{"type":"object","properties":{"on":{"type":"boolean"}}}}}}`

func TestForm(t *testing.T) {
	v := document(t, "3.0.3", `{"requestBody":{"content":{"application/x-www-form-urlencoded":`+formSchema+`}},"responses":{}}`)
	age := 3
	tests := []struct {
		body string
		want form
	}{
		{"name=a+b&age=3&tags=1&tags=2", form{Name: "a b", Age: &age, Tags: []int{1, 2}}},
		{"name=a&age=&tags[]=1&tags[]=2&inner[on]=true", form{Name: "a", Tags: []int{1, 2}, Inner: &inner{On: true}}},
		{"name=a&tags[]=1", form{Name: "a", Tags: []int{1}}},
		{"name=a&tags[1]=2&tags[0]=1&inner=%7B%22on%22:true%7D", form{Name: "a", Tags: []int{1, 2}, Inner: &inner{On: true}}},
	}
	for _, test := range tests {
		t.Run(test.body, func(t *testing.T) {
			in, err := send(t, v, post("application/x-www-form-urlencoded", test.body), 0)
			if err != nil {
				t.Fatal(err)
			}
			var got *form
			in.form(&got)
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := send(t, v, post("application/x-www-form-urlencoded", "name=&age=x&tags[9999999999]=1"), 0)
	want := []Invalid{
		{Pointer: "/age", Detail: "must be an integer"},
		{Pointer: "/name", Detail: "must have at least 1 character"},
		{Pointer: "/tags", Detail: "must be an array"},
	}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Error(diff)
	}
	_, err = send(t, v, post("application/x-www-form-urlencoded", `name=a&inner={"a":[{"b":1,"b":1}]}`), 0)
	want = []Invalid{{Pointer: "/inner", Detail: "is not JSON: a: item 1: b is given twice"}}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Error(diff)
	}
}

func multipartOf(parts ...string) string {
	return "--x\r\n" + strings.Join(parts, "\r\n--x\r\n") + "\r\n--x--\r\n"
}

func part(name, contentType, content string) string {
	head := `Content-Disposition: form-data; name="` + name + `"`
	if contentType != "" {
		head += "\r\nContent-Type: " + contentType
	}
	return head + "\r\n\r\n" + content
}

func TestMultipart(t *testing.T) {
	v := document(t, "3.0.3", `{"requestBody":{"content":{"multipart/form-data":`+formSchema+`}},"responses":{}}`)
	in, err := send(t, v, post("multipart/form-data; boundary=x", multipartOf(
		part("name", "", "a"), part("tags", "", "1"), part("tags", "text/plain", "2"), part("inner", "application/json", `{"on":true}`))), 0)
	if err != nil {
		t.Fatal(err, err.Invalid)
	}
	var got *form
	in.form(&got)
	if diff := cmp.Diff(&form{Name: "a", Tags: []int{1, 2}, Inner: &inner{On: true}}, got); diff != "" {
		t.Error(diff)
	}
	first, partErr := in.parts().NextPart()
	if partErr != nil || first.FormName() != "name" {
		t.Errorf("the first part is %v, %v", first, partErr)
	}
	for name, body := range map[string]string{
		"broken":  "--x\r\nContent-Disp",
		"no JSON": multipartOf(part("inner", "", "{")),
		"missing": multipartOf(part("age", "", "3")),
	} {
		if _, err := send(t, v, post("multipart/form-data; boundary=x", body), 0); err == nil || err.Status != http.StatusBadRequest {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := send(t, v, post("multipart/form-data", "x"), 0); err == nil || err.Status != http.StatusBadRequest {
		t.Errorf("without a boundary: %v", err)
	}
}

// TestMultipartIsWhole breaks a body off after each of its bytes: only what has the last delimiter comes to an end.
func TestMultipartIsWhole(t *testing.T) {
	whole := strings.TrimSuffix(multipartOf(part("a", "", "not yet--x--"), part("a", "", "1\r\n-x--")), "\r\n")
	for size := range len(whole) + 1 {
		for _, rest := range []io.Reader{strings.NewReader(whole[:size]), iotest.OneByteReader(strings.NewReader(whole[:size]))} {
			in := input{kind: streamBody, boundary: "x", rest: rest}
			err := readParts(in.parts())
			if ended := size == len(whole); ended != (err == nil) || errors.Is(err, io.EOF) {
				t.Errorf("%q: %v", whole[:size], err)
			}
		}
	}
}

func TestMultipartOfNoParts(t *testing.T) {
	in := input{kind: streamBody, boundary: "x", rest: strings.NewReader("--x--")}
	if err := readParts(in.parts()); err != nil {
		t.Error(err)
	}
}

func readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if err == io.EOF { //nolint:errorlint // An error that has it within is another.
			return nil
		}
		if err == nil {
			_, err = io.Copy(io.Discard, part)
		}
		if err != nil {
			return err
		}
	}
}

func TestFilesAreStreamed(t *testing.T) {
	v := document(t, "3.0.3", `{"requestBody":{"content":{
		"multipart/form-data":{"schema":{"type":"object","properties":{"file":{"type":"string","format":"binary"}}}},
		"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}},"responses":{}}`)
	in, err := send(t, v, post("multipart/form-data; boundary=x", multipartOf(part("file", "image/png", "\x89PNG"))), 0)
	if err != nil {
		t.Fatal(err)
	}
	if in.raw != nil {
		t.Error("the file was read before the handler asked for it")
	}
	file, partErr := in.parts().NextPart()
	if partErr != nil {
		t.Fatal(partErr)
	}
	if got, _ := io.ReadAll(file); string(got) != "\x89PNG" {
		t.Errorf("got %q", got)
	}
	packed := post("application/octet-stream; charset=latin1", "\x00\xff")
	packed.Header.Set("Content-Encoding", "gzip") // is for the handler to undo
	in, err = send(t, v, packed, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(in.stream()); string(got) != "\x00\xff" {
		t.Errorf("got %q", got)
	}
	in, err = send(t, v, post("", ""), 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, readErr := io.ReadAll(in.stream()); len(got) != 0 || readErr != nil {
		t.Errorf("without a body: %q, %v", got, readErr)
	}
}

func TestText(t *testing.T) {
	type note string
	v := document(t, "3.0.3", `{"requestBody":{"content":{"text/plain":{"schema":{"type":"string","maxLength":5}}}},"responses":{}}`)
	in, err := send(t, v, post("text/plain; charset=utf-8", "hello"), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got *note
	if in.text(&got); got == nil || *got != "hello" {
		t.Errorf("got %v", got)
	}
	_, err = send(t, v, post("text/plain", "hello!"), 0)
	if diff := cmp.Diff([]Invalid{{Detail: "must have at most 5 characters"}}, faultsOf(err)); diff != "" {
		t.Error(diff)
	}
	if _, err = send(t, v, post("text/plain", "\xff"), 422); err == nil || err.Status != http.StatusBadRequest {
		t.Errorf("not UTF-8: %v", err)
	}
}
