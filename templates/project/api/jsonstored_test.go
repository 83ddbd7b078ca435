package api

import "testing"

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
