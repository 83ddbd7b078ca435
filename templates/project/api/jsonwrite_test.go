package api

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

// written is what encode writes, and its error.
func written(encode func(w *writer)) (string, error) {
	w := newWriter()
	defer w.release()
	encode(w)
	return string(w.buf), w.err
}

// standard is the JSON of encoding/json.
func standard(t *testing.T, v any) string {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(buf.String(), "\n")
}

func TestWriteScalars(t *testing.T) {
	zone := time.FixedZone("", -(5*60*60 + 30*60))
	someday := time.Date(2026, 1, 31, 23, 59, 59, 123456700, zone)
	id := openapi_types.UUID{0x0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}
	for _, test := range []struct {
		value  any
		encode func(w *writer)
	}{
		{nil, func(w *writer) { w.null() }},
		{true, func(w *writer) { w.bool(true) }},
		{int64(math.MinInt64), func(w *writer) { w.int(math.MinInt64) }},
		{uint64(math.MaxUint64), func(w *writer) { w.uint(math.MaxUint64) }},
		{float32(3.4e38), func(w *writer) { w.float32(3.4e38) }},
		{float32(1e-7), func(w *writer) { w.float32(1e-7) }},
		{float32(0.1), func(w *writer) { w.float32(0.1) }},
		{[]byte(nil), func(w *writer) { w.bytes(nil) }},
		{[]byte{}, func(w *writer) { w.bytes([]byte{}) }},
		{[]byte{0xff, 0}, func(w *writer) { w.bytes([]byte{0xff, 0}) }},
		{someday, func(w *writer) { w.time(someday) }},
		{time.Time{}, func(w *writer) { w.time(time.Time{}) }},
		{openapi_types.Date{Time: someday}, func(w *writer) { w.date(openapi_types.Date{Time: someday}) }},
		{id, func(w *writer) { w.uuid(id) }},
		{openapi_types.Email("Ann <ann@example.com>"), func(w *writer) { w.email("Ann <ann@example.com>") }},
		{json.RawMessage(`["\\u003c",">&"]`), func(w *writer) { w.raw(json.RawMessage(`["\\u003c","\u003e\u0026"]`)) }},
		{json.RawMessage(nil), func(w *writer) { w.raw(nil) }},
		{json.RawMessage(`{ "a" : [ 1 , "<b> \u2028" ] }`), func(w *writer) { w.raw(json.RawMessage(`{ "a" : [ 1 , "<b> \u2028" ] }`)) }},
	} {
		got, err := written(test.encode)
		if want := standard(t, test.value); got != want || err != nil {
			t.Errorf("%T: wrote %s, %v, want %s", test.value, got, err, want)
		}
	}
}

