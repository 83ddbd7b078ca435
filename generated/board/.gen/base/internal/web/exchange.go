package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// exchange is what the server knows about one request while it is answered, and the context of that.
type exchange struct {
	context.Context

	began time.Time
	// probe says that a probe of this program asks, and nobody outside of it.
	probe    bool
	id       string
	basePath string
	// request is what handlers see only the context of.
	request *http.Request
	// route is the path as documented, "" where nothing is; operation is nil outside the document.
	route     string
	operation *operation
	// fields are headers that handlers set beside the document. Errors are sent without them.
	fields     []field
	principals map[string]string
	// session is the fingerprint of the session that was asked for, trace is nil outside of one.
	session string
	trace   *trace
	// err and stack are for the log.
	err   error
	stack []byte
}

// field is a header by its canonical name. Most answers have one at most: a map would be large for that.
type field struct {
	name   string
	values []string
}

type exchangeKey struct{}

// Value is context.Context's.
func (x *exchange) Value(key any) any {
	if key == (exchangeKey{}) {
		return x
	}
	return x.Context.Value(key)
}

// field is that of a name, without values if there was none.
func (x *exchange) field(name string) *field {
	name = http.CanonicalHeaderKey(name)
	i := slices.IndexFunc(x.fields, func(f field) bool { return f.name == name })
	if i < 0 {
		i = len(x.fields)
		x.fields = append(x.fields, field{name: name})
	}
	return &x.fields[i]
}

func (x *exchange) setHeader(name, value string) { x.field(name).values = []string{value} }

// exchangeOf returns nil for a context that does not come from this server: in a handler's unit test.
func exchangeOf(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// begin gives the request its id and the context its exchange.
func (s *Server) begin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := &exchange{
			Context:  c.Request().Context(),
			began:    time.Now(),
			probe:    isProbe(c.Request().Context()),
			id:       requestID(c.Request().Header.Get(echo.HeaderXRequestID)),
			basePath: s.api.BasePath,
			trace:    traceOf(c.Request().Header),
		}
		x.request = c.Request().WithContext(x)
		c.SetRequest(x.request)
		if s.host != nil && !x.probe {
			s.host.Requests().Add(1)
		}

		response := c.Response()
		response.Header().Set(echo.HeaderXRequestID, x.id)
		response.Before(func() {
			// Now and not when the request came: a connection that is kept is closed when the lame duck is over. Over
			// HTTP/2 it is the connection that says so.
			if s.draining.Load() && c.Request().ProtoMajor == 1 {
				response.Header().Set(echo.HeaderConnection, "close")
			}
			x.complete(response)
		})
		return next(c)
	}
}

// complete is called when the status is known and nothing has been sent.
func (x *exchange) complete(response *echo.Response) {
	if response.Status >= http.StatusBadRequest {
		return
	}
	header := response.Header()
	for _, f := range x.fields {
		if header.Get(f.name) == "" {
			header[f.name] = f.values
		}
	}
}

// requestID takes the client's id when it can stand in a log line as it is.
func requestID(offered string) string {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+="
	if offered == "" || len(offered) > 128 || strings.Trim(offered, allowed) != "" {
		return rand.Text()
	}
	return offered
}

// Principal returns who a security scheme let in, "" if that scheme was not asked or not satisfied.
func Principal(ctx context.Context, scheme string) string {
	x := exchangeOf(ctx)
	if x == nil {
		return ""
	}
	return x.principals[scheme]
}
