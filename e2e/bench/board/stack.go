package board

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"gen/e2e/bench/board/stack"
	"gen/e2e/bench/echoed"
	"gen/e2e/bench/shelf"
)

// stacked implement what oapi-codegen made of the document.
type stacked struct {
	posts *shelf.Shelf[stack.Post]
	now   func() time.Time
}

// newStack is what people put together: oapi-codegen's strict server on Echo, and kin-openapi's
// validation of requests before it, as oapi-codegen's middleware for Echo has it.
func newStack(now func() time.Time) (http.Handler, error) {
	document, err := stack.GetSpec()
	if err != nil {
		return nil, err
	}
	// Of a document of 3.1, kin-openapi compiles the schemas anew with each request: ten times the cost.
	document.OpenAPI = "3.0.3"
	router, err := gorillamux.NewRouter(document)
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		answer := echoed.Fault{Status: http.StatusInternalServerError}
		if known, ok := errors.AsType[*echo.HTTPError](err); ok {
			answer.Status = known.Code
		}
		echoed.Answer(c, answer)
	}
	e.Use(validate(router))
	handlers := &stacked{posts: shelf.New(posts, seedStack), now: now}
	stack.RegisterHandlersWithBaseURL(e, stack.NewStrictHandler(handlers, nil), "/v1")
	return e, nil
}

// validate holds each request against the document.
func validate(router routers.Router) echo.MiddlewareFunc {
	options := &openapi3filter.Options{AuthenticationFunc: authenticate}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			route, params, err := router.FindRoute(c.Request())
			if err != nil {
				return echo.NewHTTPError(http.StatusNotFound, err.Error())
			}
			err = openapi3filter.ValidateRequest(c.Request().Context(), &openapi3filter.RequestValidationInput{
				Request: c.Request(), PathParams: params, Route: route, Options: options,
			})
			if errors.As(err, new(*openapi3filter.SecurityRequirementsError)) {
				return echo.NewHTTPError(http.StatusUnauthorized, err.Error())
			}
			if err != nil {
				return echo.NewHTTPError(http.StatusBadRequest, err.Error())
			}
			if user, ok := caller(c.Request()); ok {
				c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), userKey{}, user)))
			}
			return next(c)
		}
	}
}

func authenticate(_ context.Context, input *openapi3filter.AuthenticationInput) error {
	if _, ok := caller(input.RequestValidationInput.Request); !ok {
		return errors.New("nobody is logged in")
	}
	return nil
}

func seedStack(id int64) stack.Post {
	author, created := id%9+1, seedCreated(id)
	post := stack.Post{
		Id:        &id,
		AuthorId:  &author,
		Title:     seedTitle(id),
		Body:      seedBody(id),
		Tags:      seedTags,
		Status:    stack.Published,
		Rating:    nullable.NewNullNullable[stack.Rating](),
		CreatedAt: &created,
		UpdatedAt: &created,
	}
	if rating := seedRating(id); rating != nil {
		post.Rating = nullable.NewNullableWithValue(*rating)
	}
	return post
}

// ListPosts handles GET /posts.
func (h *stacked) ListPosts(_ context.Context, req stack.ListPostsRequestObject) (stack.ListPostsResponseObject, error) {
	limit, after := 20, int64(0)
	if req.Params.Limit != nil {
		limit = *req.Params.Limit
	}
	if req.Params.After != nil {
		var err error
		if after, err = strconv.ParseInt(*req.Params.After, 10, 64); err != nil {
			return nil, echo.NewHTTPError(http.StatusBadRequest, err.Error())
		}
	}
	var want func(*stack.Post) bool
	if status, tag := req.Params.Status, req.Params.Tag; status != nil || tag != nil {
		want = func(post *stack.Post) bool {
			return (status == nil || post.Status == *status) && (tag == nil || tagged(post.Tags, *tag))
		}
	}
	items, next := h.posts.Page(after, limit, want)
	return stack.ListPosts200JSONResponse{Items: items, Next: cursor(next)}, nil
}

// CreatePost handles POST /posts.
func (h *stacked) CreatePost(ctx context.Context, req stack.CreatePostRequestObject) (stack.CreatePostResponseObject, error) {
	user, _ := ctx.Value(userKey{}).(int64)
	now := h.now()
	post := h.posts.Add(func(id int64) stack.Post {
		post := stack.Post{
			Id:        &id,
			AuthorId:  &user,
			Title:     req.Body.Title,
			Body:      req.Body.Body,
			Tags:      stack.Tags{},
			Status:    stack.Draft,
			Rating:    req.Body.Rating,
			CreatedAt: &now,
			UpdatedAt: &now,
		}
		if req.Body.Tags != nil {
			post.Tags = *req.Body.Tags
		}
		if req.Body.Status != nil {
			post.Status = *req.Body.Status
		}
		if !post.Rating.IsSpecified() {
			post.Rating = nullable.NewNullNullable[stack.Rating]()
		}
		return post
	})
	location := "/v1/posts/" + strconv.FormatInt(*post.Id, 10)
	return stack.CreatePost201JSONResponse{Body: post, Headers: stack.CreatePost201ResponseHeaders{Location: &location}}, nil
}

// GetPost handles GET /posts/{postId}.
func (h *stacked) GetPost(_ context.Context, req stack.GetPostRequestObject) (stack.GetPostResponseObject, error) {
	post, ok := h.posts.Get(req.PostId)
	if !ok {
		return nil, echo.NewHTTPError(http.StatusNotFound)
	}
	return stack.GetPost200JSONResponse(post), nil
}

// GetSession handles GET /session.
func (h *stacked) GetSession(ctx context.Context, _ stack.GetSessionRequestObject) (stack.GetSessionResponseObject, error) {
	user, _ := ctx.Value(userKey{}).(int64)
	about, created := aboutAnn, seedTime
	return stack.GetSession200JSONResponse{Id: &user, Name: "ann", About: &about, CreatedAt: &created}, nil
}
