//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"context"
	"errors"
	"testing"
)

func testSQL(t *testing.T, b *board) {
	ctx := t.Context()
	noErr(t, b.db.Write(ctx, func(tx SQL) error {
		_, err := tx.Exec(ctx, `CREATE TABLE _words (word TEXT PRIMARY KEY, length BIGINT NOT NULL)`)
		return err
	}))
	add := func(ctx context.Context, words ...string) error {
		return b.db.Write(ctx, func(tx SQL) error {
			for _, word := range words {
				if n, err := tx.Exec(ctx, `INSERT INTO _words (word, length) VALUES (?, ?)`, word, len(word)); err != nil || n != 1 {
					return errors.Join(err, ctx.Err())
				}
			}
			return nil
		})
	}
	noErr(t, add(ctx, "bread", "milk"))
	wantErr(t, add(ctx, "salt", "milk"), ErrConflict)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	wantErr(t, add(ended, "oil"), context.Canceled)

	var length int
	noErr(t, b.db.Reads().QueryRow(ctx, `SELECT length FROM _words WHERE word = ?`, "milk").Scan(&length))
	found, err := b.db.Reads().Query(ctx, `SELECT word FROM _words WHERE length > ?`, 3)
	noErr(t, err)
	defer func() { _ = found.Close() }()
	words := 0
	for found.Next() {
		words++
	}
	noErr(t, found.Err())
	if length != 4 || words != 2 { // salt went back with milk
		t.Errorf("milk has %d letters, and there are %d words", length, words)
	}
}
