package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tabs goes from one thing to the next until the keyboard is where a text is, and sees each of them marked.
func (v visitor) tabs(t *testing.T, scope, text string) {
	t.Helper()
	target := v.find(t, text, scope)
	for range 60 {
		v.types(t, kb.Tab)
		if script[bool](t, v.browser, "document.activeElement === "+target) {
			if outline := script[string](t, v.browser, "getComputedStyle(document.activeElement).outlineStyle"); outline != "solid" {
				t.Errorf("%s is not marked when the keyboard is there: %s", text, outline)
			}
			return
		}
	}
	t.Fatalf("the keyboard does not reach %q", text)
}

// TestFrontPageByKeyboard signs up, writes a post and deletes it without a mouse.
func TestFrontPageByKeyboard(t *testing.T) {
	t.Parallel()
	s := start(t)
	v := visit(t, s)
	v.types(t, kb.Tab)
	v.focused(t, "body", "Skip to the content")
	v.types(t, kb.Enter)
	v.awaits(t, `document.activeElement.id === "view"`)
	v.tabs(t, "main", "Sign up or log in")
	v.types(t, kb.Enter)
	v.settles(t)
	v.awaits(t, `document.activeElement.matches("h1")`)
	v.tabs(t, "#sign-up", "Name")
	v.types(t, "ann")
	v.tabs(t, "#sign-up", "Password")
	v.types(t, password+kb.Enter)
	v.sees(t, "You are logged in.")

	v.awaits(t, `document.activeElement.matches("h1")`)
	v.goes(t, "#/posts")
	v.tabs(t, "main", "Create")
	v.types(t, kb.Enter)
	v.settles(t)
	v.tabs(t, "main", "Title")
	v.types(t, kb.Enter)
	v.complaint(t, "main", "Title", "must have at least 1 character")
	v.focused(t, "main", "Title")
	v.types(t, "By keyboard")
	v.tabs(t, "main", "Create")
	v.types(t, " ")
	v.sees(t, "Created.")

	v.settles(t)
	v.tabs(t, "main", "Delete")
	v.types(t, kb.Enter)
	v.focused(t, "body", "Cancel")
	v.types(t, kb.Escape)
	v.focused(t, "main", "Delete")
	v.types(t, kb.Enter)
	v.tabs(t, "body", "Delete") // in the dialog
	v.types(t, kb.Enter)
	v.sees(t, "Deleted.")
}

// TestFrontPageLanguage follows the browser's language, and remembers another that was chosen.
func TestFrontPageLanguage(t *testing.T) {
	t.Parallel()
	s := start(t)
	v := visit(t, s, chromedp.Flag("accept-lang", "ko-KR,ko"))
	v.sees(t, "회원가입 또는 로그인")
	v.awaits(t, `document.documentElement.lang === "ko"`)
	v.clicks(t, "회원가입 또는 로그인")
	v.entersIn(t, "#sign-up", "Name", "a")
	v.clicksIn(t, "#sign-up", "회원가입")
	v.complaint(t, "#sign-up", "Name", "2자 이상이어야 합니다.")
	script[bool](t, v.browser, fmt.Sprintf(`((e) => { e.value = %q; return e.dispatchEvent(new Event("change")) })(document.querySelector("#language"))`, "en"))
	v.sees(t, "Nobody is logged in.")
	v.open(t, s.url+"/")
	v.sees(t, "Sign up or log in")
}
