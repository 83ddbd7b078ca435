package session

import (
	"strings"
	"testing"
)

func testOnlyHashes(t *testing.T, s *site, dump func() string) {
	t.Helper()
	b := s.loggedIn(t, "ann")
	b.do(t, "POST", "/value?key=a&value=1")
	if len(b.cookie) != 43 || s.loggedIn(t, "ann").cookie == b.cookie {
		t.Errorf("the key is %s", b.cookie)
	}
	text := dump()
	if strings.Contains(text, b.cookie) || !strings.Contains(text, digest(b.cookie)) {
		t.Errorf("the key %s with the hash %s is kept as %s", b.cookie, digest(b.cookie), text)
	}
	if strings.Contains(s.log.String(), b.cookie) {
		t.Error("the log has the key")
	}
}

func testCorrupt(t *testing.T, s *site, corrupt func(*site)) {
	t.Helper()
	b := s.loggedIn(t, "ann")
	corrupt(s)
	b.do(t, "GET", "/me").want(t, 401, "")
	b.is(t, "")
	log := s.log.String()
	if !strings.Contains(log, "a session cannot be read and counts as none") || !strings.Contains(log, "fingerprint="+digest(b.cookie)[:8]) ||
		strings.Contains(log, b.cookie) {
		t.Errorf("the log is %s", log)
	}
	b.do(t, "POST", "/login?user=ann").want(t, 200, "")
	b.is(t, "ann")
}

// TestKeys holds that keys are 256 bits that no other key has.
func TestKeys(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		key := newKey()
		if len(key)*6 < 256 || !wellFormed(key) || seen[key] {
			t.Fatalf("key %q", key)
		}
		seen[key] = true
	}
	for _, bad := range []string{"", "x", newKey() + "A", newKey()[1:], strings.Repeat("=", 43), strings.Repeat("é", 43)} {
		if wellFormed(bad) {
			t.Errorf("%q passes for a key", bad)
		}
	}
}
