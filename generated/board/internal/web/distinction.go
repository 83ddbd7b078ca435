package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"example.com/board/api"
)

// distinction is an api.Distinction with its pattern compiled.
type distinction struct {
	api.Distinction
	pattern *regexp.Regexp
}

func newDistinction(documented api.Distinction) (distinction, error) {
	d := distinction{Distinction: documented}
	if d.Pattern == "" {
		return d, nil
	}
	pattern, err := regexp.Compile(d.Pattern)
	if err != nil {
		return d, fmt.Errorf("pattern of %s: %w", d.Name, err)
	}
	d.pattern = pattern
	return d, nil
}

// breadth is how much the distinctions leave open.
func breadth(when []distinction) int {
	const open = 1000
	total := 0
	for _, d := range when {
		if total += len(d.Values); len(d.Values) == 0 {
			total += open
		}
	}
	return total
}

func (d distinction) allows(text string) bool {
	switch {
	case len(d.Values) > 0 && d.In == "Content-Type":
		group, _, _ := strings.Cut(text, "/")
		return slices.Contains(d.Values, text) || slices.Contains(d.Values, group+"/*")
	case len(d.Values) > 0:
		return slices.Contains(d.Values, text)
	}
	return d.pattern == nil || d.pattern.MatchString(text)
}

// evidence is what a request says of the operation that it is meant for.
type evidence struct {
	request *http.Request
	// parameters are those of the path, escaped.
	parameters map[string]string
	// properties are those of the body, as text, once it was read.
	properties map[string][]string
}

func (e *evidence) supports(d distinction) bool {
	return slices.ContainsFunc(e.texts(d), d.allows)
}

// texts is what the request has at the place of a distinction.
func (e *evidence) texts(d distinction) []string {
	header := e.request.Header
	switch d.In {
	case "path":
		if text, err := url.PathUnescape(e.parameters[d.Name]); err == nil {
			return []string{text}
		}
	case "query":
		return e.request.URL.Query()[d.Name]
	case "header":
		return header.Values(d.Name)
	case "cookie":
		if cookie, err := e.request.Cookie(d.Name); err == nil {
			return []string{cookie.Value}
		}
	case "Content-Type":
		if mediaType, _, err := mime.ParseMediaType(header.Get("Content-Type")); err == nil {
			return []string{mediaType}
		}
	case "Accept":
		return accepted(header)
	case "body":
		if e.properties == nil {
			e.properties = properties(e.request)
		}
		return e.properties[d.Name]
	}
	return nil
}

func accepted(header http.Header) []string {
	var types []string
	for _, offer := range parseAccept(header.Values("Accept")) {
		if offer.quality > 0 {
			types = append(types, offer.value)
		}
	}
	return types
}

// properties reads the body of a request and puts it back. What cannot be read has none: whoever reads
// it next says what is wrong with it.
func properties(request *http.Request) map[string][]string {
	found := map[string][]string{}
	if request.Body == nil {
		return found
	}
	body, err := io.ReadAll(request.Body)
	request.Body = &readBody{Closer: request.Body, text: bytes.NewReader(body), err: err}
	if err != nil {
		return found
	}
	mediaType, params, _ := mime.ParseMediaType(request.Header.Get("Content-Type"))
	switch mediaType {
	case "application/x-www-form-urlencoded":
		if form, err := url.ParseQuery(string(body)); err == nil {
			return form
		}
	case "multipart/form-data":
		readParts(multipart.NewReader(bytes.NewReader(body), params["boundary"]), found)
	default:
		readObject(body, found)
	}
	return found
}

func readObject(body []byte, found map[string][]string) {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		return
	}
	for name, value := range object {
		var text string
		if string(value) == "null" || json.Unmarshal(value, &text) != nil {
			text = string(value)
		}
		found[name] = []string{text}
	}
}

func readParts(parts *multipart.Reader, found map[string][]string) {
	const longest = 1 << 10 // no value that tells operations apart is longer
	for {
		part, err := parts.NextPart()
		if err != nil {
			return
		}
		text, err := io.ReadAll(io.LimitReader(part, longest))
		if err != nil {
			return
		}
		found[part.FormName()] = append(found[part.FormName()], string(text))
	}
}

// readBody is a body that was read already, up to its end or to an error.
type readBody struct {
	io.Closer
	text *bytes.Reader
	err  error
}

func (b *readBody) Read(p []byte) (int, error) {
	n, err := b.text.Read(p)
	if errors.Is(err, io.EOF) && b.err != nil {
		err = b.err
	}
	return n, err
}
