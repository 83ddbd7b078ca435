package spec

import (
	"slices"
	"strings"
	"unicode"
)

// nearest returns the name that somebody probably meant who wrote word, "" if none is near.
func nearest(word string, names []string) string {
	names = slices.Sorted(slices.Values(names))
	best, least := "", max(1, len(word)/4)+1
	for _, name := range names {
		if name == word || abs(len(name)-len(word)) >= least {
			continue
		}
		if d := distance(strings.ToLower(word), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// sameLetters returns the one name that differs from word only in case and punctuation.
func sameLetters(word string, names []string) string {
	found := ""
	for _, name := range names {
		if letters(name) != letters(word) {
			continue
		}
		if found != "" {
			return ""
		}
		found = name
	}
	return found
}

func letters(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}

// distance is the number of letters to insert, remove, replace or swap to get from a to b.
func distance(a, b string) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			step := 1
			if a[i-1] == b[j-1] {
				step = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+step)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}

func abs(n int) int { return max(n, -n) }

// meant ends an advice with the name that was probably meant.
func meant(word string, names []string, otherwise string) string {
	if name := nearest(word, names); name != "" {
		return "did you mean " + quote(name) + "?"
	}
	return otherwise
}
