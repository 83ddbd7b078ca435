package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// redisStore is a Store in Redis. Each record is a hash; the sessions of a user are a sorted set of
// "ID:hash" by Ends. A script touches the keys of one slot only, so that Cluster can run it; what
// needs two slots is done in an order that leaves nothing alive that was ended:
//
// A session of a user lives by its member in the set. Create takes the old record away, writes the new
// one, and then changes the member, unless that has gone meanwhile. Delete removes the record that the
// member names and then the member, and begins anew when that has changed meanwhile.
type redisStore struct {
	client redis.UniversalClient
	prefix string
	now    func() time.Time
}

func (r *redisStore) record(hash string) string { return r.prefix + "key:" + hash }

// The braces put what is known about a user into one slot.
func (r *redisStore) index(user string) string   { return r.prefix + "user:{" + digest(user) + "}" }
func (r *redisStore) ended(user string) string   { return r.prefix + "ended:{" + digest(user) + "}" }
func (r *redisStore) mark() string               { return r.prefix + "mark" }
func (r *redisStore) counter(name string) string { return r.prefix + "count:" + name }

var fields = []string{"id", "user", "version", "seen", "expires", "ends", "data"}

func (r *redisStore) Get(ctx context.Context, hash string) (Record, error) {
	values, err := r.client.HMGet(ctx, r.record(hash), fields...).Result()
	switch {
	case redis.HasErrorPrefix(err, "WRONGTYPE"):
		return Record{}, errCorrupt
	case err != nil:
		return Record{}, err
	}
	return r.parse(hash, values)
}

// parse reads the fields of a record.
func (r *redisStore) parse(hash string, values []any) (Record, error) {
	if !slices.ContainsFunc(values, func(v any) bool { return v != nil }) {
		return Record{}, errNone
	}
	var text [7]string
	for i := range text {
		if i < len(values) {
			text[i], _ = values[i].(string)
		}
	}
	var numbers [4]int64
	for i := range numbers {
		n, err := strconv.ParseInt(text[2+i], 10, 64)
		if err != nil {
			return Record{}, errCorrupt
		}
		numbers[i] = n
	}
	rec := Record{
		Hash: hash, ID: text[0], User: text[1], Version: numbers[0], Data: []byte(text[6]),
		Seen: time.UnixMilli(numbers[1]), Expires: time.UnixMilli(numbers[2]), Ends: time.UnixMilli(numbers[3]),
	}
	if !r.now().Before(rec.Expires) {
		return Record{}, errNone
	}
	return rec, nil
}

// swap writes a record if it has the version in ARGV[1], or removes it if there is nothing to write.
// It answers what is there where that is another version. ARGV[2] is the time.
var swap = redis.NewScript(`
local is = redis.call('HMGET', KEYS[1], 'version', 'expires')
if not is[1] or tonumber(is[2]) <= tonumber(ARGV[2]) then return {'none'} end
if is[1] ~= ARGV[1] then
	return {'stale', redis.call('HMGET', KEYS[1], 'id', 'user', 'version', 'seen', 'expires', 'ends', 'data')}
end
if #ARGV == 2 then
	redis.call('DEL', KEYS[1])
else
	redis.call('HSET', KEYS[1], 'version', ARGV[3], 'seen', ARGV[4], 'expires', ARGV[5], 'data', ARGV[6])
	redis.call('PEXPIREAT', KEYS[1], ARGV[5])
end
return {'done'}`)

func (r *redisStore) swap(ctx context.Context, rec Record, write ...any) (Record, error) {
	args := append([]any{rec.Version, r.now().UnixMilli()}, write...)
	answer, err := swap.Run(ctx, r.client, []string{r.record(rec.Hash)}, args...).Slice()
	if err != nil {
		return Record{}, err
	}
	switch answer[0] {
	case "none":
		return Record{}, errNone
	case "stale":
		values, _ := answer[1].([]any)
		is, err := r.parse(rec.Hash, values)
		if err == nil {
			err = errStale
		}
		return is, err
	}
	return rec, nil
}

func (r *redisStore) Put(ctx context.Context, rec Record, merge func(Record) (Record, error)) (Record, error) {
	err := retry(ctx, func() error {
		is, err := r.swap(ctx, rec, rec.Version+1, rec.Seen.UnixMilli(), rec.Expires.UnixMilli(), rec.Data)
		if errors.Is(err, errStale) {
			var failed error
			if rec, failed = merge(is); failed != nil {
				return failed
			}
		}
		return err
	})
	rec.Version++
	return rec, err
}

var touch = redis.NewScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then
	redis.call('HSET', KEYS[1], 'seen', ARGV[1], 'expires', ARGV[2])
	redis.call('PEXPIREAT', KEYS[1], ARGV[2])
end
return 0`)

func (r *redisStore) Touch(ctx context.Context, rec Record) error {
	return touch.Run(ctx, r.client, []string{r.record(rec.Hash)}, rec.Seen.UnixMilli(), rec.Expires.UnixMilli()).Err()
}

func (r *redisStore) Create(ctx context.Context, rec Record, old *Record, mark int64) error {
	if old != nil {
		if _, err := r.swap(ctx, *old); err != nil {
			return err
		}
	}
	if err := r.write(ctx, rec); err != nil {
		return err
	}
	if rec.User == "" {
		return nil
	}
	if err := r.enlist(ctx, rec, old, mark); err != nil {
		return errors.Join(err, r.remove(ctx, rec.Hash))
	}
	if old != nil && old.User != "" && old.ID != rec.ID {
		_, err := r.delist(ctx, old.User, member(*old))
		return err
	}
	return nil
}

func (r *redisStore) write(ctx context.Context, rec Record) error {
	_, err := r.client.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		tx.HSet(ctx, r.record(rec.Hash), "id", rec.ID, "user", rec.User, "version", rec.Version, "seen", rec.Seen.UnixMilli(),
			"expires", rec.Expires.UnixMilli(), "ends", rec.Ends.UnixMilli(), "data", rec.Data)
		tx.PExpireAt(ctx, r.record(rec.Hash), rec.Expires)
		return nil
	})
	return err
}

func (r *redisStore) remove(ctx context.Context, hash string) error {
	return r.client.Del(ctx, r.record(hash)).Err()
}

var addUp = redis.NewScript(`
local total = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return {total, redis.call('PTTL', KEYS[1])}`)

func (r *redisStore) Count(ctx context.Context, name string, n int, window time.Duration) (int, time.Duration, error) {
	answer, err := addUp.Run(ctx, r.client, []string{r.counter(name)}, n, window.Milliseconds()).Int64Slice()
	if err != nil {
		return 0, 0, err
	}
	return int(answer[0]), time.Duration(answer[1]) * time.Millisecond, nil
}

func (r *redisStore) Forget(ctx context.Context, name string) error {
	return r.client.Del(ctx, r.counter(name)).Err()
}

// Sweep has nothing to do: Redis removes what has expired.
func (r *redisStore) Sweep(context.Context) error { return nil }

func (r *redisStore) Ping(ctx context.Context) error {
	if err := r.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	return nil
}

func (r *redisStore) Close() error { return r.client.Close() }
