package web

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// testTLS has the certificate of package httptest; pool trusts it.
func testTLS(t *testing.T) (settings TLS, pool *x509.CertPool) {
	t.Helper()
	other := httptest.NewTLSServer(http.NotFoundHandler())
	defer other.Close()
	pool = x509.NewCertPool()
	pool.AddCert(other.Certificate())
	config := &tls.Config{Certificates: other.TLS.Certificates, MinVersion: tls.VersionTLS12}
	return TLS{Config: config, Hosts: func() []string { return []string{"127.0.0.1"} }}, pool
}

func TestSecure(t *testing.T) {
	settings, pool := testTLS(t)
	expiry := prometheus.NewGauge(prometheus.GaugeOpts{Name: "expiry", Help: "When."})
	settings.Metrics = expiry
	listening := make(chan net.Addr, 1)
	settings.Listening = func(addr net.Addr) { listening <- addr }
	server := startSecure(t, settings, Config{Addr: "127.0.0.1:0", AdminAddr: "127.0.0.1:0"}, routed(), nil)
	if !strings.HasPrefix(server.url, "https://127.0.0.1:") {
		t.Fatalf("the URL is %s", server.url)
	}
	if addr := (<-listening).String(); "https://"+addr != server.url {
		t.Errorf("the address is %s, the URL %s", addr, server.url)
	}
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
	}}
	defer client.CloseIdleConnections()
	response, err := client.Get(server.url + "/v1/posts/7")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK || response.ProtoMajor != 2 {
		t.Errorf("got %s over %s, want 200 over HTTP/2", response.Status, response.Proto)
	}
	url, _ := server.logged(t, "serving metrics and profiles")["url"].(string)
	(&running{url: url}).do(t, "GET", "/metrics", "").wants(t, 200, "expiry 0")
}
