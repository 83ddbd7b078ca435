package web

import (
	"net/http"
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
	inFlight prometheus.Gauge
	// http2Errors are the mistakes and attacks of clients that net/http ended a stream or connection for.
	http2Errors *prometheus.CounterVec
	// handshakeFailures are clients that did not get as far as a request.
	handshakeFailures *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "Time to answer, by method, documented path and status.",
			Buckets: prometheus.DefBuckets,
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_requests_in_flight",
			Help: "Requests that are being answered.",
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
			m.duration.WithLabelValues(
				methodLabel(c.Request().Method),
				exchangeOf(c.Request().Context()).route,
				strconv.Itoa(c.Response().Status),
			).Observe(time.Since(start).Seconds())
		}()
		return next(c)
	}
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
