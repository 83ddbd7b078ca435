package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWhoGetsHSTS(t *testing.T) {
	for _, test := range []struct {
		url, proto string
		want       bool
	}{
		{"https://board.example/", "", true},
		{"https://board.example:8443/", "", true},
		{"http://board.example/", "", false},
		{"http://board.example/", "https", true},
		{"https://localhost:8443/", "", false},
		{"https://board.localhost./", "", false},
		{"https://127.0.0.1/", "", false},
		{"https://[::1]:8443/", "", false},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, test.url, nil)
		if test.proto != "" {
			request.Header.Set("X-Forwarded-Proto", test.proto)
		}
		if got := new(Server).wantsHSTS(request); got != test.want {
			t.Errorf("%s (%s): %v, want %v", test.url, test.proto, got, test.want)
		}
		if (&Server{tls: TLS{Dev: true}}).wantsHSTS(request) {
			t.Errorf("%s: a certificate for development holds it to HTTPS", test.url)
		}
	}
}

func TestHSTS(t *testing.T) {
	certificates, _ := testTLS(t)
	server := startSecure(t, certificates, Config{}, routed(), nil)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.url+"/v1/nothing", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := server.send(t, request).Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("localhost is held to HTTPS: %s", got)
	}
	request.Host = "example.com"
	if got := server.send(t, request).Header.Get("Strict-Transport-Security"); got != hstsPolicy {
		t.Errorf("an error has the policy %q", got)
	}
}
