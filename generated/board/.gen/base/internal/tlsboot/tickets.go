package tlsboot

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// TicketSecret is what the keys of session tickets are made from. Processes that start with the same
// secret resume each other's sessions, day after day, and whoever gets hold of today's cannot read
// what was sent the day before yesterday.
type TicketSecret struct {
	// Day is the day of Secret, counted from 1970-01-01 UTC.
	Day    int64
	Secret [sha256.Size]byte
}

// NewTicketSecret returns a random secret of the day of now.
func NewTicketSecret(now time.Time) TicketSecret {
	s := TicketSecret{Day: dayOf(now)}
	_, _ = rand.Read(s.Secret[:]) // Never fails.
	return s
}

// At returns what is left of the secret at a later time: that of the day before, from which the
// tickets of both days can be read. It is what to hand to a process that starts then.
func (s TicketSecret) At(now time.Time) TicketSecret {
	for s.Day < dayOf(now)-1 {
		s = s.next()
	}
	return s
}

func (s TicketSecret) next() TicketSecret {
	mac := hmac.New(sha256.New, s.Secret[:])
	_ = binary.Write(mac, binary.BigEndian, s.Day+1)
	return TicketSecret{s.Day + 1, [sha256.Size]byte(mac.Sum(nil))}
}

// keys are those of today, which encrypts, and of yesterday.
func (s TicketSecret) keys(now time.Time) [][32]byte {
	s = s.At(now)
	if s.Day < dayOf(now) {
		return [][32]byte{s.next().key(), s.key()}
	}
	return [][32]byte{s.key()}
}

func (s TicketSecret) key() [32]byte {
	key, err := hkdf.Key(sha256.New, s.Secret[:], nil, "session tickets", 32)
	if err != nil {
		panic(err) // Only for lengths that SHA-256 cannot give.
	}
	return [32]byte(key)
}

func dayOf(now time.Time) int64 { return now.Unix() / (24 * 60 * 60) }
