package api

import "testing"

// TestDateTimes holds date-times against RFC 3339 §5.6.
func TestDateTimes(t *testing.T) {
	for text, want := range map[string]bool{
		"2026-01-31T12:00:00Z":             true,
		"2026-01-31T12:00:00.123456789Z":   true,
		"2026-01-31T12:00:00+00:00":        true,
		"2026-01-31T12:00:00-23:59":        true,
		"2026-01-31T12:00:00.5+05:30":      true,
		"2026-01-31T12:00:00+24:00":        false,
		"2026-01-31T12:00:00-05:60":        false,
		"2026-01-31T1:00:00Z":              false,
		"2026-01-31T12:00:00,5Z":           false,
		"2026-01-31T12:00:00":              false,
		"2026-02-30T12:00:00Z":             false,
		"2026-01-31T12:00Z":                false,
		"2026-01-31":                       false,
		"":                                 false,
		"2026-01-31T12:00:00Z2026-01-31T1": false,
	} {
		if got := isDateTime(text); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}
