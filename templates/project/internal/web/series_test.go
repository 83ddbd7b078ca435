package web

import (
	"net/http"
	"sync"
	"testing"
)

func TestBySeries(t *testing.T) {
	made := map[series]int{}
	known := bySeries[string]{make: func(s series) string {
		made[s]++
		return s.method + " " + s.route
	}}
	var together sync.WaitGroup
	for range 8 {
		together.Go(func() {
			for _, route := range []string{"/a", "/b"} {
				if got := known.of(series{"GET", route, http.StatusOK}); got != "GET "+route {
					t.Errorf("of %s there is %q", route, got)
				}
			}
		})
	}
	together.Wait()
	if made[series{"GET", "/a", http.StatusOK}] != 1 || len(made) != 2 {
		t.Errorf("made %v", made)
	}
}
