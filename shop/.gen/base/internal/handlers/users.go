package handlers

import (
	"context"
	"fmt"
	"time"

	"example.com/shop/api"
	"example.com/shop/internal/auth"
	"example.com/shop/internal/store"
	"example.com/shop/internal/web"
)

// Users serves /users and /users/{userId}.
type Users struct {
	api.UnimplementedUsers

	users *store.Table[int64, api.User]
}

func newUsers(db *store.DB) Users {
	return Users{
		users: store.NewTable[int64](db, store.Def[api.User]{
			Name: "users",
		}),
	}
}

// CreateUser handles POST /users.
func (h *Users) CreateUser(ctx context.Context, req api.CreateUserRequestObject) (api.CreateUserResponseObject, error) {
	hash, err := auth.HashPassword(ctx, req.Body.Password)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	row, err := h.users.Insert(ctx, func(idTable int64) api.User {
		return api.User{
			ID:        idTable,
			Name:      req.Body.Name,
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

// DeleteUser handles DELETE /users/{userId}.
func (h *Users) DeleteUser(ctx context.Context, req api.DeleteUserRequestObject) (api.DeleteUserResponseObject, error) {
	if _, err := h.users.Delete(ctx, req.UserID, web.IfMatch(ctx)); err != nil {
		return nil, err
	}
	return api.DeleteUser204Response{}, nil
}
