//nolint:thelper // the functions of the suite are tests, not helpers
package session

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/board/internal/store"
)

func testAnonymous(t *testing.T, s *site) {
	b := s.browser()
	for _, path := range []string{"/free", "/public", "/optional", "/value?key=a"} {
		if r := b.do(t, "GET", path); r.StatusCode != http.StatusOK || r.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d, %v", path, r.StatusCode, r.Header)
		}
	}
	b.do(t, "POST", "/value?key=a").want(t, 200, "") // There was nothing to delete.
	for _, path := range []string{"/me", "/either"} {
		b.do(t, "GET", path).want(t, http.StatusUnauthorized, "credential")
	}
	s.calls.takes(t, 0, 0, 0, 0)

	b.do(t, "POST", "/value?key=cart&value=bread").want(t, 200, "")
	b.holds(t, "cart", "bread")
	b.is(t, "")
	b.do(t, "GET", "/me").want(t, http.StatusUnauthorized, "")
}

func testUnknownKeys(t *testing.T, s *site) {
	for _, key := range []string{"x", strings.Repeat("x", 5000), newKey()} {
		b := &browser{s, key}
		b.do(t, "GET", "/me").want(t, http.StatusUnauthorized, "")
		b.is(t, "")
		b.do(t, "POST", "/value?key=cart&value=bread").want(t, 200, "")
		if b.cookie == key {
			t.Error("the client's key is adopted")
		}
		b = &browser{s, key}
		b.do(t, "POST", "/login?user=ann").want(t, 200, "")
		if b.cookie == key {
			t.Error("the client's key is adopted at log-in")
		}
	}
}

func testLogin(t *testing.T, s *site) {
	b := s.browser()
	b.do(t, "POST", "/value?key=cart&value=bread")
	old := b.stolen()
	b.do(t, "POST", "/login?user=ann").want(t, 200, b.cookie)
	b.is(t, "ann")
	b.holds(t, "cart", "bread")
	b.do(t, "GET", "/me").want(t, 200, "ann")
	if old.cookie == b.cookie {
		t.Fatal("the key is the one of before")
	}
	old.is(t, "")
	old.holds(t, "cart", nil)

	// Once more, as the same user: the session of before is over.
	old = b.stolen()
	b.do(t, "POST", "/login?user=ann").want(t, 200, "")
	old.do(t, "GET", "/me").want(t, http.StatusUnauthorized, "")
	b.holds(t, "cart", "bread")
	list, err := s.List(t.Context(), "ann")
	if len(list) != 1 || err != nil {
		t.Errorf("ann has %+v, %v", list, err)
	}
}

func testLoginOfAnother(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	b.do(t, "POST", "/value?key=diary&value=secret")
	b.do(t, "POST", "/login?user=bob").want(t, 200, "")
	b.is(t, "bob")
	b.holds(t, "diary", nil)
	if list, err := s.List(t.Context(), "ann"); len(list) != 0 || err != nil {
		t.Errorf("ann has %+v, %v", list, err)
	}
}

func testRotate(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	b.do(t, "POST", "/value?key=a&value=1")
	before, err := s.List(t.Context(), "ann")
	noErr(t, err)
	old := b.stolen()
	b.do(t, "POST", "/rotate").want(t, 200, "")
	b.is(t, "ann")
	b.holds(t, "a", "1")
	old.is(t, "")
	old.do(t, "POST", "/rotate").want(t, 200, "") // It has no session to rotate.
	after, err := s.List(t.Context(), "ann")
	noErr(t, err)
	if len(after) != 1 || after[0].ID != before[0].ID || !after[0].Created.Equal(before[0].Created) {
		t.Errorf("%+v became %+v", before, after)
	}
	noErr(t, s.End(t.Context(), "ann", after[0].ID))
	b.is(t, "")
}

func testLogout(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	other := s.loggedIn(t, "ann")
	stolen := b.stolen()
	r := b.do(t, "POST", "/logout")
	r.want(t, 200, "")
	if got := r.Header.Get("Clear-Site-Data"); got != `"cookies", "storage"` {
		t.Errorf("Clear-Site-Data is %s", got)
	}
	if cookie := r.Cookies()[0]; cookie.Value != "" || cookie.MaxAge != -1 {
		t.Errorf("the cookie is %v", cookie)
	}
	stolen.do(t, "GET", "/me").want(t, http.StatusUnauthorized, "")
	stolen.do(t, "POST", "/logout").want(t, http.StatusUnauthorized, "")
	other.is(t, "ann")
}

