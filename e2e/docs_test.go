package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// watched is what a page asked for and complained about.
type watched struct {
	sync.Mutex
	asked, said []string
}

// watch writes down every request of the browser's page and every line of its console.
func (b browser) watch() *watched {
	var w watched
	requests, lines := chromedp.Events(b, network.RequestWillBeSent), chromedp.Console(b)
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			w.add(&w.asked, r.Request.URL)
		}
	}()
	go func() {
		for line := range lines {
			w.add(&w.said, line.String())
		}
	}()
	return &w
}

func (w *watched) add(list *[]string, line string) {
	w.Lock()
	defer w.Unlock()
	*list = append(*list, line)
}

// wantQuiet fails the test where the page asked another server than site, or said anything but that an answer was an
// error.
func (w *watched) wantQuiet(t *testing.T, site string) {
	t.Helper()
	w.Lock()
	defer w.Unlock()
	if len(w.asked) == 0 {
		t.Error("no request of the page was seen")
	}
	for _, address := range w.asked {
		if !strings.HasPrefix(address, site+"/") && !strings.HasPrefix(address, "data:") {
			t.Errorf("the page asked for %s", address)
		}
	}
	for _, line := range w.said {
		if !strings.Contains(line, "the server responded with a status of") {
			t.Errorf("the console says %s", line)
		}
	}
}

// operation opens an operation of the docs page.
func (b browser) operation(t *testing.T, tag, id string) string {
	t.Helper()
	block := fmt.Sprintf("#operations-%s-%s", tag, id)
	do(t, b, chromedp.WaitVisible(block+" .opblock-summary-control"), chromedp.Click(block+" .opblock-summary-control"),
		chromedp.WaitVisible(block+" .execute"))
	return block
}

// execute pastes a body, if there is one, clicks on Execute and returns the status and the body of the answer.
func (b browser) execute(t *testing.T, block string, body any) (status, answer string) {
	t.Helper()
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		field := block + " textarea.body-param__text"
		do(t, b, chromedp.WaitVisible(field), chromedp.Focus(field))
		script[bool](t, b, "document.activeElement.select(), document.execCommand('insertText', false, "+quoted(t, string(text))+")")
	}
	live := block + " .live-responses-table .response"
	do(t, b, chromedp.Click(block+" .execute"), chromedp.WaitVisible(live))
	return strings.TrimSpace(perform(t, b, chromedp.TextContent(live+" .response-col_status"))),
		perform(t, b, chromedp.TextContent(live+" .response-col_description"))
}

func do(t *testing.T, b browser, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, deadline)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// TestDocsPage signs up, logs in, writes a post and lists posts by clicking through /docs.
func TestDocsPage(t *testing.T) {
	t.Parallel()
	for name, env := range map[string][]string{
		"http":  nil,
		"https": {"TLS=dev", "CAROOT=", "XDG_DATA_HOME=" + t.TempDir()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, env...)
			b := openBrowser(t, chromedp.IgnoreCertErrors)
			seen := b.watch()
			b.open(t, s.url+"/docs")
			ann := object{"name": "ann", "password": password}
			for _, step := range []struct {
				tag, id string
				body    any
				status  int
				says    string
			}{
				{"session", "getSession", nil, http.StatusUnauthorized, "Unauthorized"},
				{"users", "createUser", ann, http.StatusCreated, `"name": "ann"`},
				{"session", "logIn", ann, http.StatusOK, `"name": "ann"`},
				{"session", "listSessions", nil, http.StatusOK, `"current": true`},
				{"posts", "createPost", object{"title": "From the docs", "body": "typed"}, http.StatusCreated, "From the docs"},
				{"posts", "listPosts", nil, http.StatusOK, "From the docs"},
			} {
				status, answer := b.execute(t, b.operation(t, step.tag, step.id), step.body)
				if status != fmt.Sprint(step.status) || !strings.Contains(answer, step.says) {
					t.Errorf("%s is shown as %s %s; want %d and %s", step.id, status, answer, step.status, step.says)
				}
			}
			seen.wantQuiet(t, s.url)
		})
	}
}

// TestDocsPageAsksNobodyElse looks at what the page makes of documents that name other servers.
func TestDocsPageAsksNobodyElse(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := openBrowser(t)
	b.open(t, s.url+"/docs")
	document := object{
		"servers": []object{{"url": "/v1"}, {"url": "https://other.example"}},
		"paths": object{"/posts": object{
			"servers": []object{{"url": "https://other.example"}},
			"get":     object{"servers": []object{{"url": "https://other.example"}}, "operationId": "listPosts"},
		}},
		"components": object{"securitySchemes": object{
			"token": object{"type": "openIdConnect", "openIdConnectUrl": "https://other.example/.well-known/openid-configuration"},
			"oauth": object{"type": "oauth2", "flows": object{}},
			"key":   object{"type": "apiKey", "in": "header", "name": "X-Key"},
		}},
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	got := script[struct {
		Servers    []struct{ URL string }
		Paths      map[string]struct{ Servers, Get any }
		Components struct {
			SecuritySchemes map[string]struct{ Type, Scheme string }
		}
	}](t, b, "atThisServer("+string(text)+")")
	posts := got.Paths["/posts"]
	if len(got.Servers) != 1 || got.Servers[0].URL != "/v1" || posts.Servers != nil || fmt.Sprint(posts.Get) != "map[operationId:listPosts]" {
		t.Errorf("operations may be asked of %v, %v", got.Servers, posts)
	}
	if schemes := fmt.Sprint(got.Components.SecuritySchemes); schemes != "map[key:{apiKey } oauth:{http bearer} token:{http bearer}]" {
		t.Errorf("the schemes are %s", schemes)
	}
	script[any](t, b, "requestInterceptor({headers: {Cookie: 'theme=dark; size=9'}})")
	if cookies := script[string](t, b, "document.cookie"); cookies != "theme=dark; size=9" {
		t.Errorf("parameters in cookies are sent as %q", cookies)
	}
}

// TestDocsPageSaysHowToLogIn opens the lock of an operation that asks for the session.
func TestDocsPageSaysHowToLogIn(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := openBrowser(t)
	b.open(t, s.url+"/docs")
	lock, dialog := "#operations-posts-createPost .authorization__btn", ".dialog-ux .auth-container"
	do(t, b, chromedp.WaitVisible(lock), chromedp.Click(lock), chromedp.WaitVisible(dialog))
	if text := perform(t, b, chromedp.TextContent(dialog)); !strings.Contains(text, "sets the cookie board_session") {
		t.Errorf("the dialog says %s", text)
	}
	do(t, b, chromedp.WaitNotVisible(dialog+" .authorize"))
}
