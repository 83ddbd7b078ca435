package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"example.com/board/api"
)

// The costs are those of OWASP's Password Storage Cheat Sheet for argon2id. Hashes name their own,
// so that these may be raised without locking anybody out.
const (
	hashMemory  = 19456 // KiB
	hashTime    = 2
	hashThreads = 1
	hashLength  = 32
	saltLength  = 16
	// maxHashMemory keeps a damaged row from taking the machine's memory.
	maxHashMemory = 1 << 20
)

// hashPatience is how long a hash waits for a core.
const hashPatience = 2 * time.Second

// ErrBusy says that too many passwords are hashed at once. Its status is 503.
var ErrBusy error = &api.Error{
	Status:     http.StatusServiceUnavailable,
	Detail:     "too many are logging in at once",
	RetryAfter: hashPatience,
}

// ErrHash says that a stored hash is not one of HashPassword's.
var ErrHash = errors.New("not an argon2id hash")

// hashing holds as many places as this process has cores, which is one where it is one of several: a hash takes
// 19 MiB and a core for a while, and anybody can ask for one by trying to log in.
var hashing = make(chan struct{}, runtime.GOMAXPROCS(0))

// HashPassword returns an argon2id hash in PHC string format. Its error is ErrBusy when no core gets
// free, or that of ctx.
func HashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // Never fails: it ends the program instead.
	hash := phc{memory: hashMemory, time: hashTime, threads: hashThreads, salt: salt}
	key, err := hash.derive(ctx, password)
	if err != nil {
		return "", err
	}
	hash.key = key
	return hash.String(), nil
}

// VerifyPassword says whether hash was made of password. An empty hash, that of an account that does
// not exist, takes as long as any other and is never right. Errors are ErrHash,
// ErrBusy and that of ctx.
func VerifyPassword(ctx context.Context, password, hash string) (bool, error) {
	if hash == "" {
		_, err := HashPassword(ctx, password)
		return false, err
	}
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	key, err := stored.derive(ctx, password)
	return err == nil && subtle.ConstantTimeCompare(key, stored.key) == 1, err
}

// phc is a hash with what it was made with.
type phc struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

func (h phc) derive(ctx context.Context, password string) ([]byte, error) {
	patience := time.NewTimer(hashPatience)
	defer patience.Stop()
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-patience.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.threads, hashLength), nil
}

func (h phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads,
		base64.RawStdEncoding.EncodeToString(h.salt), base64.RawStdEncoding.EncodeToString(h.key))
}

func parsePHC(text string) (phc, error) {
	var h phc
	var version int
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return h, ErrHash
	}
	_, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &h.memory, &h.time, &h.threads)
	if err != nil || version != argon2.Version || h.time == 0 || h.threads == 0 || h.memory > maxHashMemory {
		return h, ErrHash
	}
	var saltErr, keyErr error
	h.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, keyErr = base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(h.key) != hashLength {
		return h, ErrHash
	}
	return h, nil
}
