package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"

	"gen/cmd/differ/contest"
)

// tournament asks both sides of several documents.
type tournament struct {
	*program
	names   []string
	targets [][]*target
	seed    uint64
	// asked counts the requests a document, accepted those that both took.
	asked, accepted []uint64
	// seen has one difference of each kind and operation.
	seen  map[string]int
	found []finding
}

// finding is a difference in its simplest form that was found.
type finding struct {
	kind     string
	document string
	attempt  attempt
	reply    contest.Reply
}

// newTournament builds the sides of the documents in a folder, and starts them.
func newTournament(ctx context.Context, dir string, seed uint64, subjects []*subject) (*tournament, error) {
	path, err := build(ctx, dir, subjects)
	if err != nil {
		return nil, err
	}
	t := &tournament{seed: seed, seen: map[string]int{}, asked: make([]uint64, len(subjects)), accepted: make([]uint64, len(subjects))}
	for i, s := range subjects {
		t.names = append(t.names, s.Name)
		t.targets = append(t.targets, s.targets(i))
	}
	t.program, err = start(ctx, path)
	return t, err
}

// round asks n times about a document, its operations in turn.
func (t *tournament) round(document, n int) error {
	targets := t.targets[document]
	if len(targets) == 0 {
		return nil
	}
	attempts, requests := make([]attempt, n), make([]contest.Request, n)
	for i := range attempts {
		number := t.asked[document]
		t.asked[document]++
		attempts[i] = targets[number%uint64(len(targets))].attempt(random(t.seed, document, number))
		requests[i] = attempts[i].Request
	}
	replies, err := t.ask(requests)
	if err != nil {
		return err
	}
	for i, reply := range replies {
		if reply.On.Status == http.StatusOK && reply.Off.Status == http.StatusOK {
			t.accepted[document]++
		}
		if kind := contest.Difference(requests[i], reply); kind != "" {
			if err := t.find(kind, attempts[i], reply); err != nil {
				return err
			}
		}
	}
	return nil
}

// random makes the nth request about a document.
func random(seed uint64, document int, n uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(document)<<40+n))
}

// find keeps the first difference of its kind in an operation, made as simple as it gets.
func (t *tournament) find(kind string, a attempt, reply contest.Reply) error {
	key := strings.Join([]string{kind, t.names[a.Document], a.Operation, a.Answer}, " ")
	if t.seen[key]++; t.seen[key] > 1 {
		return nil
	}
	for range 200 {
		less := a.simpler()
		requests := make([]contest.Request, len(less))
		for i := range less {
			requests[i] = less[i].Request
		}
		replies, err := t.ask(requests)
		if err != nil {
			return err
		}
		simpler := false
		for i := range replies {
			if contest.Difference(requests[i], replies[i]) == kind {
				a, reply, simpler = less[i], replies[i], true
				break
			}
		}
		if !simpler {
			break
		}
	}
	t.found = append(t.found, finding{kind, t.names[a.Document], a, reply})
	return nil
}

func (f finding) print(w io.Writer) {
	r := f.attempt.Request
	fmt.Fprintf(w, "%s: %s %s%s\n", f.kind, f.document, r.Operation, prefixed(" answer ", r.Answer))
	for _, part := range []struct{ name, text string }{
		{"path", spelled(r.Path)}, {"query", r.Query}, {"header", spelled(r.Header)}, {"body", string(r.Body)},
	} {
		if part.text != "" && part.text != "map[]" {
			fmt.Fprintf(w, "  %-7s%s\n", part.name, brief(part.text))
		}
	}
	for _, side := range []struct {
		name string
		contest.Verdict
	}{{"codecs", f.reply.On}, {"kin", f.reply.Off}} {
		fmt.Fprintf(w, "  %-7s%d %s%s\n", side.name, side.Status, brief(side.Value), prefixed("\n         ", strings.Join(side.Faults, "\n         ")))
	}
}

func spelled(v any) string { return fmt.Sprint(v) }

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// brief is a text on one line and not too long.
func brief(text string) string {
	const most = 1500
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\n", `\n`)
}
