package web

import (
	"cmp"
	"net/http"

	"gen/templates/project/api"
)

// checkOrigin refuses what a page of another site makes a browser send: with it travel the cookies of
// the user, who knows nothing of it (CSRF). Safe methods pass, and so do clients that are no browsers.
func (s *Server) checkOrigin(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil // as CrossOriginProtection has it
	}
	asked := *r
	// Origin is held against the host that the client asked, not the one that a proxy asks.
	asked.Host = cmp.Or(r.Header.Get("X-Forwarded-Host"), r.Host)
	if err := s.origins.Check(&asked); err != nil {
		return &api.Error{Status: http.StatusForbidden, Detail: "a page of another origin may not do this", Err: err}
	}
	return nil
}
