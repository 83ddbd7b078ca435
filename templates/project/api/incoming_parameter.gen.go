package api

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/oapi-codegen/runtime"
)

// notation is how a parameter is written.
type notation uint

const (
	required notation = 1 << iota
	// What a value, or each item of a list, may be; a text is the first of these that it can be read as.
	asInteger
	asNumber
	asBoolean
	asNull
	asText
	// How a list is written.
	asList
	exploded
	spaced
	piped
	// How a path parameter begins.
	labelled
	matrixed
	escaped
)

func (n notation) has(flag notation) bool { return n&flag != 0 }

func (n notation) delimiter() string {
	switch {
	case n.has(spaced):
		return " "
	case n.has(piped):
		return "|"
	}
	return ","
}

// pair is one name=value of a query.
type pair struct{ name, value string }

// mostPairs is how many url.ParseQuery lets pass.
const mostPairs = 10000

// split takes the query apart as url.ParseQuery does, and says whether that was possible.
func (in *incoming) split(query string) bool {
	if strings.Count(query, "&") >= mostPairs {
		return false
	}
	for query != "" {
		var part string
		part, query, _ = strings.Cut(query, "&")
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		if nameErr != nil || valueErr != nil || strings.Contains(part, ";") {
			return false
		}
		in.pairs = append(in.pairs, pair{name, value})
	}
	return true
}

func (in *incoming) query(name string, how notation) *reader {
	in.settle()
	sent, first := 0, ""
	for _, p := range in.pairs {
		if p.name == name {
			if sent++; sent == 1 {
				first = p.value
			}
		}
	}
	switch {
	case sent == 0:
		return in.absent(name, how)
	case how.has(asList) && how.has(exploded):
		return in.repeated(name, how)
	case sent > 1:
		return in.wrong(name, "must be given only once")
	}
	return in.value(name, first, how.delimiter(), how)
}

// repeated makes a list of a parameter that is there once an item.
func (in *incoming) repeated(name string, how notation) *reader {
	in.scratch = append(in.scratch[:0], '[')
	for _, p := range in.pairs {
		if p.name == name && !in.item(name, strings.TrimSpace(p.value), how) {
			return nil
		}
	}
	in.scratch = append(in.scratch, ']')
	return in.read(name, in.scratch)
}

func (in *incoming) header(name string, how notation) *reader {
	in.settle()
	lines := in.context.Request().Header.Values(name)
	if len(lines) == 0 {
		return in.absent(name, how)
	}
	return in.value(name, strings.Join(lines, ","), ",", how)
}

func (in *incoming) cookie(name string, how notation) *reader {
	in.settle()
	cookie, err := in.context.Cookie(name)
	if err != nil {
		return in.absent(name, how)
	}
	return in.value(name, cookie.Value, ",", how)
}

// path takes a parameter from Echo, which leaves it escaped where the path needs to be.
func (in *incoming) path(name string, how notation) *reader {
	in.settle()
	raw := in.context.Param(name)
	if raw == "" {
		return in.absent(name, how|required)
	}
	if in.context.Request().URL.RawPath != "" {
		how |= escaped
	}
	switch {
	case how.has(labelled):
		rest, ok := strings.CutPrefix(raw, ".")
		if !ok {
			return in.wrong(name, `must begin with "."`)
		}
		if how.has(exploded) {
			return in.value(name, rest, ".", how)
		}
		return in.value(name, rest, ",", how)
	case how.has(matrixed):
		return in.matrix(name, raw, how)
	}
	return in.value(name, raw, ",", how)
}

func (in *incoming) matrix(name, raw string, how notation) *reader {
	prefix := ";" + name + "="
	rest, ok := strings.CutPrefix(raw, prefix)
	if !ok {
		return in.wrong(name, "must begin with "+strconv.Quote(prefix))
	}
	if how.has(exploded) {
		return in.value(name, rest, prefix, how)
	}
	return in.value(name, rest, ",", how)
}

// value reads a single value, or a list with a delimiter.
func (in *incoming) value(name, sent, delimiter string, how notation) *reader {
	if !how.has(asList) {
		in.scratch = in.scratch[:0]
		if !in.item(name, sent, how) {
			return nil
		}
		r := in.read(name, in.scratch)
		if !how.has(escaped) {
			r.sent = sent
		}
		return r
	}
	in.scratch = append(in.scratch[:0], '[')
	for more := sent != ""; more; {
		var item string
		item, sent, more = strings.Cut(sent, delimiter)
		if !in.item(name, strings.TrimSpace(item), how) {
			return nil
		}
	}
	in.scratch = append(in.scratch, ']')
	return in.read(name, in.scratch)
}

// item adds a text to what is read, and says whether it could.
func (in *incoming) item(name, sent string, how notation) bool {
	if how.has(escaped) {
		var err error
		if sent, err = url.PathUnescape(sent); err != nil {
			in.wrong(name, "has a malformed escape")
			return false
		}
	}
	if !utf8.ValidString(sent) {
		in.wrong(name, errNotUTF8.Error())
		return false
	}
	if len(in.scratch) > 1 {
		in.scratch = append(in.scratch, ',')
	}
	in.scratch = how.appendJSON(in.scratch, sent)
	return true
}

// appendJSON writes a text as what it stands for.
func (n notation) appendJSON(out []byte, sent string) []byte {
	if n.has(asInteger|asNumber) && isNumber(sent, n.has(asNumber)) {
		return append(out, sent...)
	}
	if n.has(asBoolean) {
		if b, err := strconv.ParseBool(sent); err == nil {
			return strconv.AppendBool(out, b)
		}
	}
	if n.has(asNull) && !n.has(asText) && (sent == "" || sent == "null") {
		return append(out, "null"...)
	}
	w := writer{buf: out}
	w.string(sent)
	return w.buf
}

func (in *incoming) absent(name string, how notation) *reader {
	if how.has(required) {
		in.wrong(name, missing)
	}
	return nil
}

// wrong returns no reader.
func (in *incoming) wrong(name, detail string) *reader {
	in.reject(Invalid{Parameter: name, Detail: detail})
	return nil
}

// checked decodes a parameter that was not compiled into dst.
func (in *incoming) checked(place, name string, dst any) {
	in.settle()
	if in.failure != nil {
		return
	}
	if in.slow.query == nil {
		in.slow.query = in.context.Request().URL.Query()
	}
	for _, p := range in.documented().params {
		if p.in != place || p.name != name {
			continue
		}
		before := len(in.invalid)
		value, ok := in.from.validator.readParameter(in.context, p, in.slow.query, &in.input)
		if ok && len(in.invalid) == before && runtime.BindJSONValue(value, dst) != nil {
			in.wrong(name, "is out of range")
		}
	}
}
