package auth

import (
	"example.com/board/internal/session"
	"example.com/board/internal/web"
)

// Schemes are the security schemes of openapi.yaml, by name.
func Schemes(sessions *session.Manager) map[string]web.Scheme {
	return map[string]web.Scheme{
		"session": sessions.Cookie(),
	}
}
