package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// dial connects to what the worker of a slot serves for its operator.
type dial = func(ctx context.Context, slot int) (net.Conn, error)

// Serve answers with the totals, and the profiles of this process. It calls ask before each answer, which has all
// processes report. What a worker has for itself is below /workers/SLOT/. count is how many workers are ready, and how often
// since the start one was started because one had died, and a reload failed.
func (t *Totals) Serve(ask func(context.Context), dial dial, count func() (ready, restarts, failedReloads int)) (io.Closer, error) {
	listener, err := listen("ADMIN_ADDR", t.addr)
	if err != nil {
		return nil, err
	}
	t.Measure(population(count))
	metrics := promhttp.HandlerFor(t, promhttp.HandlerOpts{})
	mux := http.NewServeMux()
	handleProfiles(mux)
	mux.Handle("/workers/{slot}/", toWorkers(dial))
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		ask(r.Context())
		metrics.ServeHTTP(w, r)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes}
	go func() { _ = server.Serve(listener) }()
	t.log.Info("serving metrics and profiles", "url", "http://"+publicAddr(t.addr, listener.Addr()))
	return server, nil
}

// population measures the workers themselves.
type population func() (ready, restarts, failedReloads int)

// Describe sends nothing, so that nobody holds what is collected against it.
func (population) Describe(chan<- *prometheus.Desc) {}

// Collect sends how many workers there are, and what has become of others.
func (count population) Collect(to chan<- prometheus.Metric) {
	ready, restarts, failedReloads := count()
	for _, m := range []struct {
		name, help string
		kind       prometheus.ValueType
		value      int
	}{
		{"workers_ready", "Workers that serve.", prometheus.GaugeValue, ready},
		{"worker_restarts_total", "Workers that were started because one had died.", prometheus.CounterValue, restarts},
		{"failed_reloads_total", "Reloads after which the program on disk did not serve in all workers.", prometheus.CounterValue, failedReloads},
	} {
		to <- prometheus.MustNewConstMetric(prometheus.NewDesc(m.name, m.help, nil, nil), m.kind, float64(m.value))
	}
}

// toWorkers passes /workers/2/debug/pprof/ on to the worker of slot 2, as /debug/pprof/.
func toWorkers(dial dial) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			slot := r.In.PathValue("slot")
			r.Out.URL.Scheme, r.Out.URL.Host = "http", slot
			r.Out.URL.Path = strings.TrimPrefix(r.In.URL.Path, "/workers/"+slot)
		},
		Transport: &http.Transport{
			DisableKeepAlives: true, // the next worker of the slot is another one
			DialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
				host, _, _ := net.SplitHostPort(addr)
				slot, err := strconv.ParseUint(host, 10, 16)
				if err != nil {
					return nil, fmt.Errorf("%q is no slot of a worker", host)
				}
				return dial(ctx, int(slot))
			},
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusNotFound)
		},
	}
}