// TestWriteEveryByte puts each byte at each place of a string that is read eight bytes at a time.
func TestWriteEveryByte(t *testing.T) {
	for at := range 20 {
		for c := range 256 {
			text := []byte("a string of 20 bytes")
			text[at] = byte(c)
			got, err := written(func(w *writer) { w.string(string(text)) })
			if want := standard(t, string(text)); got != want || err != nil {
				t.Fatalf("wrote %s, %v, want %s", got, err, want)
			}
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	loop := map[string]any{}
	loop["loop"] = []any{loop}
	for name, encode := range map[string]func(w *writer){
		"NaN":              func(w *writer) { w.float(math.NaN()) },
		"infinity":         func(w *writer) { w.float32(float32(math.Inf(-1))) },
		"the year 10000":   func(w *writer) { w.time(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)) },
		"no address":       func(w *writer) { w.email("nobody") },
		"no JSON":          func(w *writer) { w.raw(json.RawMessage(`{"a":}`)) },
		"no text":          func(w *writer) { w.raw(json.RawMessage{}) },
		"a function":       func(w *writer) { w.any(func() {}) },
		"a map in itself":  func(w *writer) { w.any(loop) },
		"the first of two": func(w *writer) { w.float(math.NaN()); w.float(1) },
	} {
		if got, err := written(encode); err == nil {
			t.Errorf("%s: wrote %s", name, got)
		}
	}
}

func TestWriteAny(t *testing.T) {
	for _, value := range []any{
		nil, true, "a\"<b>\u2029", 1.5, 7, json.Number("1e400"), []any{}, []any(nil), map[string]any(nil),
		map[string]any{"b": []any{1.0, "x", nil}, "a": map[string]any{"": false}, "\xff": struct{ A int }{1}},
		[]string{"<"}, time.Time{}, (*int)(nil),
	} {
		got, err := written(func(w *writer) { w.any(value) })
		if want := standard(t, value); got != want || err != nil {
			t.Errorf("wrote %s, %v, want %s", got, err, want)
		}
	}
}

func TestWriteMore(t *testing.T) {
	more := map[string]int{"title": 1, "absent": 2, "z": 3, "a\n": 4}
	got, err := written(func(w *writer) {
		w.begin('[')
		w.next()
		start := len(w.buf)
		w.begin('{')
		w.name("title").string("}")
		writeMore(w, start, more, writeInt, "title", "absent")
		w.end('}')
		w.end(']')
	})
	if want := `[{"title":"}","a\n":4,"absent":2,"z":3}]`; got != want || err != nil {
		t.Errorf("wrote %s, %v, want %s", got, err, want)
	}
}

func TestSend(t *testing.T) {
	rec := &once{ResponseRecorder: httptest.NewRecorder()}
	w := newWriter()
	text := strings.Repeat("<b>", counted)
	w.string(text)
	if err := w.send(rec, http.StatusCreated, "application/vnd.x+json"); err != nil {
		t.Fatal(err)
	}
	header := rec.Header()
	length := strconv.Itoa(len(text) + len("\"\"\n"))
	if header.Get("Content-Type") != "application/vnd.x+json" || header.Get("Content-Length") != length || rec.Code != http.StatusCreated {
		t.Errorf("answered %d %v", rec.Code, header)
	}
	if got := rec.Body.String(); got != `"`+text+"\"\n" || rec.writes != 1 {
		t.Errorf("sent %q in %d pieces", got, rec.writes)
	}
	header.Add("Content-Type", "more")
	if got := header.Get("Content-Length"); got != length {
		t.Errorf("a second media type made the length %q", got)
	}
}

// TestSendLength asks for answers on both sides of what net/http counts, over the wire.
func TestSendLength(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		for _, length := range []int{1, counted - 3, counted - 2, counted, 10 * counted} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				want := int64(length + len("\"\"\n"))
				if got := lengthOfText(t, http2, method, strings.Repeat("x", length)); got != want {
					t.Errorf("HTTP/2 %t, %s: an answer of %d bytes has the length %d", http2, method, want, got)
				}
			}
		}
	}
}

func lengthOfText(t *testing.T, http2 bool, method, text string) int64 {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w := newWriter()
		w.string(text)
		// net/http has an error for bodies that answer HEAD over HTTP/2.
		if err := w.send(rw, http.StatusOK, "text/x"); err != nil && r.Method != http.MethodHead {
			t.Error(err)
		}
	}))
	server.EnableHTTP2 = http2
	server.StartTLS()
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, response.Body); err != nil || (response.ProtoMajor == 2) != http2 {
		t.Errorf("%s, %v", response.Proto, err)
	}
	return response.ContentLength
}

type once struct {
	*httptest.ResponseRecorder
	writes int
}

func (c *once) Write(p []byte) (int, error) {
	c.writes++
	return c.ResponseRecorder.Write(p)
}

func TestSendNothingHalf(t *testing.T) {
	rec := httptest.NewRecorder()
	w := newWriter()
	w.begin('[')
	w.float(math.NaN())
	if err := w.send(rec, http.StatusOK, "application/json"); err == nil || !strings.HasPrefix(err.Error(), "encoding the answer: ") {
		t.Errorf("got %v", err)
	}
	if rec.Body.Len() > 0 || len(rec.Header()) > 0 {
		t.Errorf("sent %v %q", rec.Header(), rec.Body)
	}
}

func TestRelease(t *testing.T) {
	for _, size := range []int{1, keptBuffer + 1} {
		w := &writer{buf: make([]byte, size), depth: 3, err: http.ErrBodyNotAllowed}
		w.release()
		if len(w.buf) > 0 || cap(w.buf) > keptBuffer || w.depth != 0 || w.err != nil {
			t.Errorf("a writer of %d bytes waits with %d of %d, depth %d, %v", size, len(w.buf), cap(w.buf), w.depth, w.err)
		}
	}
}

