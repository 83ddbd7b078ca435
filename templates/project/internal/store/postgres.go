package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// errPostgresURL does not repeat the URL, which may hold a password.
var errPostgresURL = errors.New("database URL: want postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @ and %2F for / in a password, and parameters such as ?sslmode=verify-full&pool_max_conns=20")

// postgresDefaults are settings of each connection, where the URL does not have them.
var postgresDefaults = map[string]string{
	"statement_timeout": "10s",
	"lock_timeout":      "5s",
	// What is rare and what is not needs another plan, which a plan for all values cannot be.
	"plan_cache_mode": "force_custom_plan",
	// A machine that dies in a transaction holds its locks no longer than this.
	"idle_in_transaction_session_timeout": "10s",
}

const (
	// postgresConns is how many connections a process has at most, where the URL does not say.
	postgresConns = 10
	// postgresConnect is how long it may take to make one.
	postgresConnect = 5 * time.Second
	// postgresAgain is how soon a server that is starting is asked again.
	postgresAgain = 200 * time.Millisecond
	// postgresGrace is how much later than the server's own limit a statement is given up on.
	postgresGrace = 2 * time.Second
)

func openPostgres(ctx context.Context, address string, schema fs.FS) (*DB, error) {
	ddl, err := fs.ReadFile(schema, "postgres.sql")
	if err != nil {
		return nil, fmt.Errorf("database schema: %w", err)
	}
	config, err := postgresConfig(address)
	if err != nil {
		return nil, err
	}
	dialect := postgresDialect{migration(config.ConnConfig)}
	if err := limit(config.ConnConfig); err != nil {
		return nil, err
	}
	if err := dialect.migrate(ctx, "resources", postgresOwn, string(ddl)); err != nil {
		return nil, postgresRefusal(config.ConnConfig, err)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, postgresRefusal(config.ConnConfig, err)
	}
	db := unprepared(stdlib.OpenDBFromPool(pool))
	return &DB{dialect: dialect, reads: db, writes: db, release: pool.Close}, nil
}

// postgresConfig reads a URL. Beside the parameters of libpq it has those of pgxpool, and settings of the
// server: ?pool_max_conns=20&statement_timeout=30s.
func postgresConfig(address string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, errPostgresURL
	}
	params := config.ConnConfig.RuntimeParams
	for name, value := range postgresDefaults {
		params[name] = cmp.Or(params[name], value)
	}
	params["application_name"] = cmp.Or(params["application_name"], filepath.Base(os.Args[0]))
	if !strings.Contains(address, "pool_max_conns=") {
		config.MaxConns = max(postgresConns, config.MinConns)
	}
	if config.MaxConnLifetimeJitter == 0 {
		config.MaxConnLifetimeJitter = config.MaxConnLifetime / 10
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = postgresConnect
	}
	return config, nil
}

// limit bounds the time of each statement on this side, too.
func limit(config *pgx.ConnConfig) error {
	after, err := postgresTime(config.RuntimeParams["statement_timeout"])
	if err == nil && after > 0 {
		config.DialFunc = limited(config.DialFunc, after+postgresGrace)
	}
	return err
}

// postgresTime reads a time as PostgreSQL does: milliseconds, or a number with its unit. 0 is no limit.
func postgresTime(text string) (time.Duration, error) {
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Millisecond, nil
	}
	limit, err := time.ParseDuration(strings.Replace(text, "min", "m", 1))
	if err != nil || limit < 0 {
		return 0, errors.New("database URL: statement_timeout is no time: want one such as 10s or 500ms")
	}
	return limit, nil
}

// migration is the configuration of a connection that makes tables, which takes the time that it takes.
func migration(config *pgx.ConnConfig) *pgx.ConnConfig {
	config = config.Copy()
	config.RuntimeParams["statement_timeout"] = "0"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "0"
	return config
}

// postgresName tells the operator which database it is.
func postgresName(config *pgx.ConnConfig) string {
	return fmt.Sprintf("%s on %s", config.Database, config.Host)
}

// sentence is an error of the driver in one line.
func sentence(err error) error { return oneLine{err} }

type oneLine struct{ error } //nolint:errname // only its text is another

func (o oneLine) Error() string { return strings.Join(strings.Fields(o.error.Error()), " ") }
func (o oneLine) Unwrap() error { return o.error }
