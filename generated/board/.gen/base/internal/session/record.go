package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// keyBytes of randomness are in a key.
const keyBytes = 32

func newKey() string {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // Never fails: it ends the program instead.
	return base64.RawURLEncoding.EncodeToString(key)
}

// wellFormed spares the store the question for what cannot be a key.
func wellFormed(key string) bool {
	data, err := base64.RawURLEncoding.Strict().DecodeString(key)
	return err == nil && len(data) == keyBytes
}

// digest is the SHA-256 of text, in hexadecimal.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// fingerprint tells sessions apart in the log: 32 bits of the hash of 256, which lead to neither key nor record.
func fingerprint(hash string) string { return hash[:8] }

// content is the Data of a Record. Versions of a program that share a store read one another's: a
// member that is not known is left alone, one that is missing is zero.
type content struct {
	Created time.Time `json:"created"`
	// Address and Agent are where the session was begun from.
	Address string                     `json:"address,omitempty"`
	Agent   string                     `json:"agent,omitempty"`
	Values  map[string]json.RawMessage `json:"values,omitempty"`
}

func readContent(rec Record) (content, error) {
	var c content
	if err := json.Unmarshal(rec.Data, &c); err != nil {
		return content{}, errCorrupt
	}
	if c.Created.IsZero() {
		return content{}, fmt.Errorf("%w: it was never created", errCorrupt)
	}
	return c, nil
}
