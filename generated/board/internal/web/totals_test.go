package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// counting reports of a process that has answered some requests within 10 ms, and answers one.
func counting(t *testing.T, requests int) []byte {
	t.Helper()
	m := newMetrics(0)
	for range requests {
		m.duration.WithLabelValues("GET", "/posts", "200").Observe(0.01)
	}
	m.inFlight.Inc()
	report, err := m.report()
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// lines are the metrics as Prometheus reads them, without those of the Go runtime.
func lines(totals *Totals) string {
	rec := httptest.NewRecorder()
	promhttp.HandlerFor(totals, promhttp.HandlerOpts{}).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	var found []string
	for line := range strings.Lines(rec.Body.String()) {
		if strings.HasPrefix(line, "http_") && !strings.Contains(line, "_sum") {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return strings.Join(found, "\n")
}

// expected is lines for requests in all, some of them in flight.
func expected(requests, inFlight int) string {
	var b strings.Builder
	for i, bound := range []string{"0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"} {
		n := requests
		if i < 4 { // below 10 ms
			n = 0
		}
		fmt.Fprintf(&b, "http_request_duration_seconds_bucket{method=\"GET\",route=\"/posts\",status=\"200\",worker=\"0\",le=%q} %d\n", bound, n)
	}
	fmt.Fprintf(&b, "http_request_duration_seconds_count{method=\"GET\",route=\"/posts\",status=\"200\",worker=\"0\"} %d\n", requests)
	fmt.Fprintf(&b, "http_requests_in_flight{worker=\"0\"} %d", inFlight)
	return b.String()
}

// TestTotals holds that a process adds to the sums, and leaves what it has counted, but not what it held.
func TestTotals(t *testing.T) {
	totals := NewTotals("", nil)
	for _, step := range []struct {
		happens            func()
		requests, inFlight int
	}{
		{func() { totals.Report(1, counting(t, 3)) }, 3, 1},
		{func() { totals.Report(2, counting(t, 4)) }, 7, 2},
		{func() { totals.Report(1, counting(t, 5)) }, 9, 2},
		{func() { totals.Gone(1) }, 9, 1},
		{func() { totals.Gone(1) }, 9, 1},
		{func() { totals.Report(3, counting(t, 1)) }, 10, 2},
		{func() { totals.Report(3, []byte("nonsense")) }, 10, 2},
	} {
		step.happens()
		if got, want := lines(totals), expected(step.requests, step.inFlight); got != want {
			t.Errorf("the metrics are\n%s\nwant\n%s", got, want)
		}
		if got := lines(totals); got != expected(step.requests, step.inFlight) {
			t.Errorf("asked again they are\n%s", got)
		}
	}
}

// TestTotalsOfTheSame holds that what all processes say of one thing is not summed.
func TestTotalsOfTheSame(t *testing.T) {
	totals := NewTotals("", nil)
	for process := range uint32(3) {
		totals.Report(process, counting(t, 1))
	}
	families, err := totals.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() == "go_info" && family.GetMetric()[0].GetGauge().GetValue() != 1 {
			t.Errorf("go_info is %v", family.GetMetric())
		}
	}
}

// TestTotalsOfThisProcess holds that what the process counts that sums is among the sums.
func TestTotalsOfThisProcess(t *testing.T) {
	counter := func(n float64) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Name: "http_things_total", Help: "Things."})
		c.Add(n)
		return c
	}
	worker := newMetrics(0)
	worker.registry.MustRegister(counter(2))
	report, err := worker.report()
	if err != nil {
		t.Fatal(err)
	}
	totals := NewTotals("", nil)
	totals.Measure(counter(3))
	for _, want := range []string{"http_things_total 3", "http_things_total 5"} {
		if got := lines(totals); !strings.Contains(got, want) {
			t.Errorf("the sums are %s, want %s", got, want)
		}
		totals.Report(1, report)
	}
}

// TestPopulation holds what there is to know of the workers themselves, and that sums which tell nothing are left out.
func TestPopulation(t *testing.T) {
	totals := NewTotals("", nil)
	totals.Measure(population(func() (ready, restarts, failedReloads int) { return 3, 2, 1 }))
	totals.Report(1, counting(t, 1))
	families, err := totals.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, family := range families {
		name, metric := family.GetName(), family.GetMetric()[0]
		got[name] = metric.GetGauge().GetValue() + metric.GetCounter().GetValue()
		if ofOneAlone(name) || name == "process_max_fds" || name == "process_virtual_memory_max_bytes" {
			t.Errorf("there is a sum of %s", name)
		}
	}
	for name, want := range map[string]float64{"workers_ready": 3, "worker_restarts_total": 2, "failed_reloads_total": 1} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
}
