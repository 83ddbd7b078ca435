package main

import "time"

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
	warnings          int
	findings          []finding
}

// finding is something to look into.
type finding struct {
	kind findingKind
	// operation is its id, status that of the answer, 0 without one.
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
)

// ok says that nothing is wrong with the document's server.
func (r row) ok() bool { return r.failed == "" && r.violations == 0 }
