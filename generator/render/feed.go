package render

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
	"gen/generator/render/handlers"
)

// File is the resource as its file prints it.
func (r Resource) File() handlers.File { return handlers.Of(r.Resource, r.API.Sessions) }

// Test is the walk through the resource that its test takes.
func (r Resource) Test() handlers.Test { return handlers.TestOf(r.Resource, r.API.Sessions) }

// Creates says that some test begins with what a POST made.
func (p Project) Creates() bool {
	return slices.ContainsFunc(p.API.Resources, func(r *model.Resource) bool {
		return slices.ContainsFunc(handlers.TestOf(r, p.API.Sessions).Steps, func(s handlers.Step) bool { return s.Var != "" })
	})
}

// files are the resources as their files print them.
func (p Project) files() []handlers.File {
	out := make([]handlers.File, len(p.API.Resources))
	for i, r := range p.API.Resources {
		out[i] = handlers.Of(r, p.API.Sessions)
	}
	return out
}

// UsesSessions says that some handler needs the manager of the sessions.
func (p Project) UsesSessions() bool {
	return slices.ContainsFunc(p.files(), func(f handlers.File) bool { return f.Sessions || f.Logins != nil })
}

// Shared is the accounts' handler where others need its table, nil where none does.
func (p Project) Shared() *handlers.File {
	files := p.files()
	for _, f := range files {
		if f.Logins != nil && !f.Logins.Own && p.Serves(f.GoName) {
			i := slices.IndexFunc(files, func(g handlers.File) bool { return g.GoName == f.Logins.Resource })
			return &files[i]
		}
	}
	return nil
}

// Serves says that a resource has handlers: that the author did not delete them, or that others cannot do
// without its table.
func (p Project) Serves(goName string) bool {
	if !slices.Contains(p.Deleted, goName) {
		return true
	}
	return slices.ContainsFunc(p.files(), func(f handlers.File) bool {
		return f.Logins != nil && !f.Logins.Own && f.Logins.Resource == goName && !slices.Contains(p.Deleted, f.GoName)
	})
}

// Handler is a field of Handlers and what New sets it to.
type Handler struct{ GoName, Value string }

// Handlers are those that need something from New.
func (p Project) Handlers() []Handler {
	var out []Handler
	shared := p.Shared()
	for _, f := range p.files() {
		switch {
		case !p.Serves(f.GoName):
		case shared != nil && shared.GoName == f.GoName:
			out = append(out, Handler{f.GoName, f.Field})
		case f.Table != "" || f.Sessions || f.Logins != nil:
			out = append(out, Handler{f.GoName, "new" + f.GoName + "(" + f.Args() + ")"})
		}
	}
	return out
}

// Unwritten says that handlers are left to the author.
func (p Project) Unwritten() bool {
	return slices.ContainsFunc(p.API.Operations, func(op *model.Operation) bool { return !handlers.Written(op) })
}

// Conditional says that some operation asks for If-Match.
func (p Project) Conditional() bool {
	return slices.ContainsFunc(p.API.Operations, func(op *model.Operation) bool { return op.Conditional })
}

// Walks says that some resource has a test.
func (p Project) Walks() bool {
	return slices.ContainsFunc(p.API.Resources, func(r *model.Resource) bool { return len(handlers.TestOf(r, p.API.Sessions).Steps) > 0 })
}

// Tables are the tables of the store, parents first.
func (p Project) Tables() []handlers.Table { return handlers.Tables(p.API.Resources) }

// Stores says that some resource has a table.
func (p Project) Stores() bool { return len(p.Tables()) > 0 }

// Carried says that some security scheme of the document is a session.
func (p Project) Carried() bool {
	return p.API.Sessions.Cookie != nil || p.API.Sessions.Bearer != nil
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

// Credentials are the schemes that no session satisfies, sorted by name.
func (p Project) Credentials() []Credential {
	var out []Credential
	for _, s := range p.API.Schemes {
		if c, ok := credential(s); ok && !p.API.Sessions.Carries(s) {
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
