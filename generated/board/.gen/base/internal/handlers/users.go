package handlers

import (
	"context"
	"fmt"
	"time"

	"example.com/board/api"
	"example.com/board/internal/auth"
	"example.com/board/internal/session"
	"example.com/board/internal/store"
	"example.com/board/internal/web"
)

// Users serves /users and /users/{userId}.
type Users struct {
	api.UnimplementedUsers

	users    *store.Table[int64, api.User]
	sessions *session.Manager
}

func newUsers(db *store.DB, sessions *session.Manager) Users {
	return Users{
		users: store.NewTable[int64](db, store.Def[api.User]{
			Name: "users",
		}),
		sessions: sessions,
	}
}

// ListUsers handles GET /users.
func (h *Users) ListUsers(ctx context.Context, req api.ListUsersRequestObject) (api.ListUsersResponseObject, error) {
	page, err := h.users.List(ctx, store.Query{
		Filters: []store.Filter{
			store.Equal("name", req.Params.Name),
		},
		Limit: or(req.Params.Limit, 20),
		After: or(req.Params.After, ""),
	})
	if err != nil {
		return nil, err
	}
	return api.ListUsers200JSONResponse{Body: api.ListUsersResponse{
		Items: page.Items,
		Next:  some(page.Next),
	}}, nil
}

// CreateUser handles POST /users.
func (h *Users) CreateUser(ctx context.Context, req api.CreateUserRequestObject) (api.CreateUserResponseObject, error) {
	hash, err := auth.HashPassword(ctx, req.Body.Password)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	row, err := h.users.Insert(ctx, func(id int64) api.User {
		return api.User{
			ID:        id,
			Name:      req.Body.Name,
			About:     req.Body.About,
			CreatedAt: now,
		}
	}, store.Secret{Column: "password", Value: hash})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	web.SetLocation(ctx, fmt.Sprintf("/users/%d", row.Value.ID))
	return api.CreateUser201JSONResponse{Body: row.Value}, nil
}

// GetUser handles GET /users/{userId}.
func (h *Users) GetUser(ctx context.Context, req api.GetUserRequestObject) (api.GetUserResponseObject, error) {
	row, err := h.users.Get(ctx, req.UserID)
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.GetUser200JSONResponse{Body: row.Value}, nil
}

// UpdateUser handles PATCH /users/{userId}: only what the client sent changes.
func (h *Users) UpdateUser(ctx context.Context, req api.UpdateUserRequestObject) (api.UpdateUserResponseObject, error) {
	if err := auth.Own(ctx, req.UserID); err != nil {
		return nil, err
	}
	var secrets []store.Secret
	if req.Body.Password != nil {
		hash, err := auth.HashPassword(ctx, *req.Body.Password)
		if err != nil {
			return nil, err
		}
		secrets = append(secrets, store.Secret{Column: "password", Value: hash})
	}
	row, err := h.users.Update(ctx, req.UserID, web.IfMatch(ctx), func(user *api.User) error {
		set(&user.Name, req.Body.Name)
		if req.Body.About != nil {
			user.About = req.Body.About
		}
		return nil
	}, secrets...)
	if err != nil {
		return nil, err
	}
	if req.Body.Password != nil {
		if err := h.sessions.EndOthers(ctx); err != nil {
			return nil, err
		}
	}
	web.SetETag(ctx, row.Version)
	return api.UpdateUser200JSONResponse{Body: row.Value}, nil
}

// DeleteUser handles DELETE /users/{userId}.
func (h *Users) DeleteUser(ctx context.Context, req api.DeleteUserRequestObject) (api.DeleteUserResponseObject, error) {
	if err := auth.Own(ctx, req.UserID); err != nil {
		return nil, err
	}
	if _, err := h.users.Delete(ctx, req.UserID, web.IfMatch(ctx)); err != nil {
		return nil, err
	}
	if err := h.sessions.EndAll(ctx, store.FormatKey(req.UserID)); err != nil {
		return nil, err
	}
	return api.DeleteUser204Response{}, nil
}
