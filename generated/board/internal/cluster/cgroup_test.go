//go:build unix

package cluster

import (
	"os"
	"path/filepath"
	"testing"
)

// TestMemoryLimitOfTheGroup holds that the least limit counts of the groups that a process is in.
func TestMemoryLimitOfTheGroup(t *testing.T) {
	const v2 = "0::/system.slice/board.service\n"
	for name, test := range map[string]struct {
		groups string
		files  map[string]string
		want   int64
	}{
		"none":           {v2, nil, 0},
		"no limit":       {v2, map[string]string{"system.slice/board.service/memory.max": "max\n"}, 0},
		"of a unit":      {v2, map[string]string{"system.slice/board.service/memory.max": "300\n", "system.slice/memory.max": "max\n"}, 300},
		"of a slice":     {v2, map[string]string{"system.slice/board.service/memory.max": "300\n", "system.slice/memory.max": "200\n"}, 200},
		"of a container": {"0::/\n", map[string]string{"memory.max": "100\n"}, 100},
		"before v2": {"5:cpu,memory:/a\n3:pids:/b\n", map[string]string{
			"memory/a/memory.limit_in_bytes": "500\n", "memory/memory.limit_in_bytes": "9223372036854771712\n",
		}, 500},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			write(t, filepath.Join(root, "proc/self/cgroup"), test.groups)
			for file, text := range test.files {
				write(t, filepath.Join(root, "sys/fs/cgroup", file), text)
			}
			if got := memoryLimit(root); got != test.want {
				t.Errorf("it is %d, want %d", got, test.want)
			}
		})
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}
