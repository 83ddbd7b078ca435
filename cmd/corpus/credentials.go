package main

import (
	"net/http"
	"net/url"

	"gen/generator/model"
	"gen/generator/render"
)

const (
	user   = "corpus"
	secret = "corpus-credential-0123456789"
)

// credentials are the security schemes that accept a static credential, by their names.
type credentials map[string]render.Credential

func credentialsOf(api *model.API) credentials {
	all := credentials{}
	for _, c := range (render.Project{API: api}).Credentials() {
		all[c.Name] = c
	}
	return all
}

// environment are the settings that make a server accept them.
func (all credentials) environment() []string {
	var env []string
	for _, c := range all {
		value := secret
		if c.Check == "Basic" {
			value = user + ":" + secret
		}
		env = append(env, c.Env+"="+value)
	}
	return env
}

// alternative is the first of an operation's security requirements that static credentials, or a
// session, satisfy. ok is false where there is none: a client certificate is needed, or a session that
// nobody can begin.
func (c *client) alternative(op *model.Operation) (needed model.Requirement, ok bool) {
	for _, requirement := range op.Security {
		if c.satisfies(requirement) {
			return requirement, true
		}
	}
	return nil, len(op.Security) == 0
}

func (c *client) satisfies(requirement model.Requirement) bool {
	for _, use := range requirement {
		session := c.sessions.Carries(use.Scheme) && len(c.sessions.LogIns) > 0
		if _, ok := c.credentials[use.Scheme.Name]; !ok && !session {
			return false
		}
	}
	return true
}

// attach sends what a requirement asks for.
func (c *client) attach(req *http.Request, requirement model.Requirement) {
	for _, use := range requirement {
		if use.Scheme == c.sessions.Bearer {
			req.Header.Set("Authorization", "Bearer "+c.token)
		}
		switch c := c.credentials[use.Scheme.Name]; c.Check {
		case "Basic":
			req.SetBasicAuth(user, secret)
		case "Bearer":
			req.Header.Set("Authorization", "Bearer "+secret)
		case "Header":
			req.Header.Set(c.Key, secret)
		case "Query":
			if req.URL.RawQuery != "" {
				req.URL.RawQuery += "&"
			}
			req.URL.RawQuery += url.Values{c.Key: {secret}}.Encode()
		}
	}
}

// visit is who sends a request: a browser with the session's cookie, or one without any.
func (c *client) visit(r *request) *http.Client {
	if !r.anonymous {
		return c.http
	}
	stranger := *c.http
	stranger.Jar = nil
	return &stranger
}
