package web

import (
	"context"
	"net/http"
	"strings"
)

const (
	headerTraceParent = "Traceparent"
	headerTraceState  = "Tracestate"

	// What a traceparent is made of: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.
	endOfVersion, endOfTrace, endOfParent, endOfFlags = 2, 35, 52, 55
)

// trace is the place of a request in a trace that somebody else has begun (W3C Trace Context). This server adds no span
// to it: what it calls is shown below what has called it.
type trace struct {
	parent00 string // as of version 00
	state    []string
}

func (t *trace) id() string     { return t.parent00[endOfVersion+1 : endOfTrace] }
func (t *trace) parent() string { return t.parent00[endOfTrace+1 : endOfParent] }

// traceOf returns nil for a request without a traceparent, or with one that counts as none.
func traceOf(header http.Header) *trace {
	values := header[headerTraceParent]
	if len(values) != 1 {
		return nil
	}
	parent, ok := parseTraceParent(values[0])
	if !ok {
		return nil
	}
	return &trace{parent, header[headerTraceState]}
}

// parseTraceParent checks a traceparent (§3.2) and spells it as of version 00. Of a later version it takes what 00 has.
func parseTraceParent(text string) (string, bool) {
	const none = "0"
	if len(text) < endOfFlags || text[endOfVersion] != '-' || text[endOfTrace] != '-' || text[endOfParent] != '-' {
		return "", false
	}
	version, id, parent := text[:endOfVersion], text[endOfVersion+1:endOfTrace], text[endOfTrace+1:endOfParent]
	flags := text[endOfParent+1 : endOfFlags]
	switch {
	case !lowerHex(version), !lowerHex(id), !lowerHex(parent), !lowerHex(flags), version == "ff":
		return "", false
	case strings.Trim(id, none) == "", strings.Trim(parent, none) == "":
		return "", false
	case version == "00":
		return text, len(text) == endOfFlags
	case len(text) > endOfFlags && text[endOfFlags] != '-':
		return "", false
	}
	sampled := "00"
	if strings.IndexByte("13579bdf", flags[1]) >= 0 {
		sampled = "01"
	}
	return "00" + text[endOfVersion:endOfParent+1] + sampled, true
}

func lowerHex(text string) bool { return strings.Trim(text, "0123456789abcdef") == "" }

// Traced sends requests by way of next, nil for http.DefaultTransport, as a part of the trace that their context's
// request is a part of. One that names a trace itself goes as it is.
//
//	client := &http.Client{Transport: web.Traced(nil), Timeout: 5 * time.Second}
func Traced(next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return traced{next}
}

type traced struct{ next http.RoundTripper }

// RoundTrip is http.RoundTripper's.
func (t traced) RoundTrip(r *http.Request) (*http.Response, error) {
	parent, state := TraceContext(r.Context())
	if parent == "" || r.Header.Get(headerTraceParent) != "" {
		return t.next.RoundTrip(r)
	}
	r = r.Clone(r.Context())
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set(headerTraceParent, parent)
	if state != "" {
		r.Header.Set(headerTraceState, state)
	}
	return t.next.RoundTrip(r)
}

// TraceContext is the traceparent and the tracestate to pass on with what a request asks of others over anything but
// HTTP. Both are "" outside of a trace.
func TraceContext(ctx context.Context) (parent, state string) {
	x := exchangeOf(ctx)
	if x == nil || x.trace == nil {
		return "", ""
	}
	return x.trace.parent00, strings.Join(x.trace.state, ",")
}
