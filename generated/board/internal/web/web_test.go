package web

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// running is a server on a loopback port.
type running struct {
	*Server
	url    string
	logs   *logLines
	cancel context.CancelFunc
	done   chan error
	// roots are trusted by do, protocols what it speaks: HTTP/1.1 if nil.
	roots     *x509.CertPool
	protocols *http.Protocols
}

// start serves until the test ends. Routes without a handler answer 200 with their operation's ID.
func start(t *testing.T, config Config, contract *api.API, schemes map[string]Scheme, checks ...Check) *running {
	t.Helper()
	return startSecure(t, TLS{}, config, contract, schemes, checks...)
}

// startSecure is start with certificates.
func startSecure(t *testing.T, certificates TLS, config Config, contract *api.API, schemes map[string]Scheme, checks ...Check) *running {
	t.Helper()
	logs := &logLines{added: make(chan struct{}, 1)}
	config.Log = slog.New(slog.NewJSONHandler(logs, nil))
	if config.Addr == "" {
		config.Addr = "localhost:0"
	}
	if config.MaxBody == 0 {
		config.MaxBody = 1 << 20
	}
	if contract.Document == nil {
		contract.Document = []byte(`{"openapi":"3.0.3","info":{"title":"Board","version":"1"},"paths":{}}`)
	}
	server, err := New(config, contract, schemes, checks...)
	if err != nil {
		t.Fatal(err)
	}
	server.Secure(certificates)
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{Server: server, logs: logs, cancel: cancel, done: make(chan error, 1)}
	if certificates.Config != nil {
		r.roots = x509.NewCertPool()
		r.roots.AddCert(certificates.Config.Certificates[0].Leaf)
	}
	go func() { r.done <- server.Serve(ctx) }()
	r.url, _ = r.logged(t, "listening")["url"].(string)
	t.Cleanup(func() {
		cancel()
		select {
		case <-r.done:
		case <-time.After(10 * time.Second):
			t.Error("the server does not stop")
		}
	})
	return r
}

// logged waits for a log line with that message.
func (r *running) logged(t *testing.T, message string) map[string]any {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		for _, line := range r.logs.all() {
			if line["msg"] == message {
				return line
			}
		}
		select {
		case <-r.logs.added:
		case err := <-r.done:
			t.Fatalf("the server ended: %v", err)
		case <-deadline:
			t.Fatalf("no log line %q in %v", message, r.logs.all())
		}
	}
}

// logLines keeps JSON log lines.
type logLines struct {
	mu    sync.Mutex
	text  strings.Builder
	added chan struct{}
}

func (l *logLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.added <- struct{}{}:
	default:
	}
	return l.text.Write(p)
}

func (l *logLines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logLines) all() []map[string]any {
	var lines []map[string]any
	scanner := bufio.NewScanner(strings.NewReader(l.String()))
	for scanner.Scan() {
		var line map[string]any
		if json.Unmarshal(scanner.Bytes(), &line) == nil {
			lines = append(lines, line)
		}
	}
	return lines
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

// do sends a request; headers are "Name: value". Redirects are not followed, nothing is decompressed.
func (r *running) do(t *testing.T, method, path, body string, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		req.Header.Add(name, value)
	}
	return r.send(t, req)
}

func (r *running) send(t *testing.T, req *http.Request) answer {
	t.Helper()
	transport := &http.Transport{
		DisableCompression: true,
		DisableKeepAlives:  true,
		Protocols:          r.protocols,
		TLSClientConfig:    &tls.Config{RootCAs: r.roots, ServerName: "example.com", MinVersion: tls.VersionTLS12},
	}
	response, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response, string(text)}
}

func (a answer) wants(t *testing.T, status int, body string) {
	t.Helper()
	if a.StatusCode != status || !strings.Contains(a.body, body) {
		t.Errorf("got %d %s, want %d with %s", a.StatusCode, a.body, status, body)
	}
}

// route makes an operation; options change it.
func route(method, path string, handle echo.HandlerFunc, options ...func(*api.Operation)) api.Route {
	op := &api.Operation{ID: method + path, Method: method, Path: path, Produces: []string{"application/json"}}
	for _, option := range options {
		option(op)
	}
	if handle == nil {
		handle = func(c echo.Context) error { return c.JSON(http.StatusOK, op.ID) }
	}
	return api.Route{Operation: op, Handle: handle}
}

func fails(err error) echo.HandlerFunc { return func(echo.Context) error { return err } }
