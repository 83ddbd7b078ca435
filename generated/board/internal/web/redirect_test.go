package web

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestRedirect(t *testing.T) {
	direct := redirector{
		hosts:      func() []string { return []string{"board.example", "*.wild.example", "127.0.0.1", "::1"} },
		port:       "8080",
		securePort: "8443",
	}
	privileged := direct
	privileged.port = "80"
	tests := []struct {
		name     string
		from     redirector
		request  string
		location string
	}{
		{"the same path and query", direct, "GET http://board.example:8080/v1/posts?q=a%20b&r", "https://board.example:8443/v1/posts?q=a%20b&r"},
		{"any method", direct, "POST http://board.example:8080/v1/posts", "https://board.example:8443/v1/posts"},
		{"escapes as they are", direct, "GET http://board.example:8080/a%2Fb%20c", "https://board.example:8443/a%2Fb%20c"},
		{"a path that looks like a host", direct, "GET http://board.example:8080//evil.example/", "https://board.example:8443//evil.example/"},
		{"port 80 here", privileged, "GET http://board.example/", "https://board.example:8443/"},
		{"port 80 mapped", direct, "GET http://board.example/", "https://board.example/"},
		{"one spelling", direct, "GET http://BOARD.Example:8080/", "https://board.example:8443/"},
		{"a wildcard", direct, "GET http://a.wild.example:8080/", "https://a.wild.example:8443/"},
		{"below a wildcard", direct, "GET http://a.b.wild.example:8080/", ""},
		{"an address", direct, "GET http://127.0.0.1:8080/", "https://127.0.0.1:8443/"},
		{"an IPv6 address", direct, "GET http://[::1]:8080/", "https://[::1]:8443/"},
		{"another host", direct, "GET http://evil.example/", ""},
		{"a host that ends alike", direct, "GET http://evilboard.example/", ""},
		{"no host", direct, "GET /", ""},
		{"half a wildcard", direct, "GET http://user@evil.wild.example:8080/", "https://evil.wild.example:8443/"},
		{"no challenges here", direct, "GET http://board.example:8080" + challengePath + "x", "https://board.example:8443" + challengePath + "x"},
		{"a server's own options", direct, "OPTIONS *", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			method, target, _ := strings.Cut(test.request, " ")
			request := httptest.NewRequestWithContext(t.Context(), method, target, nil)
			if !strings.HasPrefix(target, "http") {
				request.Host = ""
			}
			recorder := httptest.NewRecorder()
			test.from.ServeHTTP(recorder, request)
			want := http.StatusPermanentRedirect
			if test.location == "" {
				want = http.StatusMisdirectedRequest
			}
			if got := recorder.Header().Get("Location"); recorder.Code != want || got != test.location {
				t.Errorf("got %d to %q, want %d to %q", recorder.Code, got, want, test.location)
			}
			if strings.Contains(recorder.Body.String(), "evil") {
				t.Errorf("the answer repeats the request: %s", recorder.Body)
			}
		})
	}
}

// TestRedirectFollowsTheCertificate holds that a certificate of other names counts at once.
func TestRedirectFollowsTheCertificate(t *testing.T) {
	host := "old.example"
	redirects := &redirector{hosts: func() []string { return []string{host} }, port: "80", securePort: "443"}
	for _, host = range []string{"old.example", "new.example"} {
		for _, asked := range []string{"old.example", "new.example"} {
			recorder := httptest.NewRecorder()
			redirects.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "http://"+asked+"/", nil))
			if redirected := recorder.Code == http.StatusPermanentRedirect; redirected != (asked == host) {
				t.Errorf("with a certificate for %s, %s is answered %d", host, asked, recorder.Code)
			}
		}
	}
}

func TestRedirectListener(t *testing.T) {
	certificates, _ := testTLS(t)
	certificates.Challenge = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "key authorization")
	})
	server := startSecure(t, certificates, Config{Addr: "127.0.0.1:0", RedirectAddr: "127.0.0.1:0"}, routed(), nil)
	url, _ := server.logged(t, "redirecting to HTTPS")["url"].(string)
	plain := &running{url: url}
	got := plain.do(t, "GET", "/v1/posts/7?x=1", "")
	got.wants(t, http.StatusPermanentRedirect, "")
	if location := got.Header.Get("Location"); location != server.url+"/v1/posts/7?x=1" {
		t.Errorf("it leads to %s", location)
	}
	plain.do(t, "GET", challengePath+"token", "").wants(t, 200, "key authorization")

	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("another host is answered %s", response.Status)
	}
}

func TestPlainHTTPToTheTLSPort(t *testing.T) {
	certificates, _ := testTLS(t)
	server := startSecure(t, certificates, Config{Addr: "127.0.0.1:0"}, routed(), nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.url, "https://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "GET /v1/posts HTTP/1.1\r\nHost: x\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	text, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(text), "HTTP/1.0 400 ") || !strings.Contains(string(text), "HTTPS") {
		t.Errorf("the answer is %q, %v", text, err)
	}
}
