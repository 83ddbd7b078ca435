package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gen/generator/model"
	"gen/generator/spec"
	"gen/templates/project/api"

	"github.com/labstack/echo/v4"
)

// TestDocuments sends a request for each operation of specs/routes.yaml, and of every document in the
// folder $CORPUS, and holds that this operation gets it, with its parameters, unless gen has warned.
func TestDocuments(t *testing.T) {
	files := []string{"../../../../specs/routes.yaml"}
	for _, pattern := range []string{"*.yaml", "*.json"} {
		if folder := os.Getenv("CORPUS"); folder != "" {
			more, err := filepath.Glob(filepath.Join(folder, pattern))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, more...)
		}
	}
	operations, reached, hidden := 0, 0, 0
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc, err := spec.Load(context.Background(), file, spec.Options{})
			if err != nil {
				t.Fatal(err)
			}
			contract, err := model.Lower(doc)
			if err != nil {
				t.Fatal(err)
			}
			r, h := reachAll(t, contract)
			t.Logf("%d operations, %d reached, %d reported", len(contract.Operations), r, h)
			operations, reached, hidden = operations+len(contract.Operations), reached+r, hidden+h
		})
	}
	t.Logf("%d operations in %d documents, %d reached, %d reported", operations, len(files), reached, hidden)
}

func reachAll(t *testing.T, contract *model.API) (reached, hidden int) {
	t.Helper()
	var got *model.Operation
	var params map[string]string
	served := &api.API{BasePath: contract.BasePath, Document: []byte("{}")}
	for _, op := range contract.Operations {
		served.Routes = append(served.Routes, api.Route{Operation: published(op), Handle: func(c echo.Context) error {
			got, params = op, map[string]string{}
			for _, name := range c.ParamNames() {
				params[name], _ = url.PathUnescape(c.Param(name))
			}
			return c.NoContent(http.StatusNoContent)
		}})
	}
	server, err := New(Config{MaxBody: 1 << 20, Log: slog.New(slog.DiscardHandler)}, served, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range contract.Operations {
		if op.HiddenBy != nil {
			hidden++
			t.Logf("%s %s is reported: %s answers", op.Method, op.Path, op.HiddenBy.Path)
			continue
		}
		r := sampleRequest(op)
		got = nil
		server.Handler().ServeHTTP(httptest.NewRecorder(), r.request(t, contract.BasePath))
		if got != op {
			t.Errorf("%s %s with %+v: got %+v", op.Method, op.Path, r, got)
			continue
		}
		reached++
		for name, want := range r.path {
			if params[name] != want {
				t.Errorf("%s %s: %s is %q, want %q", op.Method, op.Path, name, params[name], want)
			}
		}
	}
	return reached, hidden
}

func published(op *model.Operation) *api.Operation {
	out := &api.Operation{ID: op.ID, Method: op.Method, Path: op.Path}
	for _, d := range op.When {
		out.When = append(out.When, api.Distinction(d))
	}
	return out
}

// sample is a request for an operation: what its path needs, and what tells it from others.
type sample struct {
	op          *model.Operation
	path        map[string]string
	query, body url.Values
	header      http.Header
}

func sampleRequest(op *model.Operation) sample {
	s := sample{op: op, path: map[string]string{}, query: url.Values{}, body: url.Values{}, header: http.Header{}}
	for i, p := range op.PathParams() {
		s.path[p.Name] = "sample" + strconv.Itoa(i)
	}
	for _, d := range op.When {
		text := example(d)
		switch d.In {
		case "path":
			s.path[d.Name] = text
		case "query":
			s.query.Set(d.Name, text)
		case "header":
			s.header.Set(d.Name, text)
		case "cookie":
			s.header.Add("Cookie", d.Name+"="+text)
		case "Content-Type", "Accept":
			s.header.Set(d.In, text)
		case "body":
			s.body.Set(d.Name, text)
		}
	}
	return s
}

func example(d model.Distinction) string {
	if len(d.Values) > 0 {
		return d.Values[len(d.Values)-1]
	}
	compiled, err := newDistinction(api.Distinction(d))
	for _, text := range []string{"7", "0191e0c4-5f0a-7000-8000-000000000001", "1.5"} {
		if err == nil && compiled.allows(text) {
			return text
		}
	}
	return "text"
}

func (s sample) request(t *testing.T, basePath string) *http.Request {
	t.Helper()
	path, _, _ := strings.Cut(s.op.Path, "#")
	path, query, _ := strings.Cut(path, "?")
	path = escapeLiterals(basePath + path)
	for name, value := range s.path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
		query = strings.ReplaceAll(query, "{"+name+"}", url.QueryEscape(value))
	}
	if len(s.query) > 0 {
		query += "&" + s.query.Encode()
	}
	var body io.Reader
	if len(s.body) > 0 {
		body = strings.NewReader(s.body.Encode())
		s.header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r := httptest.NewRequestWithContext(t.Context(), s.op.Method, "http://localhost"+path+"?"+query, body)
	r.Header = s.header
	return r
}

// escapeLiterals escapes a path but for the braces of its parameters.
func escapeLiterals(path string) string {
	return strings.NewReplacer("%2F", "/", "%7B", "{", "%7D", "}").Replace(url.PathEscape(path))
}
