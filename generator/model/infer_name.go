package model

import (
	"strconv"
	"strings"
)

// namer gives resources names that clash neither with one another nor with an operation's method,
// which the handlers of all resources share by embedding.
type namer struct {
	taken map[string]bool
}

func newNamer(api *API) *namer {
	n := &namer{taken: map[string]bool{"Handlers": true, "New": true, "Schema": true}}
	for _, op := range api.Operations {
		n.taken[op.GoName] = true
	}
	return n
}

// name names r after its noun; where that is taken, after its parents too.
func (n *namer) name(r *Resource, noun string) {
	last := plural
	if r.Singleton || r.Type == nil { // a membership is called as the document does: starred
		last = func(s string) string { return s }
	}
	r.Name = snake(noun, last)
	for _, literal := range reversedLiterals(r.Path) {
		if !n.taken[goName(r.Name)] || literal == noun {
			continue
		}
		r.Name = snake(literal, singular) + "_" + r.Name
	}
	if n.taken[goName(r.Name)] && !r.Stored {
		r.Name += "_actions"
	}
	base := r.Name
	for i := 2; n.taken[goName(r.Name)]; i++ {
		r.Name = base + "_" + strconv.Itoa(i)
	}
	if strings.HasPrefix(r.Name, "sqlite_") {
		r.Name = "the_" + r.Name // SQLite keeps such names for itself
	}
	r.inferredName = r.Name
	r.call(r.Name)
	n.taken[r.GoName] = true
}

// call gives r its name.
func (r *Resource) call(name string) {
	r.Name, r.GoName = name, goName(name)
	r.Singular = Unexported(goName(snake(name, singular)))
}

func reversedLiterals(path string) []string {
	var out []string
	for _, s := range segments(path) {
		if s.param == "" && !s.mixed && !version.MatchString(s.text) {
			out = append([]string{s.text}, out...)
		}
	}
	return out
}
