package api

import (
	"encoding/json"
	"testing"
)

func TestWholeNumbers(t *testing.T) {
	for text, want := range map[json.Number]json.Number{
		"7": "7", "-7": "-7", "-0": "0", "-0.0": "0", "0e5": "0", "1.0": "1", "-1.00": "-1", "1e3": "1000", "-1.5e1": "-15", "100e-2": "1",
		"18446744073709551615.0": "18446744073709551615", "18446744073709551616.0": "18446744073709551616", "-2e19": "-2e19", "1e20": "1e20",
		"1.5": "1.5", "-1.5": "-1.5", "1e-1": "1e-1", "0.10": "0.10", "1e18446744073709551616": "1e18446744073709551616",
	} {
		if got := wholeNumber(text); got != want {
			t.Errorf("%s is written as %s, not %s", text, got, want)
		}
	}
}
