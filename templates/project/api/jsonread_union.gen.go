package api

import "reflect"

// alternative is a branch of oneOf or anyOf.
type alternative struct {
	check func(*reader)
	// kinds are those of the values that the branch may be meant for; of objects, those whose members
	// have the values of the tags, where they have them.
	kinds kinds
	tags  []tag
	// names are the values of the discriminator that select it. Where the document maps none, implied is the
	// value that says it was meant, which others may say as well.
	names   []string
	implied string
}

type tag struct {
	name  string
	value any
}

// trial is a check, by its address, of the value that begins at start.
type trial struct {
	start int
	check uintptr
}

// mostTried is how many trials are remembered.
const mostTried = 1 << 14

// fits says that check, which must not be a closure, finds nothing wrong with the value at hand, which it does
// not leave behind. Each alternative that the value is within asks again.
func (r *reader) fits(check func(*reader)) bool {
	r.peek()
	at := trial{r.pos, reflect.ValueOf(check).Pointer()}
	if ok, known := r.tried[at]; known {
		return ok
	}
	before := r.failures
	r.trials++
	check(r)
	r.trials--
	ok := r.failures == before && !r.broken
	r.failures = before
	r.rewind(at.start)
	if r.trials > 0 && len(r.tried) < mostTried {
		if r.tried == nil {
			r.tried = map[trial]bool{}
		}
		r.tried[at] = ok
	}
	return ok
}

// rewind goes back to where a value began, or ahead to its end. A text for which that comes to more than there
// is patience for is given up.
func (r *reader) rewind(to int) {
	if r.broken {
		return
	}
	if r.reread += max(0, r.pos-to); r.reread > r.patience() {
		r.breakOff()
		return
	}
	r.pos = to
}

// patience is how many bytes may be read again: of alternatives within alternatives that might double with each
// level.
func (r *reader) patience() int {
	const (
		times  = 64
		freely = 4 << 20
	)
	return times*len(r.data) + freely
}

// passes says that check finds nothing wrong with the value at hand, which it does not leave behind then.
func (r *reader) passes(check func(*reader)) bool {
	r.peek()
	start, failures, found := r.pos, r.failures, len(r.found)
	check(r)
	if r.broken || r.failures > failures || len(r.found) > found {
		return false
	}
	r.rewind(start)
	return true
}

// not says that the value at hand does not fit. One that does is a fault and is left behind.
func (r *reader) not(check func(*reader)) bool {
	if r.broken || !r.fits(check) {
		return true
	}
	r.fault(ruledOut)
	r.skip()
	return false
}

// oneOf says that exactly one of the alternatives fits the value at hand. Any other value is a fault
// and is left behind. The discriminator is the member that says which one an object is, "" where there
// is none.
func (r *reader) oneOf(discriminator string, all ...alternative) bool {
	possible, meant := r.discriminate(discriminator, all)
	if possible == nil {
		return false
	}
	fitting := 0
	for _, a := range possible {
		if r.fits(a.check) {
			fitting++
		}
	}
	switch {
	case fitting == 1:
		return true
	case fitting > 1:
		r.fault(ambiguous)
		r.skip()
	default:
		r.explain(discriminator, possible, meant)
	}
	return false
}

// anyOf is oneOf where more than one may fit.
func (r *reader) anyOf(discriminator string, all ...alternative) bool {
	possible, meant := r.discriminate(discriminator, all)
	if possible == nil {
		return false
	}
	for _, a := range possible {
		if r.fits(a.check) {
			return true
		}
	}
	r.explain(discriminator, possible, meant)
	return false
}

// member is the value of a member of the object at hand, which it does not leave behind.
func (r *reader) member(name string) (value any, ok bool) {
	start := r.pos
	r.trials++
	for r.open(false); r.next(); {
		found := string(r.name) == name
		r.unlisted()
		if found {
			value, ok = r.anything(), true
		} else {
			r.skip()
		}
	}
	r.trials--
	r.rewind(start)
	return value, ok
}

// explain says what is wrong with a value that fits no alternative, and leaves it behind: with the
// one that it was meant to be, where that is clear.
func (r *reader) explain(discriminator string, all []alternative, meant func(*reader)) {
	if meant == nil {
		meant = r.meant(all)
	}
	names := namesOf(all)
	switch {
	case r.trials == 0 && meant != nil && !r.passes(meant):
		return
	case meant == nil && discriminator != "" && len(names) > 0 && r.kind() == objects:
		r.faultIn(discriminator, mustName(names))
	default:
		r.fault(noAlternative)
	}
	r.skip()
}

// meant is the check of the only alternative that the value at hand may be meant for.
func (r *reader) meant(all []alternative) (check func(*reader)) {
	kind := r.kind()
	for _, a := range all {
		if a.kinds&kind == 0 || kind == objects && !r.agrees(a.tags) {
			continue
		}
		if check != nil {
			return nil
		}
		check = a.check
	}
	return check
}

func (r *reader) agrees(tags []tag) bool {
	for _, t := range tags {
		if value, ok := r.member(t.name); ok && value != t.value {
			return false
		}
	}
	return true
}