// testSlowRequests overlap with what ends their session or its key.
func testSlowRequests(t *testing.T, s *site) {
	for end, status := range map[string]int{"/logout": 200, "/rotate": 200, "/login?user=ann": 200} {
		b := s.loggedIn(t, "ann")
		slow := b.stolen()
		done := slow.sendHeld(t, "POST", "/value?key=a&value=late")
		b.do(t, "POST", end).want(t, status, "")
		s.leave <- struct{}{}
		r := <-done
		r.want(t, http.StatusUnauthorized, "ended")
		if r.Header.Get("Set-Cookie") != "" || r.Header.Get("X-Answer") != "" {
			t.Errorf("after %s the slow request answers with %v", end, r.Header)
		}
		slow.is(t, "")
		b.holds(t, "a", nil)
	}
}

func testIdle(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	for range 3 {
		s.clock.advance(29 * time.Minute)
		b.is(t, "ann")
	}
	s.clock.advance(31 * time.Minute)
	b.is(t, "")
	b.do(t, "GET", "/me").want(t, http.StatusUnauthorized, "")
}

func testLifetime(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	for range 12*3 - 1 {
		s.clock.advance(20 * time.Minute)
		b.is(t, "ann")
	}
	b.do(t, "POST", "/rotate").want(t, 200, "") // It is as old under another key.
	b.is(t, "ann")
	s.clock.advance(21 * time.Minute)
	b.is(t, "")
}

// testRoundTrips counts reads, creations, writes and touches.
func testRoundTrips(t *testing.T, s *site) {
	b := s.browser()
	b.do(t, "POST", "/value?key=a&value=1")
	s.calls.takes(t, 0, 1, 0, 0)
	b.do(t, "POST", "/login?user=ann")
	s.calls.takes(t, 1, 1, 0, 0)
	for range 10 {
		for _, path := range []string{"/me", "/public", "/optional", "/value?key=a"} {
			if r := b.do(t, "GET", path); r.Header.Get("Set-Cookie") != "" || r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s has %v", path, r.Header)
			}
			s.calls.takes(t, 1, 0, 0, 0)
		}
	}
	if r := b.do(t, "GET", "/free"); r.Header.Get("Cache-Control") != "" {
		t.Errorf("an answer without a session has %v", r.Header)
	}
	s.calls.takes(t, 0, 0, 0, 0)
	b.do(t, "POST", "/value?key=a&value=2")
	s.calls.takes(t, 1, 0, 1, 0)
	s.clock.advance(61 * time.Second)
	for _, touches := range []int64{1, 0, 0} {
		b.do(t, "GET", "/me").want(t, 200, "ann")
		s.calls.takes(t, 1, 0, 0, touches)
	}
}

func testValues(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	b.do(t, "POST", "/value?key=a&value=1")
	b.do(t, "POST", "/value?key=b&value=2")
	b.do(t, "POST", "/value?key=b&value=3&fail").want(t, http.StatusConflict, "")
	b.do(t, "POST", "/value?key=a")
	b.holds(t, "a", nil)
	b.holds(t, "b", "2")
	b = s.browser()
	b.do(t, "GET", "/stream").want(t, 200, "streamed")
	b.holds(t, "early", "kept")
	b.holds(t, "late", nil)
	s.calls.creates.Store(0)
	s.browser().do(t, "GET", "/hijack").want(t, 200, "hijacked")
	if n := s.calls.creates.Load(); n != 1 {
		t.Errorf("%d sessions were begun", n)
	}
}

func testList(t *testing.T, s *site) {
	b := s.browser()
	b.do(t, "POST", "/login?user=ann", "User-Agent: Lynx/"+strings.Repeat("1", 300))
	s.clock.advance(time.Minute)
	s.loggedIn(t, "ann")
	s.loggedIn(t, "bob")
	list, err := s.List(t.Context(), "ann")
	noErr(t, err)
	if len(list) != 2 || list[0].ID == list[1].ID || !list[0].Created.Before(list[1].Created) ||
		list[0].Address != "127.0.0.1" || !strings.HasPrefix(list[0].Agent, "Lynx/1") || len(list[0].Agent) != maxAgent {
		t.Errorf("ann has %+v", list)
	}
	s.clock.advance(29*time.Minute + time.Second)
	if list, err = s.List(t.Context(), "ann"); len(list) != 1 || err != nil {
		t.Errorf("the idle one is still there: %+v, %v", list, err)
	}
	if list, err = s.List(t.Context(), "eve"); list == nil || len(list) != 0 || err != nil {
		t.Errorf("eve has %+v, %v", list, err)
	}
}

