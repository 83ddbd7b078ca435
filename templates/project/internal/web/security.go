package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"gen/templates/project/api"

	"github.com/labstack/echo/v4"
)

var (
	// ErrUnauthenticated is what a Scheme answers to a request without a valid credential of its kind.
	ErrUnauthenticated = errors.New("unauthenticated")
	// ErrUnavailable says that something which is needed does not answer now. A Scheme that answers
	// it lets nobody in, as if there were no credential; where that is not enough, the answer is 503.
	ErrUnavailable = errors.New("unavailable")
)

// Scheme checks one security scheme of the document.
type Scheme struct {
	// Authenticate returns who asks. Its error is ErrUnauthenticated (401), ErrUnavailable (503), an
	// *api.Error with a status of its own, or a failure (500).
	Authenticate func(r *http.Request, scopes []string) (principal string, err error)
	// Challenge goes into WWW-Authenticate of a 401 (RFC 9110 §11.6.1); "" for schemes without one.
	Challenge string
	// Try is the arguments that make curl send a credential that was made for this run only; start-up
	// logs them. "" where the operator gave one.
	Try string
}

// authenticate passes a request that satisfies one of the operation's alternatives.
func (s *Server) authenticate(c echo.Context, op *operation) error {
	anybody := len(op.Security) == 0
	var unavailable error
	for _, requirement := range op.Security {
		if len(requirement) == 0 {
			// The others first: a client that says who it is wants to be known.
			anybody = true
			continue
		}
		principals, err := s.satisfy(c.Request(), requirement)
		if err == nil {
			exchangeOf(c.Request().Context()).principals = principals
			return nil
		}
		switch {
		case errors.Is(err, ErrUnavailable):
			unavailable = err
		case !errors.Is(err, ErrUnauthenticated):
			return err
		}
	}
	switch {
	case anybody:
		return nil
	case unavailable != nil:
		return unavailable
	}
	for _, challenge := range s.challenges(op) {
		c.Response().Header().Add(echo.HeaderWWWAuthenticate, challenge)
	}
	return &api.Error{Status: http.StatusUnauthorized, Detail: "this operation needs a valid credential"}
}

func (s *Server) satisfy(r *http.Request, requirement api.Requirement) (map[string]string, error) {
	principals := map[string]string{}
	for _, use := range requirement {
		scheme, ok := s.schemes[use.Scheme]
		if !ok {
			return nil, ErrUnauthenticated
		}
		principal, err := scheme.Authenticate(r, use.Scopes)
		if err != nil {
			return nil, err
		}
		principals[use.Scheme] = principal
	}
	return principals, nil
}

func (s *Server) challenges(op *operation) []string {
	var challenges []string
	for _, requirement := range op.Security {
		for _, use := range requirement {
			challenge := s.schemes[use.Scheme].Challenge
			if challenge != "" && !slices.Contains(challenges, challenge) {
				challenges = append(challenges, challenge)
			}
		}
	}
	return challenges
}

// announceSchemes tells how to use the credentials that were made for this run.
func (s *Server) announceSchemes(url string) {
	for _, name := range slices.Sorted(maps.Keys(s.schemes)) {
		if try := s.schemes[name].Try; try != "" {
			s.log.Info("a credential for this run only", "scheme", name, "try", "curl "+try+" "+url+s.examplePath(name))
		}
	}
}

// examplePath is the path of an operation that asks for the scheme and needs nothing else.
func (s *Server) examplePath(scheme string) string {
	for _, route := range s.api.Routes {
		op := route.Operation
		asks := slices.ContainsFunc(op.Security, func(requirement api.Requirement) bool {
			return len(requirement) == 1 && requirement[0].Scheme == scheme
		})
		if asks && op.Method == http.MethodGet && !strings.Contains(op.Path, "{") {
			return s.api.BasePath + op.Path
		}
	}
	return "/"
}
