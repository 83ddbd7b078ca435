package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// addPages registers what every server has beside its document. A page yields to a path that the
// document names literally, and only to that: "/{slug}" does not take /healthz away.
func (s *Server) addPages() error {
	docs, err := s.docs()
	if err != nil {
		return err
	}
	document, err := atThisServer(s.api.Document, s.api.BasePath)
	if err != nil {
		return err
	}
	yaml := sync.OnceValues(func() ([]byte, error) { return toYAML(document) })
	s.addPage("/healthz", s.live)
	s.addPage("/readyz", s.ready)
	s.addPage("/openapi.json", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, document)
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
	}
	return s.addFrontPage()
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

// atThisServer puts this server first among those that the document names, so that who reads it
// here tries it here.
func atThisServer(document []byte, basePath string) ([]byte, error) {
	var root map[string]json.RawMessage
	if err := json.Unmarshal(document, &root); err != nil {
		return nil, fmt.Errorf("OpenAPI document: %w", err)
	}
	var servers []json.RawMessage
	if err := json.Unmarshal(root["servers"], &servers); root["servers"] != nil && err != nil {
		return nil, fmt.Errorf("servers of the OpenAPI document: %w", err)
	}
	here, err := json.Marshal(map[string]string{"url": cmp.Or(basePath, "/")})
	if err != nil {
		return nil, err
	}
	servers = slices.DeleteFunc(servers, func(s json.RawMessage) bool { return bytes.Equal(s, here) })
	list, err := json.Marshal(append([]json.RawMessage{here}, servers...))
	if err != nil {
		return nil, err
	}
	return replaceMember(document, "servers", list)
}

// replaceMember sets a member of an object and leaves the order of the others as it is.
func replaceMember(object []byte, name string, value []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var old json.RawMessage
		if err := decoder.Decode(&old); err != nil {
			return nil, err
		}
		if key == name {
			end := int(decoder.InputOffset())
			return slices.Concat(object[:end-len(old)], value, object[end:]), nil
		}
	}
	end := bytes.LastIndexByte(object, '}')
	return slices.Concat(object[:end], fmt.Appendf(nil, ",%q:", name), value, object[end:]), nil
}
