//nolint:thelper // the functions of the suite are tests, not helpers
package session

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gen/templates/project/internal/store"
	"gen/templates/project/internal/store/postgrestest"
)

// kind is a store that the suite runs against: a function that makes one that nobody else uses.
type kind func(t *testing.T) (s setup, dump func() string, corrupt func(*site))

// stores is the table of the suite. What a server is needed for is started once for all of its tests.
var stores = map[string]func(*testing.T) kind{
	"memory":   func(*testing.T) kind { return memoryStore },
	"database": func(*testing.T) kind { return databaseStore },
	"postgres": func(t *testing.T) kind { return postgresStoreAt(postgrestest.Start(t)) },
	"redis": func(t *testing.T) kind {
		r := startRedis(t)
		return redisStoreAt(r, r.url())
	},
	"cluster": func(t *testing.T) kind {
		r := startCluster(t)
		return redisStoreAt(r, StoreURL(strings.Replace(string(r.url()), "redis:", "redis+cluster:", 1)))
	},
}

func memoryStore(*testing.T) (setup, func() string, func(*site)) {
	var held *memory
	dump := func() string { return fmt.Sprint(held.records, held.counts) }
	keep := func(s Store) Store {
		held = s.(*memory)
		return s
	}
	corrupt := func(*site) {
		for hash, rec := range held.records {
			rec.Data = []byte("{")
			held.records[hash] = rec
		}
	}
	return setup{config: Config{Store: "memory"}, wrap: keep}, dump, corrupt
}

func databaseStore(t *testing.T) (setup, func() string, func(*site)) {
	db, file := newDatabase(t)
	dump := func() string {
		files, _ := filepath.Glob(file + "*")
		var text strings.Builder
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(data)
		}
		return text.String()
	}
	return setup{config: Config{Store: "database"}, db: db}, dump, func(*site) { corruptDatabase(t, db) }
}

