//go:build unix

package cluster

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// memoryLimit is the memory that this process may use as its control group has it, that of a container or a unit, or
// one of the groups around that; 0 where there is no limit. root is where the system's files are.
func memoryLimit(root string) (least int64) {
	groups, err := os.ReadFile(filepath.Join(root, "proc/self/cgroup")) //nolint:gosec // the system's
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(groups)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) < 3 {
			continue
		}
		hierarchy, name := "", "memory.max"
		if controllers := strings.Split(fields[1], ","); slices.Contains(controllers, "memory") {
			hierarchy, name = "memory", "memory.limit_in_bytes" // cgroup v1
		} else if fields[1] != "" {
			continue
		}
		for group := path.Join("/", fields[2]); ; group = path.Dir(group) {
			n := limitIn(filepath.Join(root, "sys/fs/cgroup", hierarchy, group, name))
			if n > 0 && (least == 0 || n < least) {
				least = n
			}
			if group == "/" {
				break
			}
		}
	}
	return least
}

// limitIn reads a limit from a file, 0 where there is none: "max", or more than any machine has.
func limitIn(file string) int64 {
	data, err := os.ReadFile(file) //nolint:gosec // the system's
	if err != nil {
		return 0
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(data)), 10, 64)
	if err != nil || n >= 1<<50 {
		return 0
	}
	return n
}
