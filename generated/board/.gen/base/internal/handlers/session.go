package handlers

import (
	"context"

	"example.com/board/api"
	"example.com/board/internal/auth"
	"example.com/board/internal/session"
	"example.com/board/internal/store"
)

// Session serves /session.
type Session struct {
	api.UnimplementedSession

	logins auth.Logins[int64, api.User]
}

func newSession(users *store.Table[int64, api.User], sessions *session.Manager) Session {
	return Session{
		logins: auth.NewLogins(users, sessions, "name"),
	}
}

// GetSession handles GET /session.
func (h *Session) GetSession(ctx context.Context, _ api.GetSessionRequestObject) (api.GetSessionResponseObject, error) {
	row, err := h.logins.Current(ctx)
	if err != nil {
		return nil, err
	}
	return api.GetSession200JSONResponse{Body: row.Value}, nil
}

// LogIn handles POST /session.
func (h *Session) LogIn(ctx context.Context, req api.LogInRequestObject) (api.LogInResponseObject, error) {
	user, row, err := h.logins.Verify(ctx, req.Body.Name, req.Body.Password)
	if err != nil {
		return nil, err
	}
	if err := session.Login(ctx, user); err != nil {
		return nil, err
	}
	return api.LogIn200JSONResponse{Body: row.Value}, nil
}

// LogOut handles DELETE /session.
func (h *Session) LogOut(ctx context.Context, _ api.LogOutRequestObject) (api.LogOutResponseObject, error) {
	if err := session.From(ctx).Logout(ctx); err != nil {
		return nil, err
	}
	return api.LogOut204Response{}, nil
}
