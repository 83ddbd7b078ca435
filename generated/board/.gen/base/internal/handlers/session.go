package handlers

import (
	"context"

	"example.com/board/api"
	"example.com/board/internal/web"
)

// Session serves /session.
type Session struct {
	api.UnimplementedSession
}

// GetSession handles GET /session.
func (h *Session) GetSession(_ context.Context, _ api.GetSessionRequestObject) (api.GetSessionResponseObject, error) {
	return nil, web.NotImplemented("getSession")
}

// LogIn handles POST /session.
func (h *Session) LogIn(_ context.Context, _ api.LogInRequestObject) (api.LogInResponseObject, error) {
	return nil, web.NotImplemented("logIn")
}

// LogOut handles DELETE /session.
func (h *Session) LogOut(_ context.Context, _ api.LogOutRequestObject) (api.LogOutResponseObject, error) {
	return nil, web.NotImplemented("logOut")
}
