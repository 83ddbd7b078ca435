package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/swgui/v5emb"
)

// addPages registers what every server has beside its document. A page yields to a path that the
// document names literally, and only to that: "/{slug}" does not take /healthz away.
func (s *Server) addPages() error {
	docs, err := s.docs()
	if err != nil {
		return err
	}
	yaml := sync.OnceValues(func() ([]byte, error) { return toYAML(s.api.Document) })
	s.addPage("/healthz", s.live)
	s.addPage("/readyz", s.ready)
	s.addPage("/openapi.json", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, s.api.Document)
	})
	s.addPage("/openapi.yaml", func(c echo.Context) error {
		document, err := yaml()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/yaml", document)
	})
	if s.addPage("/docs", docs) {
		s.addPage("/docs/*", docs)
		s.addPage("/", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/docs") })
	}
	return nil
}

func (s *Server) addPage(path string, handle echo.HandlerFunc) bool {
	if s.documents(strings.TrimSuffix(path, "/*")) {
		return false
	}
	page := func(c echo.Context) error {
		exchangeOf(c.Request().Context()).route = path
		return handle(c)
	}
	s.echo.GET(path, page)
	s.echo.HEAD(path, page)
	return true
}

// documents says whether the path, or one below it, is the document's own.
func (s *Server) documents(path string) bool {
	for _, route := range s.api.Routes {
		own := s.api.BasePath + route.Operation.Path
		if own == path || path != "/" && strings.HasPrefix(own, path+"/") {
			return true
		}
	}
	return false
}

// docs is Swagger UI; all of its files are in this binary.
func (s *Server) docs() (echo.HandlerFunc, error) {
	var document struct {
		Info struct{ Title string }
	}
	if err := json.Unmarshal(s.api.Document, &document); err != nil {
		return nil, fmt.Errorf("OpenAPI document: %w", err)
	}
	ui := v5emb.New(document.Info.Title, "/openapi.json", "/docs/")
	return func(c echo.Context) error {
		// Swagger UI starts with an inline script and brings inline styles and images.
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; "+
			"img-src 'self' data:; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
		ui.ServeHTTP(c.Response(), c.Request())
		return nil
	}, nil
}
