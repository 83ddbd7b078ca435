// Package depot serves a second document, of another shape than the reference: deep objects, lists of
// objects, maps, alternatives and UUIDs. The folder api is what gen makes of depot.yaml.
package depot

import (
	"encoding/binary"
	"net/http"
	"time"

	"github.com/google/uuid"

	"gen/e2e/bench/suite"
)

// shipments is how many there are at first.
const shipments = 60

// Document is depot.yaml.
func Document() suite.Document {
	return suite.Document{
		Name: "depot.yaml",
		Servers: []suite.Server{
			{Name: suite.Hand, New: func(now func() time.Time) (http.Handler, error) { return newHand(now), nil }},
			{Name: suite.Gen, New: newGen},
		},
		Measured: measured(),
		Others:   others(),
	}
}

const apiKey = "depot-7f3a9c"

// keys are the accounts, by their keys.
var keys = map[string]string{apiKey: "Ann & Sons"}

// caller returns the account that asks, false for none.
func caller(r *http.Request) (string, bool) {
	account, ok := keys[r.Header.Get("X-Api-Key")]
	return account, ok
}

var (
	seedTime = time.Date(2026, time.March, 1, 9, 30, 0, 500_000_000, time.UTC)
	seedDay  = time.Date(2026, time.March, 9, 0, 0, 0, 0, time.UTC)
	limits   = map[string]int32{"parcels": 500, "kilograms": 20000, "perDay": 40}
)

// states of the shipments that are there at first.
var states = []string{"booked", "collected", "moving", "delivered"}

// identifier is a UUID of the form that names no time and no node (RFC 9562 §5.8).
func identifier(number int64) uuid.UUID {
	id := uuid.UUID{6: 0x80, 8: 0x80}
	binary.BigEndian.PutUint32(id[12:], uint32(number))
	return id
}

// number is 0 for what is no identifier.
func number(id uuid.UUID) int64 {
	n := int64(binary.BigEndian.Uint32(id[12:]))
	if id != identifier(n) {
		return 0
	}
	return n
}

func seedBooked(n int64) time.Time { return seedTime.Add(time.Duration(n) * time.Hour) }

// price is in euro.
func price(grams int) float64 { return 4.2 + float64(grams)*0.00115 }
