package api

import (
	"testing"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

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
		if got := readTime(readerOf(`"`+text+`"`), new(time.Time)); got != want {
			t.Errorf("%s is read: %t", text, got)
		}
	}
}

// TestTimesThatGoDoesNotRead holds what RFC 3339 §5.6 and §5.7 allow beyond that.
func TestTimesThatGoDoesNotRead(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-31t12:00:00z":        "2026-01-31T12:00:00Z",
		"2026-01-31t12:00:00.5+02:00": "2026-01-31T12:00:00.5+02:00",
		"2026-01-31T12:00:00z":        "2026-01-31T12:00:00Z",
		"2016-12-31T23:59:60Z":        "2017-01-01T00:00:00Z",
		"2016-12-31t23:59:60.25z":     "2017-01-01T00:00:00.25Z",
		"2016-12-31T15:59:60-08:00":   "2016-12-31T16:00:00-08:00",
		"2017-01-01T09:29:60+09:30":   "2017-01-01T09:30:00+09:30",
		"2016-12-31T22:59:60Z":        "",
		"2016-12-31T23:58:60Z":        "",
		"2016-12-31T23:59:60+01:00":   "",
		"2016-12-31T23:59:61Z":        "",
		"2016-02-30T23:59:60Z":        "",
		"2016-12-31T23:59:60":         "",
		"2016-12-31 23:59:60Z":        "",
		"2016-12-31t12:00:00+24:00":   "",
		"2016-12-31t12:00:00,5z":      "",
		"2016-12-31t1:00:00z":         "",
		"2016-12-31T23:60:00Z":        "",
		"2016-12-31t":                 "",
		"\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f": "",
		"\u017f016-12-31T23:59:60Z":                                    "",
	} {
		var got time.Time
		r := readerOf(`"` + text + `"`)
		if ok := readTime(r, &got); ok != (want != "") || ok && got.Format(time.RFC3339Nano) != want {
			t.Errorf("%s is read as %s (%t), not %s", text, got.Format(time.RFC3339Nano), ok, want)
		}
	}
}

// TestEmails holds addresses against the addr-spec of RFC 5322 §3.4.1, and what is read of them.
func TestEmails(t *testing.T) {
	for text, want := range map[string]string{
		`a@b.example`: `a@b.example`, `a.b+c@d.example`: `a.b+c@d.example`, `é@b.example`: `é@b.example`, `a@[192.0.2.1]`: `a@[192.0.2.1]`,
		`"a b"@c.example`: `"a b"@c.example`, `"a@b"@c.example`: `"a@b"@c.example`, `"(c)"@b.example`: `"(c)"@b.example`, `"a"@b.example`: `a@b.example`,
		`a@b.example `: "", ` a@b.example`: "", `a @b.example`: "", `a@ b.example`: "", "a@b.example\t": "", `a@b.example (c)`: "", `(c)a@b.example`: "",
		`a(c)@b.example`: "", `<a@b.example>`: "", `A <a@b.example>`: "", `"A" <"a"@b.example>`: "", `g:a@b.example;`: "", `"g":"a"@b.example;`: "",
		`"a"@b.example `: "", `"a" @b.example`: "", `a`: "", `@b.example`: "", `a@`: "", ``: "",
	} {
		if got := isEmail(text); got != (want != "") {
			t.Errorf("%s: %t", text, got)
		}
		var got openapi_types.Email
		r := readerOf(jsonOf(t, text))
		if ok := readEmail(r, &got); ok != (want != "") || ok && string(got) != want {
			t.Errorf("%s is read as %s (%t), not %s", text, got, ok, want)
		}
		if w := new(writer); want != "" {
			if w.email(got); w.err != nil || string(w.buf) != jsonOf(t, want) {
				t.Errorf("%s is written as %s, %v", want, w.buf, w.err)
			}
		}
	}
}