func TestWriteWithoutAllocations(t *testing.T) {
	w := newWriter()
	defer w.release()
	list, object, now := []string{"a", "b"}, map[string]int{"b": 1, "a": 2}, time.Now()
	write := func() {
		w.buf = w.buf[:0]
		w.begin('{')
		writeList(w.name("list"), list, writeString)
		writeMap(w.name("map"), object, writeInt)
		w.name("at").time(now)
		w.name("id").uuid(openapi_types.UUID{})
		w.name("score").float(4.5)
		w.name("text").string("what is\nquoted ✓")
		w.end('}')
	}
	if got := testing.AllocsPerRun(100, write); got > 0 {
		t.Errorf("%v allocations", got)
	}
}

func FuzzWriteString(f *testing.F) {
	for _, seed := range []string{"", "plain", "a\"\\/<>&\x00\x1f\x7f\b\f\n\r\t", "é✓😀\u2028\u2029", "\xff\xc3(\xed\xa0\x80"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := written(func(w *writer) { w.string(s) })
		if want := standard(t, s); got != want || err != nil {
			t.Errorf("wrote %s, %v, want %s", got, err, want)
		}
		object := map[string]any{s: s, "": nil}
		got, err = written(func(w *writer) { w.any(object) })
		if want := standard(t, object); got != want || err != nil {
			t.Errorf("wrote %s, %v, want %s", got, err, want)
		}
	})
}

func FuzzWriteNumber(f *testing.F) {
	for _, seed := range []float64{0, math.Copysign(0, -1), 1, -1.5, 0.1, 19.99, -0.05, 9_999_999_999_999.98, 10_000_000_000_000.02, 1e20, 1e21, 1e-6, 9.9e-7, 1e-9, 1e-10, 1e100, 5e-324, math.MaxFloat64, 1 << 53, 3.4e38, math.NaN()} {
		f.Add(math.Float64bits(seed))
	}
	f.Fuzz(func(t *testing.T, bits uint64) {
		v := math.Float64frombits(bits)
		v32 := float32(v)
		for _, test := range []struct {
			value  float64
			boxed  any
			encode func(w *writer)
		}{
			{v, v, func(w *writer) { w.float(v) }},
			{float64(v32), v32, func(w *writer) { w.float32(v32) }},
			{0, int64(bits), func(w *writer) { w.int(int64(bits)) }},
			{0, bits, func(w *writer) { w.uint(bits) }},
		} {
			got, err := written(test.encode)
			if math.IsNaN(test.value) || math.IsInf(test.value, 0) {
				if err == nil {
					t.Errorf("wrote %v as %s", test.boxed, got)
				}
				continue
			}
			if want := standard(t, test.boxed); got != want || err != nil {
				t.Errorf("wrote %s, %v, want %s", got, err, want)
			}
		}
	})
}

// withoutHTML takes out the escapes that are there for HTML.
var withoutHTML = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")

func FuzzWriteRaw(f *testing.F) {
	for _, seed := range []string{`{"a": [1, 2.50 , "x\u0041"] }`, `[]`, ` 1e5`, `"<\u2028>\\u003c\u003c"`, `{`, ``, "\"\xff\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		raw := json.RawMessage(text)
		got, err := written(func(w *writer) { w.raw(raw) })
		if text == nil {
			raw = json.RawMessage("null")
		}
		if json.Valid(raw) != (err == nil) {
			t.Fatalf("%q: wrote %s, %v", text, got, err)
		}
		if err != nil {
			return
		}
		if want := withoutHTML.Replace(standard(t, raw)); got != want {
			t.Errorf("wrote %s, want %s", got, want)
		}
		var value any
		if json.Unmarshal(text, &value) == nil {
			if got, err := written(func(w *writer) { w.any(value) }); err != nil || got != standard(t, value) {
				t.Errorf("wrote %s, %v, want %s", got, err, standard(t, value))
			}
		}
	})
}
