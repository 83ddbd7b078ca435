//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// processes is how many processes write at once.
const processes = 4

// TestMain makes this test binary one of several processes when a test starts it again.
func TestMain(m *testing.M) {
	job, ok := os.LookupEnv("STORE_TEST_JOB")
	if !ok {
		os.Exit(m.Run())
	}
	if err := work(context.Background(), jobs[job]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// work waits for the others, opens the database that they share and does the job.
func work(ctx context.Context, job func(context.Context, *DB) error) error {
	fmt.Println("ready")
	if _, err := io.ReadAll(os.Stdin); err != nil {
		return err
	}
	db, err := Open(ctx, os.Getenv("STORE_TEST_URL"), os.DirFS(os.Getenv("STORE_TEST_SCHEMA")))
	if err != nil {
		return err
	}
	return errors.Join(job(ctx, db), db.Close())
}

// jobs are what the processes do; what they print is for the test to see.
var jobs = map[string]func(context.Context, *DB) error{
	"open": func(ctx context.Context, db *DB) error { return db.Ping(ctx) },
	"increment": func(ctx context.Context, db *DB) error {
		return increment(ctx, NewTable[int64](db, Def[post]{Name: "posts"}), 50)
	},
	"claim": func(ctx context.Context, db *DB) error {
		for key := range 50 {
			_, err := NewTable[string](db, Def[user]{Name: "users"}).InsertAt(ctx, fmt.Sprint(key), user{Name: fmt.Sprint(key)})
			if err == nil {
				fmt.Println(key)
			} else if !errors.Is(err, ErrConflict) {
				return err
			}
		}
		return nil
	},
	"number": func(ctx context.Context, db *DB) error {
		for range 50 {
			row, err := NewTable[int64](db, Def[post]{Name: "posts"}).Insert(ctx, func(id int64) post { return post{ID: id} })
			if err != nil {
				return err
			}
			fmt.Println(row.Value.ID)
		}
		return nil
	},
}

// increment adds one, times over, to what post 1 says of its owner.
func increment(ctx context.Context, posts *Table[int64, post], times int) error {
	for range times {
		_, err := posts.Update(ctx, 1, nil, func(p *post) error {
			p.Owner.ID++
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// run does a job in several processes at once and returns the lines that they print.
func (b *board) run(t *testing.T, job, url string) []string {
	t.Helper()
	schema := t.TempDir()
	noErr(t, os.CopyFS(schema, b.kind.schema))
	var group sync.WaitGroup
	start := make(chan struct{})
	ready := make(chan struct{})
	printed := make([][]string, processes)
	for i := range processes {
		group.Go(func() {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "STORE_TEST_JOB="+job, "STORE_TEST_URL="+url, "STORE_TEST_SCHEMA="+schema)
			lines, err := follow(cmd, ready, start)
			if err != nil {
				t.Errorf("process %d: %v", i, err)
			}
			printed[i] = lines
		})
	}
	for range processes {
		<-ready
	}
	close(start)
	group.Wait()
	return slices.Concat(printed...)
}

// follow starts a process, says when it is ready, lets it go at start, and returns what it prints.
func follow(cmd *exec.Cmd, ready chan<- struct{}, start <-chan struct{}) (lines []string, err error) {
	stdin, err1 := cmd.StdinPipe()
	stdout, err2 := cmd.StdoutPipe()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	err3 := cmd.Start()
	if err := errors.Join(err1, err2, err3); err != nil {
		ready <- struct{}{}
		return nil, err
	}
	output := bufio.NewScanner(stdout)
	output.Scan()
	ready <- struct{}{}
	<-start
	err = stdin.Close()
	for output.Scan() {
		lines = append(lines, output.Text())
	}
	if failed := cmd.Wait(); failed != nil {
		err = fmt.Errorf("%w: %s", failed, stderr.String())
	}
	return lines, err
}

func testProcesses(t *testing.T, b *board) {
	b.post(t, post{})
	b.run(t, "increment", b.url)
	row, err := b.posts.Get(t.Context(), 1)
	noErr(t, err)
	if want := processes * 50; row.Value.Owner.ID != want || row.Version != int64(want+1) {
		t.Errorf("%d increments in version %d, want %d", row.Value.Owner.ID, row.Version, want)
	}
	for job, first := range map[string]int{"claim": 0, "number": 2} {
		var got []int
		for _, line := range b.run(t, job, b.url) {
			n, err := strconv.Atoi(line)
			noErr(t, err)
			got = append(got, n)
		}
		slices.Sort(got)
		if len(got) == 0 || got[0] != first || got[len(got)-1] != first+len(got)-1 || len(slices.Compact(got)) != len(got) {
			t.Errorf("%s: %v, want each from %d on once", job, got, first)
		}
	}
}

// testFirstStart opens a database that is not there yet, everybody at the same time.
func testFirstStart(t *testing.T, b *board) {
	for range 2 {
		b.run(t, "open", b.kind.url(t))
	}
}

func testGoroutines(t *testing.T, b *board) {
	b.post(t, post{})
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if err := increment(t.Context(), b.posts, 25); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	row, err := b.posts.Get(t.Context(), 1)
	noErr(t, err)
	if row.Value.Owner.ID != 16*25 {
		t.Errorf("%d increments, want %d", row.Value.Owner.ID, 16*25)
	}
}
