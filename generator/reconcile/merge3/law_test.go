package merge3_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gen/generator/reconcile/merge3"
)

const rounds = 5000

// edits are what becomes of each line of a text.
type edits [][]string

// edit keeps, deletes, replaces or extends each line that may says is free to change.
func edit(r *rand.Rand, lines []string, side string, may func(i int) bool) edits {
	all := make(edits, len(lines))
	for i, l := range lines {
		all[i] = []string{l}
		if !may(i) {
			continue
		}
		added := fmt.Sprint(side, i)
		all[i] = [][]string{{l}, {l}, {l}, {}, {added}, {l, added}}[r.IntN(6)]
	}
	return all
}

// text is the edited text. Those of two sides can be mixed by lines.
func (e edits) text() []byte {
	var out bytes.Buffer
	for _, lines := range e {
		for _, l := range lines {
			fmt.Fprintln(&out, l)
		}
	}
	return out.Bytes()
}

func always(int) bool { return true }
func never(int) bool  { return false }

// repeating is lines of few different words.
func repeating(r *rand.Rand) []string {
	lines := make([]string, r.IntN(20))
	for i := range lines {
		lines[i] = string(rune('a' + r.IntN(12)))
	}
	return lines
}

func TestAnUnchangedSideGivesTheOther(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range rounds {
		lines := repeating(r)
		base, other := edit(r, lines, "", never).text(), edit(r, lines, "x", always).text()
		for name, sides := range map[string][2][]byte{"gen": {base, other}, "the author": {other, base}, "both": {other, other}} {
			merged, conflicts := merge3.Text(base, sides[0], sides[1])
			if conflicts || !bytes.Equal(merged, other) {
				t.Fatalf("%s changed %q to %q: got %q, conflicts %t", name, base, other, merged, conflicts)
			}
		}
	}
}

// TestSidesCommute is for edits of any kind: without a conflict it is all the same which side is whose.
func TestSidesCommute(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	clean := 0
	for range rounds {
		lines := repeating(r)
		base, x, y := edit(r, lines, "", never).text(), edit(r, lines, "x", always).text(), edit(r, lines, "y", always).text()
		one, conflict1 := merge3.Text(base, x, y)
		two, conflict2 := merge3.Text(base, y, x)
		if conflict1 != conflict2 || !conflict1 && !bytes.Equal(one, two) {
			t.Fatalf("%q to %q and %q: got %q and %q, conflicts %t and %t", base, x, y, one, two, conflict1, conflict2)
		}
		if !conflict1 {
			clean++
		}
	}
	if clean < rounds/50 {
		t.Errorf("only %d of %d merges had no conflict: the test says little", clean, rounds)
	}
}

// TestEditsApartAreBothMade: with an unchanged line between them, edits never conflict.
func TestEditsApartAreBothMade(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range rounds {
		lines := make([]string, r.IntN(24))
		for i := range lines {
			lines[i] = fmt.Sprint("line ", i)
		}
		x := edit(r, lines, "x", func(i int) bool { return i%4 == 0 })
		y := edit(r, lines, "y", func(i int) bool { return i%4 == 2 })
		both := make(edits, len(lines))
		for i := range lines {
			if both[i] = x[i]; i%4 == 2 {
				both[i] = y[i]
			}
		}
		merged, conflicts := merge3.Text(edit(r, lines, "", never).text(), x.text(), y.text())
		if conflicts || !bytes.Equal(merged, both.text()) {
			t.Fatalf("%q and %q: got %q, conflicts %t, want %q", x.text(), y.text(), merged, conflicts, both.text())
		}
	}
}

func TestNoLineOfTheAuthorIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range rounds {
		lines := repeating(r)
		base, x, y := edit(r, lines, "", never).text(), edit(r, lines, "x", always).text(), edit(r, lines, "y", always).text()
		merged, _ := merge3.Text(base, x, y)
		checkKept(t, base, x, y, merged)
	}
}

// FuzzText looks for a panic, a lost line, and markers without a conflict.
func FuzzText(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\nd\n")
	f.Add("a\n\n\n\n", "a\r\n\r\n", "\n\na")
	f.Add("", "x", "y\n")
	f.Add("a\nb\na\nb\n", "b\na\nb\na", "a\na\nb\nb\n")
	f.Fuzz(func(t *testing.T, base, ours, theirs string) {
		merged, conflicts := merge3.Text([]byte(base), []byte(ours), []byte(theirs))
		if marked := strings.Contains(string(merged), "<<<<<<< yours\n") || strings.Contains(string(merged), "<<<<<<< yours\r\n"); conflicts && !marked {
			t.Errorf("a conflict without markers: %q", merged)
		}
		checkKept(t, []byte(base), []byte(ours), []byte(theirs), merged)
	})
}

// checkKept holds whether there were conflicts or not: what the author wrote is there as often as in
// ours, and what gen wrote goes only where gen or the author removed one.
func checkKept(t *testing.T, base, ours, theirs, merged []byte) {
	t.Helper()
	was, is, next, got := count(base), count(ours), count(theirs), count(merged)
	for l, n := range is {
		if was[l] == 0 && got[l] < n {
			t.Fatalf("%q, %q and %q: %q has %q %d times, want %d", base, ours, theirs, merged, l, got[l], n)
		}
		if was[l] == 1 && next[l] > 0 && got[l] == 0 {
			t.Fatalf("%q, %q and %q: %q lost %q", base, ours, theirs, merged, l)
		}
	}
}

func count(text []byte) map[string]int {
	n := map[string]int{}
	for l := range strings.Lines(string(text)) {
		n[strings.TrimRight(l, "\r\n")]++
	}
	return n
}
