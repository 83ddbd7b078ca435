package e2e

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// visitor is a person who uses the front page of a server, with a mouse and a keyboard.
type visitor struct{ browser }

// visit opens the front page. The test fails if the page's console ever shows an error: an exception, or
// what the content security policy stopped.
func visit(t *testing.T, s *server, options ...chromedp.ExecAllocatorOption) visitor {
	t.Helper()
	v := visitor{openBrowser(t, options...)}
	v.watchConsole(t)
	v.open(t, s.url+"/")
	v.settles(t)
	return v
}

func (v visitor) watchConsole(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(v)
	messages := chromedp.Console(ctx)
	var all sync.WaitGroup
	all.Go(func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			// Browsers log each answer from 400 on, also those that the page explains to its user.
			if m.Source != "network" && (m.IsException() || m.Type == chromedp.ConsoleError) {
				t.Errorf("the console of the page says %s", m)
			}
		}
	})
	t.Cleanup(func() {
		stop()
		all.Wait()
	})
}

// awaits waits until an expression of JavaScript is true; the policy of the page lets no script evaluate
// strings, so that the debugger does.
func (v visitor) awaits(t *testing.T, expression string) {
	t.Helper()
	seen := script[bool](t, v.browser, fmt.Sprintf(`new Promise((done) => {
		const began = performance.now();
		const holds = () => {
			try {
				return %s;
			} catch { // what it looks at is not there yet
				return false;
			}
		};
		const look = () => {
			if (holds()) return done(true);
			if (performance.now() - began > %d) return done(false);
			setTimeout(look, 20);
		};
		look();
	})`, expression, deadline.Milliseconds()))
	if !seen {
		t.Fatalf("%s does not become true; the page is %s and says\n%s", expression, script[string](t, v.browser, "location.hash"), v.text(t))
	}
}

// settles waits until nothing is loaded or sent any more, or a dialog asks.
func (v visitor) settles(t *testing.T) {
	t.Helper()
	v.awaits(t, `document.querySelector("dialog[open]") || document.querySelector("h1") && !document.querySelector(".loading, [aria-busy], [aria-disabled=true]")`)
}

func (v visitor) text(t *testing.T) string {
	t.Helper()
	return script[string](t, v.browser, "document.body.innerText")
}

// sees waits for a text on the page.
func (v visitor) sees(t *testing.T, text string) {
	t.Helper()
	v.awaits(t, "document.body.innerText.includes("+quoted(t, text)+")")
}

// reloads has the browser load the page again.
func (v visitor) reloads(t *testing.T) {
	t.Helper()
	perform(t, v.browser, chromedp.Reload())
	v.settles(t)
}

// goes leads to an address of the page.
func (v visitor) goes(t *testing.T, address string) {
	t.Helper()
	script[bool](t, v.browser, "location.hash = "+quoted(t, address)+", true")
	v.settles(t)
}

// named finds what a person would find by its text: a button, a link, a summary, or the field of a label
// within scope, a selector.
const named = `((text, scope) => {
	const root = document.querySelector("dialog[open]") ?? document.querySelector(scope);
	const says = (e) => e.textContent.replace(" *", "").trim() === text && e.checkVisibility();
	const label = [...root.querySelectorAll("label")].find(says);
	return label?.control ?? [...root.querySelectorAll("button, a, summary")].find(says);
})`

func (v visitor) find(t *testing.T, text, scope string) string {
	t.Helper()
	expression := fmt.Sprintf("%s(%s, %s)", named, quoted(t, text), quoted(t, scope))
	v.awaits(t, expression)
	return expression
}

// clicks presses what has that text with the mouse, and waits for what comes of it.
func (v visitor) clicks(t *testing.T, text string) { t.Helper(); v.clicksIn(t, "body", text) }

func (v visitor) clicksIn(t *testing.T, scope, text string) {
	t.Helper()
	center := script[[]float64](t, v.browser, `((e) => {
		e.scrollIntoView({block: "center"});
		const box = e.getClientRects()[0];
		return [box.x + box.width / 2, box.y + box.height / 2];
	})(`+v.find(t, text, scope)+")")
	perform(t, v.browser, chromedp.MouseClickXY(center[0], center[1]))
	v.settles(t)
}

// enters types into the field with that label, in place of what is there.
func (v visitor) enters(t *testing.T, label, value string) {
	t.Helper()
	v.entersIn(t, "body", label, value)
}

func (v visitor) entersIn(t *testing.T, scope, label, value string) {
	t.Helper()
	script[bool](t, v.browser, `((e) => { e.focus(); e.select?.(); return true })(`+v.find(t, label, scope)+")")
	v.types(t, value)
}

// types presses keys, one after the other.
func (v visitor) types(t *testing.T, keys string) {
	t.Helper()
	perform(t, v.browser, chromedp.KeyEvent(keys))
}

// complaint waits for the error beside a field.
func (v visitor) complaint(t *testing.T, scope, label, text string) {
	t.Helper()
	field := v.find(t, label, scope)
	v.awaits(t, fmt.Sprintf(`((e) => e.ariaInvalid === "true" &&
		e.getAttribute("aria-describedby").split(" ").some((id) => document.getElementById(id)?.textContent.includes(%s)))(%s)`, quoted(t, text), field))
}

// focused waits until the keyboard is where a text is.
func (v visitor) focused(t *testing.T, scope, text string) {
	t.Helper()
	v.awaits(t, "document.activeElement === "+v.find(t, text, scope))
}

// signsUp makes an account, whose session begins with it.
func (v visitor) signsUp(t *testing.T, name string) {
	t.Helper()
	v.goes(t, "#account")
	v.entersIn(t, "#sign-up", "Name", name)
	v.entersIn(t, "#sign-up", "Password", password)
	v.clicksIn(t, "#sign-up", "Sign up")
	v.awaits(t, `document.querySelector("#account-link").textContent === `+quoted(t, name))
}

// cookieOf makes the requests of s those of the person.
func (v visitor) cookieOf(t *testing.T, s *server) {
	t.Helper()
	c := v.sessionCookie(t, s.url)
	if c == nil {
		t.Fatal("the browser has no session")
	}
	s.cookie = (&http.Cookie{Name: c.Name, Value: c.Value}).String()
}
