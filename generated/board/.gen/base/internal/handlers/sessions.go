package handlers

import (
	"context"

	"example.com/board/api"
	"example.com/board/internal/auth"
	"example.com/board/internal/session"
)

// Sessions serves /sessions and /sessions/{sessionId}.
type Sessions struct {
	api.UnimplementedSessions

	sessions *session.Manager
}

func newSessions(sessions *session.Manager) Sessions {
	return Sessions{
		sessions: sessions,
	}
}

// ListSessions handles GET /sessions.
func (h *Sessions) ListSessions(ctx context.Context, _ api.ListSessionsRequestObject) (api.ListSessionsResponseObject, error) {
	user, err := auth.User[string](ctx)
	if err != nil {
		return nil, err
	}
	open, err := h.sessions.List(ctx, user)
	if err != nil {
		return nil, err
	}
	return api.ListSessions200JSONResponse{Body: each(open, sessionsAsSession)}, nil
}

// LogOutEverywhere handles DELETE /sessions.
func (h *Sessions) LogOutEverywhere(ctx context.Context, _ api.LogOutEverywhereRequestObject) (api.LogOutEverywhereResponseObject, error) {
	user, err := auth.User[string](ctx)
	if err != nil {
		return nil, err
	}
	if err := h.sessions.EndAll(ctx, user); err != nil {
		return nil, err
	}
	return api.LogOutEverywhere204Response{}, nil
}

// EndSession handles DELETE /sessions/{sessionId}.
func (h *Sessions) EndSession(ctx context.Context, req api.EndSessionRequestObject) (api.EndSessionResponseObject, error) {
	user, err := auth.User[string](ctx)
	if err != nil {
		return nil, err
	}
	if err := h.sessions.End(ctx, user, req.SessionID); err != nil {
		return nil, err
	}
	return api.EndSession204Response{}, nil
}

// sessionsAsSession answers a session as Session.
func sessionsAsSession(info session.Info) api.Session {
	return api.Session{
		ID:         info.ID,
		CreatedAt:  info.Created,
		LastSeenAt: info.Seen,
		Current:    info.Current,
		Address:    new(info.Address),
		UserAgent:  new(info.Agent),
	}
}
