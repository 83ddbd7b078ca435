package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

const (
	traceparentID     = "4bf92f3577b34da6a3ce929d0e0e4736"
	traceparentParent = "00f067aa0ba902b7"
	traceparent       = "00-" + traceparentID + "-" + traceparentParent + "-01"
)

func TestParseTraceParent(t *testing.T) {
	later := "cc" + strings.TrimPrefix(traceparent, "00")
	for name, test := range map[string]struct{ text, want string }{
		"as in the standard":       {traceparent, traceparent},
		"not sampled":              {strings.TrimSuffix(traceparent, "01") + "00", strings.TrimSuffix(traceparent, "01") + "00"},
		"flags of 00":              {strings.TrimSuffix(traceparent, "01") + "ff", strings.TrimSuffix(traceparent, "01") + "ff"},
		"later version":            {later, traceparent},
		"later, with more":         {later + "-what-the-future-will-be-like", traceparent},
		"later, other flags":       {strings.TrimSuffix(later, "01") + "08", strings.TrimSuffix(traceparent, "01") + "00"},
		"later, sampled and more":  {strings.TrimSuffix(later, "01") + "0b", traceparent},
		"later, more without dash": {later + ".what", ""},
		"nothing":                  {"", ""},
		"version ff":               {"ff" + strings.TrimPrefix(traceparent, "00"), ""},
		"version of one digit":     {strings.TrimPrefix(traceparent, "0"), ""},
		"version of no digits":     {"xx" + strings.TrimPrefix(traceparent, "00"), ""},
		"upper case":               {strings.ToUpper(traceparent), ""},
		"upper case version":       {"CC" + strings.TrimPrefix(traceparent, "00"), ""},
		"no trace":                 {"00-" + strings.Repeat("0", 32) + "-" + traceparentParent + "-01", ""},
		"no parent":                {"00-" + traceparentID + "-" + strings.Repeat("0", 16) + "-01", ""},
		"short trace":              {"00-" + traceparentID[1:] + "-" + traceparentParent + "-01", ""},
		"long trace":               {"00-" + traceparentID + "0-" + traceparentParent + "-01", ""},
		"no hexadecimal trace":     {"00-" + traceparentID[1:] + "g-" + traceparentParent + "-01", ""},
		"more in version 00":       {traceparent + "-00", ""},
		"one character more":       {traceparent + "0", ""},
		"no flags":                 {strings.TrimSuffix(traceparent, "-01"), ""},
		"flags of one digit":       {strings.TrimSuffix(traceparent, "1"), ""},
		"flags of no digits":       {strings.TrimSuffix(traceparent, "01") + ".0", ""},
		"other separators":         {strings.ReplaceAll(traceparent, "-", "_"), ""},
		"white space":              {" " + traceparent[1:], ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := parseTraceParent(test.text)
			if ok != (test.want != "") || ok && got != test.want {
				t.Errorf("%q is %q, %v; want %q", test.text, got, ok, test.want)
			}
		})
	}
}

// TestTraced has a handler ask somebody else, who hears of the trace that the handler's own request is a part of.
func TestTraced(t *testing.T) {
	var heard http.Header
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { heard = r.Header }))
	defer other.Close()
	client := &http.Client{Transport: Traced(nil)}
	ask := func(ctx context.Context, own string) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, other.URL, nil)
		if err != nil {
			return err
		}
		if own != "" {
			r.Header.Set("Traceparent", own)
		}
		response, err := client.Do(r)
		if err != nil {
			return err
		}
		if got := r.Header.Get("Traceparent"); got != own {
			t.Errorf("the request itself has become one with %q", got)
		}
		return response.Body.Close()
	}
	own := "00-" + strings.Repeat("a", 32) + "-" + strings.Repeat("b", 16) + "-00"
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/asks", func(c echo.Context) error { return ask(c.Request().Context(), "") }),
		route("GET", "/begins", func(c echo.Context) error { return ask(c.Request().Context(), own) }),
	}}, nil)
	for name, test := range map[string]struct {
		path          string
		headers       []string
		parent, state string
	}{
		"a trace":             {"/asks", []string{"traceparent: " + traceparent}, traceparent, ""},
		"a trace with state":  {"/asks", []string{"traceparent: " + traceparent, "tracestate: a=1", "tracestate: b=2"}, traceparent, "a=1,b=2"},
		"no trace":            {"/asks", nil, "", ""},
		"state without trace": {"/asks", []string{"tracestate: a=1"}, "", ""},
		"a wrong trace":       {"/asks", []string{"traceparent: " + strings.ToUpper(traceparent), "tracestate: a=1"}, "", ""},
		"two traces":          {"/asks", []string{"traceparent: " + traceparent, "traceparent: " + traceparent}, "", ""},
		"another trace":       {"/begins", []string{"traceparent: " + traceparent, "tracestate: a=1"}, own, ""},
	} {
		t.Run(name, func(t *testing.T) {
			server.do(t, "GET", test.path, "", test.headers...).wants(t, 200, "")
			if parent, state := heard.Get("Traceparent"), heard.Get("Tracestate"); parent != test.parent || state != test.state {
				t.Errorf("the other hears of %q with %q, want %q with %q", parent, state, test.parent, test.state)
			}
		})
	}
	if err := ask(t.Context(), ""); err != nil || heard.Get("Traceparent") != "" {
		t.Errorf("outside of a request: %v, %v", heard, err)
	}
}
