package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// operation is one operation of the document with its error answers read.
type operation struct {
	*api.Operation
	errors []*errorForm
}

// addOperations registers the document's routes. GET answers HEAD too, and Echo answers OPTIONS,
// unless the document has operations for these.
//
// A path is matched exactly, as net/http does: "/posts/" is not "/posts".
func (s *Server) addOperations() error {
	validate, err := s.responseValidation()
	if err != nil {
		return err
	}
	heads := map[string]bool{}
	for _, route := range s.api.Routes {
		if op := route.Operation; op.Method == http.MethodHead {
			heads[parsePath(s.api.BasePath+op.Path).shape()] = true
		}
	}
	for _, route := range s.api.Routes {
		path := parsePath(s.api.BasePath + route.Operation.Path)
		choice, err := s.newChoice(route, path, validate(route.Operation))
		if err != nil {
			return fmt.Errorf("operation %s: %w", route.Operation.ID, err)
		}
		s.routes.add(route.Operation.Method, path, choice)
		if route.Operation.Method == http.MethodGet && !heads[path.shape()] {
			s.routes.add(http.MethodHead, path, choice)
		}
	}
	s.register()
	return nil
}

func (s *Server) responseValidation() (func(*api.Operation) echo.MiddlewareFunc, error) {
	if s.config.ValidateResponses {
		return s.api.ValidateResponses()
	}
	unchecked := func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	return func(*api.Operation) echo.MiddlewareFunc { return unchecked }, nil
}

func (s *Server) newChoice(route api.Route, path pathTemplate, validate echo.MiddlewareFunc) (*choice, error) {
	op, err := newOperation(route.Operation)
	if err != nil {
		return nil, err
	}
	return newChoice(op.Operation, path, validate(s.perform(op, route.Handle)))
}

func newOperation(documented *api.Operation) (*operation, error) {
	op := &operation{Operation: documented}
	for _, body := range documented.Errors {
		form, err := parseErrorForm(body)
		if err != nil {
			return nil, fmt.Errorf("error %s: %w", body.Status, err)
		}
		op.errors = append(op.errors, form)
	}
	return op, nil
}

// perform is what an operation does before its handler.
func (s *Server) perform(op *operation, handle echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := exchangeOf(c.Request().Context())
		x.operation, x.route = op, s.api.BasePath+op.Path
		if err := checkParameters(c); err != nil {
			return err
		}
		if err := s.checkOrigin(c.Request()); err != nil {
			return err
		}
		if err := s.authenticate(c, op); err != nil {
			return err
		}
		if op.Conditional && c.Request().Header.Get("If-Match") == "" {
			return &api.Error{
				Status: http.StatusPreconditionRequired,
				Detail: "send If-Match with the ETag of the version that you change",
			}
		}
		if !acceptable(c.Request(), op.Produces) {
			return &api.Error{
				Status: http.StatusNotAcceptable,
				Detail: "this operation answers " + strings.Join(op.Produces, ", "),
			}
		}
		return handle(c)
	}
}

// checkParameters refuses what Echo lets through: "/posts//comments" names no post. The values stay
// escaped, because what they are made of (a list, a matrix) must be told apart before it is decoded.
func checkParameters(c echo.Context) error {
	if slices.Contains(c.ParamValues(), "") {
		return echo.ErrNotFound
	}
	return nil
}

// canonicalPath spells the path as routes are spelled, segment by segment, so that "%2F" inside a
// parameter is no separator and "%6F" is the letter o.
func canonicalPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		location := c.Request().URL
		if !utf8.ValidString(location.Path) || strings.Contains(location.Path, "\x00") {
			return &api.Error{Status: http.StatusBadRequest, Detail: "the path is not valid UTF-8 text"}
		}
		if location.RawPath != "" || !plain(location.Path) {
			location.RawPath = canonical(location.EscapedPath())
		} else {
			location.RawPath = location.Path
		}
		return next(c)
	}
}

// plain says that a path is spelled in one way only.
func plain(path string) bool {
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("/-_.~", c) >= 0:
		default:
			return false
		}
	}
	return true
}

func canonical(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if text, err := url.PathUnescape(segment); err == nil {
			segment = text
		}
		segments[i] = escape(segment)
	}
	return strings.Join(segments, "/")
}

// escape spells a segment as routes do.
func escape(segment string) string { return literals.Replace(url.PathEscape(segment)) }

// literals are the characters that mean something to Echo's router.
var literals = strings.NewReplacer(":", "%3A", "*", "%2A")
