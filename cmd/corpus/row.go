package main

import (
	"fmt"
	"strconv"
	"time"
)

// row is what is known of a document when its trial has ended.
type row struct {
	document
	// failed is the stage that did not succeed, with err, "" if all did.
	failed string
	err    error
	// took are the times of the stages, as far as it came.
	took []time.Duration
	// genMemory and buildMemory are peaks in bytes.
	genMemory, buildMemory int64

	// operations are all, reached those whose own handler ran. sessions need a session, which nobody
	// can begin, or a client certificate; hidden ones answer to the same requests as others.
	operations, reached, sessions, hidden int
	// live operations do real work, walked ones of them did it as documented.
	live, walked int
	// calls are all requests, violations the answers that the document does not allow.
	calls, violations int
	// values are those that went through Go types, lost the ones that came back as something else.
	values, lost int
	warnings     int
	findings     []finding
}

// finding is something to look into.
type finding struct {
	kind findingKind
	// operation is its id, or the Go type that did not keep a value; status is that of the answer, 0
	// without one.
	operation string
	status    int
	reason    string
	// request is the id of the request.
	request string
}

type findingKind string

const (
	notReached findingKind = "not reached"
	notWalked  findingKind = "not walked"
	violation  findingKind = "violation"
	notKept    findingKind = "not kept"
)

// ok says that nothing is wrong with the document's server.
func (r row) ok() bool { return r.failed == "" && r.violations+r.lost == 0 }

func (f finding) String() string {
	status := ""
	if f.status > 0 {
		status = strconv.Itoa(f.status) + " "
	}
	return fmt.Sprintf("%s: %s: %s%s", f.kind, f.operation, status, f.reason)
}
