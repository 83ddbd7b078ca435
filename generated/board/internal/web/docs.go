package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/swgui/v5emb"
)

// docsPolicy lets the page load and ask this server alone. Swagger UI writes no style into its markup, and shows icons
// that are in its styles, and images of answers.
const docsPolicy = "default-src 'none'; connect-src 'self'; img-src 'self' data: blob:; script-src 'self'; style-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

//go:embed docs.html docs.css docs.js
var docsFiles embed.FS

// docs is Swagger UI; all of its files are in this binary.
func (s *Server) docs() (echo.HandlerFunc, error) {
	page, err := docsPage(s.api.Document)
	if err != nil {
		return nil, err
	}
	own, ui := http.StripPrefix("/docs/", http.FileServerFS(docsFiles)), v5emb.New("", "", "/docs/")
	return func(c echo.Context) error {
		switch name := strings.TrimPrefix(c.Request().URL.Path, "/docs"); name {
		case "", "/":
			c.Response().Header().Set("Content-Security-Policy", docsPolicy)
			return c.HTMLBlob(http.StatusOK, page)
		case "/docs.css", "/docs.js":
			own.ServeHTTP(c.Response(), c.Request())
		default:
			ui.ServeHTTP(c.Response(), c.Request())
		}
		return nil
	}, nil
}

func docsPage(document []byte) ([]byte, error) {
	var about struct {
		Info struct{ Title string }
	}
	if err := json.Unmarshal(document, &about); err != nil {
		return nil, fmt.Errorf("OpenAPI document: %w", err)
	}
	text, err := template.ParseFS(docsFiles, "docs.html")
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = text.Execute(&page, about.Info.Title)
	return page.Bytes(), err
}
