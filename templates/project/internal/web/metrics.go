package web

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are what Prometheus asks for on the admin listener.
type metrics struct {
	registry *prometheus.Registry
	duration *prometheus.HistogramVec
	// observers are the series of duration that there are so far.
	mu        sync.RWMutex
	observers map[series]prometheus.Observer
	inFlight  prometheus.Gauge
	// http2Errors are the mistakes and attacks of clients that net/http ended a stream or connection for.
	http2Errors *prometheus.CounterVec
	// handshakeFailures are clients that did not get as far as a request.
	handshakeFailures *prometheus.CounterVec
}

// series is one of the durations.
type series struct {
	method, route string
	status        int
}

// buckets are for answers out of memory as well as for those that wait for somebody else.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func newMetrics(worker int) *metrics {
	of := prometheus.Labels{"worker": strconv.Itoa(worker)}
	m := &metrics{
		registry:  prometheus.NewRegistry(),
		observers: map[series]prometheus.Observer{},
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:        "http_request_duration_seconds",
			Help:        "Time to answer, by method, documented path, status and worker.",
			Buckets:     buckets,
			ConstLabels: of,
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name:        "http_requests_in_flight",
			Help:        "Requests that are being answered, by worker.",
			ConstLabels: of,
		}),
		http2Errors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http2_errors_total",
			Help: "Errors of HTTP/2 connections and streams, by type.",
		}, []string{"type"}),
		handshakeFailures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tls_handshake_failures_total",
			Help: "TLS handshakes that failed: for want of a client_certificate that the server takes, or other reasons.",
		}, []string{"reason"}),
	}
	m.registry.MustRegister(m.duration, m.inFlight, m.http2Errors, m.handshakeFailures,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) measure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isProbe(c.Request().Context()) {
			return next(c)
		}
		start := time.Now()
		m.inFlight.Inc()
		defer func() {
			m.inFlight.Dec()
			m.observer(series{
				methodLabel(c.Request().Method),
				exchangeOf(c.Request().Context()).route,
				c.Response().Status,
			}).Observe(time.Since(start).Seconds())
		}()
		return next(c)
	}
}

// observer spares the search by labels.
func (m *metrics) observer(of series) prometheus.Observer {
	m.mu.RLock()
	known := m.observers[of]
	m.mu.RUnlock()
	if known != nil {
		return known
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.observers[of] = m.duration.WithLabelValues(of.method, of.route, strconv.Itoa(of.status))
	return m.observers[of]
}

// methodLabel keeps clients from inventing time series.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodTrace:
		return method
	}
	return "other"
}
