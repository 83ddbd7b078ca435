package main

import (
	"net/http"
	"regexp"
	"slices"

	"gen/cmd/differ/contest"
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

// difference is what kind of difference there is, but for known ones.
func difference(r contest.Request, reply contest.Reply) string {
	reply.On.Faults = slices.DeleteFunc(slices.Clone(reply.On.Faults), func(fault string) bool {
		return !slices.Contains(reply.Off.Faults, fault) && slices.ContainsFunc(knownFaults, func(k known) bool {
			return k.fault.MatchString(fault) && (k.sent.Match(r.Body) || k.sent.MatchString(r.Query))
		})
	})
	refused := reply.On.Status >= http.StatusBadRequest && reply.On.Status < http.StatusInternalServerError
	if refused && len(reply.On.Faults) == 0 && reply.Off.Status == http.StatusOK {
		return ""
	}
	return contest.Difference(reply.On, reply.Off)
}
