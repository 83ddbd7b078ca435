package api

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestLongIntegers(t *testing.T) {
	values := jsonValues(`[9007199254740993,[-9007199254740993],1e20,2,{"a":9007199254740993}]`)
	for text, want := range map[string]bool{
		"9007199254740993": true, "9007199254740992": false, "9007199254740993.0": true, "9007199254740994": false,
		"[-9007199254740993]": true, "[-9007199254740992]": false, "1e20": true, "100000000000000000000": true,
		"100000000000000000001": false, "2.0": true, "3": false, "1e400": false, "{}": false,
		`{"a":9007199254740993}`: true, `{"a":9007199254740992}`: false,
	} {
		r := readerOf(text)
		if got := r.oneOfValues(values); got != want || got != (r.pos == 0) || got != (len(r.found) == 0) {
			t.Errorf("%s is one of the values: %v, read to %d, %v", text, got, r.pos, r.found)
		}
	}
	for _, test := range []struct {
		text, limit string
		want        int
	}{
		{"9007199254740992", "9007199254740993", -1}, {"9007199254740993", "9007199254740993", 0},
		{" [9007199254740994", "9007199254740993", 1}, {" [9007199254740992", "9007199254740993", -1}, {"9007199254740992.5", "9007199254740993", -1},
		{`{"a":9007199254740993.0`, "9007199254740993", 0}, {"9.007199254740993e15", "9007199254740993", 0},
		{"-1e400", "9007199254740993", -1}, {"5", "-9007199254740993", 1},
		{"-9223372036854775809", "-9223372036854775808", -1}, {"18446744073709551616", "18446744073709551615", 1},
		{"9007199254740992." + strings.Repeat("0", 1000) + "1", "9007199254740992", 0}, // more digits than are looked at
	} {
		r := readerOf(test.text)
		r.pos = len(r.data)
		n, _ := strconv.ParseFloat(strings.TrimLeft(test.text, ` [{"a:`), 64)
		if got := r.against(n, test.limit); got != test.want {
			t.Errorf("%.30s against %s is %d, not %d", test.text, test.limit, got, test.want)
		}
	}
}

// TestIntegersInAnyNotation holds integers against JSON Schema 2020-12 (Validation §6.1.1): 1.0 and 1e3 are some, and
// none of their digits is lost.
func TestIntegersInAnyNotation(t *testing.T) {
	const integer, room = "must be an integer", "must be within the range of int64"
	zeros := strings.Repeat("0", 1000)
	for text, want := range map[string]string{
		"1e15": "1000000000000000", "1e16": "10000000000000000", "1E+18": "1000000000000000000", "-1e18": "-1000000000000000000",
		"1000000000000000000.0": "1000000000000000000", "900719925474099300e-2": "9007199254740993", "9007199254740993.0": "9007199254740993",
		"9.007199254740993e15": "9007199254740993", "-9007199254740993.00e0": "-9007199254740993", "9223372036854775807.0": "9223372036854775807",
		"-9.223372036854775808e18": "-9223372036854775808", "0.0000000000000000001e19": "1", "1" + zeros + "e-1000": "1", "12." + zeros: "12",
		"0e999999999": "0", "-0.0e-999999999": "0", "0." + zeros + "1e1001": "1", "-0": "0", "0e99999999999999999999": "0",
		"1e19": room, "9223372036854775808": room, "9223372036854775808.0": room, "-9223372036854775809e0": room, "1e20": room, "1e999999999": room,
		"9007199254740993.5": integer, "3.0000000000000001": integer, "1e-1": integer, "1e-400": integer, "1e-999999999": integer,
		"1" + zeros + "e-1001": integer, "10e-99999999999999999999": integer, "1e-18446744073709551616": integer, "-1.5": integer,
	} {
		var got int64
		r := readerOf(text)
		readInt(r, &got, "int64")
		found, broken := r.done()
		if said := details(found); said != want && (said != "" || strconv.FormatInt(got, 10) != want) || broken {
			t.Errorf("%.40s is %d (%s), not %s", text, got, said, want)
		}
		var whole float64
		r = readerOf(text)
		if readWhole(r, &whole); (details(r.found) == integer) != (want == integer) {
			t.Errorf("%.40s as a float64 is %v: %v", text, whole, r.found)
		}
	}
	var long float64
	r := readerOf("18446744073709551616.5")
	if readWhole(r, &long); details(r.found) != integer {
		t.Errorf("more than 64 bits and a half are %v: %v", long, r.found)
	}
	var unsigned uint64
	if readInt(readerOf("1.8446744073709551615e19"), &unsigned, ""); unsigned != math.MaxUint64 {
		t.Errorf("the largest number is %d", unsigned)
	}
	for _, text := range []string{"18446744073709551616", "1.8446744073709551616e19", "-1.0", "184467440737095516150e0"} {
		if r := readerOf(text); !holdsFault(r, &unsigned) {
			t.Errorf("%s is %d", text, unsigned)
		}
	}
	var small int32
	if readInt(readerOf("-21474836480e-1"), &small, "int32"); small != math.MinInt32 {
		t.Errorf("the least number is %d", small)
	}
	literal := []byte("1.5e9")
	if n := testing.AllocsPerRun(100, func() {
		r := reader{data: literal}
		readInt(&r, &small, "int32")
	}); n > 0 || small != 1500000000 {
		t.Errorf("%d in %v allocations", small, n)
	}
}

