package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
)

// SetHeader sets a header of a successful answer. Headers that the document mentions are fields of
// the answer's type, and win; this is for the others.
func SetHeader(ctx context.Context, name, value string) {
	if x := exchangeOf(ctx); x != nil {
		x.setHeader(name, value)
	}
}

// SetLocation says where the created resource is: a path of the document with its parameters
// filled in and escaped, without the base path.
func SetLocation(ctx context.Context, path string) {
	if x := exchangeOf(ctx); x != nil {
		x.setHeader("Location", x.basePath+path)
	}
}

// URL is the address of a path of the document on the host that the client asked.
func URL(ctx context.Context, path string) string {
	x := exchangeOf(ctx)
	if x == nil {
		return path
	}
	scheme, host := origin(x.request)
	return scheme + "://" + host + x.basePath + path
}

// origin is the scheme and the host, with its port, that the client asked.
func origin(r *http.Request) (scheme, host string) {
	scheme = "http"
	if r.TLS != nil {
		scheme = "https"
	}
	// Only trusted proxies get as far as here with these.
	return cmp.Or(r.Header.Get("X-Forwarded-Proto"), scheme), cmp.Or(r.Header.Get("X-Forwarded-Host"), r.Host)
}

// SetNextLink points to the next page of a list (RFC 8288): the URL of this request with the query
// parameters in changes in place of its own.
func SetNextLink(ctx context.Context, changes url.Values) { AddLink(ctx, "next", changes) }

// AddLink is SetNextLink for any relation: "prev", "first", "last". A parameter without values is
// taken out.
func AddLink(ctx context.Context, relation string, changes url.Values) {
	x := exchangeOf(ctx)
	if x == nil {
		return
	}
	query := x.request.URL.Query()
	maps.Copy(query, changes)
	target := url.URL{Path: x.request.URL.Path, RawPath: x.request.URL.RawPath, RawQuery: query.Encode()}
	links := x.field("Link")
	links.values = append(links.values, fmt.Sprintf("<%s>; rel=%q", target.String(), relation))
}
