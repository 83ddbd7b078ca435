package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browsing is how long a test may use its browser.
const browsing = 4 * time.Minute

// browser is a Chromium without a window, on a profile of its own.
type browser struct{ context.Context }

func openBrowser(t *testing.T, more ...chromedp.ExecAllocatorOption) browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("no-sandbox", true), // which root cannot have
		chromedp.Flag("disable-dev-shm-usage", true),
	)
	limited, end := context.WithTimeout(t.Context(), browsing)
	t.Cleanup(end)
	allocator, stop := chromedp.NewExecAllocator(limited, append(options, more...)...)
	t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(leave)
	return browser{ctx}
}

// open loads a page.
func (b browser) open(t *testing.T, address string) {
	t.Helper()
	perform(t, b, chromedp.Navigate(address))
}

// perform has the browser do something, and returns what came of it.
func perform[T any](t *testing.T, b browser, action chromedp.Action[T]) T {
	t.Helper()
	result, err := chromedp.Run(b, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// script evaluates JavaScript in the page; a promise is waited for.
func script[T any](t *testing.T, b browser, code string) T {
	t.Helper()
	return perform(t, b, chromedp.Evaluate[T](code, chromedp.EvalAwaitPromise))
}

// fetch is a request by a script of the page, with the page's own cookies; it returns the status.
func (b browser) fetch(t *testing.T, method, address string, body any) int {
	t.Helper()
	options := "{method: " + quoted(t, method) + "}"
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		options = "{method: " + quoted(t, method) + ", headers: {'Content-Type': 'application/json'}, body: " + quoted(t, string(text)) + "}"
	}
	return script[int](t, b, "fetch("+quoted(t, address)+", "+options+").then(r => r.status)")
}

func quoted(t *testing.T, text string) string {
	t.Helper()
	literal, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(literal)
}

// sessionCookie is the session's cookie as the browser itself reports it, nil for none.
func (b browser) sessionCookie(t *testing.T, site string) *network.Cookie {
	t.Helper()
	cookies := perform(t, b, func(ctx context.Context, target *chromedp.Target) (network.GetCookiesResult, error) {
		return cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{URLs: []string{site}})
	}).Cookies
	for _, c := range cookies {
		if c.Name == "board_session" {
			return c
		}
	}
	return nil
}

// TestBrowserSession signs up, logs in and out in a real browser, on the server's own origin.
func TestBrowserSession(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := openBrowser(t)
	b.open(t, s.url+"/docs")
	credentials := object{"name": "ann", "password": password}
	if status := b.fetch(t, "POST", "/v1/users", credentials); status != http.StatusCreated {
		t.Fatalf("signing up answers %d", status)
	}
	if c := b.sessionCookie(t, s.url); c != nil {
		t.Errorf("a visitor has the cookie %v", c)
	}
	if status := b.fetch(t, "POST", "/v1/session", credentials); status != http.StatusOK {
		t.Fatalf("logging in answers %d", status)
	}
	first := b.sessionCookie(t, s.url)
	if first == nil || !first.HTTPOnly || first.SameSite != network.CookieSameSiteLax || first.Path != "/" {
		t.Fatalf("the cookie is %+v; want one that no script reads", first)
	}
	visible := script[string](t, b, "document.cookie")
	if strings.Contains(visible, "board_session") {
		t.Errorf("a script reads %q", visible)
	}
	if status := b.fetch(t, "POST", "/v1/posts", object{"title": "x", "body": "x"}); status != http.StatusCreated {
		t.Errorf("a post answers %d", status)
	}

	b.fetch(t, "POST", "/v1/session", credentials)
	second := b.sessionCookie(t, s.url)
	if second == nil || second.Value == first.Value {
		t.Fatal("logging in again kept the key")
	}
	s.cookie = "board_session=" + first.Value
	s.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)

	if status := b.fetch(t, "DELETE", "/v1/session", nil); status != http.StatusNoContent {
		t.Errorf("logging out answers %d", status)
	}
	if c := b.sessionCookie(t, s.url); c != nil {
		t.Errorf("logging out left %v", c)
	}
	if status := b.fetch(t, "GET", "/v1/session", nil); status != http.StatusUnauthorized {
		t.Errorf("after logging out, who am I answers %d", status)
	}
}

// TestBrowserCrossSite lets a page of another site post a form, with a browser that is logged in.
func TestBrowserCrossSite(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := openBrowser(t)
	b.open(t, s.url+"/docs")
	credentials := object{"name": "ann", "password": password}
	b.fetch(t, "POST", "/v1/users", credentials)
	if status := b.fetch(t, "POST", "/v1/session", credentials); status != http.StatusOK {
		t.Fatalf("logging in answers %d", status)
	}
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<form method="post" enctype="text/plain" action="%s/v1/posts"><input name='{"title":"x","body":"' value='"}'></form>`, s.url)
	}))
	defer evil.Close()

	// localhost is another site than 127.0.0.1.
	b.open(t, strings.Replace(evil.URL, "127.0.0.1", "localhost", 1))
	response, err := chromedp.RunResponse(b, chromedp.Submit("form"))
	if err != nil {
		t.Fatal(err)
	}
	if response.Status != http.StatusForbidden {
		t.Errorf("a form of another site is answered with %d; want 403", response.Status)
	}
	if posts := decode[page[post]](t, s.do(t, "GET", "/v1/posts", nil)); len(posts.Items) > 0 {
		t.Errorf("the form wrote %v", posts.Items)
	}
}
