package web

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// persistent is a client that keeps its connection.
func (r *running) persistent(t *testing.T) *http.Client {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{
		Protocols:       r.protocols,
		TLSClientConfig: &tls.Config{RootCAs: r.roots, ServerName: "example.com", MinVersion: tls.VersionTLS12},
	}}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func TestUnencryptedHTTP2(t *testing.T) {
	elsewhere := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	for name, test := range map[string]struct {
		proxies []netip.Prefix
		allowed bool
	}{
		"a trusted proxy": {loopback, true},
		"somebody else":   {elsewhere, false},
		"no proxies":      {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			server := start(t, Config{TrustedProxies: test.proxies}, routed(), nil)
			server.do(t, "GET", "/v1/posts/7", "").wants(t, 200, "")
			server.protocols = onlyHTTP2()
			response, err := server.persistent(t).Get(server.url + "/v1/posts/7")
			if (err == nil) != test.allowed {
				t.Fatalf("an answer: %v; want one: %v (%v)", err == nil, test.allowed, err)
			}
			if err != nil {
				return
			}
			_ = response.Body.Close()
			if response.ProtoMajor != 2 || response.StatusCode != http.StatusOK {
				t.Errorf("got %s over %s", response.Status, response.Proto)
			}
		})
	}
}

// TestHeaderSizeOverHTTP2 has a client that keeps to the limit that the server tells.
func TestHeaderSizeOverHTTP2(t *testing.T) {
	server := start(t, Config{TrustedProxies: loopback}, routed(), nil)
	server.protocols = onlyHTTP2()
	server.do(t, "GET", "/v1/posts", "", "X-Small: "+strings.Repeat("x", 16<<10)).wants(t, 200, "")
	client := server.persistent(t)
	for size, fits := range map[int]bool{31 << 10: true, 33 << 10: false} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.url+"/v1/posts", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Large", strings.Repeat("x", size))
		response, err := client.Do(request)
		if err == nil {
			_ = response.Body.Close()
		}
		if (err == nil) != fits {
			t.Errorf("%d bytes of header: %v", size, err)
		}
	}
}

func TestHTTP2Errors(t *testing.T) {
	server := start(t, Config{TrustedProxies: loopback, AdminAddr: "localhost:0"}, routed(), nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	const settings, pingOfOneByte = "\x00\x00\x00\x04\x00\x00\x00\x00\x00", "\x00\x00\x01\x06\x00\x00\x00\x00\x00x"
	if _, err := io.WriteString(conn, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"+settings+pingOfOneByte); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.Copy(io.Discard, conn); err != nil {
		t.Fatalf("the connection is not closed: %v", err)
	}
	url, _ := server.logged(t, "serving metrics and profiles")["url"].(string)
	(&running{url: url}).do(t, "GET", "/metrics", "").wants(t, 200, `http2_errors_total{type="frame_ping_length"} 1`)
}
