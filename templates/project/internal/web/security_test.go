package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"gen/templates/project/api"

	"github.com/labstack/echo/v4"
)

// keyScheme accepts the key in a header of the scheme's name.
func keyScheme(name, key, challenge string) Scheme {
	return Scheme{
		Challenge: challenge,
		Authenticate: func(r *http.Request, _ []string) (string, error) {
			switch r.Header.Get(name) {
			case key:
				return name + "'s holder", nil
			case "broken":
				return "", errors.New("the directory is down")
			case "forbidden":
				return "", &api.Error{Status: http.StatusForbidden}
			case "away":
				return "", fmt.Errorf("the sessions: %w", ErrUnavailable)
			}
			return "", ErrUnauthenticated
		},
	}
}

func TestSecurity(t *testing.T) {
	needs := func(requirements ...api.Requirement) func(*api.Operation) {
		return func(op *api.Operation) { op.Security = requirements }
	}
	use := func(names ...string) (requirement api.Requirement) {
		for _, name := range names {
			requirement = append(requirement, api.SchemeUse{Scheme: name})
		}
		return requirement
	}
	who := func(c echo.Context) error {
		ctx := c.Request().Context()
		return c.JSON(http.StatusOK, Principal(ctx, "Key")+","+Principal(ctx, "Other"))
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/open", who),
		route("GET", "/key", who, needs(use("Key"))),
		route("GET", "/both", who, needs(use("Key", "Other"))),
		route("GET", "/either", who, needs(use("Key"), use("Other"))),
		route("GET", "/optional", who, needs(use(), use("Key"))),
		route("GET", "/missing", who, needs(use("Session"))),
		route("GET", "/missing-or-key", who, needs(use("Session"), use("Key"))),
	}}, map[string]Scheme{
		"Key": keyScheme("Key", "k", `Basic realm="api"`), "Other": keyScheme("Other", "o", "Bearer"),
	})
	tests := []struct {
		path    string
		headers []string
		status  int
		body    string
	}{
		{"/open", nil, 200, `","`},
		{"/key", nil, 401, "credential"},
		{"/key", []string{"Key: wrong"}, 401, ""},
		{"/key", []string{"Key: k"}, 200, `"Key's holder,"`},
		{"/key", []string{"Key: broken"}, 500, "internal error"},
		{"/key", []string{"Key: forbidden"}, 403, ""},
		{"/both", []string{"Key: k"}, 401, ""},
		{"/both", []string{"Key: k", "Other: o"}, 200, `"Key's holder,Other's holder"`},
		{"/either", []string{"Other: o"}, 200, `",Other's holder"`},
		{"/key", []string{"Key: away"}, 503, "cannot be answered now"},
		{"/either", []string{"Key: away"}, 503, ""},
		{"/either", []string{"Key: away", "Other: o"}, 200, `",Other's holder"`},
		{"/both", []string{"Key: away", "Other: o"}, 503, ""},
		{"/optional", []string{"Key: away"}, 200, `","`},
		{"/optional", nil, 200, `","`},
		{"/optional", []string{"Key: k"}, 200, "Key's holder"},
		{"/missing", []string{"Key: k"}, 401, ""},
		{"/missing-or-key", []string{"Key: k"}, 200, ""},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			server.do(t, "GET", test.path, "", test.headers...).wants(t, test.status, test.body)
		})
	}
	challenges := server.do(t, "GET", "/either", "").Header.Values("WWW-Authenticate")
	if want := []string{`Basic realm="api"`, "Bearer"}; !slices.Equal(challenges, want) {
		t.Errorf("challenges are %q", challenges)
	}
}

func TestCredentialForThisRun(t *testing.T) {
	secured := func(op *api.Operation) { op.Security = []api.Requirement{{{Scheme: "basic"}}} }
	scheme := keyScheme("Key", "k", "")
	scheme.Try = "-u dev:secret"
	server := start(t, Config{}, &api.API{BasePath: "/v1", Routes: []api.Route{
		route("GET", "/posts/{id}", nil, secured),
		route("GET", "/posts", nil, secured),
	}}, map[string]Scheme{"basic": scheme})
	line := server.logged(t, "a credential for this run only")
	if want := "curl -u dev:secret " + server.url + "/v1/posts"; line["try"] != want {
		t.Errorf("try is %v, want %s", line["try"], want)
	}
}
