package main

import (
	"maps"
	"regexp"
	"slices"
)

func sortedNames(t tables) []string { return slices.Sorted(maps.Keys(t)) }

var notLetters = regexp.MustCompile(`[^A-Za-z0-9]`)

func identifier(name string) string { return notLetters.ReplaceAllString(name, "") }
