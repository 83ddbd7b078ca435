package contest_test

import (
	"testing"

	"gen/cmd/differ/contest"
)

// TestDifference holds what is a difference between two refusals, and what is only encoding/json's way to name a place.
func TestDifference(t *testing.T) {
	const huge = `1e309`
	for _, c := range []struct {
		name, body string
		folded     bool
		codecs     []string
		kin        []string
		want       string
	}{
		{"a member of any", huge, false, []string{"/data/x-1: is out of range"}, []string{"/data: is out of range"}, ""},
		{"an item", huge, false, []string{"/rules/0/priority: is out of range"}, []string{"/rules/priority: is out of range"}, ""},
		{"an item of a small type", "-1", false, []string{"/rules/0/priority: is out of range"}, []string{"/rules/priority: is out of range"}, ""},
		{"an item of the body", huge, false, []string{"/2/id: must be within the range of int64"}, []string{"/id: is out of range"}, ""},
		{"an item of a parameter", huge, false, []string{"version: item 1 is out of range"}, []string{"version: is out of range"}, ""},
		{"an item within a parameter", huge, false, []string{"p: parts: item 2 is out of range"}, []string{"p: parts is out of range"}, ""},
		{"an item of another name", huge, false, []string{"p: parts: item 2 is out of range"}, []string{"p: party is out of range"}, "faults"},
		{"more faults than are listed", "1", false, []string{"/a: is required", ": has more faults than are listed"}, []string{"/b: is required", ": has more faults than are listed"}, ""},
		{"the other faults of few", "1", false, []string{"/a: is required"}, []string{"/b: is required"}, "faults"},
		{"a long limit", "5", false, []string{"/a: must be at least 9007199254740993"}, []string{"/a: must be at least 9007199254740992"}, ""},
		{"another limit", "5", false, []string{"/a: must be at least 9007199254740993"}, []string{"/a: must be at most 9007199254740992"}, "faults"},
		{"a fine fraction", "3.0000000000000001", false, []string{"/a: must be an integer"}, []string{"/a: is out of range"}, ""},
		{"a coarse fraction", "3.5", false, []string{"/a: must be an integer"}, []string{"/a: is out of range"}, "faults"},
		{"no place", huge, false, []string{"/a/b~1c: is out of range"}, []string{": has a value that is out of range"}, ""},
		{"no place of Base64", "_", false, []string{"/a: must be Base64"}, []string{": has a value that is out of range"}, ""},
		{"a place of Base64", "_", false, []string{"/a/b: must be Base64"}, []string{"/a: is out of range"}, "faults"},
		{"a name of another case", huge, true, []string{"/petId: is out of range"}, []string{"/id: is out of range"}, ""},
		{"another place", huge, false, []string{"/petId: is out of range"}, []string{"/id: is out of range"}, "faults"},
		{"a deeper place", huge, false, []string{"/data: is out of range"}, []string{"/data/x-1: is out of range"}, "faults"},
		{"another fault there", huge, false, []string{"/data/x-1: is out of range"}, []string{"/data: is out of range", "/data: is required"}, "faults"},
		{"another fault than that", huge, false, []string{"/data/x-1: is required"}, []string{"/data: is out of range"}, "faults"},
		{"no place, and another fault", huge, false, []string{"/a: is required"}, []string{": has a value that is out of range"}, "faults"},
		{"a limit of a large number", "99999999999999999999", false, []string{"/n: is out of range"}, []string{"/n: must be at most 9"}, "faults"},
		{"a limit of a small number", "-1", false, []string{"/n: is out of range"}, []string{"/n: must be at least 0"}, "faults"},
		{"a limit of what is no integer", "-0.5", false, []string{"/n: must be an integer"}, []string{"/n: must be an integer", "/n: must be at least 0"}, "faults"},
		{"a time in lower case beside a fault", "2016-12-31t12:00:00Z", false, []string{"/n: is required"}, []string{"/n: is required", "/t: must be a date and time"}, ""},
		{"a time as usual beside a fault", "2016-12-31T12:00:00Z", false, []string{"/n: is required"}, []string{"/n: is required", "/t: must be a date and time"}, "faults"},
		{"another fault beside a time in lower case", "2016-12-31t12:00:00Z", false, []string{"/n: is required"}, []string{"/m: is required", "/t: must be a date and time"}, "faults"},
		{"more than kin-openapi says", "-0.5", false, []string{"/n: must be an integer", "/n: must be at least 0"}, []string{"/n: must be at least 0"}, ""},
	} {
		r := contest.Request{Body: []byte(c.body), Folded: c.folded}
		reply := contest.Reply{On: contest.Verdict{Status: 400, Faults: c.codecs}, Off: contest.Verdict{Status: 400, Faults: c.kin}}
		if got := contest.Difference(r, reply); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for body, want := range map[string]string{`"2016-12-31t12:00:00Z"`: "", `"2016-12-31T23:59:60Z"`: "", `"2016-12-31T12:00:00Z"`: "acceptance"} {
		reply := contest.Reply{On: contest.Verdict{Status: 200}, Off: contest.Verdict{Status: 400, Faults: []string{": must be a date and time such as that"}}}
		if got := contest.Difference(contest.Request{Body: []byte(body)}, reply); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	for body, want := range map[string]string{"1e-400": "", "3.0000000000000001": "", "3.5": "acceptance"} {
		reply := contest.Reply{On: contest.Verdict{Status: 400, Faults: []string{": matches none of the documented alternatives"}}, Off: contest.Verdict{Status: 200}}
		if got := contest.Difference(contest.Request{Body: []byte(body)}, reply); got != want {
			t.Errorf("an alternative of integers, %s: %q, want %q", body, got, want)
		}
	}
	reply := contest.Reply{On: contest.Verdict{Status: 400, Faults: []string{"/n: must be at most 9"}}, Off: contest.Verdict{Status: 200}}
	if got := contest.Difference(contest.Request{Body: []byte("99999999999999999999")}, reply); got != "acceptance" {
		t.Errorf("a limit that only codecs hold: %q, want acceptance", got)
	}
	reply.On.Faults = []string{"/n: must be an integer"}
	for body, want := range map[string]string{"1e-400": "", "3.0000000000000001": "", "1.5": "acceptance"} {
		if got := contest.Difference(contest.Request{Body: []byte(body)}, reply); got != want {
			t.Errorf("%s, which only codecs know for no integer: %q, want %q", body, got, want)
		}
	}
}
