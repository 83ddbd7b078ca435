// Package session remembers who asks. HTTP forgets: a client shows a key with each request, in a
// cookie or as a bearer token, and what belongs to it stays on the server.
//
// Goals: what was ended stays ended, whatever requests overlap; changes of one session by several
// requests, in several processes, are all kept; a store that is down keeps nobody waiting; nothing of
// what is stored helps to log in.
//
// Non-goals: sessions without a store, and large values: a session is read and written whole.
//
// A handler asks From for the session. It is read from the store when it is first asked for something,
// and what was changed in it is written just before the answer begins. If that fails, so does the
// request. What a handler has changed is dropped when it answers with an error. Login, Logout and
// Rotate act at once.
package session

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"example.com/board/api"
	"example.com/board/internal/store"
	"example.com/board/internal/web"
)

// Session is what the server knows of the client of one request. Its methods are safe for concurrent
// use.
type Session struct {
	manager *Manager
	ctx     context.Context
	client  client
	// header is that of the answer.
	header http.Header

	mu sync.Mutex
	// key is what the session has come or will go under, "" without one; carrier says how. When read
	// says that the store was asked, rec and content are what is there, or why not is in failure.
	key     string
	carrier carrier
	read    bool
	failure error
	rec     Record
	content content
	// changes wait for the answer; before is its header as it was before them.
	changes []change
	before  http.Header
	closed  bool
	// mark was taken before credentials were checked.
	mark   int64
	marked bool
}

// client is who sent the request.
type client struct {
	request *http.Request
	address string
}

// carrier is how a key travels.
type carrier int

const (
	noCarrier carrier = iota
	byCookie
	byBearer
)

type contextKey struct{}

// From returns the session of a request, never nil. Where there is none it is anonymous, and a value
// that is set in it, or Login, begins one.
func From(ctx context.Context) *Session {
	if s, ok := ctx.Value(contextKey{}).(*Session); ok {
		return s
	}
	return &Session{read: true}
}

// User is who is logged in, "" for nobody. It is nobody, too, while the store does not answer; an
// operation that needs a session is not performed then.
func (s *Session) User() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.load() // It is in the log.
	return s.rec.User
}

// User returns who is logged in as a key of the accounts' table; false for nobody.
func User[K store.Key](ctx context.Context) (K, bool) {
	var none K
	user := From(ctx).User()
	if user == "" {
		return none, false
	}
	key, err := store.ParseKey[K](user)
	return key, err == nil
}

// Token is the session's key, "" without a session: the answer to a log-in where keys travel as
// bearer tokens.
func (s *Session) Token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.load() // It is in the log.
	if s.rec.Hash == "" {
		return ""
	}
	return s.key
}

// load reads the session from the store, once.
func (s *Session) load() error {
	if s.read {
		return s.failure
	}
	s.read = true
	if s.carrier == noCarrier {
		s.choose(byBearer)
		if s.key == "" {
			s.choose(byCookie)
		}
	}
	if s.key == "" {
		return nil
	}
	return s.find(s.ctx)
}

func (s *Session) find(ctx context.Context) error {
	rec, c, err := s.manager.find(ctx, s.key)
	switch {
	case errors.Is(err, errNone):
		return nil // The key is never adopted: whoever made it up knows it.
	case err != nil:
		s.failure = unavailable(err)
		if ctx.Err() == nil {
			s.manager.log.WarnContext(ctx, "a session cannot be read", "error", err)
		}
		return s.failure
	}
	s.hold(rec, c)
	return nil
}

// hold takes what is in the store for the session of the request.
func (s *Session) hold(rec Record, c content) {
	s.rec, s.content = rec, c
	if s.ctx != nil {
		web.NameSession(s.ctx, fingerprint(rec.Hash))
	}
}

// choose takes the key that came by a carrier.
func (s *Session) choose(by carrier) {
	s.carrier, s.key = by, s.manager.key(s.client.request, by)
}

// authenticate is for security schemes: who is logged in with the key that came by a carrier.
func (s *Session) authenticate(by carrier) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.manager != nil && s.carrier != by {
		// Another scheme may have asked before, for the other key.
		s.choose(by)
		s.rec, s.content, s.failure, s.read = Record{}, content{}, nil, false
	}
	if err := s.load(); err != nil {
		return "", err
	}
	if s.rec.User == "" {
		return "", web.ErrUnauthenticated
	}
	return s.rec.User, nil
}

// Cookie is the security scheme of sessions whose key is in the cookie.
func (m *Manager) Cookie() web.Scheme {
	return web.Scheme{Authenticate: func(r *http.Request, _ []string) (string, error) {
		return From(r.Context()).authenticate(byCookie)
	}}
}

// Bearer is the security scheme of sessions whose key is a bearer token.
func (m *Manager) Bearer() web.Scheme {
	return web.Scheme{Challenge: "Bearer", Authenticate: func(r *http.Request, _ []string) (string, error) {
		return From(r.Context()).authenticate(byBearer)
	}}
}

// ended is the answer to a request whose session was ended while it was at work.
func ended(err error) error {
	return &api.Error{Status: http.StatusUnauthorized, Detail: "the session has ended meanwhile", Err: err}
}
