package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"example.com/board/internal/page"
)

// addFrontPage registers the page at "/" and the files that it is made of, unless the document has one of
// these paths: then "/", if it is free, leads to the documentation.
func (s *Server) addFrontPage() error {
	files, err := page.Files()
	if err != nil {
		return err
	}
	own := s.documents("/") || s.documents(strings.TrimSuffix(page.Folder, "/"))
	if own {
		if !s.documents("/docs") {
			s.addPage("/", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/docs") })
		}
		return nil
	}
	s.addPage("/", func(c echo.Context) error { return front(c, files[page.Index]) })
	s.addPage(page.Folder+"*", func(c echo.Context) error {
		file, ok := files[c.Param("*")]
		if !ok {
			return echo.ErrNotFound
		}
		return sendFile(c, file)
	})
	return nil
}

// front sends the page to who takes HTML, and shows who would rather have JSON where the document is.
func front(c echo.Context, index page.File) error {
	c.Response().Header().Set(echo.HeaderVary, echo.HeaderAccept)
	offers := parseAccept(c.Request().Header.Values(echo.HeaderAccept))
	if quality(offers, echo.MIMEApplicationJSON) > quality(offers, echo.MIMETextHTML) {
		return c.Redirect(http.StatusFound, "/openapi.json")
	}
	return sendFile(c, index)
}

func sendFile(c echo.Context, file page.File) error {
	header := c.Response().Header()
	header.Set("Content-Security-Policy", page.Policy)
	// Browsers keep the file, and ask whether it is still the same.
	header.Set(echo.HeaderCacheControl, "no-cache")
	header.Set("ETag", file.ETag)
	return c.Blob(http.StatusOK, file.Type, file.Content)
}
