package web

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are what Prometheus asks for on the admin listener.
type metrics struct {
	registry *prometheus.Registry
	duration *prometheus.HistogramVec
	// observers are the series of duration.
	observers bySeries[prometheus.Observer]
	inFlight  prometheus.Gauge
	// http2Errors are the mistakes and attacks of clients that net/http ended a stream or connection for.
	http2Errors *prometheus.CounterVec
	// handshakeFailures are clients that did not get as far as a request.
	handshakeFailures *prometheus.CounterVec
}

// buckets are for answers out of memory as well as for those that wait for somebody else.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func newMetrics(worker int) *metrics {
	of := prometheus.Labels{"worker": strconv.Itoa(worker)}
	m := &metrics{
		registry: prometheus.NewRegistry(),
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
	m.observers.make = func(of series) prometheus.Observer {
		return m.duration.WithLabelValues(of.method, of.route, strconv.Itoa(of.status))
	}
	m.registry.MustRegister(m.duration, m.inFlight, m.http2Errors, m.handshakeFailures,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) measure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := exchangeOf(c.Request().Context())
		if x.probe {
			return next(c)
		}
		m.inFlight.Inc()
		defer func() {
			m.inFlight.Dec()
			m.observers.of(seriesOf(c, x)).Observe(time.Since(x.began).Seconds())
		}()
		return next(c)
	}
}
