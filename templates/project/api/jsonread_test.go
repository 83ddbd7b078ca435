package api

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func readerOf(text string) *reader {
	r := new(reader)
	r.reset([]byte(text))
	return r
}

// FuzzReader holds the reader against encoding/json and the reader of values: they refuse the same
// texts with the same words, and make the same values of the others.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,-0.5e+3,true,false,null,"x\n\u00e9\ud83d\ude00"],"":{}}`, `"\ud800"`, `{"\ud800x":1}`, `"\ud800\ud83d\ude00"`, `"\\ud800"`, `{"a":1,"\u0061":2}`, "[1,]", `"\u12"`, `"\`, `"\u12`, `"\ud800`, "01", "-", "1.", "1e",
		" \t\r\n1 ", `{"a" 1}`, `{"a":1 "b"}`, "nul", "nullx", "\"\x00\"", "\"\xff\"", `[[[`, "1 2", "", "\x00", `{"a":1,}`, `{,}`, `"\ud83d\u0041"`,
		strings.Repeat(`[`, 1001) + strings.Repeat(`]`, 1001),
		`{"a":0,"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,"j":0,"k":0,"l":0,"m":0,"n":0,"o":0,"p":0,"q":0,"r":0,"a":0}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, fault := parseJSON([]byte(text))
		for name, read := range map[string]func(*reader) any{
			"anything": (*reader).anything,
			"skip":     func(r *reader) any { r.skip(); return nil },
			"raw":      func(r *reader) any { return r.raw() },
		} {
			r := readerOf(text)
			got := read(r)
			found, broken := r.done()
			if broken != (fault != nil) {
				t.Fatalf("%s of %q: broken is %v, but the fault %v", name, text, broken, fault)
			}
			switch {
			case broken && (len(found) != 1 || found[0] != *fault):
				t.Fatalf("%s of %q found %v, not %v", name, text, found, *fault)
			case broken || len(found) > 0: // numbers that no float64 holds
			case name == "raw":
				again, _ := parseJSON(got.(json.RawMessage))
				if !reflect.DeepEqual(value, again) {
					t.Fatalf("raw of %q is %s", text, got)
				}
			case name == "anything":
				var want any
				if err := json.Unmarshal([]byte(text), &want); err != nil || !reflect.DeepEqual(got, want) {
					t.Fatalf("anything of %q is %v, not %v (%v)", text, got, want, err)
				}
			}
		}
	})
}

// FuzzScalars holds the readers of scalars against encoding/json.
func FuzzScalars(f *testing.F) {
	for _, seed := range []string{
		"1", "-1", "1.0", "1e3", "1.5", "127", "128", "-129", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "1e400", "3.4e39",
		`"x"`, `"2026-01-31T12:00:00.5+02:00"`, "true", "null", "-0", "0.1e1", "123456789012345678901234567890", "1e16", "900719925474099300e-2", "3.0000000000000001", "1e-400", "1e999999999",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, fault := parseJSON([]byte(text))
		if fault != nil || value == nil || value == json.Number("-0") { // which is 0, also to types without a sign
			return
		}
		canonical, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, text, canonical, func(r *reader, v *int64) bool { readInt(r, v, ""); return len(r.found) == 0 })
		alike(t, text, canonical, func(r *reader, v *int8) bool { readInt(r, v, ""); return len(r.found) == 0 })
		alike(t, text, canonical, func(r *reader, v *uint64) bool { readInt(r, v, ""); return len(r.found) == 0 })
		alike(t, text, canonical, func(r *reader, v *uint16) bool { readInt(r, v, ""); return len(r.found) == 0 })
		alike(t, text, canonical, func(r *reader, v *float64) bool { readFloat(r, v); return len(r.found) == 0 })
		alike(t, text, canonical, func(r *reader, v *float32) bool { readFloat(r, v); return len(r.found) == 0 })
		alike(t, text, canonical, readString[string])
		alike(t, text, canonical, readBool[bool])
		if !rareTime.MatchString(text) {
			alike(t, text, canonical, readTime)
		}
	})
}

// rareTime are texts with what encoding/json does not read as a time.
var rareTime = regexp.MustCompile(`[tz]|:60`)

func alike[T any](t *testing.T, text string, canonical []byte, read func(*reader, *T) bool) {
	t.Helper()
	var got, want T
	r := readerOf(text)
	ok := read(r, &got)
	found, _ := r.done()
	err := json.Unmarshal(canonical, &want)
	if ok != (err == nil) || ok != (len(found) == 0) {
		t.Fatalf("%T of %s: %v with %v, but %v", got, text, ok, found, err)
	}
	if ok && !reflect.DeepEqual(got, want) {
		t.Fatalf("%T of %s is %v, not %v", got, text, got, want)
	}
}

func TestReaderKeepsPlaces(t *testing.T) {
	r := readerOf(`{"a/b":[{"c":1},{"\u0064":2}],"e":[]}`)
	for in := r.object(); in && r.next(); {
		for in := r.array(); in && r.item(); {
			for in := r.object(); in && r.next(); {
				r.fault(string(r.name))
				r.skip()
			}
			r.faultIn("~", "in")
		}
		r.fault("out")
	}
	found, broken := r.done()
	want := []Invalid{
		{Pointer: "/a~1b", Detail: "out"}, {Pointer: "/a~1b/0/c", Detail: "c"}, {Pointer: "/a~1b/0/~0", Detail: "in"},
		{Pointer: "/a~1b/1/d", Detail: "d"}, {Pointer: "/a~1b/1/~0", Detail: "in"}, {Pointer: "/e", Detail: "out"},
	}
	if diff := cmp.Diff(want, found); diff != "" || broken {
		t.Errorf("broken %v\n%s", broken, diff)
	}
}

func TestFaultsAreLimited(t *testing.T) {
	deep := `{"` + strings.Repeat("x", mostSaid) + `":[`
	for _, test := range []struct {
		text   string
		listed int
		more   bool
	}{
		{"[" + strings.Repeat("1,", 99) + "1]", 100, false},
		{"[" + strings.Repeat("1,", 100) + "1]", 100, true},
		{"[" + strings.Repeat("1,", 100000) + "[]]", 100, true},
		{deep + "1]}", 1, false},
		{deep + "1,1]}", 1, true},
	} {
		r := readerOf(test.text)
		if r.passes(refuseNumbers) {
			t.Errorf("%.20s passes", test.text)
		}
		found, broken := r.done()
		if r.pos = 0; test.more && r.passes(refuseNumbers) {
			t.Errorf("%.20s passes where no more is listed", test.text)
		}
		last := found[len(found)-1]
		if test.more != (last == Invalid{Detail: moreFaults}) {
			t.Errorf("%.20s: the last fault is %.20v", test.text, last)
		}
		if test.more {
			found = found[:len(found)-1]
		}
		if broken || len(found) != test.listed || len(r.found) > mostFaults {
			t.Errorf("%.20s: broken %v, %d faults, not %d", test.text, broken, len(found), test.listed)
		}
	}
}

// refuseNumbers takes a value without numbers.
func refuseNumbers(r *reader) {
	switch r.kind() {
	case numbers:
		r.refuse()
	case arrays:
		for in := r.array(); in && r.item(); {
			refuseNumbers(r)
		}
	case objects:
		for in := r.object(); in && r.next(); {
			refuseNumbers(r)
		}
	default:
		r.skip()
	}
}

func TestMembersGivenTwice(t *testing.T) {
	read := func(r *reader) {
		var seen uint64
		for r.object(); r.next(); {
			switch string(r.name) {
			case "a":
				r.once(&seen, 0)
				r.skip()
			default:
				r.unlisted()
				r.skip()
			}
		}
	}
	for text, want := range map[string]bool{
		`{"a":1,"b":1}`: false, `{"a":1,"b":{"a":1,"b":1}}`: false, `{"a":1,"\u0061":1}`: true, `{"b":1,"c":1,"\u0062":1}`: true,
		`{"\u0062":1,"c":"\n","b":1}`: true, `{"b":{"x":1,"x":2}}`: true, `{"z":[{"b":1},{"b":1}]}`: false,
	} {
		r := readerOf(text)
		read(r)
		if _, broken := r.done(); broken != want {
			t.Errorf("%s: broken is %v", text, broken)
		}
	}
}

func TestPatternsThatAreRuns(t *testing.T) {
	for _, pattern := range []string{`^[a-z0-9-]{1,3}$`, `^[^/]+$`, `^[^/é]+$`, `^\d*$`, `^[\w.]{2}$`, `^\S+$`, `^(?:a|b)+$`} {
		slow, err := regexp.Compile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		fast := newPattern(pattern)
		for _, text := range []string{"", "a", "ab", "abc", "abcd", "A", "12", "é", "aé", "a/b", "/", "a b", "\n", "a\n", "日本", "..", "-"} {
			if got, want := fast.MatchString(text), slow.MatchString(text); got != want {
				t.Errorf("%s of %q: %v, not %v", pattern, text, got, want)
			}
		}
	}
	if _, ok := compileRun(`^[a-z]{1,32}$`); !ok {
		t.Error("a simple pattern is left to regexp")
	}
}

func TestReaderOfSmallBodiesAllocates(t *testing.T) {
	text := []byte(`{"title":"a","body":"b","at":"2026-01-31T12:00:00Z","n":12,"f":1.5,"tags":["x","y"]}`)
	r := new(reader)
	var title, body string
	var at time.Time
	var n int
	var f float64
	allocations := testing.AllocsPerRun(100, func() {
		r.reset(text)
		for r.object(); r.next(); {
			switch string(r.name) {
			case "title":
				readString(r, &title)
			case "body":
				readString(r, &body)
			case "at":
				readTime(r, &at)
			case "n":
				readInt(r, &n, "int64")
			case "f":
				readFloat(r, &f)
			default:
				r.unlisted()
				r.skip()
			}
		}
		if found, broken := r.done(); broken || len(found) > 0 {
			t.Fatal(found)
		}
	})
	if allocations > 1 { // the body as a string
		t.Errorf("%v allocations", allocations)
	}
}
