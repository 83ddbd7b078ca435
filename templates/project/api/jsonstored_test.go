package api

import (
	"strings"
	"testing"
)

func TestReadStored(t *testing.T) {
	for text, whole := range map[string]bool{
		`{"name":"a"}`: true, `{"name":null} `: true, `{}`: true,
		`{"name":"a","Name":"b"}`: false, `{"name":"a","name":"b"}`: false, `{"name":1}`: false, `{"name":"\ud800"}`: false, `{} {}`: false, `null`: false, ``: false,
	} {
		name := "as it was"
		if got := readStored(text, &name, readName); got != whole {
			t.Errorf("%s is whole: %t", text, got)
		}
		if whole && name != "a" && name != "as it was" {
			t.Errorf("%s has the name %s", text, name)
		}
	}
}

// TestStoredTexts holds that a text is read to the letter, be it a part of its row or not, and that it stays when the next
// row is read.
func TestStoredTexts(t *testing.T) {
	long := strings.Repeat("x", 2*smallBody)
	var names []string
	texts := map[string]string{
		`{"name":"a b"}`: "a b", `{ "name" : "" }`: "", `{"name":"ä€"}`: "ä€", `{"name":"a\u0062\n"}`: "ab\n", `{"name":"\u00e4"}`: "ä", `{"name":"` + long + `"}`: long,
	}
	for text, want := range texts {
		var name string
		if !readStored(text, &name, readName) || name != want {
			t.Errorf("%.40s has the name %.40q, want %.40q", text, name, want)
		}
		names = append(names, name, want)
	}
	for i := 0; i < len(names); i += 2 {
		if names[i] != names[i+1] {
			t.Errorf("%.40q has become %.40q", names[i+1], names[i])
		}
	}
}

func readName(r *reader, name *string) {
	if !r.object() {
		return
	}
	var seen uint64
	for r.next() {
		switch string(r.name) {
		case "name":
			r.once(&seen, 0)
			if !r.null() {
				readString(r, name)
			}
		default:
			r.ignore()
		}
	}
}
