package api

import (
	"encoding/json"
	"fmt"
	"strings"
)

// What is wrong with a value, in words that follow its name. All that checks requests has them from here.

const (
	outOfRange    = "is out of range"
	missing       = "is required"
	notAllowed    = "is not allowed"
	notNull       = "must not be null"
	itemTwice     = "must not have the same item twice"
	unknownType   = "must name one of the documented types"
	ruledOut      = "must not be of the form that the document rules out"
	ambiguous     = "matches more than one of the documented alternatives"
	noAlternative = "matches none of the documented alternatives"
	moreFaults    = "has more faults than are listed"
	tangled       = "nests the documented alternatives too deeply to be told apart"
)

func tooShort(least uint64) string { return "must have at least " + count(least, "character") }
func tooLong(most uint64) string   { return "must have at most " + count(most, "character") }

func tooFewItems(least uint64) string { return "must have at least " + count(least, "item") }
func tooManyItems(most uint64) string { return "must have at most " + count(most, "item") }

func tooFewMembers(least uint64) string { return "must have at least " + count(least, "member") }
func tooManyMembers(most uint64) string { return "must have at most " + count(most, "member") }

func tooSmall(least string) string { return "must be at least " + least }
func tooLarge(most string) string  { return "must be at most " + most }
func notAbove(bound string) string { return "must be more than " + bound }
func notBelow(bound string) string { return "must be less than " + bound }
func noMultiple(of string) string  { return "must be a multiple of " + of }

// decimal is a number of the document as people write it: without an exponent, unless it is very large or very small.
func decimal(f float64) string {
	text, err := json.Marshal(f)
	if err != nil {
		return fmt.Sprint(f)
	}
	return string(text)
}

func unmatched(pattern string) string { return "must match the pattern " + pattern }

func count(n uint64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// alternatives lists the values of an enum, the first ones where there are many.
func alternatives(values []any) string {
	const most = 12
	var texts []string
	for _, value := range values[:min(len(values), most)] {
		text, err := json.Marshal(value)
		if err == nil {
			texts = append(texts, string(text))
		}
	}
	if len(values) > most {
		return fmt.Sprintf("one of %s and %d more", strings.Join(texts, ", "), len(values)-most)
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "one of " + strings.Join(texts, ", ")
}

// mustName says what a discriminator must be: one of the names, where they are known.
func mustName(names []string) string {
	if len(names) == 0 {
		return unknownType
	}
	return mustBe(names)
}

func mustBe[T ~string](values []T) string {
	list := make([]any, len(values))
	for i, value := range values {
		list[i] = value
	}
	return "must be " + alternatives(list)
}
