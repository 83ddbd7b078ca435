package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// looks are the screens and habits that the page is looked at with.
var looks = []struct {
	name          string
	width, height int64
	dark          bool
	language      string
}{
	{"desktop", 1280, 860, false, "en"},
	{"desktop-dark", 1280, 860, true, "en"},
	{"tablet-korean", 820, 1100, false, "ko"},
	{"phone", 320, 720, false, "en"},
	{"phone-dark-korean", 320, 720, true, "ko"},
}

// TestFrontPageLooks checks each page for what can be checked, and leaves pictures of all of them in the
// folder SCREENSHOTS, if there is one.
func TestFrontPageLooks(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("SCREENSHOTS")
	s := start(t)
	v := visit(t, s)
	v.signsUp(t, "ann")
	v.cookieOf(t, s)
	fillBoard(t, s)
	pages := []struct{ name, address string }{
		{"home", "#"}, {"account", "#account"}, {"list", "#/posts"}, {"filtered", "#/posts?tag=sea&limit=2"}, {"refused", "#/posts?status=lost"},
		{"item", "#/posts/1"}, {"create", "#/posts/~create"}, {"change", "#/posts/1/~change"}, {"comments", "#/posts/1/comments"}, {"absent", "#/posts/99"},
	}
	for _, look := range looks {
		perform(t, v.browser, chromedp.EmulateViewport(look.width, look.height))
		v.prefers(t, look.dark)
		script[bool](t, v.browser, fmt.Sprintf(`((e) => { e.value = %q; return e.dispatchEvent(new Event("change")) })(document.querySelector("#language"))`, look.language))
		for _, page := range pages {
			v.goes(t, page.address)
			v.inOrder(t, look.name+" "+page.name)
			v.pictures(t, folder, look.name+"-"+page.name)
		}
		v.conflicts(t, s)
		v.inOrder(t, look.name+" conflict")
		v.pictures(t, folder, look.name+"-conflict")
	}
}

func fillBoard(t *testing.T, s *server) {
	t.Helper()
	for i, title := range []string{
		"A quiet morning at the harbour", "Notes on rye bread", "부산에서 보낸 하루", "Averylongwordthathasnospacesinitatallandmustnotmakethepagewiderthanascreen",
	} {
		body := object{"title": title, "body": "The first ferry leaves at six.\nBy then the bakery is open.", "tags": []string{"sea", "morning"}, "rating": float64(i) + 0.5}
		s.do(t, "POST", "/v1/posts", body).want(t, http.StatusCreated)
	}
	s.do(t, "POST", "/v1/posts/1/comments", object{"text": "I was there, too."}).want(t, http.StatusCreated)
}

// conflicts has somebody else change a post that the person edits.
func (v visitor) conflicts(t *testing.T, s *server) {
	t.Helper()
	v.goes(t, "#")
	v.goes(t, "#/posts/2/~change")
	v.enters(t, "Title", "Notes on sourdough")
	s.do(t, "PATCH", "/v1/posts/2", object{"title": "Notes on rye bread, revised", "rating": 4}).want(t, http.StatusOK)
	v.types(t, "\r")
	v.awaits(t, `document.querySelector(".conflict")`)
	s.do(t, "PATCH", "/v1/posts/2", object{"title": "Notes on rye bread", "rating": 1.5}).want(t, http.StatusOK)
}

func (v visitor) prefers(t *testing.T, dark bool) {
	t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[dark]
	perform(t, v.browser, func(ctx context.Context, target *chromedp.Target) (cdp.Empty, error) {
		return cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
	})
}

func (v visitor) pictures(t *testing.T, folder, name string) {
	t.Helper()
	if folder == "" {
		return
	}
	file := filepath.Join(folder, name+".png")
	if err := os.WriteFile(file, perform(t, v.browser, chromedp.FullScreenshot(100)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// inOrder finds what would shut people out: a page wider than the screen, fields and buttons without a
// name, ids that are not unique, headings that are missing, things too small to hit.
func (v visitor) inOrder(t *testing.T, where string) {
	t.Helper()
	for _, wrong := range script[[]string](t, v.browser, `(() => {
		const wrong = [], all = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
		if (document.documentElement.scrollWidth > innerWidth) wrong.push("is " + document.documentElement.scrollWidth + " wide on a screen of " + innerWidth);
		for (const e of all("input, select, textarea")) if (!e.labels.length && !e.ariaLabel) wrong.push("has a field without a label: " + e.outerHTML);
		for (const e of all("button, a, summary")) {
			if (!e.textContent.trim() && !e.ariaLabel) wrong.push("has something to press without a name: " + e.outerHTML);
			const box = e.getBoundingClientRect();
			if (e.id !== "skip" && (box.height < 24 || box.width < 24)) wrong.push("has something too small to hit: " + e.outerHTML);
		}
		const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
		for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong.push("has the id " + id + " twice");
		for (const e of all("[aria-describedby], [aria-controls]"))
			for (const id of ((e.getAttribute("aria-describedby") ?? "") + " " + (e.getAttribute("aria-controls") ?? "")).trim().split(" "))
				if (!document.getElementById(id)) wrong.push("names an id that is not there: " + id);
		if (document.querySelectorAll("h1").length !== 1) wrong.push("has " + document.querySelectorAll("h1").length + " main headings");
		const levels = [...document.querySelectorAll("h1, h2, h3")].map((e) => Number(e.tagName[1]));
		levels.forEach((level, i) => { if (level > (levels[i - 1] ?? 0) + 1) wrong.push("leaves out a level of headings") });
		if (!document.title || !document.documentElement.lang) wrong.push("has no title or no language");
		return wrong;
	})()`) {
		t.Errorf("%s %s", where, wrong)
	}
}
