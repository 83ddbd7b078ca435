package main

import (
	"fmt"
	"net/http"
	"runtime"
	"time"

	"gen/e2e/bench/suite"
)

const (
	// rounds are measured of each server in turn, so that all of them have the machine's good and bad times.
	rounds = 15
	// roundTime is how long a round takes, about.
	roundTime = 80 * time.Millisecond
)

// cost is what a request costs.
type cost struct {
	cpu         time.Duration
	allocations float64
	bytes       float64
}

// inProcess calls the handlers of all servers of a document, and returns the medians for each measured
// request and server.
func inProcess(document suite.Document) ([][]cost, error) {
	var handlers []http.Handler
	for _, server := range document.Servers {
		handler, err := server.New(time.Now)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", server.Name, err)
		}
		handlers = append(handlers, suite.Limit(handler))
	}
	var costs [][]cost
	for _, request := range document.Measured {
		row, err := compare(handlers, request)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", document.Name, err)
		}
		costs = append(costs, row)
	}
	return costs, nil
}

// compare measures one request in interleaved rounds.
func compare(handlers []http.Handler, request suite.Request) ([]cost, error) {
	callers := make([]*caller, len(handlers))
	for i, handler := range handlers {
		var err error
		if callers[i], err = newCaller(handler, request); err != nil {
			return nil, err
		}
	}
	samples := make([][]cost, len(callers))
	for range rounds {
		for i, c := range callers {
			sample, err := c.round()
			if err != nil {
				return nil, err
			}
			samples[i] = append(samples[i], sample)
		}
	}
	medians := make([]cost, len(samples))
	for i, sample := range samples {
		medians[i] = cost{
			cpu:         median(sample, func(c cost) time.Duration { return c.cpu }),
			allocations: median(sample, func(c cost) float64 { return c.allocations }),
			bytes:       median(sample, func(c cost) float64 { return c.bytes }),
		}
	}
	return medians, nil
}

// caller asks a handler for the same thing again and again. It allocates nothing itself.
type caller struct {
	handler http.Handler
	made    *http.Request
	request http.Request
	text    string
	body    body
	answer  answer
	want    int
	// calls make a round.
	calls int
}

func newCaller(handler http.Handler, request suite.Request) (*caller, error) {
	made, err := request.New()
	if err != nil {
		return nil, err
	}
	c := &caller{handler: handler, made: made, text: request.Body, answer: answer{header: http.Header{}}, want: request.Status}
	const trial = 500
	start := time.Now()
	for range trial {
		c.call()
	}
	if c.answer.status != c.want {
		return nil, fmt.Errorf("%s is answered with %d, want %d", request.Name, c.answer.status, c.want)
	}
	c.calls = max(trial, int(trial*roundTime/time.Since(start)))
	return c, nil
}

func (c *caller) call() {
	c.request = *c.made
	if c.text != "" {
		c.body.Reader.Reset(c.text)
		c.request.Body = &c.body
	}
	clear(c.answer.header)
	c.answer.status = http.StatusOK
	c.handler.ServeHTTP(&c.answer, &c.request)
}

func (c *caller) round() (cost, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := spent()
	for range c.calls {
		c.call()
	}
	took := spent() - start
	runtime.ReadMemStats(&after)
	if c.answer.status != c.want {
		return cost{}, fmt.Errorf("%s is answered with %d in the end, want %d", c.made.URL, c.answer.status, c.want)
	}
	calls := float64(c.calls)
	return cost{
		cpu:         time.Duration(float64(took) / calls),
		allocations: float64(after.Mallocs-before.Mallocs) / calls,
		bytes:       float64(after.TotalAlloc-before.TotalAlloc) / calls,
	}, nil
}

// answer takes an answer that nobody reads.
type answer struct {
	header http.Header
	status int
}

func (a *answer) Header() http.Header            { return a.header }
func (a *answer) Write(data []byte) (int, error) { return len(data), nil }
func (a *answer) WriteHeader(status int)         { a.status = status }
