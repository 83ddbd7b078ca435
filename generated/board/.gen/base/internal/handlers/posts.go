package handlers

import (
	"context"
	"fmt"
	"time"

	"github.com/oapi-codegen/nullable"

	"example.com/board/api"
	"example.com/board/internal/auth"
	"example.com/board/internal/store"
	"example.com/board/internal/web"
)

// Posts serves /posts, /posts/{postId} and /posts/{postId}/publish.
type Posts struct {
	api.UnimplementedPosts

	posts *store.Table[int64, api.Post]
}

func newPosts(db *store.DB) Posts {
	return Posts{
		posts: store.NewTable[int64](db, store.Def[api.Post]{
			Name: "posts",
			New: func() api.Post {
				return api.Post{
					Tags:   api.Tags{},
					Status: api.PostStatusDraft,
					Rating: nullable.NewNullNullable[api.Rating](),
				}
			},
		}),
	}
}

// ListPosts handles GET /posts.
func (h *Posts) ListPosts(ctx context.Context, req api.ListPostsRequestObject) (api.ListPostsResponseObject, error) {
	order, err := orderBy(string(or(req.Params.Sort, api.ListPostsSortCreatedAt)), string(or(req.Params.Order, api.ListPostsOrderAsc)),
		store.Order{Field: "createdAt", Type: store.Time},
		store.Order{Field: "title", Type: store.Text},
		store.Order{Field: "rating", Type: store.Number},
	)
	if err != nil {
		return nil, err
	}
	page, err := h.posts.List(ctx, store.Query{
		Filters: []store.Filter{
			store.Equal("status", req.Params.Status),
			store.Contains("tags", req.Params.Tag),
		},
		Order: order,
		Limit: or(req.Params.Limit, 20),
		After: or(req.Params.After, ""),
	})
	if err != nil {
		return nil, err
	}
	return api.ListPosts200JSONResponse{Body: api.ListPostsResponse{
		Items: page.Items,
		Next:  some(page.Next),
	}}, nil
}

// CreatePost handles POST /posts.
func (h *Posts) CreatePost(ctx context.Context, req api.CreatePostRequestObject) (api.CreatePostResponseObject, error) {
	user, err := auth.User[int64](ctx)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	row, err := h.posts.Insert(ctx, func(id int64) api.Post {
		return api.Post{
			ID:        id,
			AuthorID:  user,
			Title:     req.Body.Title,
			Body:      req.Body.Body,
			Tags:      list(req.Body.Tags),
			Status:    or(req.Body.Status, api.PostStatusDraft),
			Rating:    null(optional(req.Body.Rating)),
			CreatedAt: now,
			UpdatedAt: now,
		}
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	web.SetLocation(ctx, fmt.Sprintf("/posts/%d", row.Value.ID))
	return api.CreatePost201JSONResponse{Body: row.Value}, nil
}

// GetPost handles GET /posts/{postId}.
func (h *Posts) GetPost(ctx context.Context, req api.GetPostRequestObject) (api.GetPostResponseObject, error) {
	row, err := h.posts.Get(ctx, req.PostID)
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.GetPost200JSONResponse{Body: row.Value}, nil
}

// ReplacePost handles PUT /posts/{postId}.
func (h *Posts) ReplacePost(ctx context.Context, req api.ReplacePostRequestObject) (api.ReplacePostResponseObject, error) {
	now := time.Now().UTC()
	row, err := h.posts.Update(ctx, req.PostID, web.IfMatch(ctx), func(post *api.Post) error {
		if err := auth.Own(ctx, post.AuthorID); err != nil {
			return err
		}
		post.Title = req.Body.Title
		post.Body = req.Body.Body
		post.Tags = list(req.Body.Tags)
		post.Status = or(req.Body.Status, api.PostStatusDraft)
		post.Rating = null(optional(req.Body.Rating))
		post.UpdatedAt = now
		return nil
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.ReplacePost200JSONResponse{Body: row.Value}, nil
}

// UpdatePost handles PATCH /posts/{postId}: only what the client sent changes.
func (h *Posts) UpdatePost(ctx context.Context, req api.UpdatePostRequestObject) (api.UpdatePostResponseObject, error) {
	now := time.Now().UTC()
	row, err := h.posts.Update(ctx, req.PostID, web.IfMatch(ctx), func(post *api.Post) error {
		if err := auth.Own(ctx, post.AuthorID); err != nil {
			return err
		}
		set(&post.Title, req.Body.Title)
		set(&post.Body, req.Body.Body)
		if req.Body.Tags != nil {
			post.Tags = req.Body.Tags
		}
		set(&post.Status, req.Body.Status)
		if req.Body.Rating.IsSpecified() {
			post.Rating = null(optional(req.Body.Rating))
		}
		post.UpdatedAt = now
		return nil
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.UpdatePost200JSONResponse{Body: row.Value}, nil
}

// DeletePost handles DELETE /posts/{postId}.
func (h *Posts) DeletePost(ctx context.Context, req api.DeletePostRequestObject) (api.DeletePostResponseObject, error) {
	row, err := h.posts.Get(ctx, req.PostID)
	if err != nil {
		return nil, err
	}
	if err := auth.Own(ctx, row.Value.AuthorID); err != nil {
		return nil, err
	}
	if _, err := h.posts.Delete(ctx, req.PostID, web.IfMatch(ctx)); err != nil {
		return nil, err
	}
	return api.DeletePost204Response{}, nil
}

// PublishPost handles POST /posts/{postId}/publish.
func (h *Posts) PublishPost(_ context.Context, _ api.PublishPostRequestObject) (api.PublishPostResponseObject, error) {
	return nil, web.NotImplemented("publishPost")
}