func testEndOne(t *testing.T, s *site) {
	b, other := s.loggedIn(t, "ann"), s.loggedIn(t, "ann")
	list, err := s.List(t.Context(), "ann")
	noErr(t, err)
	wantErr(t, s.End(t.Context(), "bob", list[0].ID), store.ErrNotFound)
	wantErr(t, s.End(t.Context(), "", list[0].ID), store.ErrNotFound)
	b.is(t, "ann")
	noErr(t, s.End(t.Context(), "ann", list[0].ID))
	wantErr(t, s.End(t.Context(), "ann", list[0].ID), store.ErrNotFound)
	b.is(t, "")
	other.is(t, "ann")
}

func testEndAll(t *testing.T, s *site) {
	browsers := []*browser{s.loggedIn(t, "ann"), s.loggedIn(t, "ann"), s.loggedIn(t, "bob")}
	noErr(t, s.EndAll(t.Context(), "ann"))
	for i, user := range []string{"", "", "bob"} {
		browsers[i].is(t, user)
	}
	s.loggedIn(t, "ann").is(t, "ann")
	noErr(t, s.EndAll(t.Context(), ""))
}

// testEndAllAndLogins has a log-in that checks credentials while they change.
func testEndAllAndLogins(t *testing.T, s *site) {
	b := s.browser()
	done := b.sendHeld(t, "POST", "/login?user=ann")
	noErr(t, s.EndAll(t.Context(), "ann"))
	s.leave <- struct{}{}
	r := <-done
	r.want(t, http.StatusUnauthorized, "")
	b.is(t, "")
	if list, err := s.List(t.Context(), "ann"); len(list) != 0 || err != nil {
		t.Errorf("ann has %+v, %v", list, err)
	}
	b.do(t, "POST", "/login?user=ann").want(t, 200, "")
	b.is(t, "ann")
}

// testEndAllAndRotation has requests that give sessions new keys while they are ended.
func testEndAllAndRotation(t *testing.T, s *site) {
	for range 20 {
		b := s.loggedIn(t, "ann")
		ended := make(chan struct{})
		done := make(chan error)
		go func() {
			for {
				if _, err := b.send(t.Context(), "POST", "/rotate"); err != nil {
					done <- err
					return
				}
				select {
				case <-ended:
					close(done)
					return
				default:
				}
			}
		}()
		noErr(t, s.EndAll(t.Context(), "ann"))
		close(ended)
		noErr(t, <-done)
		b.is(t, "")
	}
}

func testEndOthers(t *testing.T, s *site) {
	b, other := s.loggedIn(t, "ann"), s.loggedIn(t, "ann")
	under := s.browser()
	done := under.sendHeld(t, "POST", "/login?user=ann")
	b.do(t, "POST", "/others").want(t, 200, "")
	s.leave <- struct{}{}
	(<-done).want(t, http.StatusUnauthorized, "")
	b.is(t, "ann")
	other.is(t, "")
	under.is(t, "")
	s.browser().do(t, "POST", "/others").want(t, 200, "")
}

func testAttempts(t *testing.T, s *site) {
	b := s.browser()
	fail := func(user string, status int) reply {
		r := b.do(t, "POST", "/login?right=no&user="+user)
		r.want(t, status, "")
		return r
	}
	for range 2 * accountFailures {
		b.do(t, "POST", "/login?broken&user=ann").want(t, http.StatusServiceUnavailable, "")
	}
	for range accountFailures - 1 {
		fail("ann", http.StatusUnauthorized)
	}
	b.do(t, "POST", "/login?user=ann").want(t, 200, "")
	for i := range accountFailures {
		fail([]string{"ann", "ANN", "%20ann"}[i%3], http.StatusUnauthorized)
	}
	r := fail("ann", http.StatusTooManyRequests)
	if wait := r.Header.Get("Retry-After"); wait != "900" && wait != "899" {
		t.Errorf("Retry-After is %s", wait)
	}
	if strings.Contains(r.body, "ann") {
		t.Errorf("the answer tells of the account: %s", r.body)
	}
	b.do(t, "POST", "/login?user=ann").want(t, http.StatusTooManyRequests, "")
	b.do(t, "POST", "/login?user=bob").want(t, 200, "")
	for failed := 2*accountFailures - 1 + 2; failed < addressFailures; failed++ {
		fail(strings.Repeat("x", failed), http.StatusUnauthorized)
	}
	b.do(t, "POST", "/login?user=eve").want(t, http.StatusTooManyRequests, "")
	noErr(t, s.store.Forget(t.Context(), "address:127.0.0.1/32"))
	b.do(t, "POST", "/login?user=eve").want(t, 200, "") // Who may not try does not count against an account.
}
