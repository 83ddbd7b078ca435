package contest_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

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
		reply := contest.Pair{On: refusing(c.codecs...), Off: untimely(c.body, c.kin)}.Ask(r)
		if got := contest.Difference(r, reply); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestAcceptance holds what only one side may refuse: where it says so for what the other does not see there, and nowhere else.
func TestAcceptance(t *testing.T) {
	const lower, leap, usual = `"2016-12-31t12:00:00Z"`, `"2016-12-31T23:59:60Z"`, `"2016-12-31T12:00:00Z"`
	const noTime, noUnion, noInteger = ": must be a date and time such as that", "/n: matches none of the documented alternatives", "/n: must be an integer"
	for _, c := range []struct {
		name, body string
		pair       contest.Pair
		want       string
	}{
		{"a time in lower case", lower, contest.Pair{On: accepting, Off: untimely(lower, []string{noTime})}, ""},
		{"a leap second", leap, contest.Pair{On: accepting, Off: untimely(leap, []string{noTime})}, ""},
		{"a time as usual", usual, contest.Pair{On: accepting, Off: untimely(usual, []string{noTime})}, "acceptance"},
		{"no time beside one in lower case", `["2016-12-31t12:00:00Z", "noon"]`, contest.Pair{On: accepting, Off: refusing(noTime)}, "acceptance"},
		{"a union of what rounds to an integer", `{"n": 1e-400}`, contest.Pair{On: fractional(noUnion), Off: accepting}, ""},
		{"one of a long fraction", `{"n": 3.0000000000000001}`, contest.Pair{On: fractional(noUnion), Off: accepting}, ""},
		{"one of a fraction", `{"n": 3.5}`, contest.Pair{On: fractional(noUnion), Off: accepting}, "acceptance"},
		{"another union beside a long fraction", `{"n": "x", "m": 1e-400}`, contest.Pair{On: refusing(noUnion), Off: accepting}, "acceptance"},
		{"an integer of a long fraction", "3.0000000000000001", contest.Pair{On: refusing(noInteger), Off: accepting}, ""},
		{"an integer that is nearly 0", "1e-400", contest.Pair{On: refusing(noInteger), Off: accepting}, ""},
		{"an integer of a fraction", "1.5", contest.Pair{On: refusing(noInteger), Off: accepting}, "acceptance"},
		{"a limit that only codecs hold", "99999999999999999999", contest.Pair{On: refusing("/n: must be at most 9"), Off: accepting}, "acceptance"},
	} {
		r := contest.Request{Body: []byte(c.body)}
		if got := contest.Difference(r, c.pair.Ask(r)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestAskLeavesTheRequest: what is asked again is another request.
func TestAskLeavesTheRequest(t *testing.T) {
	const rare, seen = "2016-12-31t23:59:60z", "2016-12-31T23:59:59Z"
	var asked []string
	faulty := contest.Side{
		Handlers: map[string]echo.HandlerFunc{"": func(c echo.Context) error {
			asked = append(asked, c.Request().Header.Get("X-Since"))
			return io.EOF
		}},
		Judge: func(error) (int, []string) {
			return http.StatusBadRequest, []string{": must be a date and time such as that"}
		},
	}
	r := contest.Request{Body: []byte(`"` + rare + `"`), Path: map[string]string{"at": rare}, Header: http.Header{"X-Since": {rare}}}
	contest.Pair{On: accepting, Off: faulty}.Ask(r)
	if want := []string{rare, seen}; !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
	if r.Path["at"] != rare || r.Header.Get("X-Since") != rare || string(r.Body) != `"`+rare+`"` {
		t.Errorf("the request is now %v", r)
	}
}

// side has one operation, whose faults depend on the text of the body.
func side(faults func(body string) []string) contest.Side {
	type refusal struct{ error }
	var last []string
	return contest.Side{
		Handlers: map[string]echo.HandlerFunc{"": func(c echo.Context) error {
			body, err := io.ReadAll(c.Request().Body)
			if err != nil {
				return err
			}
			if last = faults(string(body)); len(last) > 0 {
				return refusal{io.EOF}
			}
			return contest.Saw("")
		}},
		Judge: func(error) (int, []string) { return http.StatusBadRequest, slices.Clone(last) },
	}
}

var accepting = refusing()

// refusing finds the same faults in every body.
func refusing(faults ...string) contest.Side {
	return side(func(string) []string { return faults })
}

// fractional finds a fault in bodies with numbers that have a fraction, however small.
func fractional(fault string) contest.Side {
	return side(func(body string) []string {
		if strings.ContainsAny(body, ".-") {
			return []string{fault}
		}
		return nil
	})
}

// untimely finds faults, those of times only in this very body: not in what has them as usual.
func untimely(body string, faults []string) contest.Side {
	return side(func(asked string) []string {
		if asked == body {
			return faults
		}
		return slices.DeleteFunc(slices.Clone(faults), func(fault string) bool { return strings.Contains(fault, "a date and time") })
	})
}
