package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"
)

// FuzzRequest sends requests of every kind: none may panic, and none is the server's fault.
func FuzzRequest(f *testing.F) {
	v, err := newValidator([]byte(`{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/things/{id}":{"post":{
		"parameters":[
			{"name":"id","in":"path","required":true,"schema":{"type":"integer"}},
			{"name":"deep","in":"query","style":"deepObject","schema":{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"string"}}}}},
			{"name":"list","in":"query","schema":{"type":"array","items":{"type":["integer","null"]}}}],
		"requestBody":{"content":{
			"application/json":{"schema":{"$ref":"#/components/schemas/Node"}},
			"application/x-www-form-urlencoded":{"schema":{"$ref":"#/components/schemas/Node"}},
			"multipart/form-data":{"schema":{"$ref":"#/components/schemas/Node"}},
			"text/plain":{"schema":{"type":"string","maxLength":10}}}},
		"responses":{}}}},
		"components":{"schemas":{"Node":{"type":"object","required":["name"],"propertyNames":{"maxLength":20},"properties":{
			"name":{"type":"string","format":"date-time"},"size":{"type":"integer","format":"int64","multipleOf":3},
			"next":{"$ref":"#/components/schemas/Node"},
			"kind":{"oneOf":[{"const":"a"},{"type":"object","properties":{"b":{"type":"array","items":{"type":"number"},"uniqueItems":true}}},{"type":"null"}]}}}}}}`))
	if err != nil {
		f.Fatal(err)
	}
	seeds := []struct{ contentType, query, body string }{
		{"application/json", "", `{"name":"2026-01-31T12:00:00Z","size":3,"kind":{"b":[1,2.5]},"next":{"name":null}}`},
		{"application/json", "list=1,2&deep[a][b]=c", `{"size":1e999,"kind":[]}`},
		{"application/json", "deep[a]=1&deep[a][b]=2&deep[]=1&list=%zz", "\xff\x00"},
		{"application/x-www-form-urlencoded", "", "name=a&size=3&next[name]=b&next[name][x]=c&tags[999999999]=1&kind["},
		{"multipart/form-data; boundary=x", "", "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n{\"b\":[1]}\r\n--x--\r\n"},
		{"text/plain", "list=null", "hello, world"},
	}
	for _, seed := range seeds {
		f.Add(seed.contentType, seed.query, seed.body)
	}
	f.Fuzz(func(t *testing.T, contentType, query, body string) {
		req := post(contentType, body)
		req.URL.RawQuery = query
		in, failure := send(t, v, req, 0)
		if failure != nil {
			if failure.Status < 400 || failure.Status >= 500 {
				t.Fatalf("status %d: %v", failure.Status, failure)
			}
			if _, err := json.Marshal(failure.Invalid); err != nil {
				t.Fatal(err)
			}
			return
		}
		var node *struct {
			Name time.Time `json:"name"`
			Size *int64    `json:"size"`
			Kind any       `json:"kind"`
		}
		in.json(&node)
		in.form(&node)
		var list []nullable.Nullable[int64]
		in.query("list", "form", true, &list)
		var bad *Error
		if err := in.err(); err != nil && (!errors.As(err, &bad) || bad.Status != http.StatusBadRequest) {
			t.Fatalf("binding: %v", err)
		}
	})
}