func corruptDatabase(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Write(t.Context(), func(tx store.SQL) error {
		_, err := tx.Exec(t.Context(), `UPDATE _sessions SET data = '{'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// patientDatabase is the database as a store: how soon one that is away is given up is for other tests.
const patientDatabase = "database?read_timeout=30s"

func postgresStoreAt(server *postgrestest.Server) kind {
	return func(t *testing.T) (setup, func() string, func(*site)) {
		db := openDB(t, server.URL(t))
		dump := func() (text string) {
			for _, table := range []string{"_sessions", "_session_ends", "_session_counts"} {
				var rows string
				err := db.Reads().QueryRow(t.Context(), `SELECT COALESCE(string_agg(row_to_json(r)::text, ' '), '') FROM `+table+` AS r`).Scan(&rows)
				if err != nil {
					t.Fatal(err)
				}
				text += rows
			}
			return text
		}
		return setup{config: Config{Store: patientDatabase}, db: db}, dump, func(*site) { corruptDatabase(t, db) }
	}
}

// redisStoreAt has patience: how soon a Redis is given up is for other tests.
func redisStoreAt(r *redisServer, url StoreURL) kind {
	url += "?read_timeout=10s"
	return func(t *testing.T) (setup, func() string, func(*site)) {
		corrupt := func(s *site) {
			client := r.client(t)
			for _, key := range client.Keys(t.Context(), s.config.Name+":session:key:*").Val() {
				client.HSet(t.Context(), key, "data", "{")
			}
		}
		return setup{config: Config{Store: url}}, func() string { return r.dump(t) }, corrupt
	}
}

// TestStores holds every store against all that this package promises.
func TestStores(t *testing.T) {
	for name, start := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind := start(t)
			for name, test := range suite {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					s, _, _ := kind(t)
					test(t, newSite(t, s))
				})
			}
			t.Run("only hashes are stored", func(t *testing.T) {
				s, dump, _ := kind(t)
				testOnlyHashes(t, newSite(t, s), dump)
			})
			t.Run("corrupt records", func(t *testing.T) {
				s, _, corrupt := kind(t)
				testCorrupt(t, newSite(t, s), corrupt)
			})
		})
	}
}

var suite = map[string]func(*testing.T, *site){
	"store":                testStore,
	"marks":                testMarks,
	"counters":             testCounters,
	"sweep":                testSweep,
	"anonymous":            testAnonymous,
	"unknown keys":         testUnknownKeys,
	"login":                testLogin,
	"login of another":     testLoginOfAnother,
	"rotate":               testRotate,
	"logout":               testLogout,
	"slow requests":        testSlowRequests,
	"idle":                 testIdle,
	"lifetime":             testLifetime,
	"round trips":          testRoundTrips,
	"values":               testValues,
	"no lost update":       testNoLostUpdate,
	"list":                 testList,
	"end one":              testEndOne,
	"end others":           testEndOthers,
	"end all":              testEndAll,
	"end all and log-ins":  testEndAllAndLogins,
	"end all and rotation": testEndAllAndRotation,
	"attempts":             testAttempts,
}

// record is one that a test makes up.
func (s *site) made(id, hash, user string) Record {
	now := s.clock.now()
	return Record{
		Hash: hash, ID: id, User: user, Version: 1, Seen: now, Expires: now.Add(time.Minute), Ends: now.Add(time.Hour),
		Data: []byte(`{"created":"2026-01-02T03:04:05Z"}`),
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func noErr(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func testStore(t *testing.T, s *site) {
	ctx, st := t.Context(), s.store
	first := s.made("1", "a", "ann")
	_, err := st.Get(ctx, "a")
	wantErr(t, err, errNone)
	keep := func(is Record) (Record, error) { return is, nil }
	_, err = st.Put(ctx, first, keep)
	wantErr(t, err, errNone)
	noErr(t, st.Touch(ctx, first))
	_, err = st.Get(ctx, "a")
	wantErr(t, err, errNone) // Neither has made one.

	noErr(t, st.Create(ctx, first, nil, noMark))
	got, err := st.Get(ctx, "a")
	noErr(t, err)
	if got.Hash != "a" || got.ID != "1" || got.User != "ann" || got.Version != 1 || string(got.Data) != string(first.Data) ||
		got.Seen.UnixMilli() != first.Seen.UnixMilli() || got.Expires.UnixMilli() != first.Expires.UnixMilli() || got.Ends.UnixMilli() != first.Ends.UnixMilli() {
		t.Errorf("got %+v, want %+v", got, first)
	}

	changed := got
	changed.Data = []byte(`{"created":"2026-01-02T03:04:05Z","values":{"a":1}}`)
	written, err := st.Put(ctx, changed, nil)
	noErr(t, err)
	refused := errors.New("refused")
	_, err = st.Put(ctx, got, func(Record) (Record, error) { return Record{}, refused })
	wantErr(t, err, refused)
	is, err := st.Get(ctx, "a")
	noErr(t, err)
	if written.Version != 2 || is.Version != 2 || string(is.Data) != string(changed.Data) || is.User != "ann" {
		t.Errorf("written %+v, there is %+v", written, is)
	}
	merged, err := st.Put(ctx, got, func(is Record) (Record, error) {
		if is.Version != 2 || string(is.Data) != string(changed.Data) || is.ID != "1" || is.User != "ann" {
			t.Errorf("there is %+v, want %+v", is, changed)
		}
		is.Data = []byte(`{"created":"2026-01-02T03:04:05Z","values":{"b":1}}`)
		return is, nil
	})
	noErr(t, err)
	if written, err = st.Get(ctx, "a"); err != nil || merged.Version != 3 || written.Version != 3 || string(written.Data) != string(merged.Data) {
		t.Errorf("merged %+v, there is %+v, %v", merged, written, err)
	}

	written.Expires = written.Expires.Add(time.Minute)
	noErr(t, st.Touch(ctx, written))
	if is, err = st.Get(ctx, "a"); err != nil || is.Version != 3 || is.Expires.UnixMilli() != written.Expires.UnixMilli() {
		t.Errorf("touched: %+v, %v", is, err)
	}

	moved := s.made("1", "b", "ann")
	wantErr(t, st.Create(ctx, moved, &first, noMark), errStale)
	noErr(t, st.Create(ctx, moved, &is, noMark))
	wantErr(t, st.Create(ctx, s.made("1", "c", "ann"), &is, noMark), errNone)
	_, err = st.Get(ctx, "a")
	wantErr(t, err, errNone)
	_, err = st.Get(ctx, "c")
	wantErr(t, err, errNone)

	for _, rec := range []Record{{ID: "1", User: "bob"}, {ID: "2", User: "ann"}} {
		if found, err := st.Delete(ctx, rec); found || err != nil {
			t.Errorf("%+v is deleted: %v, %v", rec, found, err)
		}
	}
	// By its old hash: whoever asked knows no other.
	if found, err := st.Delete(ctx, first); !found || err != nil {
		t.Errorf("it is not deleted: %v, %v", found, err)
	}
	_, err = st.Get(ctx, "b")
	wantErr(t, err, errNone)
	noErr(t, st.Ping(ctx))
}

// testMarks are about sessions of a user that end while another is begun.
func testMarks(t *testing.T, s *site) {
	ctx, st := t.Context(), s.store
	before, err := st.Mark(ctx)
	noErr(t, err)
	noErr(t, st.Create(ctx, s.made("1", "a", "ann"), nil, before))
	noErr(t, st.Create(ctx, s.made("2", "b", "ann"), nil, before))
	noErr(t, st.DeleteUser(ctx, "ann", "2"))
	wantErr(t, st.Create(ctx, s.made("3", "c", "ann"), nil, before), errEnded)
	_, err = st.Get(ctx, "c")
	wantErr(t, err, errNone)
	noErr(t, st.Create(ctx, s.made("4", "d", "bob"), nil, before))
	after, err := st.Mark(ctx)
	noErr(t, err)
	noErr(t, st.Create(ctx, s.made("5", "e", "ann"), nil, after))
	list, err := st.List(ctx, "ann")
	noErr(t, err)
	if len(list) != 2 {
		t.Errorf("ann has %+v", list)
	}
}

func testCounters(t *testing.T, s *site) {
	ctx := t.Context()
	for _, step := range []struct {
		name    string
		n, want int
	}{{"a", 1, 1}, {"a", 1, 2}, {"b", 1, 1}, {"a", -1, 1}} {
		total, left, err := s.store.Count(ctx, step.name, step.n, time.Minute)
		if total != step.want || left <= 50*time.Second || left > time.Minute || err != nil {
			t.Errorf("%+v: %d, %s, %v", step, total, left, err)
		}
	}
	noErr(t, s.store.Forget(ctx, "a"))
	if total, _, err := s.store.Count(ctx, "a", 1, time.Minute); total != 1 || err != nil {
		t.Errorf("forgotten, it begins at %d, %v", total, err)
	}
	_, left, err := s.store.Count(ctx, "brief", 1, 10*time.Millisecond)
	noErr(t, err)
	<-time.After(left + 5*time.Millisecond)
	if total, _, err := s.store.Count(ctx, "brief", 1, time.Minute); total != 1 || err != nil {
		t.Errorf("after its window it is %d, %v", total, err)
	}
}

func testSweep(t *testing.T, s *site) {
	ctx := t.Context()
	old, fresh := s.made("1", "a", "ann"), s.made("2", "b", "ann")
	fresh.Expires = fresh.Ends
	noErr(t, s.store.Create(ctx, old, nil, noMark))
	noErr(t, s.store.Create(ctx, fresh, nil, noMark))
	s.clock.advance(2 * time.Minute)
	_, err := s.store.Get(ctx, "a")
	wantErr(t, err, errNone)
	wantErr(t, s.store.Create(ctx, s.made("1", "c", "ann"), &old, noMark), errNone)
	noErr(t, s.store.Sweep(ctx))
	if list, err := s.store.List(ctx, "ann"); len(list) != 1 || list[0].ID != "2" || err != nil {
		t.Errorf("there is %+v, %v", list, err)
	}
}

// testNoLostUpdate has many requests of one session at once.
func testNoLostUpdate(t *testing.T, s *site) {
	b := s.loggedIn(t, "ann")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for range 10 {
				for _, key := range []string{"shared", fmt.Sprint("own", i)} {
					r, err := b.stolen().send(t.Context(), "POST", "/count?key="+key)
					if err != nil || r.StatusCode != http.StatusOK {
						t.Errorf("%v: %s", err, r.body)
					}
				}
			}
		})
	}
	group.Wait()
	b.holds(t, "shared", 80.0)
	for i := range 8 {
		b.holds(t, fmt.Sprint("own", i), 10.0)
	}
}
