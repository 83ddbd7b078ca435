package web

import (
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"
)

// series is what many requests have in common.
type series struct {
	method, route string
	status        int
}

func seriesOf(c echo.Context, x *exchange) series {
	return series{methodLabel(c.Request().Method), x.route, c.Response().Status}
}

// methodLabel keeps clients from inventing series.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodTrace:
		return method
	}
	return "other"
}

// bySeries keeps what make has made of each series.
type bySeries[T any] struct {
	make func(series) T

	mu   sync.RWMutex
	made map[series]T
}

func (b *bySeries[T]) of(s series) T {
	b.mu.RLock()
	known, ok := b.made[s]
	b.mu.RUnlock()
	if ok {
		return known
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if known, ok := b.made[s]; ok {
		return known // somebody else was faster
	}
	if b.made == nil {
		b.made = map[series]T{}
	}
	b.made[s] = b.make(s)
	return b.made[s]
}
