package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed" // the program
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"gen/generator/model"
)

//go:embed trip.go.tmpl
var tripSource string

var tripTemplate = template.Must(template.New("trip").Parse(tripSource))

// trip takes values that the document's schemas allow through the Go types that stand for them: what
// comes back must be what went there.
func (t *trial) trip(ctx context.Context) error {
	subjects := subjectsOf(t.doc, t.api)
	there, back := filepath.Join(t.dir, "there"), filepath.Join(t.dir, "back")
	if err := writeValues(there, subjects); err != nil {
		return err
	}
	if err := t.writeProgram(subjects); err != nil {
		return err
	}
	program := filepath.Join(t.dir, "trip")
	if _, err := t.command(ctx, t.project(), "go", "build", "-trimpath", "-o", program, "./cmd/trip"); err != nil {
		return err
	}
	if _, err := t.command(ctx, t.dir, program, there, back); err != nil {
		return err
	}
	return t.compare(there, back, subjects)
}

// Imports that a type may need beside package api.
var tripImports = []struct{ name, spec string }{
	{"time.", `"time"`},
	{"nullable.", `"github.com/oapi-codegen/nullable"`},
	{"openapi_types.", `openapi_types "github.com/oapi-codegen/runtime/types"`},
}

// writeProgram adds the program that knows the types to the project.
func (t *trial) writeProgram(subjects []subject) error {
	data := struct {
		Module         string
		Imports, Types []string
	}{Module: projectModule}
	for _, s := range subjects {
		data.Types = append(data.Types, s.expr)
	}
	all := strings.Join(data.Types, " ")
	for _, known := range tripImports {
		if strings.Contains(all, known.name) {
			data.Imports = append(data.Imports, known.spec)
		}
	}
	var source bytes.Buffer
	if err := tripTemplate.Execute(&source, data); err != nil {
		return err
	}
	dir := filepath.Join(t.project(), "cmd", "trip")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "main.go"), source.Bytes(), 0o600)
}

// there is a value that goes through a type, which is named by its place in the list of subjects.
type there struct {
	Type  int `json:"type"`
	Value any `json:"value"`
}

// back is what came of it.
type back struct {
	Value any    `json:"value"`
	Error string `json:"error"`
}

func writeValues(path string, subjects []subject) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	enc := json.NewEncoder(w)
	for i, s := range subjects {
		for _, value := range s.values() {
			if err := enc.Encode(there{i, value}); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// values are what the schema allows, in general and from a server. Null is not a value of a named type:
// where a schema allows it, what stands around the type is null.
func (s subject) values() []any {
	var out []any
	for _, list := range [][]any{model.Samples(s.schema), model.AnswerSamples(s.schema)} {
		for _, v := range list {
			if v != nil || !s.named {
				out = append(out, v)
			}
		}
	}
	return out
}

// compare holds what came back against what went there.
func (t *trial) compare(thereFile, backFile string, subjects []subject) error {
	sent, err := openJSON(thereFile)
	if err != nil {
		return err
	}
	defer sent.Close()
	got, err := openJSON(backFile)
	if err != nil {
		return err
	}
	defer got.Close()
	for {
		var a there
		if err := sent.Decode(&a); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var b back
		if err := got.Decode(&b); err != nil {
			return err
		}
		t.row.values++
		if problem := changed(a, b); problem != "" {
			t.row.lost++
			t.row.findings = append(t.row.findings, finding{kind: notKept, operation: subjects[a.Type].expr, reason: problem})
		}
	}
}

// changed says what is different after the trip, "" if nothing is.
func changed(a there, b back) string {
	problem := b.Error
	if problem == "" {
		problem = difference(a.Value, b.Value, "")
	}
	if problem == "" {
		return ""
	}
	return problem + " in " + brief(a.Value, 400)
}

// jsonFile is a file of JSON texts whose numbers are kept as they are written.
type jsonFile struct {
	*json.Decoder
	io.Closer
}

func openJSON(path string) (jsonFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return jsonFile{}, err
	}
	dec := json.NewDecoder(bufio.NewReader(file))
	dec.UseNumber()
	return jsonFile{dec, file}, nil
}
