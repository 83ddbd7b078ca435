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
		regexp.MustCompile(`must be a multiple of`), regexp.MustCompile(`\d{16}|[\d.]{17}|[eE]`),
		"JSON Schema Validation 2020-12 §6.2.1: the division results in an integer; kin-openapi divides float64",
	},
	{
		regexp.MustCompile(`must be ((at least|at most|more than|less than) -?\d{16,}|.*\d{16})`), large,
		"JSON Schema Validation 2020-12 §6.1, §6.2: values and limits are the numbers that they are; kin-openapi compares float64",
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
	largeFaults = regexp.MustCompile(`: ` + within + `(?:is out of range|must be within the range of int\d+|must be a multiple of .*)$`)
)

// A number with a fraction is no integer (JSON Schema Validation 2020-12 §6.1.1). One that float64 has no place for is lost
// on kin-openapi, whose side refuses only what no integer of Go holds.
var (
	fine       = regexp.MustCompile(`[\d.]{17}|\d[eE]-\d`)
	fineFaults = regexp.MustCompile(`: ` + within + `must be an integer$`)
)

const unmatched = ": matches none of the documented alternatives"

// within is a place in a parameter: "parts: item 2 ".
const within = `((?:item \d+|\S+)(?:: (?:item \d+|\S+))* )?`

const outOfRange = ": is out of range"

// longLimit is one that kin-openapi keeps as a float64, and says so.
var longLimit = regexp.MustCompile(`(must be (?:at least|at most|more than|less than)) -?\d{16,}$`)

// alike gives the faults of large numbers, and of fine fractions, that have no place in a Go type one sentence. Where a limit of the
// document refuses them, both must say that.
func (r Request) alike(faults []string) []string {
	out := make([]string, len(faults))
	for i, fault := range faults {
		out[i] = longLimit.ReplaceAllString(fault, "$1 a long limit")
		if r.has(large) {
			out[i] = largeFaults.ReplaceAllString(out[i], ": ${1}is out of range")
		}
		if r.has(fine) {
			out[i] = fineFaults.ReplaceAllString(out[i], ": ${1}is out of range")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// noRoom is a number that its Go type does not hold: in a body, in a parameter, or in an item of one.
var noRoom = regexp.MustCompile(`^(.*?): ` + within + `(?:has a value that )?is out of range$`)

// misplaced says that kin-openapi's side means one of the other faults. What finds that a Go type has no
// room for a number is encoding/json there. It names the fields of structs on the way, where RFC 6901 §4
// asks for each member and item; and it takes names of another case for those of fields, which RFC 8259 §8.3
// tells apart. Of Base64 (RFC 4648 §4) kin-openapi looks at the letters alone, and what Go's decoder refuses
// then has neither place nor reason.
func (r Request) misplaced(fault string, others []string) bool {
	if fault == ": has a value that is out of range" && slices.ContainsFunc(others, isBase64) {
		return true
	}
	named, ok := steps(fault)
	return ok && slices.ContainsFunc(others, func(other string) bool {
		all, ok := steps(other)
		return ok && (r.Folded || leads(named, all))
	})
}

func isBase64(fault string) bool { return strings.HasSuffix(fault, ": must be Base64") }

// steps are those to the number of a fault that is about one without room.
func steps(fault string) (names []string, ok bool) {
	match := noRoom.FindStringSubmatch(fault)
	if match == nil {
		return nil, false
	}
	place := strings.NewReplacer("~1", "/", "~0", "~", ": ", "/").Replace(match[1] + "/" + strings.TrimSpace(match[2]))
	return strings.FieldsFunc(place, func(c rune) bool { return c == '/' || c == '.' }), true
}

// leads says that all steps pass by the named ones, in their order.
func leads(named, all []string) bool {
	for _, step := range all {
		if len(named) > 0 && named[0] == step {
			named = named[1:]
		}
	}
	return len(named) == 0
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
	off.Faults = slices.DeleteFunc(slices.Clone(off.Faults), func(fault string) bool {
		return !slices.Contains(on.Faults, fault) && (r.misplaced(fault, on.Faults) || isTime(fault) && without(reply.Usual, fault))
	})
	switch {
	case on.Status == 0 || off.Status == 0:
		return "failure"
	case on.refused() && off.Status == http.StatusOK && !slices.ContainsFunc(on.Faults, func(fault string) bool { return !r.isKnown(fault, reply) }):
		return ""
	case on.Status == http.StatusOK && len(reply.Off.Faults) > 0 && len(off.Faults) == 0: // all that it found is known
		return ""
	case (on.Status == http.StatusOK) != (off.Status == http.StatusOK):
		return "acceptance"
	case on.Status != off.Status:
		return "status"
	case on.lacks(off.Faults) && !on.cutShort() && !off.cutShort():
		return "faults"
	case r.Folded && r.Answer == "": // within nullable.Nullable encoding/json takes one name for the other
		return ""
	case on.Value != off.Value:
		return "value"
	}
	return ""
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

// cutShort says that only the first faults are listed: those of a value in the order of its text for compiled codecs,
// in that of the pointers for kin-openapi.
func (v Verdict) cutShort() bool {
	return slices.ContainsFunc(v.Faults, func(fault string) bool { return strings.HasSuffix(fault, ": has more faults than are listed") })
}

// isKnown says that a fault of what kin-openapi's side accepts is one by a standard. A number is what its text says, with the
// fraction that makes it no integer (JSON Schema Validation 2020-12 §6.1.1); within oneOf and anyOf kin-openapi asks float64.
func (r Request) isKnown(fault string, reply Reply) bool {
	if strings.HasSuffix(fault, unmatched) {
		return without(reply.Rounded, fault)
	}
	if (r.has(large) || r.has(fine)) && strings.HasSuffix(fault, outOfRange) {
		return true
	}
	return slices.ContainsFunc(knownFaults, func(k known) bool { return k.fault.MatchString(fault) && r.has(k.sent) })
}
