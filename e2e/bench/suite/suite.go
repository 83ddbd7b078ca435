// Package suite is what the documents of the benchmark have in common: servers that answer the same
// document, and the requests that all of them are asked.
package suite

import (
	"net/http"
	"strings"
	"time"
)

// Document is one OpenAPI document, served in several ways.
type Document struct {
	Name    string
	Servers []Server
	// Measured are asked again and again. Others are asked once: all servers must agree on these, too.
	Measured, Others []Request
}

// Server is one way to serve a document.
type Server struct {
	Name string
	// New makes a server on a store of its own with the same things in it. now is the time for what is
	// created.
	New func(now func() time.Time) (http.Handler, error)
}

// The names of servers that ratios are made of.
const (
	Gen  = "gen"
	Hand = "net/http by hand"
)

// maxBody is the largest body that a server reads.
const maxBody = 8 << 20

// Limit bounds the bodies of requests, in the same way for all servers.
func Limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		next.ServeHTTP(w, r)
	})
}

// Request is a request and the status that must answer it.
type Request struct {
	Name, Method, Path string
	Header             http.Header
	Body               string
	Status             int
	// Lax says that servers that are neither by hand nor gen's let it pass.
	Lax bool
}

// New is the request without its body.
func (r Request) New() (*http.Request, error) {
	made, err := http.NewRequest(r.Method, r.Path, http.NoBody)
	if err != nil {
		return nil, err
	}
	made.Header = r.Header.Clone()
	if made.Header == nil {
		made.Header = http.Header{}
	}
	made.Host, made.RequestURI = "localhost", r.Path
	made.ContentLength = int64(len(r.Body))
	return made, nil
}

// JSON is a header that says so, with a cookie or key beside it.
func JSON(name, value string) http.Header {
	header := http.Header{"Content-Type": {"application/json"}}
	header.Set(name, value)
	return header
}

// Text is a text of n characters.
func Text(n int) string {
	const sentence = "Requests come to a port, a \"server\" answers them – and remembers who asked. "
	return string([]rune(strings.Repeat(sentence, n/len(sentence)+2))[:n])
}
