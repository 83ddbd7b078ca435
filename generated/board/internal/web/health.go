package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// readyTimeout is below what load balancers wait for an answer.
const readyTimeout = 2 * time.Second

type health struct {
	Status string `json:"status"`
}

// live says that the process answers. It asks nothing else: a restart would not mend a database.
func (s *Server) live(c echo.Context) error {
	return c.JSON(http.StatusOK, health{"ok"})
}

// ready says whether requests should be sent here.
func (s *Server) ready(c echo.Context) error {
	if s.draining.Load() {
		return c.JSON(http.StatusServiceUnavailable, health{"leaving"})
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyTimeout)
	defer cancel()
	for _, check := range s.checks {
		if err := check(ctx); err != nil {
			exchangeOf(c.Request().Context()).err = err
			return c.JSON(http.StatusServiceUnavailable, health{"unavailable"})
		}
	}
	return c.JSON(http.StatusOK, health{"ready"})
}
