package contest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// known is a fault that compiled codecs find and kin-openapi does not, by a standard.
type known struct {
	fault *regexp.Regexp
	// sent is in the text of such a request.
	sent     *regexp.Regexp
	standard string
}

var knownFaults = []known{
	{
		regexp.MustCompile(`must be a multiple of`), regexp.MustCompile(`\d{16}|\d\.\d{15}|[eE]`),
		"JSON Schema Validation 2020-12 §6.2.1: the division results in an integer; kin-openapi divides float64",
	},
	{
		regexp.MustCompile(`must not have the same item twice`), regexp.MustCompile(`[0-9][.eE][-+0-9]|-0`),
		"JSON Schema Core 2020-12 §4.2.2: numbers are equal if their values are; kin-openapi compares their texts",
	},
}

// Numbers of more than 53 bits are compared exactly by compiled codecs, and as float64 by kin-openapi; it
// lets some pass that no integer of Go holds, which are refused later and only where nothing else is wrong.
var (
	large       = regexp.MustCompile(`\d{16}|\d[eE]\+?\d`)
	largeFaults = regexp.MustCompile(`: (is out of range|must be within the range of int\d+|must be (at least|at most|more than|less than|a multiple of) .*)$`)
)

const outOfRange = ": is out of range"

// alike gives all faults about large numbers one sentence.
func (r Request) alike(faults []string) []string {
	if !r.has(large) {
		return faults
	}
	out := make([]string, len(faults))
	for i, fault := range faults {
		out[i] = largeFaults.ReplaceAllString(fault, outOfRange)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// has says that some part of a request matches.
func (r Request) has(pattern *regexp.Regexp) bool {
	if pattern.Match(r.Body) || pattern.MatchString(r.Query) {
		return true
	}
	for _, value := range r.Path {
		if pattern.MatchString(value) {
			return true
		}
	}
	for _, values := range r.Header {
		if slices.ContainsFunc(values, pattern.MatchString) {
			return true
		}
	}
	return false
}

// Difference says what kind of difference there is between two verdicts about a request, "" if there is
// none but a known one.
func Difference(r Request, reply Reply) string {
	on, off := reply.On, reply.Off
	on.Faults, off.Faults = r.alike(on.Faults), r.alike(off.Faults)
	on.Faults = slices.DeleteFunc(slices.Clone(on.Faults), func(fault string) bool {
		return !slices.Contains(off.Faults, fault) && r.isKnown(fault)
	})
	if on.Status == off.Status && slices.Equal(off.Faults, []string{": has a value that is out of range"}) {
		return "" // what encoding/json refuses has no place
	}
	if on.Status == off.Status && r.has(large) && onlyRange(on.Faults) && onlyRange(off.Faults) {
		return "" // or that of what it stands in
	}
	refused := on.Status >= http.StatusBadRequest && on.Status < http.StatusInternalServerError
	switch {
	case on.Status == 0 || off.Status == 0:
		return "failure"
	case refused && len(on.Faults) == 0 && off.Status == http.StatusOK:
		return ""
	case (on.Status == http.StatusOK) != (off.Status == http.StatusOK):
		return "acceptance"
	case on.Status != off.Status:
		return "status"
	case on.lacks(off.Faults):
		return "faults"
	case r.Folded && r.Answer == "": // within nullable.Nullable encoding/json takes one name for the other
		return ""
	case on.Value != off.Value:
		return "value"
	}
	return ""
}

func onlyRange(faults []string) bool {
	return len(faults) > 0 && !slices.ContainsFunc(faults, func(fault string) bool { return !strings.HasSuffix(fault, outOfRange) })
}

// lacks says that some of the faults are missing. More may be there: where allOf, oneOf, anyOf or not fail,
// kin-openapi does not look at the rest of their schema. One that is none shows where it is alone.
// What a member that is not allowed must be is not said.
func (v Verdict) lacks(faults []string) bool {
	return slices.ContainsFunc(faults, func(fault string) bool {
		place, _, _ := strings.Cut(fault, ": ")
		return !slices.Contains(v.Faults, fault) && !slices.Contains(v.Faults, place+": is not allowed")
	})
}

func (r Request) isKnown(fault string) bool {
	if r.has(large) && strings.HasSuffix(fault, outOfRange) {
		return true
	}
	return slices.ContainsFunc(knownFaults, func(k known) bool { return k.fault.MatchString(fault) && r.has(k.sent) })
}
