package codec_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/codec"
	"gen/generator/codec/gotype"
)

const encoded = `package api

type Post struct {
	ID     int64                      ` + "`json:\"id\"`" + `
	Status *Status                    ` + "`json:\"status,omitempty\"`" + `
	Rating nullable.Nullable[float64] ` + "`json:\"rating,omitempty\"`" + `
	Author nullable.Nullable[User]    ` + "`json:\"author\"`" + `
	Tags   []Status                   ` + "`json:\"tags,omitzero\"`" + `
}
type Status string
type User struct {
	Friends []User ` + "`json:\"friends\"`" + `
	AdditionalProperties map[string]any ` + "`json:\"-\"`" + `
}
type Users = []User
func (t User) MarshalJSON() ([]byte, error) { return nil, nil }
`

func encoders(t *testing.T, reserved ...string) *codec.Encoders {
	t.Helper()
	p, err := gotype.Parse([]byte(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return codec.NewEncoders(p, reserved...)
}

func TestEncoders(t *testing.T) {
	e := encoders(t)
	for goType, want := range map[string]string{
		"Post":            "encodePost(w, &response.Body)\n",
		"Users":           "writeList(w, response.Body, encodeUser)\n",
		"map[string]Post": "writeMap(w, response.Body, encodePost)\n",
		"[][]Status":      "writeList(w, response.Body, encodeListOfStatus)\n",
		"Status":          "w.string(string(response.Body))\n",
		"int":             "w.int(int64(response.Body))\n",
		"io.Reader":       "w.other(&response.Body)\n",
	} {
		if got, err := e.Value("response.Body", goType); got != want || err != nil {
			t.Errorf("%s: got %s, %v, want %s", goType, got, err, want)
		}
	}
	want := []codec.Function{
		{Name: "encodeListOfStatus", Source: `// encodeListOfStatus writes []Status as JSON.
func encodeListOfStatus(w *writer, v *[]Status) {
writeList(w, *v, writeString)
}
`},
		{Name: "encodePost", Source: `// encodePost writes Post as JSON.
func encodePost(w *writer, v *Post) {
w.begin('{')
w.name("id").int(v.ID)
if v.Status != nil {
w.name("status").string(string(*v.Status))
}
if v.Rating.IsNull() {
w.name("rating").null()
} else if len(v.Rating) > 0 {
w.name("rating").float(v.Rating[true])
}
if v.Author.IsNull() {
w.name("author").null()
} else {
value := v.Author[true]
encodeUser(w.name("author"), &value)
}
if v.Tags != nil {
writeList(w.name("tags"), v.Tags, writeString)
}
w.end('}')
}
`},
		{Name: "encodeUser", Source: `// encodeUser writes User as JSON.
func encodeUser(w *writer, v *User) {
if w.tooDeep() {
return
}
start := len(w.buf)
w.begin('{')
writeList(w.name("friends"), v.Friends, encodeUser)
writeMore(w, start, v.AdditionalProperties, writeAny, "friends")
w.end('}')
}
`},
	}
	if diff := cmp.Diff(want, e.Functions()); diff != "" {
		t.Errorf("functions (-want +got):\n%s", diff)
	}
	if _, err := e.Value("v", "[]"); err == nil {
		t.Error("took [] for a type")
	}
}

func TestEncodersKeepOffNamesThatAreTaken(t *testing.T) {
	e := encoders(t, "encodePost", "encodeListOfPost")
	for goType, want := range map[string]string{
		"Post":     "encodePost2(w, &v)\n",
		"[][]Post": "writeList(w, v, encodeListOfPost2)\n",
	} {
		if got, err := e.Value("v", goType); got != want || err != nil {
			t.Errorf("%s: got %s, %v, want %s", goType, got, err, want)
		}
	}
}

func TestFiles(t *testing.T) {
	long := strings.Repeat("//\n", 300)
	for _, test := range []struct {
		functions []codec.Function
		want      map[string]string
	}{
		{nil, map[string]string{}},
		{
			[]codec.Function{{Name: "encodePost", Source: "a\n"}, {Name: "encodeUser", Source: "b\n"}},
			map[string]string{"encode.gen.go": "a\n\nb\n\n"},
		},
		{
			[]codec.Function{{Name: "encodePost", Source: long}, {Name: "encodePut", Source: "b\n"}, {Name: "encodeUser", Source: long}},
			map[string]string{"encode_p.gen.go": long + "\nb\n\n", "encode_u.gen.go": long + "\n"},
		},
	} {
		if diff := cmp.Diff(test.want, codec.Files("encode", "encode", test.functions)); diff != "" {
			t.Error(diff)
		}
	}
}
