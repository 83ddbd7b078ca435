// Package handlers answers the operations of the document, a file for each resource.
package handlers

import (
	"example.com/board/api"
	"example.com/board/internal/session"
	"example.com/board/internal/store"
)

// Handlers answers every operation.
type Handlers struct {
	Users
	Session
	Sessions
	Posts
	Comments
}

var _ api.StrictServerInterface = (*Handlers)(nil)

// New returns the handlers of all resources, which are kept in db.
func New(db *store.DB, sessions *session.Manager) *Handlers {
	users := newUsers(db, sessions)
	return &Handlers{
		Users:    users,
		Session:  newSession(users.users, sessions),
		Sessions: newSessions(sessions),
		Posts:    newPosts(db),
		Comments: newComments(db),
	}
}
