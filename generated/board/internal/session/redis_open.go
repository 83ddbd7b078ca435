package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// redisTime bounds every call: a Redis that is gone keeps nobody waiting. ?read_timeout=1s in its
// address is another time.
const redisTime = 200 * time.Millisecond

// firstTries are patient with a machine on which everything starts at once.
const firstTries = 5

// errRedisURL does not repeat the URL, which may hold a password.
var errRedisURL = errors.New("is not an address of Redis: want redis://HOST:PORT/DATABASE, redis+sentinel://HOST:PORT,HOST:PORT/MASTER or redis+cluster://HOST:PORT,HOST:PORT, each with rediss for TLS")

// dialRedis makes the client for a URL and connects to nothing yet. Beside the form of the URL its
// options are those of go-redis: ?pool_size=20.
func dialRedis(address string) (redis.UniversalClient, error) {
	kind, u, err := redisURL(address)
	if err != nil {
		return nil, errRedisURL
	}
	limit, err := time.ParseDuration(u.Query().Get("read_timeout"))
	if err != nil || limit <= 0 {
		return nil, errRedisURL
	}
	client, err := newRedisClient(kind, u)
	if err != nil {
		return nil, errRedisURL
	}
	client.AddHook(timeLimit(limit))
	return client, nil
}

func newRedisClient(kind string, u *url.URL) (redis.UniversalClient, error) {
	quiet := &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	switch kind {
	case "":
		o, err := redis.ParseURL(u.String())
		if err != nil {
			return nil, err
		}
		o.DialerRetries, o.ContextTimeoutEnabled, o.MaintNotificationsConfig = 1, true, quiet
		return redis.NewClient(o), nil
	case "cluster":
		o, err := redis.ParseClusterURL(u.String())
		if err != nil {
			return nil, err
		}
		o.DialerRetries, o.ContextTimeoutEnabled, o.MaintNotificationsConfig = 1, true, quiet
		return redis.NewClusterClient(o), nil
	case "sentinel":
		o, err := sentinelOptions(u)
		if err != nil {
			return nil, err
		}
		o.DialerRetries, o.ContextTimeoutEnabled = 1, true
		return redis.NewFailoverClient(o), nil
	}
	return nil, errRedisURL
}

// redisURL brings an address into the form that go-redis reads: the hosts behind the first are
// parameters there.
func redisURL(address string) (kind string, u *url.URL, err error) {
	scheme, rest, _ := strings.Cut(address, "://")
	scheme, kind, _ = strings.Cut(scheme, "+")
	authority, path := rest, ""
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority, path = rest[:i], rest[i:]
	}
	hosts := strings.Split(authority[strings.LastIndexByte(authority, '@')+1:], ",")
	first := strings.TrimSuffix(authority, strings.Join(hosts, ",")) + hosts[0]
	if u, err = url.Parse(scheme + "://" + first + path); err != nil {
		return "", nil, err
	}
	query := u.Query()
	for _, host := range hosts[1:] {
		query.Add("addr", host)
	}
	limit := cmp.Or(query.Get("read_timeout"), redisTime.String())
	for _, name := range []string{"dial_timeout", "read_timeout", "write_timeout", "pool_timeout"} {
		query.Set(name, limit)
	}
	query.Set("max_retries", "1")
	u.RawQuery = query.Encode()
	return kind, u, nil
}

// sentinelOptions reads the path MASTER/DATABASE. User and password are those of Redis and of the
// sentinels.
func sentinelOptions(u *url.URL) (*redis.FailoverOptions, error) {
	master, database, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	if master == "" {
		return nil, errRedisURL
	}
	u.Path = "/" + database
	o, err := redis.ParseFailoverURL(u.String())
	if err != nil {
		return nil, err
	}
	o.MasterName = master
	o.Username, o.Password = o.SentinelUsername, o.SentinelPassword
	return o, nil
}

// timeLimit bounds the time of every command, with all that it waits for and tries again.
type timeLimit time.Duration

func (timeLimit) DialHook(next redis.DialHook) redis.DialHook { return next }

func (l timeLimit) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		ctx, cancel := context.WithTimeout(ctx, time.Duration(l))
		defer cancel()
		return next(ctx, cmd)
	}
}

func (l timeLimit) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		ctx, cancel := context.WithTimeout(ctx, time.Duration(l))
		defer cancel()
		return next(ctx, cmds)
	}
}

// dialStore connects to nothing yet.
func dialStore(address, prefix string, now func() time.Time) (*redisStore, error) {
	client, err := dialRedis(address)
	if err != nil {
		return nil, err
	}
	logging.Disable() // What it would say is in the errors of its commands.
	return &redisStore{client: client, prefix: prefix, now: now}, nil
}

// begin fails where Redis does not answer, and warns where it may lose sessions.
func (r *redisStore) begin(ctx context.Context, log *slog.Logger) error {
	err := r.Ping(ctx)
	for try := 1; err != nil && try < firstTries; try++ {
		err = r.Ping(ctx)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("does not answer: %w", err), r.client.Close())
	}
	// Redis may forbid to ask; then there is nothing to say.
	settings, _ := r.client.ConfigGet(ctx, "*").Result()
	if settings["appendonly"] == "no" && settings["save"] == "" {
		log.Warn("sessions end when Redis restarts: it keeps nothing on disk (appendonly no, save empty)")
	}
	if policy := settings["maxmemory-policy"]; policy != "" && policy != "noeviction" {
		log.Warn("sessions may end early: Redis evicts keys when its memory is full", "maxmemory-policy", policy)
	}
	return nil
}
