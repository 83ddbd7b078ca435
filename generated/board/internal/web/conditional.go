package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"example.com/board/internal/store"
)

// SetETag names the version of the representation that is sent, as a strong tag (RFC 9110 §8.8.3).
func SetETag(ctx context.Context, version int64) {
	SetHeader(ctx, "ETag", tag(version))
}

// IfMatch is what the request's If-Match and If-None-Match ask of the version that it changes
// (RFC 9110 §13.1), nil when they ask nothing.
func IfMatch(ctx context.Context) store.Precondition {
	x := exchangeOf(ctx)
	if x == nil {
		return nil
	}
	match, noneMatch := x.request.Header.Values("If-Match"), x.request.Header.Values("If-None-Match")
	if len(match) == 0 && len(noneMatch) == 0 {
		return nil
	}
	return func(version int64) bool {
		if len(match) > 0 && !slices.ContainsFunc(tags(match), func(t string) bool { return strong(t, version) }) {
			return false
		}
		return !slices.ContainsFunc(tags(noneMatch), func(t string) bool { return weak(t, version) })
	}
}

func tag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// strong compares for If-Match: a weak tag never matches. Version 0 is what does not exist.
func strong(tested string, version int64) bool {
	return version > 0 && (tested == "*" || tested == tag(version))
}

// weak compares for If-None-Match.
func weak(tested string, version int64) bool {
	return strong(strings.TrimPrefix(tested, "W/"), version)
}

// tags splits a list of entity tags. A tag of somebody else's may hold commas; ours do not, and the
// pieces of such a tag match nothing.
func tags(lines []string) []string {
	var list []string
	for element := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		if element = strings.TrimSpace(element); element != "" {
			list = append(list, element)
		}
	}
	return list
}

// conditional answers 304 to a client that has the representation already.
func conditional(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request, response := c.Request(), c.Response()
		offered := request.Header.Values("If-None-Match")
		if len(offered) == 0 || request.Method != http.MethodGet && request.Method != http.MethodHead {
			return next(c)
		}
		w := &conditionalWriter{ResponseWriter: response.Writer, response: response, tags: tags(offered)}
		response.Writer = w
		defer func() { response.Writer = w.ResponseWriter }()
		return next(c)
	}
}

// conditionalWriter drops the body of an answer whose tag the client has named.
type conditionalWriter struct {
	http.ResponseWriter
	response    *echo.Response
	tags        []string
	notModified bool
}

func (w *conditionalWriter) WriteHeader(status int) {
	current := w.Header().Get("ETag")
	if status == http.StatusOK && current != "" && w.has(current) {
		w.notModified = true
		status = http.StatusNotModified
		w.response.Status = status
		w.Header().Del(echo.HeaderContentType)
		w.Header().Del(echo.HeaderContentLength)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *conditionalWriter) has(current string) bool {
	return slices.ContainsFunc(w.tags, func(t string) bool {
		return t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(current, "W/")
	})
}

func (w *conditionalWriter) Write(p []byte) (int, error) {
	if w.notModified {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap serves http.ResponseController.
func (w *conditionalWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
