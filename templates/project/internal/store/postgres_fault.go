package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Codes of PostgreSQL, see its appendix A.
const (
	foreignKeyViolation = "23503"
	uniqueViolation     = "23505"
	checkViolation      = "23514"
	serializationFailed = "40001"
	deadlockDetected    = "40P01"
	lockNotAvailable    = "55P03"
	queryCanceled       = "57014"
	cannotConnectNow    = "57P03"
	noCharacter         = "22021" // in a text
	noEscape            = "22P05" // in JSON
)

// refusedCodes are about values: a number or nesting without end, a text that is too
// long for an index.
var refusedCodes = []string{checkViolation, "22", "54"}

// awayCodes are about a server that leaves, comes, is full, or has become the second one.
var awayCodes = []string{"08", "53", "57P", "25006", "25P03"}

func (postgresDialect) fault(table string, err error) error {
	var fault *pgconn.PgError
	if !errors.As(err, &fault) {
		return postgresAway(err)
	}
	switch code := fault.Code; {
	case code == foreignKeyViolation:
		return ErrNoParent
	case code == uniqueViolation:
		return &Conflict{Field: postgresUnique(table, fault.ConstraintName)}
	case code == serializationFailed, code == deadlockDetected:
		return errRaced
	case code == lockNotAvailable, code == queryCanceled:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case code == noCharacter, code == noEscape:
		return fmt.Errorf("%w: %w", ErrNUL, err)
	case begins(code, refusedCodes):
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	case begins(code, awayCodes):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}

func begins(code string, with []string) bool {
	for _, prefix := range with {
		if strings.HasPrefix(code, prefix) {
			return true
		}
	}
	return false
}

// postgresUnique is the field that a unique index is called after, "" for the key.
func postgresUnique(table, index string) string {
	if strings.HasSuffix(index, "_pkey") {
		return ""
	}
	return strings.TrimPrefix(index, table+"_")
}

// postgresAway is an ErrUnavailable where a connection has broken or could not be made. It keeps only the
// text of that error: a deadline of this connection is none of the caller's.
func postgresAway(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	var refused *pgconn.ConnectError
	var broken net.Error
	if errors.As(err, &refused) || errors.As(err, &broken) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err) {
		return fmt.Errorf("%w: %s", ErrUnavailable, sentence(err).Error())
	}
	return nil
}

// postgresRefusal tells the operator, in one line, why there is no connection: the driver tries several ways, and
// names them all. A host that nobody knows may be a part of a password.
func postgresRefusal(config *pgx.ConnConfig, err error) error {
	var connect *pgconn.ConnectError
	var fault *pgconn.PgError
	var unknown *net.DNSError
	var network *net.OpError
	why := sentence(err)
	switch {
	case !errors.As(err, &connect):
	case errors.As(err, &fault):
		why = fmt.Errorf("%s: look at DATABASE_URL", fault.Message)
	case errors.As(err, &unknown):
		return errors.New("database: nobody knows the host in DATABASE_URL; in a password, write %40 for @ and %2F for /")
	case errors.As(err, &network):
		why = fmt.Errorf("%w: look at DATABASE_URL, and whether PostgreSQL is there", network)
	}
	return fmt.Errorf("database %s: %w", postgresName(config), why)
}
