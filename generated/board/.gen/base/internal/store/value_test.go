//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// testNumbers holds that numbers are what they were, and compare as what they are.
func testNumbers(t *testing.T, b *board) {
	table := NewTable[int64](b.db, Def[json.RawMessage]{Name: "posts"})
	sorted := []string{"-1e+300", "-9223372036854775808", "-1.5", "0", "5e-324", "0.1", "1", "19.99", "9007199254740993", "9223372036854775807", "1.7976931348623157e+308"}
	for i, number := range sorted {
		_, err := table.InsertAt(t.Context(), int64(i), json.RawMessage(`{"n":`+number+`}`))
		noErr(t, err)
	}
	page, err := table.List(t.Context(), Query{Order: []Order{{Field: "n", Type: Number}}})
	noErr(t, err)
	for i, item := range page.Items {
		var row struct{ N json.Number }
		noErr(t, json.Unmarshal(item, &row))
		want, got := number(t, json.Number(sorted[i])), number(t, row.N)
		if got != want {
			t.Errorf("number %d is %v, want %v", i, got, want)
		}
		found, err := table.List(t.Context(), Query{Filters: []Filter{Equal("n", json.Number(sorted[i]))}})
		if noErr(t, err); len(found.Items) != 1 {
			t.Errorf("%d rows have %s", len(found.Items), sorted[i])
		}
	}
}

func number(t *testing.T, n json.Number) any {
	t.Helper()
	value, err := parseNumber(n)
	noErr(t, err)
	return value
}

// testTexts holds that texts sort as bytes, whatever the locale of the database, and are found again.
func testTexts(t *testing.T, b *board) {
	texts := []string{"Zebra", "apple", "Äpfel", "_", "a b", "ab", "가", "나", "😀", "\ufffd", "apple pie", "Apple"}
	for _, text := range texts {
		b.post(t, post{Title: text})
	}
	slices.Sort(texts)
	page, err := b.posts.List(t.Context(), Query{Order: []Order{{Field: "title"}}})
	noErr(t, err)
	for i, p := range page.Items {
		if p.Title != texts[i] {
			t.Errorf("text %d is %q, want %q", i, p.Title, texts[i])
		}
	}
	for text, want := range map[string]int{"APPLE": 3, "äpfel": 0, "Äpfel": 1, "ÄPFEL": 1} {
		page, err := b.posts.List(t.Context(), Query{Filters: []Filter{Search(text, "title")}})
		if noErr(t, err); len(page.Items) != want {
			t.Errorf("%s is in %d texts, want %d", text, len(page.Items), want)
		}
	}
	above, err := b.posts.List(t.Context(), Query{Filters: []Filter{AtLeast("title", "a")}})
	if noErr(t, err); len(above.Items) != 9 {
		t.Errorf("%d texts are from a on", len(above.Items))
	}
}

// testLocks holds that those who name the same lock work one after the other.
func testLocks(t *testing.T, b *board) {
	ctx := t.Context()
	b.post(t, post{})
	var group sync.WaitGroup
	var within atomic.Int64
	for range 8 {
		group.Go(func() {
			noneElse := func(tx SQL) error {
				if err := tx.Lock(ctx, "one"); err != nil {
					return err
				}
				if n := within.Add(1); n != 1 {
					t.Errorf("%d are within", n)
				}
				defer within.Add(-1)
				var posts int
				return tx.QueryRow(ctx, `SELECT COUNT(*) FROM posts`).Scan(&posts)
			}
			if err := b.db.Write(ctx, noneElse); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	err := b.db.Write(ctx, func(tx SQL) error {
		locked, err := tx.TryLock(ctx, "one")
		if !locked {
			t.Error("nobody has the lock, and it cannot be had")
		}
		return err
	})
	noErr(t, err)
}
