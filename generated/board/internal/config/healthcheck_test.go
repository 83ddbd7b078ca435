package config

import (
	"bytes"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// healthcheck runs the command with more flags, and returns what it fails with.
func healthcheck(flags ...string) error {
	_, err := Parse("board", append(flags, "healthcheck"), &bytes.Buffer{})
	return err
}

func TestHealthcheck(t *testing.T) {
	clean(t)
	ready := http.NewServeMux()
	ready.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	plain, secure, gone := httptest.NewServer(ready), httptest.NewTLSServer(ready), httptest.NewServer(ready)
	defer plain.Close()
	defer secure.Close()
	gone.Close()
	leaving := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"status":"leaving"}`, http.StatusServiceUnavailable)
	}))
	defer leaving.Close()
	_, port, err := net.SplitHostPort(plain.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		flags []string
		want  string // of the error, "" for none
	}{
		{[]string{"--addr", plain.Listener.Addr().String()}, ""},
		{[]string{"--addr", ":" + port}, ""},
		{[]string{"--addr", "0.0.0.0:" + port, "--log-file", t.TempDir() + "/none/log"}, ""},
		{[]string{"--addr", secure.Listener.Addr().String(), "--tls", "dev"}, ""},
		{[]string{"--addr", secure.Listener.Addr().String(), "--tls", "acme", "--acme-domains", "board.example"}, ""},
		{[]string{"--addr", secure.Listener.Addr().String()}, "is not ready: 400"},
		{[]string{"--addr", plain.Listener.Addr().String(), "--tls", "dev"}, "does not answer"},
		{[]string{"--addr", leaving.Listener.Addr().String()}, `is not ready: 503 Service Unavailable {"status":"leaving"}`},
		{[]string{"--addr", gone.Listener.Addr().String()}, "does not answer"},
		{[]string{"--addr", "localhost:0"}, "which port to ask"},
	} {
		err := healthcheck(test.flags...)
		switch {
		case test.want == "" && !errors.Is(err, ErrDone):
			t.Errorf("%q: %v", test.flags, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%q: %v; want %s", test.flags, err, test.want)
		}
	}
}

func TestHealthcheckAsksForTheHostOfTheCertificate(t *testing.T) {
	clean(t)
	asked := make(chan string, 1)
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		asked <- hello.ServerName
		return nil, nil
	}}
	server.StartTLS()
	defer server.Close()
	if err := healthcheck("--addr", server.Listener.Addr().String(), "--tls", "acme", "--acme-domains", "board.example"); err == nil {
		t.Error("404 is said to be ready")
	}
	if name := <-asked; name != "board.example" {
		t.Errorf("it asks for the certificate of %q", name)
	}
}

// TestHealthcheckShowsACertificate has the server ask for one where there is none to show.
func TestHealthcheckShowsACertificate(t *testing.T) {
	clean(t)
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert}
	server.StartTLS()
	defer server.Close()
	err := healthcheck("--addr", server.Listener.Addr().String(), "--tls", "files", "--tls-client-ca", "ca.pem", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
	if err == nil || !strings.Contains(err.Error(), "cert.pem") {
		t.Errorf("it says %v", err)
	}
}
