package tlsboot

import (
	"crypto/x509"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	expiry   *prometheus.Desc
	failures prometheus.Counter
}

func newMetrics() metrics {
	return metrics{
		expiry: prometheus.NewDesc("tls_certificate_expiry_timestamp_seconds",
			"When the certificate in use ends, in Unix time.", []string{"name", "serial"}, nil),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tls_certificate_failures_total",
			Help: "New certificates that could not be obtained or used; the one before stayed.",
		}),
	}
}

// Describe serves Prometheus.
func (c *Certificates) Describe(descriptions chan<- *prometheus.Desc) {
	descriptions <- c.metrics.expiry
	c.metrics.failures.Describe(descriptions)
}

// Collect serves Prometheus.
func (c *Certificates) Collect(values chan<- prometheus.Metric) {
	c.metrics.failures.Collect(values)
	for _, leaf := range c.state.Load().leaves {
		values <- prometheus.MustNewConstMetric(c.metrics.expiry, prometheus.GaugeValue,
			float64(leaf.NotAfter.Unix()), firstName(leaf), serial(leaf))
	}
}

func firstName(leaf *x509.Certificate) string {
	if all := names(leaf); len(all) > 0 {
		return all[0]
	}
	return ""
}
