package codec

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec/gotype"
)

// wholeOnly says that numbers must be integers.
func (r rules) wholeOnly() bool {
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool {
		return s.Type != nil && s.Type.Includes("integer") && !s.Type.Includes("number")
	})
}

// numeric writes what reads a number. One that is wrong for its Go type is held against its limits all the same.
func (w *writer) numeric(r rules, base *gotype.Type, dst string) {
	format := intFormat(r)
	guard, read, checks := "integer", fmt.Sprintf("readInt(r, %s, %q)", address(dst), format), w.numberChecks(r, dst, base.Name == format)
	if base.Kind == gotype.Float {
		guard, read, checks = "number", fmt.Sprintf("readFloat(r, %s)", address(dst)), w.numberChecks(r, "", false)
		if r.wholeOnly() {
			read = fmt.Sprintf("readWhole(r, %s)", address(dst))
		}
	}
	if len(checks) > 0 {
		read = fmt.Sprintf("if n, ok := %s; ok {\n%s\n}", read, strings.Join(checks, "\n"))
	}
	w.readAndCheck(r.guard(guard), read, nil)
}

// intFormat is the format that a number out of range does not have.
func intFormat(r rules) string {
	for _, s := range r.members {
		if s.Format == "int32" || s.Format == "int64" {
			return s.Format
		}
	}
	return ""
}

// numberChecks are the lines that hold a number n against its rules, a float64. The integer is the one that it
// was read into, "" for none; the format may be that of its Go type.
func (w *writer) numberChecks(r rules, integer string, formatted bool) []string {
	var out lines
	for _, s := range r.members {
		if whole := s.Type != nil && s.Type.Includes("integer") && !s.Type.Includes("number"); whole && !formatted && (s.Format == "int32" || s.Format == "int64") {
			if s.Format != "int64" || integer == "" { // what is read into an integer is in the range of int64
				out.addf("r.within(n, %q)", s.Format)
			}
		}
		w.c.addLimits(&out, s)
		if s.MultipleOf != nil {
			out.addMultiple(integer, *s.MultipleOf)
		}
	}
	return out
}

// addMultiple adds a step. An integer is held against a whole one as it is: float64 has not all of its digits.
func (l *lines) addMultiple(integer string, of float64) {
	if integer != "" && of == math.Trunc(of) && 1 <= of && of <= 1<<53 {
		l.addf("multipleOfWhole(r, %s, n, %.f)", integer, of)
		return
	}
	l.addf("r.multipleOf(n, %s)", number(of))
}

// addLimits adds the limits of a schema. Before OpenAPI 3.1 an exclusive one is a word about the other.
func (c *decoderCompiler) addLimits(l *lines, s *openapi3.Schema) {
	original := cmp.Or(c.originals[s], s)
	add := func(check string, limit *float64, keyword string) {
		switch exact := c.limit(original, keyword); {
		case limit == nil:
		case exact != "":
			l.addf("r.long%s(n, %q)", upper(check), exact)
		default:
			l.addf("r.%s(n, %s)", check, number(*limit))
		}
	}
	if s.ExclusiveMin.IsTrue() {
		add("above", s.Min, "minimum")
	} else {
		add("above", s.ExclusiveMin.Value, "exclusiveMinimum")
		add("minimum", s.Min, "minimum")
	}
	if s.ExclusiveMax.IsTrue() {
		add("below", s.Max, "maximum")
	} else {
		add("below", s.ExclusiveMax.Value, "exclusiveMaximum")
		add("maximum", s.Max, "maximum")
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
