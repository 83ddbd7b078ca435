package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// routeTable holds the paths of the document, one for each method, in its order.
type routeTable struct {
	lanes   []*lane
	byShape map[string]*lane
}

// lane is a path with the operations of one method that have it under whatever names.
type lane struct {
	pathTemplate
	method  string
	choices []*choice
	// documented are the choices in the order of the document, those with a fragment last.
	documented []*choice
}

// choice is one operation of a lane.
type choice struct {
	handle echo.HandlerFunc
	when   []distinction
	// names are its path parameters; places are where in the path their values are. Of a name that
	// the path has twice the last counts.
	names    []string
	places   []int
	fragment bool
	produces []string
}

func newChoice(op *api.Operation, p pathTemplate, handle echo.HandlerFunc) (*choice, error) {
	c := &choice{handle: handle, fragment: strings.Contains(op.Path, "#"), produces: op.Produces}
	for place, name := range p.names() {
		if i := slices.Index(c.names, name); i >= 0 {
			c.places[i] = place
			continue
		}
		c.names, c.places = append(c.names, name), append(c.places, place)
	}
	for _, documented := range op.When {
		d, err := newDistinction(documented)
		if err != nil {
			return nil, err
		}
		c.when = append(c.when, d)
	}
	return c, nil
}

func (t *routeTable) add(method string, p pathTemplate, c *choice) {
	key := method + " " + p.shape()
	if t.byShape == nil {
		t.byShape = map[string]*lane{}
	}
	l := t.byShape[key]
	if l == nil {
		l = &lane{pathTemplate: p, method: method}
		t.byShape[key], t.lanes = l, append(t.lanes, l)
	}
	l.choices = append(l.choices, c)
	l.documented = slices.Clone(l.choices)
	slices.SortStableFunc(l.documented, func(a, b *choice) int { return a.late() - b.late() })
}

// register gives each method and pattern to Echo. What Echo can tell apart goes straight to its
// operation, the rest through a dispatcher.
func (s *Server) register() {
	groups := map[string][]*lane{}
	for _, l := range s.routes.lanes {
		key := l.method + " " + l.pattern(false)
		groups[key] = append(groups[key], l)
	}
	for _, l := range s.routes.lanes {
		key := l.method + " " + l.pattern(false)
		group := groups[key]
		if group[0] != l {
			continue
		}
		s.refuseOthers(l.pattern(false))
		if handle, ok := l.direct(); ok && len(group) == 1 {
			s.echo.Add(l.method, l.pattern(true), handle)
			continue
		}
		s.echo.Add(l.method, l.pattern(false), s.dispatch(s.routes.rivals(group)))
	}
}

// direct is the handler of a lane that needs no dispatcher.
func (l *lane) direct() (echo.HandlerFunc, bool) {
	only := l.choices[0]
	return only.handle, l.takesAll() && len(l.choices) == 1 && len(only.names) == len(l.names())
}

// rivals are the lanes that may answer what Echo brings to a pattern, the most particular first: its
// own, and those behind which Echo would not look again.
func (t *routeTable) rivals(group []*lane) []*lane {
	rivals := slices.Clone(group)
	if !slices.ContainsFunc(group, func(l *lane) bool { return l.takesAll() }) {
		for _, l := range t.lanes {
			if l.method == group[0].method && !slices.Contains(group, l) && group[0].meets(l.pathTemplate) {
				rivals = append(rivals, l)
			}
		}
	}
	slices.SortStableFunc(rivals, func(a, b *lane) int { return a.compare(b.pathTemplate) })
	for _, l := range rivals {
		l.rank()
	}
	return rivals
}

// rank puts the operation first that asks for most, and of equals the one that leaves less open.
func (l *lane) rank() {
	slices.SortStableFunc(l.choices, func(a, b *choice) int {
		return cmp.Or(len(b.when)-len(a.when), breadth(a.when)-breadth(b.when), a.late()-b.late())
	})
}

// late is 1 for an operation whose path has a fragment: the one without is meant otherwise.
func (c *choice) late() int {
	if c.fragment {
		return 1
	}
	return 0
}

// dispatch finds the operation that a request is for.
func (s *Server) dispatch(lanes []*lane) echo.HandlerFunc {
	return func(c echo.Context) error {
		segments := splitPath(c.Request().URL.RawPath)
		for _, l := range lanes {
			if values, ok := l.match(segments, c.QueryParams); ok {
				return l.choose(c.Request(), values).serve(c, values)
			}
		}
		return s.refuse(c)
	}
}

// choose is the first operation of which all distinctions hold, else the first of the document whose
// answers the client takes.
func (l *lane) choose(request *http.Request, values []string) *choice {
	if len(l.choices) == 1 {
		return l.choices[0]
	}
	e := &evidence{request: request}
	for _, c := range l.choices {
		e.parameters = c.values(values)
		if !slices.ContainsFunc(c.when, func(d distinction) bool { return !e.supports(d) }) {
			return c
		}
	}
	for _, c := range l.documented {
		if acceptable(request, c.produces) {
			return c
		}
	}
	return l.documented[0]
}

func (c *choice) values(values []string) map[string]string {
	named := make(map[string]string, len(c.names))
	for i, name := range c.names {
		named[name] = values[c.places[i]]
	}
	return named
}

// serve gives the path parameters the names that the operation has for them.
func (c *choice) serve(ctx echo.Context, values []string) error {
	own := make([]string, len(c.names))
	for i, place := range c.places {
		own[i] = values[place]
	}
	ctx.SetParamNames(c.names...)
	ctx.SetParamValues(own...)
	return c.handle(ctx)
}

// refuseOthers answers the methods that a pattern does not have. Echo would take a literal beside a
// parameter for the only path there.
func (s *Server) refuseOthers(pattern string) {
	s.echo.RouteNotFound(pattern, s.refuse)
	if last := pattern[strings.LastIndexByte(pattern, '/')+1:]; strings.HasPrefix(last, ":") {
		// Echo lets a parameter that nothing can follow swallow slashes: "/posts/1/x" would be the
		// post "1/x". So something follows it, which no request can ask for.
		s.echo.RouteNotFound(pattern+"/\x00", echo.NotFoundHandler)
	}
}

// refuse answers a request for which there is no operation: 404, or 405 where other methods have one.
func (s *Server) refuse(c echo.Context) error {
	segments := splitPath(c.Request().URL.RawPath)
	var methods []string
	for _, l := range s.routes.lanes {
		if _, ok := l.match(segments, c.QueryParams); ok && l.method != http.MethodOptions {
			methods = append(methods, l.method)
		}
	}
	if len(methods) == 0 {
		return echo.ErrNotFound
	}
	slices.Sort(methods)
	allow := append([]string{http.MethodOptions}, slices.Compact(methods)...)
	c.Response().Header().Set(echo.HeaderAllow, strings.Join(allow, ", "))
	if c.Request().Method == http.MethodOptions {
		return c.NoContent(http.StatusNoContent)
	}
	return echo.ErrMethodNotAllowed
}
