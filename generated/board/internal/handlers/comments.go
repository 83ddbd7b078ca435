package handlers

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"example.com/board/api"
	"example.com/board/internal/auth"
	"example.com/board/internal/store"
	"example.com/board/internal/web"
)

// Comments serves /posts/{postId}/comments and /posts/{postId}/comments/{commentId}.
type Comments struct {
	api.UnimplementedComments

	comments *store.Table[int64, api.Comment]
}

func newComments(db *store.DB) Comments {
	return Comments{
		comments: store.NewTable[int64](db, store.Def[api.Comment]{
			Name: "comments",
		}),
	}
}

// ListComments handles GET /posts/{postId}/comments.
func (h *Comments) ListComments(ctx context.Context, req api.ListCommentsRequestObject) (api.ListCommentsResponseObject, error) {
	limit, offset := or(req.Params.Limit, 20), or(req.Params.Offset, 0)
	page, err := h.comments.Under(req.PostID).List(ctx, store.Query{
		Limit:  limit,
		Offset: offset,
	})
	if err != nil {
		return nil, err
	}
	if page.More {
		web.SetNextLink(ctx, url.Values{"offset": {strconv.Itoa(offset + limit)}})
	}
	return api.ListComments200JSONResponse{Body: page.Items}, nil
}

// CreateComment handles POST /posts/{postId}/comments.
func (h *Comments) CreateComment(ctx context.Context, req api.CreateCommentRequestObject) (api.CreateCommentResponseObject, error) {
	user, err := auth.User[int64](ctx)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	row, err := h.comments.Under(req.PostID).Insert(ctx, func(id int64) api.Comment {
		return api.Comment{
			ID:        id,
			PostID:    req.PostID,
			AuthorID:  user,
			Text:      req.Body.Text,
			CreatedAt: now,
		}
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	web.SetLocation(ctx, fmt.Sprintf("/posts/%d/comments/%d", req.PostID, row.Value.ID))
	return api.CreateComment201JSONResponse{Body: row.Value}, nil
}

// GetComment handles GET /posts/{postId}/comments/{commentId}.
func (h *Comments) GetComment(ctx context.Context, req api.GetCommentRequestObject) (api.GetCommentResponseObject, error) {
	row, err := h.comments.Under(req.PostID).Get(ctx, req.CommentID)
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.GetComment200JSONResponse{Body: row.Value}, nil
}

// ReplaceComment handles PUT /posts/{postId}/comments/{commentId}.
func (h *Comments) ReplaceComment(ctx context.Context, req api.ReplaceCommentRequestObject) (api.ReplaceCommentResponseObject, error) {
	row, err := h.comments.Under(req.PostID).Update(ctx, req.CommentID, web.IfMatch(ctx), func(comment *api.Comment) error {
		if err := auth.Own(ctx, comment.AuthorID); err != nil {
			return err
		}
		comment.Text = req.Body.Text
		return nil
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.ReplaceComment200JSONResponse{Body: row.Value}, nil
}

// DeleteComment handles DELETE /posts/{postId}/comments/{commentId}.
func (h *Comments) DeleteComment(ctx context.Context, req api.DeleteCommentRequestObject) (api.DeleteCommentResponseObject, error) {
	row, err := h.comments.Under(req.PostID).Get(ctx, req.CommentID)
	if err != nil {
		return nil, err
	}
	if err := auth.Own(ctx, row.Value.AuthorID); err != nil {
		return nil, err
	}
	if _, err := h.comments.Under(req.PostID).Delete(ctx, req.CommentID, web.IfMatch(ctx)); err != nil {
		return nil, err
	}
	return api.DeleteComment204Response{}, nil
}
