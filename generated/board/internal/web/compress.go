package web

import (
	"compress/gzip"
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// compressFrom is the size below which gzip makes an answer no smaller on the wire.
const compressFrom = 1 << 10

// compressing is how many answers are compressed at a time: each takes a megabyte or so.
const compressing = 16

// compress answers with gzip where the client takes it, it pays, and not too many others do.
func compress() echo.MiddlewareFunc {
	pool := newGzipPool(compressing)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			response := c.Response()
			w := &gzipWriter{
				ResponseWriter: response.Writer,
				pool:           pool,
				accepted:       acceptsGzip(c.Request()),
				ctx:            c.Request().Context(),
			}
			response.Writer = w
			// Before anything writes an error: that goes to the client directly.
			defer func() {
				response.Writer = w.ResponseWriter
				w.release()
			}()
			err := next(c)
			if err == nil || response.Committed {
				w.close()
			}
			return err
		}
	}
}

func acceptsGzip(r *http.Request) bool {
	return quality(parseAccept(r.Header.Values(echo.HeaderAcceptEncoding)), "gzip") > 0
}

// gzipWriter holds the header back until the first write, which decides.
type gzipWriter struct {
	http.ResponseWriter
	pool     *gzipPool
	accepted bool
	ctx      context.Context //nolint:containedctx // it ends with the answer
	status   int
	sent     bool
	gzip     *gzip.Writer
}

func (w *gzipWriter) WriteHeader(status int) { w.status = status }

func (w *gzipWriter) Write(p []byte) (int, error) {
	if !w.sent {
		w.send(len(p))
	}
	if w.gzip != nil {
		return w.gzip.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

// FlushError sends what there is: streams depend on it.
func (w *gzipWriter) FlushError() error {
	if !w.sent {
		w.send(0)
	}
	if w.gzip != nil {
		if err := w.gzip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap serves http.ResponseController.
func (w *gzipWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *gzipWriter) send(size int) {
	w.sent = true
	header := w.Header()
	if compressible(header) {
		header.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
		if w.accepted && size >= compressFrom {
			w.gzip = w.pool.get(w.ctx.Done(), w.ResponseWriter)
		}
		if w.gzip != nil {
			header.Del(echo.HeaderContentLength)
			header.Set(echo.HeaderContentEncoding, "gzip")
		}
	}
	if w.status != 0 {
		w.ResponseWriter.WriteHeader(w.status)
	}
}

func (w *gzipWriter) close() {
	if !w.sent {
		w.send(0)
	}
	if w.gzip != nil {
		_ = w.gzip.Close()
	}
}

func (w *gzipWriter) release() {
	if w.gzip != nil {
		w.pool.put(w.gzip)
		w.gzip = nil
	}
}

// compressible leaves answers with an ETag alone: a strong tag stands for these very bytes
// (RFC 9110 §8.8.3), and clients send it back in If-Match.
func compressible(header http.Header) bool {
	if header.Get("ETag") != "" || header.Get(echo.HeaderContentEncoding) != "" || header.Get("Content-Range") != "" {
		return false
	}
	mediaType, _, _ := strings.Cut(header.Get(echo.HeaderContentType), ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	switch {
	case mediaType == "text/event-stream":
		return false
	case strings.HasPrefix(mediaType, "text/"), strings.HasSuffix(mediaType, "+json"), strings.HasSuffix(mediaType, "+xml"):
		return true
	}
	switch mediaType {
	case "application/json", "application/xml", "application/yaml", "application/javascript":
		return true
	}
	return false
}
