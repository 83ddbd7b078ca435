package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// mostVarious is how many queries are kept whose texts clients have a say in: they choose the filters.
const mostVarious = 200

// prepared is a database that remembers queries: to read one costs SQLite more than to look up a row.
// PostgreSQL's driver remembers them itself.
type prepared struct {
	*sql.DB

	// lookups are nil for a database that is not looked up with them.
	lookups *lookups

	mu      sync.RWMutex
	queries map[string]*sql.Stmt
	various int
}

func prepare(db *sql.DB) *prepared { return &prepared{DB: db, queries: map[string]*sql.Stmt{}} }

// unprepared hands queries on as they are.
func unprepared(db *sql.DB) *prepared { return &prepared{DB: db} }

// QueryRowContext is for queries that the program has a fixed number of.
func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if known := p.statement(ctx, query, false); known != nil {
		if ctx.Err() == nil {
			// SQLite has a row at once. To watch whether ctx ends meanwhile takes two goroutines a query.
			ctx = context.WithoutCancel(ctx)
		}
		return known.QueryRowContext(ctx, args...)
	}
	return p.DB.QueryRowContext(ctx, query, args...)
}

// text is what a query that the program has a fixed number of finds in its only column for its only argument, or
// sql.ErrNoRows.
func (p *prepared) text(ctx context.Context, query, arg string) (string, error) {
	if p.lookups != nil && ctx.Err() == nil {
		text, err := p.lookups.text(context.WithoutCancel(ctx), query, arg)
		if err == nil || errors.Is(err, sql.ErrNoRows) {
			return text, err
		}
	}
	var text string
	err := p.QueryRowContext(ctx, query, arg).Scan(&text)
	return text, err
}

// QueryContext is for all queries.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if known := p.statement(ctx, query, true); known != nil {
		return known.QueryContext(ctx, args...)
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// statement returns nil where the query is to be run as it is, which says what is wrong with it.
func (p *prepared) statement(ctx context.Context, query string, various bool) *sql.Stmt {
	if p.queries == nil {
		return nil
	}
	p.mu.RLock()
	known, full := p.queries[query], various && p.various >= mostVarious
	p.mu.RUnlock()
	if known != nil || full {
		return known
	}
	made, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.queries[query]; known != nil {
		_ = made.Close() // Somebody else was faster.
		return known
	}
	p.queries[query] = made
	if various {
		p.various++
	}
	return made
}

// Close closes the database when the queries that run have ended.
func (p *prepared) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, known := range p.queries {
		_ = known.Close() // So does the database.
	}
	if p.lookups != nil {
		return errors.Join(p.lookups.close(), p.DB.Close())
	}
	return p.DB.Close()
}
