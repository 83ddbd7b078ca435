// Package web is the HTTP server: it listens, routes requests to the operations of the document,
// turns errors into documented answers, and does for every request what no handler should have to
// think of. It knows nothing of the resources themselves.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"gen/templates/project/api"

	"github.com/labstack/echo/v4"
)

// Config is what an operator decides about the server.
type Config struct {
	// Addr is host:port; port 0 picks a free one.
	Addr string
	// AdminAddr is where metrics and profiles are served; "" means nowhere.
	AdminAddr string
	// RedirectAddr is where plain HTTP is redirected to HTTPS; "" means nowhere.
	RedirectAddr string
	// LameDuck is how long a leaving server answers as usual while /readyz says 503.
	LameDuck time.Duration
	// DrainTimeout is how long a leaving server waits for the requests in flight.
	DrainTimeout time.Duration
	// MaxBody is the largest request body in bytes.
	MaxBody int64
	// TrustedProxies are the networks whose X-Forwarded-… headers are believed, and which may speak
	// HTTP/2 without TLS.
	TrustedProxies []netip.Prefix
	// TrustedOrigins are the other origins whose pages may change things here with a browser's help.
	TrustedOrigins []string
	// ValidateResponses checks every answer against the document, and turns one that is not in it
	// into a 500.
	ValidateResponses bool
	// TraceOperations names in the header X-Operation-Id the operation whose handler ran.
	TraceOperations bool
	// Worker is the number of this process among those that share the port, for log and metrics.
	Worker int
	// Log takes one line a request; nil means slog.Default().
	Log *slog.Logger
}

// Check says whether something that the server depends on is there.
type Check func(context.Context) error

// Server is the HTTP server of one document.
type Server struct {
	config     Config
	tls        TLS
	api        *api.API
	schemes    map[string]Scheme
	checks     []Check
	log        *slog.Logger
	requestLog *requestLog
	echo       *echo.Echo
	// chain is what every request goes through: before, whose last one leads to the routes.
	chain    echo.HandlerFunc
	before   []echo.MiddlewareFunc
	routes   routeTable
	metrics  *metrics
	fallback *errorForm
	origins  *http.CrossOriginProtection
	draining atomic.Bool
	host     Host
}

// New makes a server for the document's operations. schemes are keyed by the names of the document's
// security schemes; an operation whose scheme is missing there lets nobody in. checks are asked by
// /readyz.
func New(config Config, contract *api.API, schemes map[string]Scheme, checks ...Check) (*Server, error) {
	s := &Server{
		config:  config,
		api:     contract,
		schemes: schemes,
		checks:  checks,
		log:     config.Log,
		echo:    echo.New(),
		metrics: newMetrics(config.Worker),
		origins: http.NewCrossOriginProtection(),
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	s.requestLog = newRequestLog(s.log, config.Worker)
	for _, origin := range config.TrustedOrigins {
		if err := s.origins.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trusted origin: %w", err)
		}
	}
	if contract.Fallback != (api.ErrorBody{}) {
		form, err := parseErrorForm(contract.Fallback)
		if err != nil {
			return nil, fmt.Errorf("fallback error: %w", err)
		}
		s.fallback = form
	}
	if config.TraceOperations {
		contract.Entered = traceOperation
	}
	s.echo.HTTPErrorHandler = s.writeError
	// Echo would build the chain anew for each request.
	s.echo.Pre(func(echo.HandlerFunc) echo.HandlerFunc { return s.chain })
	s.Use(s.middleware()...)
	if err := s.addOperations(); err != nil {
		return nil, err
	}
	return s, s.addPages()
}

func traceOperation(c echo.Context, op *api.Operation) {
	c.Response().Header().Set("X-Operation-Id", op.ID)
}

// Use adds middleware around the operations. It stands behind all that the server does for every
// request: its errors are answered, its answers compressed. Call it before the first request.
func (s *Server) Use(middleware ...echo.MiddlewareFunc) {
	s.before = append(s.before, middleware...)
	s.chain = s.route
	for _, around := range slices.Backward(s.before) {
		s.chain = around(s.chain)
	}
}

func (s *Server) route(c echo.Context) error {
	s.echo.Router().Find(c.Request().Method, echo.GetPath(c.Request()), c)
	return c.Handler()(c)
}

// Handler answers requests without a listener: tests use it.
func (s *Server) Handler() http.Handler { return s.echo }
