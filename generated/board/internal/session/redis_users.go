package session

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"
)

func member(rec Record) string { return rec.ID + ":" + rec.Hash }

// enlist adds a member (ARGV[2]) to a user's sessions unless these were ended after the mark; if it
// takes the place of another (ARGV[5]), only where that is still there. What has ended leaves the set.
var enlist = redis.NewScript(`
local ended = redis.call('GET', KEYS[1])
if ended and tonumber(ended) > tonumber(ARGV[1]) then return 'ended' end
if ARGV[5] ~= '' and redis.call('ZREM', KEYS[2], ARGV[5]) == 0 then return 'none' end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
redis.call('PEXPIREAT', KEYS[2], redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2])
return 'done'`)

func (r *redisStore) enlist(ctx context.Context, rec Record, old *Record, mark int64) error {
	replaced := ""
	if old != nil && old.ID == rec.ID && old.User == rec.User {
		replaced = member(*old)
	}
	answer, err := enlist.Run(ctx, r.client, []string{r.ended(rec.User), r.index(rec.User)},
		mark, member(rec), rec.Ends.UnixMilli(), r.now().UnixMilli(), replaced).Text()
	switch {
	case err != nil:
		return err
	case answer == "ended":
		return errEnded
	case answer == "none":
		return errNone
	}
	return nil
}

func (r *redisStore) delist(ctx context.Context, user, member string) (bool, error) {
	n, err := r.client.ZRem(ctx, r.index(user), member).Result()
	return n > 0, err
}

func (r *redisStore) members(ctx context.Context, user string) ([]string, error) {
	return r.client.ZRange(ctx, r.index(user), 0, -1).Result()
}

func (r *redisStore) Delete(ctx context.Context, rec Record) (bool, error) {
	if rec.Hash != "" {
		if err := r.remove(ctx, rec.Hash); err != nil || rec.User == "" {
			return err == nil, err
		}
	}
	for {
		list, err := r.members(ctx, rec.User)
		if err != nil {
			return false, err
		}
		there, ended := false, false
		for _, m := range list {
			id, hash, _ := strings.Cut(m, ":")
			if id != rec.ID {
				continue
			}
			there = true
			if err := r.remove(ctx, hash); err != nil {
				return false, err
			}
			if ended, err = r.delist(ctx, rec.User, m); err != nil {
				return false, err
			}
		}
		if !there || ended {
			return ended, nil
		}
	}
}

func (r *redisStore) List(ctx context.Context, user string) ([]Record, error) {
	members, err := r.members(ctx, user)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	commands := make(map[string]*redis.SliceCmd, len(members))
	_, err = r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, m := range members {
			_, hash, _ := strings.Cut(m, ":")
			commands[hash] = p.HMGet(ctx, r.record(hash), fields...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var list []Record
	for hash, command := range commands {
		if rec, err := r.parse(hash, command.Val()); err == nil {
			list = append(list, rec)
		}
	}
	return list, nil
}

// end notes the mark after which no earlier log-in counts, and answers who is there.
var end = redis.NewScript(`
local ended = redis.call('GET', KEYS[1])
if not ended or tonumber(ended) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZRANGE', KEYS[2], 0, -1)`)

func (r *redisStore) DeleteUser(ctx context.Context, user, but string) error {
	mark, err := r.nextMark(ctx)
	if err != nil {
		return err
	}
	members, err := end.Run(ctx, r.client, []string{r.ended(user), r.index(user)}, mark, markLife.Milliseconds()).StringSlice()
	if err != nil {
		return err
	}
	for _, m := range members {
		if id, _, _ := strings.Cut(m, ":"); id != but {
			if _, err := r.Delete(ctx, Record{ID: id, User: user}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *redisStore) nextMark(ctx context.Context) (int64, error) {
	return r.client.Incr(ctx, r.mark()).Result()
}

func (r *redisStore) Mark(ctx context.Context) (int64, error) {
	mark, err := r.client.Get(ctx, r.mark()).Int64()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return mark, err
}
