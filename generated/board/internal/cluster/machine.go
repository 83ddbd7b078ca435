//go:build unix

package cluster

import (
	"bytes"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"

	"example.com/board/internal/systemd"
)

// Cores is how many cores this process may use: of a container with a quota, that.
func Cores() int { return runtime.GOMAXPROCS(0) }

// residentMemory is what this process holds in memory, in bytes.
func residentMemory() int64 {
	if data, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := bytes.Fields(data); len(fields) > 1 {
			if pages, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
				return pages * int64(os.Getpagesize())
			}
		}
	}
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(sample)
	return int64(min(sample[0].Value.Uint64(), math.MaxInt64))
}

// environment is that of a worker: a core and its part of the memory, unless the operator says otherwise.
func environment(workers int) []string {
	env := systemd.Without(os.Environ())
	if os.Getenv("GOMAXPROCS") == "" {
		env = append(env, "GOMAXPROCS="+strconv.Itoa(max(1, Cores()/workers)))
	}
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		if limit = memoryLimit("/"); limit == 0 {
			return env
		}
		limit = limit / 10 * 9
	}
	return append(env, "GOMEMLIMIT="+strconv.FormatInt(limit/int64(workers), 10))
}
