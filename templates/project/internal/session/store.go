package session

import (
	"context"
	"errors"
	"math"
	"time"
)

var (
	// errNone says that there is no such record: it never was, has expired or was ended.
	errNone = errors.New("no such session")
	// errCorrupt says that what is there is no record.
	errCorrupt = errors.New("corrupt session")
	// errStale says that the record has another version by now.
	errStale = errors.New("session changed meanwhile")
	// errEnded says that all sessions of the user were ended since the mark.
	errEnded = errors.New("sessions of the user were ended meanwhile")
)

// noMark is a mark that nothing comes after.
const noMark = math.MaxInt64

// markLife is how long a store has to remember that the sessions of a user were ended: longer than
// any log-in takes.
const markLife = time.Hour

// Store keeps the records of sessions, for one process or for many. It never sees the key of a
// session, only the hash of it. Its methods are safe for concurrent use.
type Store interface {
	records
	users
	counters
	// Sweep removes what has expired, where the store does not do so itself.
	Sweep(ctx context.Context) error
	Ping(ctx context.Context) error
	Close() error
}

type records interface {
	// Get returns the record with that hash, errNone or errCorrupt.
	Get(ctx context.Context, hash string) (Record, error)
	// Create adds a record. It is errEnded when the sessions of its user were ended after mark.
	//
	// If old is given, rec takes its place: old is gone at once. It is errNone when old is not there
	// any more, errStale when that has another version, and nothing has happened then. A record that
	// keeps the ID of old is the same session under another hash; who ends it by its ID ends either.
	Create(ctx context.Context, rec Record, old *Record, mark int64) error
	// Put writes the data of a record if that has the version of rec, and returns it with one that is
	// one higher. If it has another version, what merge makes of the record as it is there is written,
	// perhaps while others wait; an error of merge is returned. A record that is gone is errNone.
	Put(ctx context.Context, rec Record, merge func(is Record) (Record, error)) (Record, error)
	// Touch sets Seen and Expires of a record that is there, whatever its version.
	Touch(ctx context.Context, rec Record) error
	// Delete removes the session with the ID and user of rec, whatever its hash is by now, and says
	// whether there was one. A session without a user is found by its hash.
	Delete(ctx context.Context, rec Record) (bool, error)
}

type users interface {
	// List returns the records of a user.
	List(ctx context.Context, user string) ([]Record, error)
	// DeleteUser removes the sessions of a user, but not the one with the ID but, and lets no record
	// be created for a mark that was taken before.
	DeleteUser(ctx context.Context, user, but string) error
	// Mark returns a number that is smaller than those of all later calls of DeleteUser.
	Mark(ctx context.Context) (int64, error)
}

// counters count for a while. Whatever shares the sessions shares them.
type counters interface {
	// Count adds n to a counter, which begins at 0 and ends a window after its first use. It returns
	// the sum, and how long the counter still lives.
	Count(ctx context.Context, name string, n int, window time.Duration) (total int, left time.Duration, err error)
	// Forget ends a counter.
	Forget(ctx context.Context, name string) error
}

// Record is a session as a store keeps it.
type Record struct {
	// Hash is the SHA-256 of the session's key, in hexadecimal.
	Hash string
	// ID names the session to its user, and stays when the key changes.
	ID string
	// User is "" for a visitor who is not logged in.
	User string
	// Version is 1 at first.
	Version int64
	// Seen is when the session was last used, Expires when it ends if it is not used again, Ends
	// when it ends whatever happens.
	Seen, Expires, Ends time.Time
	// Data is JSON.
	Data []byte
}
