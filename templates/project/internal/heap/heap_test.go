package heap

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

func TestPercentFor(t *testing.T) {
	const mb = 1 << 20
	for _, tt := range []struct {
		live int
		want int
	}{
		{0, 800},
		{1 * mb, 800},
		{3 * mb, 800},
		{4 * mb, 700},
		{5 * mb, 500},
		{8 * mb, 300},
		{15 * mb, 100},
		{16 * mb, 100},
		{1000 * mb, 100},
	} {
		if got := percentFor(tt.live); got != tt.want {
			t.Errorf("percentFor(%d MB) is %d, want %d", tt.live/mb, got, tt.want)
		}
	}
}

// TestCollectLess changes what all tests of the package share, so it runs beside none, and puts it back.
func TestCollectLess(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(usualPercent))
	t.Setenv("GOGC", "100")
	CollectLess()
	if got := gogc(); got != 100 {
		t.Errorf("GOGC is %d, want the 100 that the operator has set", got)
	}

	t.Setenv("GOGC", "")
	CollectLess()
	if got := gogc(); got != mostPercent {
		t.Errorf("GOGC is %d at the start, want %d", got, mostPercent)
	}
	held := make([]byte, least)
	awaitPercent(t, usualPercent)
	runtime.KeepAlive(held)
	awaitPercent(t, mostPercent)
}

// awaitPercent collects the garbage until GOGC is want: it follows a collection soon, but not at once.
func awaitPercent(t *testing.T, want int) {
	t.Helper()
	for range 1000 {
		if gogc() == want {
			return
		}
		runtime.GC()
	}
	t.Errorf("GOGC is %d after all collections, want %d", gogc(), want)
}

func gogc() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(min(sample[0].Value.Uint64(), math.MaxInt))
}
