package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestFrontPageAccount signs up, with mistakes first, logs out and in, and ends a session elsewhere.
func TestFrontPageAccount(t *testing.T) {
	t.Parallel()
	s := start(t)
	v := visit(t, s)
	v.clicks(t, "Sign up or log in")
	v.entersIn(t, "#sign-up", "Name", "a")
	v.entersIn(t, "#sign-up", "Password", "short")
	v.clicksIn(t, "#sign-up", "Sign up")
	v.complaint(t, "#sign-up", "Name", "must have at least 2 characters")
	v.complaint(t, "#sign-up", "Password", "must have at least 12 characters")
	v.focused(t, "#sign-up", "Name")
	v.signsUp(t, "ann")

	v.clicks(t, "Log out")
	v.sees(t, "You are logged out.")
	if c := v.sessionCookie(t, s.url); c != nil {
		t.Errorf("logging out left %v", c)
	}
	v.entersIn(t, "#log-in", "Name", "ann")
	v.entersIn(t, "#log-in", "Password", "not the one of ann")
	v.clicksIn(t, "#log-in", "Log in")
	v.awaits(t, `document.activeElement.matches("#log-in .alert")`)
	v.entersIn(t, "#log-in", "Password", password)
	v.clicksIn(t, "#log-in", "Log in")
	v.sees(t, "Where you are logged in")

	s.do(t, "POST", "/v1/session", object{"name": "ann", "password": password}, "User-Agent", "elsewhere").want(t, http.StatusOK)
	v.goes(t, "#")
	v.goes(t, "#account")
	v.sees(t, "elsewhere")
	v.clicks(t, "End all others")
	v.sees(t, "All other sessions are over.")
	v.awaits(t, `document.querySelectorAll("tbody tr").length === 1 && document.body.innerText.includes("This session")`)
	v.clicks(t, "Log out everywhere")
	v.sees(t, "Nobody is logged in.")
}

// TestFrontPagePost takes a post through its life, with somebody else who changes it meanwhile.
func TestFrontPagePost(t *testing.T) {
	t.Parallel()
	s := start(t)
	v := visit(t, s)
	v.goes(t, "#/posts")
	v.sees(t, "Nothing here yet.")
	v.clicks(t, "Create")
	v.clicksIn(t, "main", "Create")
	v.sees(t, "Log in to do this.")

	v.signsUp(t, "ann")
	v.cookieOf(t, s)
	v.goes(t, "#/posts/~create")
	v.enters(t, "Body", "<img src=x onerror=alert(1)>")
	v.enters(t, "Tags", "go\ngo")
	v.enters(t, "Rating", "much")
	v.clicksIn(t, "main", "Create")
	v.complaint(t, "main", "Title", "must have at least 1 character")
	v.complaint(t, "main", "Tags", "must not have the same item twice")
	v.complaint(t, "main", "Rating", "must be one of number, null")
	v.focused(t, "main", "Title")
	v.enters(t, "Title", "First")
	v.enters(t, "Tags", "go\nweb")
	v.enters(t, "Rating", "4.5")
	v.clicksIn(t, "main", "Create")
	v.sees(t, "Created.")
	v.sees(t, "<img src=x onerror=alert(1)>")

	v.clicks(t, "Change")
	v.enters(t, "Title", "Mine")
	s.do(t, "PATCH", "/v1/posts/1", object{"title": "Theirs", "status": "published"}).want(t, http.StatusOK)
	v.clicks(t, "Save")
	v.sees(t, "Someone changed it meanwhile")
	v.awaits(t, `document.querySelector("tbody").innerText.replace(/\s+/g, " ") === "Title Theirs Mine Status published untouched"`)
	v.clicks(t, "Save mine")
	v.sees(t, "Saved.")
	got := decode[post](t, s.do(t, "GET", "/v1/posts/1", nil))
	if got.Title != "Mine" || got.Status != "published" || got.Body != "<img src=x onerror=alert(1)>" {
		t.Errorf("the post is %+v", got)
	}
	v.clicks(t, "Change")
	v.clicks(t, "Save")
	v.sees(t, "Nothing was changed.")

	v.clicks(t, "Delete")
	v.clicks(t, "Cancel")
	s.do(t, "PATCH", "/v1/posts/1", object{"title": "Theirs again"}).want(t, http.StatusOK)
	v.clicks(t, "Delete")
	v.clicks(t, "Delete")
	v.sees(t, "Look at it again before you delete it.")
	v.sees(t, "Theirs again")
	v.clicks(t, "Delete")
	v.clicks(t, "Delete") // in the dialog
	v.sees(t, "Deleted.")
	v.sees(t, "Nothing here yet.")
	s.do(t, "GET", "/v1/posts/1", nil).problem(t, http.StatusNotFound)
}

// TestFrontPageList turns pages, filters, and goes from a row to what is below it.
func TestFrontPageList(t *testing.T) {
	t.Parallel()
	s := start(t)
	v := visit(t, s)
	v.signsUp(t, "ann")
	v.cookieOf(t, s)
	for i := range 5 {
		status := []string{"draft", "published"}[i%2]
		s.do(t, "POST", "/v1/posts", object{"title": fmt.Sprint("post ", i+1), "body": "x", "status": status}).want(t, http.StatusCreated)
	}
	shows := func(titles string) {
		t.Helper()
		v.awaits(t, `[...document.querySelectorAll("tbody th")].map((e) => e.innerText).join(", ") === `+quoted(t, titles))
	}
	v.goes(t, "#/posts?limit=2")
	shows("post 1, post 2")
	v.clicks(t, "Next")
	shows("post 3, post 4")
	v.clicks(t, "Next")
	shows("post 5")
	if strings.Contains(v.text(t), "Next") {
		t.Error("there is a page behind the last one")
	}
	v.reloads(t)
	shows("post 5")
	v.clicks(t, "Previous")
	shows("post 3, post 4")
	v.clicks(t, "Previous")
	shows("post 1, post 2")
	v.clicks(t, "Next")
	shows("post 3, post 4")
	v.clicks(t, "First page")
	shows("post 1, post 2")

	v.goes(t, "#/posts")
	v.clicks(t, "Filters and order")
	script[bool](t, v.browser, v.find(t, "Status", "main")+`.value = "published"`+", true")
	script[bool](t, v.browser, v.find(t, "Order", "main")+`.value = "desc"`+", true")
	v.clicks(t, "Apply")
	shows("post 4, post 2")
	v.enters(t, "Tag", "none has it")
	v.clicks(t, "Apply")
	v.sees(t, "Nothing matches these filters.")
	v.clicks(t, "Clear")
	shows("post 1, post 2, post 3, post 4, post 5")

	v.clicksIn(t, "tbody", "Comments")
	v.sees(t, "Nothing here yet.") // the posts have a button of the same name
	v.clicks(t, "Create")
	v.enters(t, "Text", "Well said.")
	v.clicksIn(t, "main", "Create")
	v.sees(t, "Created.")
	v.clicks(t, "Change")
	v.enters(t, "Text", "Better said.")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	v.sees(t, "Better said.")
	v.clicks(t, "Comments")
	shows("Better said.")
}