func holdsFault(r *reader, v *uint64) bool {
	readInt(r, v, "")
	return details(r.found) == outOfRange
}

// TestLimits holds a number that is still within a limit, and one that is not.
func TestLimits(t *testing.T) {
	const long = "9007199254740993"
	for _, test := range []struct {
		check                  func(*reader, float64)
		within, beyond, detail string
	}{
		{func(r *reader, n float64) { r.minimum(n, 2) }, "2", "1", "must be at least 2"},
		{func(r *reader, n float64) { r.maximum(n, 2) }, "2", "3", "must be at most 2"},
		{func(r *reader, n float64) { r.above(n, 2) }, "3", "2", "must be more than 2"},
		{func(r *reader, n float64) { r.below(n, 2) }, "1", "2", "must be less than 2"},
		{func(r *reader, n float64) { r.longMinimum(n, long) }, long, "9007199254740992", "must be at least " + long},
		{func(r *reader, n float64) { r.longMaximum(n, long) }, long, "9007199254740994", "must be at most " + long},
		{func(r *reader, n float64) { r.longAbove(n, long) }, "9007199254740994", long, "must be more than " + long},
		{func(r *reader, n float64) { r.longBelow(n, long) }, "9007199254740992", long, "must be less than " + long},
		{func(r *reader, n float64) { r.within(n, "int32") }, "-2147483648", "2147483648", "must be within the range of int32"},
		{func(r *reader, n float64) { r.within(n, "int64") }, "9223372036854775807", "1e19", "must be within the range of int64"},
	} {
		for text, want := range map[string]string{test.within: "", test.beyond: test.detail} {
			var v float64
			r := readerOf(text)
			n, _ := readFloat(r, &v)
			if test.check(r, n); details(r.found) != want {
				t.Errorf("%s: %v, not %q", text, r.found, want)
			}
		}
	}
	var small int32
	r := readerOf("3000000000")
	if n, ok := readInt(r, &small, ""); ok {
		r.maximum(n, 10)
	}
	if got := details(r.found); got != "must be at most 10" {
		t.Errorf("a limit below that of the Go type: %q", got)
	}
	r = readerOf("3000000000.5")
	if readInt(r, &small, "int32"); len(r.found) != 2 || r.found[1].Detail != "must be within the range of int32" {
		t.Errorf("neither whole nor within its range: %v", r.found)
	}
}

func TestMultiples(t *testing.T) {
	for _, test := range []struct {
		n    int64
		sent float64
		of   uint64
		want bool
	}{
		{9, 9, 3, true}, {10, 10, 3, false}, {-9, -9, 3, true}, {-4, -4, 3, false}, {9007199254740993, 9007199254740993, 2, false},
		{math.MinInt64, math.MinInt64, 1 << 62, true}, {0, 1.5, 2, false},
	} {
		r := new(reader)
		multipleOfWhole(r, test.n, test.sent, test.of)
		if got := len(r.found) == 0; got != test.want {
			t.Errorf("%d is a multiple of %d: %v", test.n, test.of, got)
		}
	}

	for _, test := range []struct {
		n, of float64
		want  bool
	}{
		{0.3, 0.1, true}, {0.30000000000000004, 0.1, false}, {0.30000000000000004, 0.01, false}, {19.99, 0.01, true},
		{1.1, 0.01, true}, {-4.35, 0.01, true}, {0.005, 0.01, false}, {1e300, 1e-300, true}, {1e-300, 1e300, false},
		{9, 3, true}, {10, 3, false}, {0, 0.1, true}, {4.5, 1.5, true}, {5e-324, 5e-324, true}, {1, -0.5, false}, {1, 0, false},
	} {
		r := new(reader)
		r.multipleOf(test.n, test.of)
		if got := len(r.found) == 0; got != test.want {
			t.Errorf("%v is a multiple of %v: %v", test.n, test.of, got)
		}
	}
}
