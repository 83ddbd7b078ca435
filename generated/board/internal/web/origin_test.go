package web

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"example.com/board/api"
)

func TestOrigin(t *testing.T) {
	documented := func(op *api.Operation) {
		op.Errors = []api.ErrorBody{{Status: "403", MediaType: "application/json", Template: `{"why":"${detail}"}`}}
	}
	server := start(t, Config{
		TrustedOrigins: []string{"https://shop.example"},
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}, &api.API{Routes: []api.Route{
		route("GET", "/posts", nil),
		route("POST", "/posts", nil, documented),
		route("DELETE", "/posts", nil, documented),
	}}, nil)
	host := strings.TrimPrefix(server.url, "http://")
	tests := []struct {
		method  string
		headers []string
		status  int
	}{
		{"POST", nil, 200},
		{"POST", []string{"Sec-Fetch-Site: same-origin"}, 200},
		{"POST", []string{"Sec-Fetch-Site: none"}, 200},
		{"POST", []string{"Sec-Fetch-Site: cross-site", "Origin: https://evil.example"}, 403},
		{"POST", []string{"Sec-Fetch-Site: same-site", "Origin: http://evil.localhost"}, 403},
		{"DELETE", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"POST", []string{"Origin: https://evil.example"}, 403},
		{"POST", []string{"Origin: null"}, 403},
		{"POST", []string{"Origin: http://" + host}, 200},
		{"POST", []string{"Origin: https://board.example"}, 403},
		{"POST", []string{"Origin: https://board.example", "X-Forwarded-Host: board.example"}, 200},
		{"POST", []string{"Sec-Fetch-Site: cross-site", "Origin: https://shop.example"}, 200},
		{"POST", []string{"Sec-Fetch-Site: cross-site", "Origin: http://shop.example"}, 403},
		{"GET", []string{"Sec-Fetch-Site: cross-site", "Origin: https://evil.example"}, 200},
	}
	for _, test := range tests {
		want := "/posts"
		if test.status == http.StatusForbidden {
			want = `{"why":"a page of another origin may not do this"}`
		}
		server.do(t, test.method, "/posts", "", test.headers...).wants(t, test.status, want)
	}
}

func TestBadOrigin(t *testing.T) {
	if _, err := New(Config{TrustedOrigins: []string{"shop"}}, &api.API{Document: []byte("{}")}, nil); err == nil {
		t.Error("shop is taken for an origin")
	}
}
