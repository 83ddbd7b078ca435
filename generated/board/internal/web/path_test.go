package web

import (
	"net/url"
	"slices"
	"testing"
)

func TestPathMatch(t *testing.T) {
	tests := []struct {
		template, request string
		want              []string
		fits              bool
	}{
		{"/posts", "/posts", nil, true},
		{"/posts", "/posts/", nil, false},
		{"/posts/{id}", "/posts/a%2Fb", []string{"a%2Fb"}, true},
		{"/posts/{id}", "/posts/", nil, false},
		{"/posts/{id}.json", "/posts/7.json", []string{"7"}, true},
		{"/posts/{id}.json", "/posts/.json", nil, false},
		{"/posts/{id}.json", "/posts/7.xml", nil, false},
		{"/posts/{id}:revoke", "/posts/7:revoke", []string{"7"}, true},
		{"/posts/{id}:revoke", "/posts/a%2Fb%3Arevoke", []string{"a%2Fb"}, true},
		{"/posts/{id}2F", "/posts/a%2F", nil, false},
		{"/posts/v{id}", "/posts/v7", []string{"7"}, true},
		{"/{owner}-{repo}", "/ann-board", []string{"ann", "board"}, true},
		{"/{owner}-{repo}", "/ann-my-board", []string{"ann-my", "board"}, true},
		{"/{owner}-{repo}", "/-board", nil, false},
		{"/{owner}-{repo}", "/ann-", nil, false},
		{"/{lat},{lon}", "/37.5,-127.0", []string{"37.5", "-127.0"}, true},
		{"/{name}.{extension}", "/a.tar.gz", []string{"a.tar", "gz"}, true},
		{"/{y}-{m}-{d}", "/2030-01-02", []string{"2030", "01", "02"}, true},
		{"/{a}{b}", "/xyz", []string{"xy", "z"}, true},
		{"/{a}{b}", "/x", nil, false},
		{"/posts#latest", "/posts", nil, true},
		{"/files?upload", "/files?upload", nil, true},
		{"/files?upload=", "/files?upload=7", nil, true},
		{"/files?upload", "/files", nil, false},
		{"/files?type=a%20b", "/files?x=1&type=c&type=a+b", nil, true},
		{"/files?type=a", "/files?type=ab", nil, false},
		{"/files?type={type}", "/files?type=a/b", []string{"a%2Fb"}, true},
		{"/files?type={type}", "/files?type=", nil, false},
		{"/가/{id}", "/%EA%B0%80/7", []string{"7"}, true},
	}
	for _, test := range tests {
		t.Run(test.template+" "+test.request, func(t *testing.T) {
			request, err := url.Parse(test.request)
			if err != nil {
				t.Fatal(err)
			}
			segments := splitPath(canonical(request.EscapedPath()))
			got, fits := parsePath(test.template).match(segments, request.Query)
			if !slices.Equal(got, test.want) || fits != test.fits {
				t.Errorf("got %q, %v; want %q, %v", got, fits, test.want, test.fits)
			}
		})
	}
}

// TestPathOrder holds that each path goes before the next one.
func TestPathOrder(t *testing.T) {
	order := []string{"/x/y", "/x/{id}.json", "/x/{id}.js", "/x/{id}?a=b", "/x/{id}?a", "/x/{id}", "/{x}/y"}
	for i := range order[1:] {
		a, b := parsePath(order[i]), parsePath(order[i+1])
		if a.compare(b) >= 0 || b.compare(a) <= 0 {
			t.Errorf("%s does not go before %s", order[i], order[i+1])
		}
	}
}
