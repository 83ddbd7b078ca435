package cluster

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// troubled is a cluster with a worker that serves, one that leaves, and a slot that waits.
func troubled(now time.Time) Status {
	return Status{
		Launcher: LauncherStatus{PID: 41, URL: "http://localhost:8080", Started: now.Add(-26 * time.Hour), Slots: 2},
		Workers: []WorkerStatus{{
			Slot: 0, PID: 1234, State: "ready", Generation: 12, Restarts: 1, Build: "v1.2.0", Started: now.Add(-61 * time.Minute),
			Memory: 61 << 20, Connections: 1200, Rate: 84.25, LastExit: "exit status 3",
		}},
		Draining: []WorkerStatus{{
			Slot: 0, PID: 99, State: "draining", Generation: 11, Build: "v1.1.9", Started: now.Add(-25 * time.Hour),
			Memory: 7 << 20, Connections: 2,
		}},
		Starting: []WorkerStatus{{Slot: 0, PID: 5678, State: "starting", Generation: 12, Restarts: 1, Build: "v1.2.1", Started: now, Memory: 1 << 20}},
		Waiting:  []WaitingSlot{{Slot: 1, Restarts: 7, LastExit: "killed, out of memory?", Next: now.Add(4200 * time.Millisecond)}},
	}
}

func TestTable(t *testing.T) {
	now := time.Unix(1e9, 0)
	const want = `http://localhost:8080  launcher 41, up 1d2h, 1 of 2 workers

SLOT   PID  STATE          GENERATION  BUILD   UPTIME  RESTARTS    MEMORY  CONNECTIONS  REQUESTS/S  LAST EXIT
   0  1234  ready                  12  v1.2.0    1h1m         1  61.0 MiB         1200        84.2  exit status 3
   0  5678  starting               12  v1.2.1      0s         1   1.0 MiB            0         0.0  -
   0    99  draining               11  v1.1.9    1d1h         0   7.0 MiB            2         0.0  -
   1     -  again in 4.2s           -  -            -         7         -            -           -  killed, out of memory?
            all                                               8  69.0 MiB         1202        84.2
`
	for _, colour := range []bool{false, true} {
		var text strings.Builder
		if err := troubled(now).Print(&text, now, colour); err != nil {
			t.Fatal(err)
		}
		got := text.String()
		if colour {
			for _, painted := range []string{green + "   0  1234  ready", yellow + "   0    99", red + "   1     -", bold + "SLOT"} {
				if !strings.Contains(got, painted) {
					t.Errorf("%q lacks %q", got, painted)
				}
			}
			got = strings.NewReplacer(bold, "", faint, "", green, "", yellow, "", red, "", plain, "").Replace(got)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("with colour %v (-want +got):\n%s", colour, diff)
		}
	}
}
