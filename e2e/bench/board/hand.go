package board

import (
	"net/http"
	"strconv"
	"time"

	"gen/e2e/bench/plain"
	"gen/e2e/bench/shelf"
)

// post is a post as clients see it.
type post struct {
	ID        int64     `json:"id"`
	AuthorID  int64     `json:"authorId"`
	Title     string    `json:"title"`
	Body      string    `json:"body"`
	Tags      []string  `json:"tags"`
	Status    string    `json:"status"`
	Rating    *float64  `json:"rating"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

type postPage struct {
	Items []post  `json:"items"`
	Next  *string `json:"next,omitempty"`
}

type user struct {
	ID        int64     `json:"id"`
	Name      string    `json:"name"`
	About     string    `json:"about,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
}

// hand is the server that one writes who knows net/http and the document.
type hand struct {
	posts *shelf.Shelf[post]
	now   func() time.Time
}

func newHand(now func() time.Time) http.Handler {
	h := &hand{posts: shelf.New(posts, seedHand), now: now}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/posts", h.listPosts)
	mux.HandleFunc("POST /v1/posts", h.createPost)
	mux.HandleFunc("GET /v1/posts/{postId}", h.getPost)
	mux.HandleFunc("GET /v1/session", h.getSession)
	return mux
}

func seedHand(id int64) post {
	return post{
		ID:        id,
		AuthorID:  id%9 + 1,
		Title:     seedTitle(id),
		Body:      seedBody(id),
		Tags:      seedTags,
		Status:    "published",
		Rating:    seedRating(id),
		CreatedAt: seedCreated(id),
		UpdatedAt: seedCreated(id),
	}
}

func (h *hand) listPosts(w http.ResponseWriter, r *http.Request) {
	asked, faults := readListQuery(r.URL.RawQuery)
	if len(faults) > 0 {
		plain.Refuse(w, http.StatusBadRequest, faults...)
		return
	}
	items, next := h.posts.Page(asked.after, asked.limit, asked.wanted())
	plain.Write(w, http.StatusOK, postPage{items, cursor(next)})
}

func (h *hand) createPost(w http.ResponseWriter, r *http.Request) {
	author, ok := caller(r)
	if !ok {
		plain.Refuse(w, http.StatusUnauthorized)
		return
	}
	in := newPostBody()
	if err := plain.Read(r, &in); err != nil {
		plain.RefuseBody(w, http.StatusBadRequest, err)
		return
	}
	if faults := in.check(); len(faults) > 0 {
		plain.Refuse(w, http.StatusBadRequest, faults...)
		return
	}
	now := h.now()
	made := h.posts.Add(func(id int64) post {
		return post{
			ID:        id,
			AuthorID:  author,
			Title:     *in.Title,
			Body:      *in.Body,
			Tags:      in.Tags,
			Status:    *in.Status,
			Rating:    in.Rating,
			CreatedAt: now,
			UpdatedAt: now,
		}
	})
	w.Header().Set("Location", "/v1/posts/"+strconv.FormatInt(made.ID, 10))
	plain.Write(w, http.StatusCreated, made)
}

func (h *hand) getPost(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("postId"), 10, 64)
	if err != nil || id < 1 {
		plain.Refuse(w, http.StatusBadRequest, plain.Fault{Parameter: "postId", Detail: "must be an integer of 1 or more"})
		return
	}
	found, ok := h.posts.Get(id)
	if !ok {
		plain.Refuse(w, http.StatusNotFound)
		return
	}
	plain.Write(w, http.StatusOK, found)
}

func (h *hand) getSession(w http.ResponseWriter, r *http.Request) {
	id, ok := caller(r)
	if !ok {
		plain.Refuse(w, http.StatusUnauthorized)
		return
	}
	plain.Write(w, http.StatusOK, user{ID: id, Name: "ann", About: aboutAnn, CreatedAt: seedTime})
}
