package board

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"example.com/board/api"
	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"gen/e2e/bench/echoed"
	"gen/e2e/bench/shelf"
)

// handlers implement what gen made of the document.
type handlers struct {
	api.UnimplementedUsers
	api.UnimplementedSession
	api.UnimplementedSessions
	api.UnimplementedPosts
	api.UnimplementedComments

	posts *shelf.Shelf[api.Post]
	now   func() time.Time
}

// newGen is the api package on Echo.
func newGen(now func() time.Time) (http.Handler, error) {
	contract, err := api.New(&handlers{posts: shelf.New(posts, seedGen), now: now})
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		answer := echoed.Fault{Status: http.StatusInternalServerError}
		if known, ok := err.(*api.Error); ok { //nolint:errorlint // nothing wraps it here
			answer = echoed.Fault{Status: known.Status, Detail: known.Detail}
			for _, invalid := range known.Invalid {
				answer.Errors = append(answer.Errors, echoed.Part(invalid))
			}
		}
		echoed.Answer(c, answer)
	}
	for _, route := range contract.Routes {
		handle := route.Handle
		if len(route.Operation.Security) > 0 {
			handle = needSession(handle)
		}
		e.Add(route.Operation.Method, echoed.Path(contract.BasePath+route.Operation.Path), handle)
	}
	return e, nil
}

type userKey struct{}

// needSession passes requests of users who are logged in.
func needSession(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		user, ok := caller(c.Request())
		if !ok {
			return &api.Error{Status: http.StatusUnauthorized}
		}
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), userKey{}, user)))
		return next(c)
	}
}

func seedGen(id int64) api.Post {
	post := api.Post{
		ID:        id,
		AuthorID:  id%9 + 1,
		Title:     seedTitle(id),
		Body:      seedBody(id),
		Tags:      seedTags,
		Status:    api.PostStatusPublished,
		Rating:    nullable.NewNullNullable[api.Rating](),
		CreatedAt: seedCreated(id),
		UpdatedAt: seedCreated(id),
	}
	if rating := seedRating(id); rating != nil {
		post.Rating = nullable.NewNullableWithValue(*rating)
	}
	return post
}

// ListPosts handles GET /posts.
func (h *handlers) ListPosts(_ context.Context, req api.ListPostsRequestObject) (api.ListPostsResponseObject, error) {
	limit, after := 20, int64(0)
	if req.Params.Limit != nil {
		limit = *req.Params.Limit
	}
	if req.Params.After != nil {
		var err error
		if after, err = strconv.ParseInt(*req.Params.After, 10, 64); err != nil {
			return nil, &api.Error{Status: http.StatusBadRequest, Detail: "the cursor is not one that this list gave out"}
		}
	}
	items, next := h.posts.Page(after, limit, wanted(req.Params))
	return api.ListPosts200JSONResponse{Body: api.ListPostsResponse{Items: items, Next: cursor(next)}}, nil
}

// wanted lets the posts pass that a client asks for, nil if it wants all.
func wanted(params api.ListPostsParams) func(*api.Post) bool {
	if params.Status == nil && params.Tag == nil {
		return nil
	}
	return func(post *api.Post) bool {
		return (params.Status == nil || post.Status == *params.Status) && (params.Tag == nil || tagged(post.Tags, *params.Tag))
	}
}

// CreatePost handles POST /posts.
func (h *handlers) CreatePost(ctx context.Context, req api.CreatePostRequestObject) (api.CreatePostResponseObject, error) {
	user, _ := ctx.Value(userKey{}).(int64)
	now := h.now()
	post := h.posts.Add(func(id int64) api.Post {
		post := api.Post{
			ID:        id,
			AuthorID:  user,
			Title:     req.Body.Title,
			Body:      req.Body.Body,
			Tags:      req.Body.Tags,
			Status:    api.PostStatusDraft,
			Rating:    req.Body.Rating,
			CreatedAt: now,
			UpdatedAt: now,
		}
		if post.Tags == nil {
			post.Tags = api.Tags{}
		}
		if req.Body.Status != nil {
			post.Status = *req.Body.Status
		}
		if !post.Rating.IsSpecified() {
			post.Rating = nullable.NewNullNullable[api.Rating]()
		}
		return post
	})
	location := "/v1/posts/" + strconv.FormatInt(post.ID, 10)
	return api.CreatePost201JSONResponse{Body: post, Headers: api.CreatePost201ResponseHeaders{Location: &location}}, nil
}

// GetPost handles GET /posts/{postId}.
func (h *handlers) GetPost(_ context.Context, req api.GetPostRequestObject) (api.GetPostResponseObject, error) {
	post, ok := h.posts.Get(req.PostID)
	if !ok {
		return nil, &api.Error{Status: http.StatusNotFound}
	}
	return api.GetPost200JSONResponse{Body: post}, nil
}

// GetSession handles GET /session.
func (h *handlers) GetSession(ctx context.Context, _ api.GetSessionRequestObject) (api.GetSessionResponseObject, error) {
	user, _ := ctx.Value(userKey{}).(int64)
	about := aboutAnn
	return api.GetSession200JSONResponse{Body: api.User{ID: user, Name: "ann", About: &about, CreatedAt: seedTime}}, nil
}
