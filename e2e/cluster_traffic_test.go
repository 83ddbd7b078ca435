//go:build unix

package e2e

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// kind is one way to ask a server again and again.
type kind struct {
	name, method, path, body string

	want   int
	client func() http.RoundTripper
	// streams says how many ask on one client at the same time.
	streams int
}

const newPost = `{"title": "T", "body": "B"}`

// The POSTs are answered at once.
var (
	newConnections = kind{"GET on new connections", "GET", "/v1/posts", "", http.StatusOK, func() http.RoundTripper {
		return &http.Transport{DisableKeepAlives: true}
	}, 1}
	// keptPOST is never sent again by the client.
	keptPOST = kind{"POST on kept connections", "POST", "/v1/posts", newPost, http.StatusUnauthorized, func() http.RoundTripper {
		return &http.Transport{}
	}, 1}
	http2GET      = kind{"GET over HTTP/2", "GET", "/v1/posts", "", http.StatusOK, overHTTP2, 5}
	http2POST     = kind{"POST over HTTP/2", "POST", "/v1/posts", newPost, http.StatusUnauthorized, overHTTP2, 5}
	http2OnceGET  = kind{"GET over HTTP/2, never sent again", "GET", "/v1/posts", "", http.StatusOK, onceOverHTTP2, 5}
	http2OncePOST = kind{"POST over HTTP/2, never sent again", "POST", "/v1/posts", newPost, http.StatusUnauthorized, onceOverHTTP2, 5}
)

// overHTTP2 trusts everybody: whom to trust is the subject of other tests.
func overHTTP2() http.RoundTripper {
	return &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
}

// outcome is what came of the requests of one kind.
type outcome struct {
	mu       sync.Mutex
	asked    int
	failures []failure
	slow     []time.Time // when those began that took longer than patience
	slowest  time.Duration
}

// failure is a request that was not answered as it should be.
type failure struct {
	why          string
	began, ended time.Time
}

// patience is what a client may wait whatever happens to a worker that is not its own.
const patience = 500 * time.Millisecond

func (o *outcome) note(why string, began, ended time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked++
	took := ended.Sub(began)
	o.slowest = max(o.slowest, took)
	if took > patience {
		o.slow = append(o.slow, began)
	}
	if why != "" {
		o.failures = append(o.failures, failure{why, began, ended})
	}
}

// slowSince is how many began at a time or later, and took longer than patience.
func (o *outcome) slowSince(when time.Time) (n int) {
	for _, began := range o.slow {
		if !began.Before(when) {
			n++
		}
	}
	return n
}

func (o *outcome) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asked
}

func (o *outcome) String() string {
	first := ""
	if len(o.failures) > 0 {
		first = ", such as " + o.failures[0].why
	}
	return fmt.Sprintf("%d of %d failed%s; the slowest took %s", len(o.failures), o.asked, first, o.slowest.Round(time.Millisecond))
}

// traffic asks a server until it is told to stop. Tests that count what it loses, or how long it takes, run alone.
type traffic struct {
	outcomes map[string]*outcome
	done     chan struct{}
	all      sync.WaitGroup
}

// startTraffic asks perSecond times a second in each of some ways, each of them ten times at once.
func startTraffic(url string, perSecond int, kinds ...kind) *traffic {
	const atOnce = 10
	tr := &traffic{outcomes: map[string]*outcome{}, done: make(chan struct{})}
	for _, k := range kinds {
		o := &outcome{}
		tr.outcomes[k.name] = o
		for range atOnce / k.streams {
			client := &http.Client{Transport: k.client(), Timeout: deadline}
			for range k.streams {
				tr.all.Go(func() { k.again(client, url, atOnce*time.Second/time.Duration(perSecond), o, tr.done) })
			}
		}
	}
	return tr
}

// again asks at a pace.
func (k kind) again(client *http.Client, url string, every time.Duration, o *outcome, done <-chan struct{}) {
	defer client.CloseIdleConnections()
	pace := time.NewTicker(every)
	defer pace.Stop()
	for {
		select {
		case <-done:
			return
		case <-pace.C:
			began := time.Now()
			why := k.ask(client, url)
			o.note(why, began, time.Now())
		}
	}
}

// ask returns what was wrong with the answer, "" if nothing was.
func (k kind) ask(client *http.Client, url string) string {
	var body io.Reader
	if k.body != "" {
		body = strings.NewReader(k.body)
	}
	req, err := http.NewRequest(k.method, url+k.path, body)
	if err != nil {
		return err.Error()
	}
	if k.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := client.Do(req)
	if err != nil {
		return err.Error()
	}
	answer, err := read(k.name, res)
	switch {
	case err != nil:
		return err.Error()
	case answer.status != k.want:
		return answer.String()
	}
	return ""
}

// awaitAsked waits until there have been some requests of each kind.
func (tr *traffic) awaitAsked(t *testing.T, n int) {
	t.Helper()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for _, o := range tr.outcomes {
		for end := time.Now().Add(deadline); o.count() < n; <-again.C {
			if time.Now().After(end) {
				t.Fatalf("%d requests were asked within %v", o.count(), deadline)
			}
		}
	}
}

// stop ends the traffic, and returns how many requests failed.
func (tr *traffic) stop(t *testing.T) (failed int) {
	t.Helper()
	close(tr.done)
	tr.all.Wait()
	for name, o := range tr.outcomes {
		t.Logf("%s: %v", name, o)
		failed += len(o.failures)
	}
	return failed
}

// number is a setting of a test: longer runs are for those who ask for them.
func number(t *testing.T, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, and not a number", variable, text)
	}
	return n
}
