package contest

import (
	"bytes"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Reply has both verdicts about a request, and where they may differ for a known reason, what becomes of it without that.
type Reply struct {
	On, Off Verdict
	// Rounded is the verdict of compiled codecs on the numbers that float64 has for those of the body.
	Rounded *Verdict `json:",omitempty"`
	// Usual is the verdict of kin-openapi's side on times in capitals and without leap seconds.
	Usual *Verdict `json:",omitempty"`
}

// Ask puts a request to both sides.
func (p Pair) Ask(r Request) Reply {
	reply := Reply{On: p.On.Ask(r), Off: p.Off.Ask(r)}
	if reply.On.refused() && reply.Off.Status == http.StatusOK {
		if other := rounded(r); !bytes.Equal(other.Body, r.Body) {
			verdict := p.On.Ask(other)
			reply.Rounded = &verdict
		}
	}
	if slices.ContainsFunc(reply.Off.Faults, isTime) && r.has(rareTime) {
		verdict := p.Off.Ask(usual(r))
		reply.Usual = &verdict
	}
	return reply
}

// without says that a verdict was given, and has no such fault.
func without(v *Verdict, fault string) bool { return v != nil && !slices.Contains(v.Faults, fault) }

func (v Verdict) refused() bool {
	return v.Status >= http.StatusBadRequest && v.Status < http.StatusInternalServerError
}

// tokens are the strings and the numbers of a JSON text.
var tokens = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`)

// rounded is a request with the numbers of its body as float64 has them.
func rounded(r Request) Request {
	r.Body = tokens.ReplaceAllFunc(r.Body, func(token []byte) []byte {
		f, err := strconv.ParseFloat(string(token), 64) // no string is a number: it begins with a quote
		if err != nil {
			return token
		}
		return strconv.AppendFloat(nil, f, 'f', -1, 64)
	})
	return r
}

// Times with what RFC 3339 §5.6 allows and encoding/json does not read, which kin-openapi's side refuses: lower case and
// leap seconds.
var (
	rareTime = regexp.MustCompile(`\d[tT]\d.*z|\dt\d|(:|%3A)60`)
	leap     = regexp.MustCompile(`(?i)(\d-\d\dT\d\d(?::|%3A)\d\d(?::|%3A))60`)
	anyTime  = regexp.MustCompile(`(?i)\d-\d\dT[\d:%A.]+Z?`)
)

// isTime says that a fault is about a date and time.
func isTime(fault string) bool { return strings.Contains(fault, "must be a date and time") }

// usual is a request with capitals in its times, and without leap seconds.
func usual(r Request) Request {
	r.Body, r.Query = []byte(usualTime(string(r.Body))), usualTime(r.Query)
	r.Path, r.Header = maps.Clone(r.Path), r.Header.Clone()
	for name, value := range r.Path {
		r.Path[name] = usualTime(value)
	}
	for _, values := range r.Header {
		for i, value := range values {
			values[i] = usualTime(value)
		}
	}
	return r
}

func usualTime(text string) string {
	return anyTime.ReplaceAllStringFunc(leap.ReplaceAllString(text, "${1}59"), strings.ToUpper)
}
