package web

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
)

// Totals are the metrics of several processes, summed. What a process has counted stays when it ends, so that
// counters never run backwards.
type Totals struct {
	addr string
	log  *slog.Logger

	mu      sync.Mutex
	own     *prometheus.Registry
	reports map[uint32][]*dto.MetricFamily // the last of each process
	gone    sums
}

// NewTotals are to be served on addr, the address of AdminAddr. log may be nil.
func NewTotals(addr string, log *slog.Logger) *Totals {
	return &Totals{
		addr: addr, log: cmp.Or(log, slog.Default()),
		own: prometheus.NewRegistry(), reports: map[uint32][]*dto.MetricFamily{}, gone: sums{},
	}
}

// Measure adds what this process measures itself.
func (t *Totals) Measure(own prometheus.Collector) { t.own.MustRegister(own) }

// Report takes the metrics of a process, as encoded by it.
func (t *Totals) Report(process uint32, report []byte) {
	families, err := decodeReport(report)
	if err != nil {
		t.log.Error("metrics of a worker cannot be read", "error", err)
		return
	}
	families = slices.DeleteFunc(families, func(family *dto.MetricFamily) bool { return ofOneAlone(family.GetName()) })
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reports[process] = families
}

// Gone keeps what a process has counted, and forgets what it held.
func (t *Totals) Gone(process uint32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, family := range t.reports[process] {
		if !isGauge(family) {
			t.gone.add(family)
		}
	}
	delete(t.reports, process)
}

// Gather returns the sums of what has been reported and of what this process measures.
func (t *Totals) Gather() ([]*dto.MetricFamily, error) {
	own, err := t.own.Gather()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	all := sums{}
	for _, families := range [][]*dto.MetricFamily{own, t.gone.families()} {
		for _, family := range families {
			all.add(family)
		}
	}
	for _, families := range t.reports {
		for _, family := range families {
			all.add(family)
		}
	}
	return all.families(), nil
}

// sums are the families of metrics by name, and each one's metrics by their labels.
type sums map[string]*sum

type sum struct {
	family *dto.MetricFamily
	series map[string]*dto.Metric
}

func (s sums) add(family *dto.MetricFamily) {
	name := family.GetName()
	of, ok := s[name]
	if !ok {
		of = &sum{&dto.MetricFamily{Name: family.Name, Help: family.Help, Type: family.Type}, map[string]*dto.Metric{}}
		s[name] = of
	}
	plus := func(a, b float64) float64 { return a + b }
	if countedOnce(name) {
		plus = func(a, b float64) float64 { return max(a, b) }
	}
	for _, metric := range family.GetMetric() {
		key := labelsOf(metric)
		to, ok := of.series[key]
		if !ok {
			to = &dto.Metric{Label: metric.GetLabel()}
			of.series[key] = to
		}
		addMetric(to, metric, family.GetType(), plus)
	}
}

// families are sorted, as those of a registry.
func (s sums) families() []*dto.MetricFamily {
	all := make([]*dto.MetricFamily, 0, len(s))
	for _, name := range slices.Sorted(maps.Keys(s)) {
		of := s[name]
		of.family.Metric = nil
		for _, key := range slices.Sorted(maps.Keys(of.series)) {
			of.family.Metric = append(of.family.Metric, of.series[key])
		}
		all = append(all, of.family)
	}
	return all
}

// countedOnce says that all processes report the same: the sum would say that there is more of it.
func countedOnce(name string) bool {
	return strings.HasSuffix(name, "_info") || strings.HasSuffix(name, "_timestamp_seconds") ||
		name == "process_start_time_seconds"
}

// ofOneAlone says that a sum tells nothing: limits of each process, address space, and what the host sends and receives.
func ofOneAlone(name string) bool {
	return name == "process_max_fds" || strings.HasPrefix(name, "process_virtual_memory_") || strings.HasPrefix(name, "process_network_")
}

func isGauge(family *dto.MetricFamily) bool {
	return family.GetType() == dto.MetricType_GAUGE || family.GetType() == dto.MetricType_UNTYPED
}

func labelsOf(metric *dto.Metric) string {
	var key strings.Builder
	for _, label := range metric.GetLabel() {
		key.WriteString(label.GetName() + "\xff" + label.GetValue() + "\xff")
	}
	return key.String()
}

// addMetric adds what one process counted. Quantiles are left out: there are none of a sum.
func addMetric(to, from *dto.Metric, kind dto.MetricType, plus func(a, b float64) float64) {
	switch kind {
	case dto.MetricType_COUNTER:
		to.Counter = &dto.Counter{Value: new(plus(to.GetCounter().GetValue(), from.GetCounter().GetValue()))}
	case dto.MetricType_GAUGE:
		to.Gauge = &dto.Gauge{Value: new(plus(to.GetGauge().GetValue(), from.GetGauge().GetValue()))}
	case dto.MetricType_SUMMARY:
		to.Summary = &dto.Summary{
			SampleCount: new(to.GetSummary().GetSampleCount() + from.GetSummary().GetSampleCount()),
			SampleSum:   new(to.GetSummary().GetSampleSum() + from.GetSummary().GetSampleSum()),
		}
	case dto.MetricType_HISTOGRAM:
		to.Histogram = addHistogram(to.GetHistogram(), from.GetHistogram())
	default: // of which there are none here
		to.Untyped = &dto.Untyped{Value: new(plus(to.GetUntyped().GetValue(), from.GetUntyped().GetValue()))}
	}
}

// addHistogram adds bucket to bucket: every process runs the same program. A reload may change that, and then the
// buckets are those of the new one.
func addHistogram(a, b *dto.Histogram) *dto.Histogram {
	sum := &dto.Histogram{
		SampleCount: new(a.GetSampleCount() + b.GetSampleCount()),
		SampleSum:   new(a.GetSampleSum() + b.GetSampleSum()),
	}
	before := map[float64]uint64{}
	for _, bucket := range a.GetBucket() {
		before[bucket.GetUpperBound()] = bucket.GetCumulativeCount()
	}
	for _, bucket := range b.GetBucket() {
		sum.Bucket = append(sum.Bucket, &dto.Bucket{
			UpperBound:      bucket.UpperBound,
			CumulativeCount: new(before[bucket.GetUpperBound()] + bucket.GetCumulativeCount()),
		})
	}
	return sum
}

// report encodes the metrics of this process for Totals.
func (m *metrics) report() ([]byte, error) {
	families, err := m.registry.Gather()
	if err != nil {
		return nil, err
	}
	var report bytes.Buffer
	encoder := expfmt.NewEncoder(&report, expfmt.NewFormat(expfmt.TypeProtoDelim))
	for _, family := range families {
		if err := encoder.Encode(family); err != nil {
			return nil, err
		}
	}
	return report.Bytes(), nil
}

func decodeReport(report []byte) (families []*dto.MetricFamily, err error) {
	decoder := expfmt.NewDecoder(bytes.NewReader(report), expfmt.NewFormat(expfmt.TypeProtoDelim))
	for {
		family := &dto.MetricFamily{}
		switch err := decoder.Decode(family); {
		case errors.Is(err, io.EOF):
			return families, nil
		case err != nil:
			return nil, err
		}
		families = append(families, family)
	}
}
