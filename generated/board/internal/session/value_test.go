package session

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
)

// inMemory is a session of a test that has no server.
func inMemory(t *testing.T, data string) *Session {
	t.Helper()
	var c content
	if err := json.Unmarshal([]byte(data), &c); err != nil {
		t.Fatal(err)
	}
	return &Session{ctx: context.Background(), read: true, content: c}
}

// TestVersions holds that versions of a program that share a store understand one another.
func TestVersions(t *testing.T) {
	type old struct {
		Items []string `json:"items"`
	}
	type young struct {
		Items []string `json:"items"`
		Gift  bool     `json:"gift"`
	}
	s := inMemory(t, `{"created":"2026-01-02T03:04:05Z","more":{},"values":{"cart":{"items":["bread"],"gift":true},"other":7}}`)
	if cart, ok := Key[old]("cart").Get(s); !ok || len(cart.Items) != 1 {
		t.Errorf("the old one reads %v", cart)
	}
	Key[old]("cart").Update(s, func(o old) old { return old{append(o.Items, "milk")} })
	if cart, ok := Key[young]("cart").Get(s); !ok || len(cart.Items) != 2 || cart.Gift {
		t.Errorf("the young one reads %v", cart)
	}
	if _, ok := Key[old]("other").Get(s); ok {
		t.Error("a number is a cart")
	}
	if n, ok := Key[int]("other").Get(s); n != 7 || !ok {
		t.Errorf("other is %d", n)
	}
	Key[int]("other").Delete(s)
	if _, ok := Key[int]("other").Get(s); ok {
		t.Error("it is not deleted")
	}
}

func TestValueThatIsNoJSON(t *testing.T) {
	s := newSite(t, setup{config: Config{Store: "memory"}})
	session := inMemory(t, `{}`)
	session.manager = s.Manager
	Key[any]("a").Set(session, func() {})
	if err := session.finish(); !errors.Is(err, errValue) {
		t.Errorf("error %v", err)
	}
}
