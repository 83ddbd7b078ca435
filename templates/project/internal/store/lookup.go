package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"sync"
)

// lookups ask SQLite for one text by way of its driver: what database/sql does around a query takes half as long as to
// find a row.
type lookups struct {
	// db is for nothing else: nobody waits for a connection.
	db *sql.DB

	mu   sync.Mutex
	free []*lookup
	// left is how many more there may be, closed that no more are kept.
	left   int
	closed bool
}

// lookup is a connection with the statements that were made for it.
type lookup struct {
	conn       *sql.Conn
	statements map[string]statement
}

// statement is what the driver makes of a query.
type statement interface {
	driver.Stmt
	driver.StmtQueryContext
}

var errBusy = errors.New("all lookups are busy")

// text is what a query finds in its only column for its only argument, or sql.ErrNoRows. What any other error means is
// for database/sql to say.
func (l *lookups) text(ctx context.Context, query, arg string) (string, error) {
	with, err := l.take(ctx)
	if err != nil {
		return "", err
	}
	text, err := with.text(ctx, query, arg)
	l.put(with, err == nil || errors.Is(err, sql.ErrNoRows))
	return text, err
}

// take prefers the one that was used last: it remembers most.
func (l *lookups) take(ctx context.Context) (*lookup, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.free); n > 0 {
		last := l.free[n-1]
		l.free = l.free[:n-1]
		return last, nil
	}
	if l.left == 0 {
		return nil, errBusy
	}
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	l.left--
	return &lookup{conn, map[string]statement{}}, nil
}

// put keeps a lookup for the next query, unless it is of no use any more.
func (l *lookups) put(used *lookup, keep bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if keep && !l.closed {
		l.free = append(l.free, used)
		return
	}
	l.left++
	used.end()
}

// close closes what is not in use now, and the rest when it is put back.
func (l *lookups) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, unused := range l.free {
		unused.end()
	}
	l.free, l.closed = nil, true
	return l.db.Close()
}

func (l *lookup) text(ctx context.Context, query, arg string) (text string, err error) {
	err = l.conn.Raw(func(conn any) error {
		statement, err := l.statement(ctx, conn, query)
		if err != nil {
			return err
		}
		rows, err := statement.QueryContext(ctx, []driver.NamedValue{{Ordinal: 1, Value: arg}})
		if err != nil {
			return err
		}
		var row [1]driver.Value
		err = rows.Next(row[:])
		text, _ = row[0].(string)
		return errors.Join(err, rows.Close())
	})
	if errors.Is(err, io.EOF) {
		err = sql.ErrNoRows
	}
	return text, err
}

func (l *lookup) statement(ctx context.Context, conn any, query string) (statement, error) {
	if known := l.statements[query]; known != nil {
		return known, nil
	}
	made, err := conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	l.statements[query] = made.(statement)
	return l.statements[query], nil
}

// end closes the connection, which nobody gets again.
func (l *lookup) end() {
	_ = l.conn.Raw(func(any) error {
		for _, made := range l.statements {
			_ = made.Close() // or SQLite would keep the connection for it
		}
		return driver.ErrBadConn
	})
}
