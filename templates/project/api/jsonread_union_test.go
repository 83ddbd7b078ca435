package api

import (
	"slices"
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

// TestTheAlternativeThatIsNamed holds that the discriminator says whose faults a value has.
func TestTheAlternativeThatIsNamed(t *testing.T) {
	left := alternative{check: checkLeft, kinds: objects, names: []string{"l", "left"}}
	right := alternative{check: checkRight, kinds: objects, names: []string{"right"}}
	implied := []alternative{{check: checkLeft, kinds: objects, implied: "left"}, {check: checkRight, kinds: objects, implied: "right"}}
	tagged := alternative{check: checkLeft, kinds: objects, names: []string{"l", "left"}, tags: []tag{{"side", "left"}}}
	const either = `must be one of "l", "left", "right"`
	for _, test := range []struct {
		text string
		all  []alternative
		want Invalid
	}{
		{`{"kind":"left","side":"left"}`, []alternative{left, right}, Invalid{}},
		{`{"kind":"left","side":"right"}`, []alternative{left, right}, Invalid{Pointer: "/side", Detail: `must be "left"`}},
		{`{"side":1,"kind":"right"}`, []alternative{left, right}, Invalid{Pointer: "/side", Detail: `must be "right"`}},
		{`{"kind":"up","side":"left"}`, []alternative{left, right}, Invalid{Pointer: "/kind", Detail: either}},
		{`{"kind":null,"side":"left"}`, []alternative{left, right}, Invalid{Pointer: "/kind", Detail: either}},
		{`{"side":"left"}`, []alternative{left, right}, Invalid{Pointer: "/kind", Detail: missing}},
		{`{"kind":"l","side":"right"}`, []alternative{tagged, right}, Invalid{Pointer: "/side", Detail: `must be "left"`}},
		{`[]`, []alternative{left, right}, Invalid{Detail: noAlternative}},
		{`{"kind":"left","side":"right"}`, implied, Invalid{}},
		{`{"kind":"left","side":1}`, implied, Invalid{Pointer: "/side", Detail: `must be "left"`}},
		{`{"kind":"up","side":1}`, implied, Invalid{Pointer: "/kind", Detail: `must be one of "left", "right"`}},
		{`{"kind":"up","side":1}`, []alternative{implied[0], {check: checkRight, kinds: objects}}, Invalid{Detail: noAlternative}},
		{`{"kind":1,"side":1}`, []alternative{implied[0], {check: checkRight, kinds: objects}}, Invalid{Pointer: "/kind", Detail: unknownType}},
		{`{"kind":"","side":1}`, []alternative{implied[0], {check: checkRight, kinds: objects}}, Invalid{Detail: noAlternative}},
	} {
		for name, choose := range map[string]func(*reader, string, ...alternative) bool{"oneOf": (*reader).oneOf, "anyOf": (*reader).anyOf} {
			r := readerOf(test.text)
			if choose(r, "kind", test.all...) {
				r.skip()
			}
			found, broken := r.done()
			if want := []Invalid{test.want}; broken || !slices.Equal(found, want) && (len(found) > 0 || test.want.Detail != "") {
				t.Errorf("%s of %s: %v, not %v", name, test.text, found, want)
			}
			r = readerOf(test.text)
			r.trials++
			choose(r, "kind", test.all...)
			if wrong := test.want != (Invalid{}); wrong != (r.failures > 0) || len(r.found) > 0 {
				t.Errorf("%s of %s when it is tried: %d failures, and %v", name, test.text, r.failures, r.found)
			}
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
