package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTermAnswersWhatIsInFlight ends the server while it reads the body of a request.
func TestTermAnswersWhatIsInFlight(t *testing.T) {
	t.Parallel()
	s := signedIn(t, "LAME_DUCK=0s")
	body := `{"title": "In flight", "body": "when the server was told to go"}`
	conn, answers := half(t, s, body)

	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	refusesConnections(t, s)
	if _, err := io.WriteString(conn, body[len(body)/2:]); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := read("POST /v1/posts", res)
	if err != nil {
		t.Fatal(err)
	}
	answer.want(t, http.StatusCreated)
	if code := s.exitCode(t); code != 0 {
		t.Errorf("exit code %d; want 0", code)
	}
}

func TestSignalsEndAnIdleServer(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			s := start(t, "LAME_DUCK=0s")
			s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK) // leaves an idle connection
			if code := s.stop(t, sig); code != 0 {
				t.Errorf("exit code %d; want 0", code)
			}
		})
	}
}

// half sends a request with the first half of its body, once the server asks for it.
func half(t *testing.T, s *server, body string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(deadline)); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /v1/posts HTTP/1.1\r\nHost: board\r\nContent-Type: application/json\r\n"+
		"Cookie: %s\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", s.cookie, len(body))
	answers := bufio.NewReader(conn)
	line, err := answers.ReadString('\n')
	if err != nil || !strings.Contains(line, "100") {
		t.Fatalf("the server answers %q (%v); want 100 Continue", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, body[:len(body)/2]); err != nil {
		t.Fatal(err)
	}
	return conn, answers
}

// refusesConnections waits until nobody listens any more.
func refusesConnections(t *testing.T, s *server) {
	t.Helper()
	for end := time.Now().Add(deadline); time.Now().Before(end); {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			return
		}
		// Closed by the server when its listener goes, so that this loop does not spin.
		_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		_, _ = conn.Read(make([]byte, 1))
		conn.Close()
	}
	t.Fatal("the server still accepts connections")
}
