package web

import (
	"errors"
	"net"
	"net/http"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// serve answers on a loopback port until the test ends, HTTP/1.1 and HTTP/2.
func serve(t *testing.T, handler http.Handler) (url string) {
	t.Helper()
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Second, Protocols: overTCP()}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return "http://" + listener.Addr().String()
}

// held is a server with one operation that answers when released.
func held(t *testing.T, config Config) (server *running, started, release chan struct{}) {
	t.Helper()
	return heldSecure(t, TLS{}, config)
}

// heldSecure is held with certificates.
func heldSecure(t *testing.T, certificates TLS, config Config) (server *running, started, release chan struct{}) {
	t.Helper()
	started, release = make(chan struct{}), make(chan struct{})
	server = startSecure(t, certificates, config, &api.API{Routes: []api.Route{
		route("GET", "/slow", func(c echo.Context) error {
			close(started)
			<-release
			return c.JSON(http.StatusOK, c.Request().Context().Err() == nil)
		}),
	}}, nil)
	return server, started, release
}

func TestListening(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	if !regexp.MustCompile(`^http://localhost:[1-9][0-9]*$`).MatchString(server.url) {
		t.Errorf("the URL is %q", server.url)
	}
}

func TestAddressErrors(t *testing.T) {
	taken := start(t, Config{}, routed(), nil)
	tests := map[string]string{
		strings.TrimPrefix(taken.url, "http://"): "in use by another process",
		"192.0.2.1:0":                            "not an address of this machine",
	}
	if os.Geteuid() != 0 {
		tests["localhost:80"] = "needs a privilege"
	}
	for addr, want := range tests {
		for _, config := range []Config{{Addr: addr}, {Addr: "localhost:0", AdminAddr: addr}} {
			server, err := New(config, routed0(), nil)
			if err != nil {
				t.Fatal(err)
			}
			err = server.Serve(t.Context())
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "ADDR "+addr) {
				t.Errorf("%+v: %v", config, err)
			}
		}
	}
}

func routed0() *api.API { return &api.API{Document: []byte(`{}`)} }

func TestDrain(t *testing.T) {
	for name, test := range map[string]struct {
		secure    bool
		protocols *http.Protocols
	}{
		"HTTP/1.1":                  {false, nil},
		"HTTP/1.1 over TLS":         {true, nil},
		"HTTP/2 over TLS":           {true, overTLS()},
		"HTTP/2 of a trusted proxy": {false, onlyHTTP2()},
	} {
		t.Run(name, func(t *testing.T) {
			var certificates TLS
			config := Config{LameDuck: 300 * time.Millisecond, DrainTimeout: 10 * time.Second, TrustedProxies: loopback}
			if test.secure {
				certificates, _ = testTLS(t)
			}
			server, started, release := heldSecure(t, certificates, config)
			server.protocols = test.protocols
			wantDrain(t, server, started, release)
		})
	}
}

