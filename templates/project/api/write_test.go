package api

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

func TestSetHeader(t *testing.T) {
	limit := 20
	for _, test := range []struct {
		value any
		want  []string
	}{
		{"</posts>", []string{"</posts>"}},
		{7, []string{"7"}},
		{&limit, []string{"20"}},
		{(*int)(nil), nil},
	} {
		w := httptest.NewRecorder()
		setHeader(w, "X-Limit", test.value)
		if got := w.Header()["X-Limit"]; !slices.Equal(got, test.want) {
			t.Errorf("the header of %v is %q, want %q", test.value, got, test.want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	w := httptest.NewRecorder()
	if err := writeJSON(w, http.StatusCreated, "application/vnd.x+json", map[string]string{"a": "<b>&"}); err != nil {
		t.Fatal(err)
	}
	if got, want := w.Body.String(), `{"a":"<b>&"}`+"\n"; got != want {
		t.Errorf("body %q, want %q", got, want)
	}
	if got := w.Header().Get("Content-Type"); w.Code != http.StatusCreated || got != "application/vnd.x+json" {
		t.Errorf("answered %d %s", w.Code, got)
	}
}

func TestWriteJSONSendsNothingHalf(t *testing.T) {
	w := httptest.NewRecorder()
	if err := writeJSON(w, http.StatusOK, "application/json", func() {}); err == nil {
		t.Error("a function was encoded")
	}
	if w.Body.Len() > 0 || len(w.Header()) > 0 {
		t.Errorf("sent %v %q", w.Header(), w.Body)
	}
}

func TestWriteText(t *testing.T) {
	w := httptest.NewRecorder()
	if err := writeText(w, http.StatusOK, "text/html", "<p>"); err != nil || w.Body.String() != "<p>" {
		t.Errorf("sent %q, %v", w.Body, err)
	}
}

// source yields pieces and notes that it was closed.
type source struct {
	pieces []string
	closed bool
}

func (s *source) Read(p []byte) (int, error) {
	if len(s.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.pieces[0])
	s.pieces = s.pieces[1:]
	return n, nil
}

func (s *source) Close() error {
	s.closed = true
	return nil
}

func TestWriteStream(t *testing.T) {
	for _, tt := range []struct {
		contentType string
		flushed     bool
	}{
		{"text/event-stream; charset=utf-8", true},
		{"application/x-ndjson", true},
		{"image/png", false},
	} {
		w := httptest.NewRecorder()
		body := &source{pieces: []string{"one", "two"}}
		if err := writeStream(w, http.StatusOK, tt.contentType, body, 6); err != nil {
			t.Fatal(err)
		}
		if w.Body.String() != "onetwo" || !body.closed || w.Flushed != tt.flushed {
			t.Errorf("%s: sent %q, closed %t, flushed %t", tt.contentType, w.Body, body.closed, w.Flushed)
		}
		if got := w.Header().Get("Content-Length"); got != "6" {
			t.Errorf("%s: Content-Length %q", tt.contentType, got)
		}
	}
}

func TestWriteStreamWithoutBody(t *testing.T) {
	w := httptest.NewRecorder()
	if err := writeStream(w, http.StatusOK, "image/png", nil, 0); err != nil || w.Body.Len() > 0 {
		t.Errorf("sent %q, %v", w.Body, err)
	}
}

func TestFailures(t *testing.T) {
	var failure *Error
	if err := failed(&Operation{ID: "getPost"}, nil); !errors.As(err, &failure) || failure.Status != http.StatusInternalServerError {
		t.Errorf("got %v", err)
	}
	if err := failed(&Operation{ID: "getPost"}, io.EOF); !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	if err := unread("application/xml", "application/json"); !errors.As(err, &failure) || failure.Status != http.StatusUnsupportedMediaType {
		t.Errorf("got %v", err)
	}
}

func TestUnpackRefusesWhatIsNotPacked(t *testing.T) {
	for _, packed := range []string{"", "!", "aGVsbG8="} {
		if _, err := unpack(packed); err == nil {
			t.Errorf("unpacked %q", packed)
		}
	}
}
