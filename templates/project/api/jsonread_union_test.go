package api

import (
	"strings"
	"testing"
)

// A tree is a left or a right one, and has a tree in it.
func checkTree(r *reader) {
	if r.oneOf("", alternative{check: checkLeft, kinds: objects}, alternative{check: checkRight, kinds: objects}) {
		r.skip()
	}
}

func checkLeft(r *reader) { checkSide(r, "left") }

func checkRight(r *reader) { checkSide(r, "right") }

func checkSide(r *reader, side string) {
	if !r.object() {
		return
	}
	for r.next() {
		name := string(r.name)
		r.unlisted()
		switch name {
		case "tree":
			checkTree(r)
		case "side":
			readEnum(r, new(string), side)
		default:
			r.skip()
		}
	}
}

// trees nests trees that say last which one they are.
func trees(depth int, side, leaves string) string {
	return strings.Repeat(`{"leaves":"`+leaves+`","tree":`, depth) + `{"side":"left"}` + strings.Repeat(`,"side":"`+side+`"}`, depth)
}

// TestAlternativesWithinAlternatives counts the bytes that are read: each level might double them.
func TestAlternativesWithinAlternatives(t *testing.T) {
	const limit = 8 << 20
	for _, test := range []struct {
		name, text, want string
		most             int
	}{
		{"one fits", trees(30, "right", ""), "", 1 << 17},
		{"both fit", `{"tree":{}}`, noAlternative, 1 << 10},
		{"none", trees(30, "neither", ""), noAlternative, 1 << 17},
		{"of the largest body", trees(900, "left", strings.Repeat("x", limit/900-40)), tangled, 65 * limit},
	} {
		r := readerOf(test.text)
		checkTree(r)
		found, broken := r.done()
		if got := details(found); got != test.want || broken != (test.want == tangled) {
			t.Errorf("%s: found %q, broken %v, want %q", test.name, got, broken, test.want)
		}
		if r.reread > test.most {
			t.Errorf("%s: %d bytes were read again of %d", test.name, r.reread, len(test.text))
		}
	}
}

func details(found []Invalid) string {
	var all []string
	for _, fault := range found {
		all = append(all, fault.Detail)
	}
	return strings.Join(all, "; ")
}