func wantDrain(t *testing.T, server *running, started, release chan struct{}) {
	t.Helper()
	answered := make(chan answer, 1)
	go func() { answered <- server.do(t, "GET", "/slow", "") }()
	<-started
	server.cancel()
	server.logged(t, "leaving")

	got := server.do(t, "GET", "/readyz", "")
	got.wants(t, 503, "leaving")
	if !got.Close && got.ProtoMajor == 1 {
		t.Error("a leaving server keeps connections open")
	}
	server.do(t, "GET", "/healthz", "").wants(t, 200, "ok")
	select {
	case err := <-server.done:
		t.Fatalf("the server left a request unanswered: %v", err)
	case <-time.After(500 * time.Millisecond): // Longer than the lame duck.
	}
	close(release)
	(<-answered).wants(t, 200, "true")
	err := <-server.done
	server.done <- nil
	if err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// TestAnswersOfALeavingServerCloseConnections: also that to a request which came before it was told to leave.
func TestAnswersOfALeavingServerCloseConnections(t *testing.T) {
	server, started, release := held(t, Config{LameDuck: 10 * time.Millisecond, DrainTimeout: 10 * time.Second})
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	closes := make(chan bool, 1)
	go func() {
		response, err := client.Get(server.url + "/slow")
		if err == nil {
			_ = response.Body.Close()
		}
		closes <- err == nil && response.Close
	}()
	<-started
	server.cancel()
	server.logged(t, "leaving")
	close(release)
	if !<-closes {
		t.Error("the client may take the connection for its next request")
	}
}

func TestDrainTimeout(t *testing.T) {
	server, started, release := held(t, Config{DrainTimeout: 50 * time.Millisecond})
	cut := abandoned(server.url + "/slow")
	<-started
	server.cancel()
	wantCut(t, server, cut)
	close(release)
}

func TestSecondSignal(t *testing.T) {
	hurry := secondSignal(t)
	server, started, release := held(t, Config{LameDuck: time.Hour, DrainTimeout: time.Hour})
	cut := abandoned(server.url + "/slow")
	<-started
	server.cancel()
	server.logged(t, "leaving")
	hurry()
	wantCut(t, server, cut)
	close(release)
}

// secondSignal tells a server that is leaving to be quick.
func secondSignal(t *testing.T) (hurry func()) {
	t.Helper()
	// So that a signal that comes too early does not end the test.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	t.Cleanup(func() { signal.Stop(signals) })
	return func() {
		t.Helper()
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(syscall.SIGTERM)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// abandoned sends a request that is expected to fail.
func abandoned(url string) chan error {
	failed := make(chan error, 1)
	go func() {
		response, err := http.Get(url)
		if err == nil {
			_ = response.Body.Close()
		}
		failed <- err
	}()
	return failed
}

func wantCut(t *testing.T, server *running, cut chan error) {
	t.Helper()
	err := <-server.done
	server.done <- nil
	if err == nil || !strings.Contains(err.Error(), "before every request was answered") {
		t.Errorf("Serve: %v", err)
	}
	if <-cut == nil {
		t.Error("the request was answered")
	}
}

func TestHugeHeader(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	server.do(t, "GET", "/v1/posts", "", "X-Small: "+strings.Repeat("x", 16<<10)).wants(t, 200, "")
	server.do(t, "GET", "/v1/posts", "", "X-Huge: "+strings.Repeat("x", 64<<10)).wants(t, 431, "")
}

func TestAdmin(t *testing.T) {
	server := start(t, Config{AdminAddr: "localhost:0", Worker: 3}, routed(), nil)
	url, _ := server.logged(t, "serving metrics and profiles")["url"].(string)
	admin := &running{url: url}
	server.do(t, "GET", "/v1/posts/7", "")
	server.do(t, "BREW", "/v1/posts/7", "")
	// Metrics are counted just after the answer has gone.
	deadline := time.Now().Add(5 * time.Second)
	for {
		got := admin.do(t, "GET", "/metrics", "")
		got.wants(t, 200, "go_goroutines")
		if strings.Contains(got.body, `http_request_duration_seconds_count{method="GET",route="/v1/posts/{id}",status="200",worker="3"} 1`) &&
			strings.Contains(got.body, `http_request_duration_seconds_count{method="other",route="",status="405",worker="3"} 1`) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(got.body)
		}
	}
	admin.do(t, "GET", "/debug/pprof/goroutine?debug=1", "").wants(t, 200, "goroutine profile")
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		server.do(t, "GET", path, "").wants(t, 404, "")
	}
}

func TestClientThatLeaves(t *testing.T) {
	arrived := make(chan struct{})
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/slow", func(c echo.Context) error {
			close(arrived)
			<-c.Request().Context().Done()
			return errors.Join(errors.New("query"), c.Request().Context().Err())
		}),
	}}, nil)
	connection, err := net.Dial("tcp", strings.TrimPrefix(server.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = connection.Write([]byte("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"))
	<-arrived
	_ = connection.Close()
	if status := server.logged(t, "request")["status"]; status != 499.0 {
		t.Errorf("the status is %v", status)
	}
}
