// Package board serves posts of the reference document in three ways: with the api package that gen
// writes, by hand with net/http and encoding/json, and with what people put together from Echo,
// oapi-codegen and kin-openapi. All three keep their posts in memory, in the order of creation.
package board

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"gen/e2e/bench/suite"
)

// posts is how many there are at first.
const posts = 100

const (
	cookieName = "board_session"
	loggedIn   = "4vJ9pDqkM0bX1sT7yZ2wRcA8eG6hLuNfPiQoBtEaVxU"
)

// sessions are the users who are logged in, by what their cookie says.
var sessions = map[string]int64{loggedIn: 7}

// caller returns the user who asks, false for nobody.
func caller(r *http.Request) (int64, bool) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return 0, false
	}
	user, ok := sessions[cookie.Value]
	return user, ok
}

// Document is the reference document.
func Document() suite.Document {
	return suite.Document{
		Name: "specs/board.yaml",
		Servers: []suite.Server{
			{Name: suite.Hand, New: func(now func() time.Time) (http.Handler, error) { return newHand(now), nil }},
			{Name: suite.Gen, New: newGen},
			{Name: "Echo, oapi-codegen, kin-openapi", New: newStack},
		},
		Measured: measured(),
		Others:   others(),
	}
}

var (
	seedTime = time.Date(2026, time.March, 1, 9, 30, 0, 123_456_789, time.UTC)
	seedTags = []string{"http", "go", "sessions"}
)

func seedTitle(id int64) string {
	return "Post " + strconv.FormatInt(id, 10) + " – " + suite.Text(40)
}

func seedBody(id int64) string { return suite.Text(200 + int(id%5)*50) }

// seedRating is nil where nobody rated the post.
func seedRating(id int64) *float64 {
	if id%3 == 0 {
		return nil
	}
	rating := float64(id%11) / 2
	return &rating
}

func seedCreated(id int64) time.Time { return seedTime.Add(time.Duration(id) * time.Minute) }

// cursor is the Next of a page, nil on the last one.
func cursor(next int64) *string {
	if next == 0 {
		return nil
	}
	text := strconv.FormatInt(next, 10)
	return &text
}

const aboutAnn = "I ask, you answer."

func tagged(tags []string, tag string) bool { return slices.Contains(tags, tag) }
