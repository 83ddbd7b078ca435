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

// alternative is the first of an operation's security requirements that static credentials satisfy.
// ok is false where there is none: a session is needed, or a client certificate.
func (all credentials) alternative(op *model.Operation) (needed model.Requirement, ok bool) {
	for _, requirement := range op.Security {
		if all.satisfy(requirement) {
			return requirement, true
		}
	}
	return nil, len(op.Security) == 0
}

func (all credentials) satisfy(requirement model.Requirement) bool {
	for _, use := range requirement {
		if _, ok := all[use.Scheme.Name]; !ok {
			return false
		}
	}
	return true
}

// attach sends what a requirement asks for.
func (all credentials) attach(req *http.Request, requirement model.Requirement) {
	for _, use := range requirement {
		switch c := all[use.Scheme.Name]; c.Check {
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
