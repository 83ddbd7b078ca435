package tlsboot

import (
	"crypto/tls"
	"testing"
	"time"
)

func TestTicketKeys(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	secret := NewTicketSecret(now)
	if secret == NewTicketSecret(now) {
		t.Fatal("two secrets are the same")
	}
	first := secret.keys(now)
	if len(first) != 1 {
		t.Errorf("on the first day there are %d keys", len(first))
	}
	second := secret.keys(now.Add(day))
	if len(second) != 2 || second[0] == first[0] || second[1] != first[0] {
		t.Error("on the second day there is not a new key, with that of the first day behind it")
	}
	third := secret.keys(now.Add(2 * day))
	if len(third) != 2 || third[1] != second[0] || third[0] == first[0] {
		t.Error("on the third day there is not a new key, with that of the second day behind it")
	}
	if back := secret.keys(now.Add(-day)); len(back) != 1 || back[0] != first[0] {
		t.Error("a clock that is set back takes the key away")
	}
}

// TestTicketSecretIsForgotten holds that a process that starts late has the keys of the others, and
// that those of old days cannot be made from what it was given.
func TestTicketSecretIsForgotten(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	old := NewTicketSecret(now)
	late := now.Add(30 * day)
	kept := old.At(late)
	if kept.Secret == old.Secret || kept.Day != old.Day+29 {
		t.Errorf("after 30 days the secret is of day %d, and the first was %d", kept.Day, old.Day)
	}
	if got, want := kept.keys(late), old.keys(late); got[0] != want[0] || got[1] != want[1] {
		t.Error("the secret that is left makes other keys")
	}
	if kept.keys(now)[0] == old.keys(now)[0] {
		t.Error("the secret that is left makes the keys of old days")
	}
}

// TestResumption goes from one process to another.
func TestResumption(t *testing.T) {
	ca := newIssuer(t, nil)
	dir := t.TempDir()
	ca.sign(t).write(t, dir)
	config := fromFiles(dir)
	config.Tickets = NewTicketSecret(time.Now())
	one, two := open(t, config), open(t, config)
	stranger := open(t, fromFiles(dir))
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		client := &tls.Config{RootCAs: ca.pool(), ServerName: "board.test", MaxVersion: version, ClientSessionCache: tls.NewLRUClientSessionCache(1)}
		for _, test := range []struct {
			server  *Certificates
			resumed bool
		}{{one, false}, {one, true}, {two, true}, {one, true}, {stranger, false}} {
			state, err := connect(t, test.server, client)
			if err != nil || state.DidResume != test.resumed {
				t.Errorf("%s: resumed is %v (%v), want %v", tls.VersionName(version), state.DidResume, err, test.resumed)
			}
		}
	}
}

// TestResumptionOverDays keeps a client's ticket until the day after tomorrow.
func TestResumptionOverDays(t *testing.T) {
	ca := newIssuer(t, nil)
	dir := t.TempDir()
	ca.sign(t).write(t, dir)
	server := open(t, fromFiles(dir))
	cache := tls.NewLRUClientSessionCache(1)
	client := &tls.Config{RootCAs: ca.pool(), ServerName: "board.test", ClientSessionCache: cache}
	if _, err := connect(t, server, client); err != nil {
		t.Fatal(err)
	}
	ticket, _ := cache.Get("board.test")
	now := time.Now()
	for after, want := range []bool{true, true, false} {
		server.keep(now.Add(time.Duration(after) * day))
		cache.Put("board.test", ticket)
		state, err := connect(t, server, client)
		if err != nil || state.DidResume != want {
			t.Errorf("after %d days resumed is %v (%v), want %v", after, state.DidResume, err, want)
		}
	}
}
