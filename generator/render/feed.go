package render

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/render/handlers"
)

// File is the resource as its file prints it.
func (r Resource) File() handlers.File { return handlers.Of(r.Resource) }

// Test is the walk through the resource that its test takes.
func (r Resource) Test() handlers.Test { return handlers.TestOf(r.Resource) }

// Creates says that some test begins with what a POST made.
func (p Project) Creates() bool {
	return slices.ContainsFunc(p.API.Resources, func(r *model.Resource) bool {
		return slices.ContainsFunc(handlers.TestOf(r).Steps, func(s handlers.Step) bool { return s.Var != "" })
	})
}

// Unwritten are the operations whose handlers are left to the author.
func (p Project) Unwritten() []*model.Operation {
	var out []*model.Operation
	for _, op := range p.API.Operations {
		if !handlers.Written(op) {
			out = append(out, op)
		}
	}
	return out
}

// Conditional says that some operation asks for If-Match.
func (p Project) Conditional() bool {
	return slices.ContainsFunc(p.API.Operations, func(op *model.Operation) bool { return op.Conditional })
}

// Walks says that some resource has a test.
func (p Project) Walks() bool {
	return slices.ContainsFunc(p.API.Resources, func(r *model.Resource) bool { return len(handlers.TestOf(r).Steps) > 0 })
}

// Tables are the tables of the store, parents first.
func (p Project) Tables() []handlers.Table { return handlers.Tables(p.API.Resources) }

// Stores says that some resource has a table.
func (p Project) Stores() bool { return len(p.Tables()) > 0 }

// SessionScheme is the security scheme that a session's cookie satisfies, nil where the document has
// none.
func (p Project) SessionScheme() *model.Scheme {
	for _, s := range p.API.Schemes {
		if s.Type == "apiKey" && s.In == "cookie" {
			return s
		}
	}
	return nil
}

// Credential is a security scheme as the project's settings and package auth know it.
type Credential struct {
	// Name is the scheme's; Field and Func stand for it in Go.
	Name, Field, Func string
	// Type is the setting's type in package auth, Check the method that accepts it.
	Type, Check string
	// Key is the header or the query parameter that carries an API key.
	Key                          string
	Flag, Env, Placeholder, Help string
	Comment                      string
}

// Credentials are the schemes that are not the session's cookie, sorted by name.
func (p Project) Credentials() []Credential {
	var out []Credential
	for _, s := range p.API.Schemes {
		if c, ok := credential(s); ok {
			out = append(out, c)
		}
	}
	return out
}

func credential(s *model.Scheme) (Credential, bool) {
	setting := "auth_" + strings.Join(model.Words(s.Name), "_")
	c := Credential{
		Name: s.Name, Field: s.GoName, Func: model.Unexported(s.GoName) + "Scheme",
		Type: "Token", Check: "Bearer", Placeholder: "TOKEN",
		Flag: strings.ReplaceAll(setting, "_", "-"), Env: strings.ToUpper(setting),
	}
	kind := "a bearer token"
	switch {
	case s.Type == "http" && s.HTTPScheme == "basic":
		c.Type, c.Check, c.Placeholder, kind = "UserPassword", "Basic", "USER:PASSWORD", "user and password"
	case s.Type == "apiKey" && s.In == "header":
		c.Check, c.Key, kind = "Header", s.Key, "a key in the header "+s.Key
	case s.Type == "apiKey" && s.In == "query":
		c.Check, c.Key, kind = "Query", s.Key, "a key in the query parameter "+s.Key
	case s.Type == "apiKey" || s.Type == "mutualTLS":
		return c, false
	case s.Type == "oauth2":
		kind = "an OAuth 2 token"
	case s.Type == "openIdConnect":
		kind = "an OpenID Connect token"
	}
	c.Comment = fmt.Sprintf("the scheme %s: %s", s.Name, kind)
	c.Help = fmt.Sprintf("What the security scheme %s accepts: %s.", strings.NewReplacer(`"`, "'", "`", "'").Replace(s.Name), kind)
	return c, true
}
