package config

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"gen/templates/project/internal/cluster"
	"gen/templates/project/internal/tlsboot"
	"gen/templates/project/internal/web"
)

const (
	// workersACore is how many make sense at the very most.
	workersACore = 16
	// leastMemory is what a worker holds soon after its start: with a lower limit it would be replaced for ever.
	leastMemory = 64 << 20
)

// Workers is how many processes serve.
type Workers int

// UnmarshalText accepts a number, or "auto" for one per core that may be used.
func (w *Workers) UnmarshalText(text []byte) error {
	if string(text) == "auto" {
		*w = Workers(cluster.Cores())
		return nil
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number of workers: want 1 or more, or auto for one per core", text)
	}
	if most := workersACore * runtime.NumCPU(); n > most {
		return fmt.Errorf("%d is no number of workers for this machine: it has to be between 1 and %d, %d a core", n, most, workersACore)
	}
	*w = Workers(n)
	return nil
}

// Launches says that this process is to launch workers, and not one of them.
func (c *Config) Launches() bool { return c.Workers > 1 && !cluster.InWorker() }

// checkWorkers refuses what workers would refuse, so that it is said once.
func (c *Config) checkWorkers() error {
	if c.WorkerMemory > 0 && c.WorkerMemory < leastMemory {
		return fmt.Errorf("WORKER_MEMORY of %d bytes is what a worker holds soon after its start: want 64MiB or more", c.WorkerMemory)
	}
	certificates := c.TLS(nil)
	return cmp.Or(certificates.Check(), c.Session(nil).Check())
}

// Cluster returns the settings of a launcher.
func (c *Config) Cluster() cluster.Config {
	scheme, redirect := "http", func() (net.Listener, error) { return web.ListenRedirects(string(c.RedirectAddr)) }
	if c.TLSMode != tlsboot.Off {
		scheme = "https"
	}
	if c.RedirectAddr == "" {
		redirect = nil
	}
	var metrics cluster.Metrics
	totals := web.NewTotals(string(c.AdminAddr), c.Log)
	if c.AdminAddr != "" {
		metrics = totals
	}
	known := &shared{tickets: tlsboot.NewTicketSecret(time.Now()), credentials: rand.Text()}
	return cluster.Config{
		Listen:       func() (net.Listener, string, error) { return web.Listen(scheme, string(c.Addr)) },
		Redirect:     redirect,
		Secret:       known.secret,
		Duty:         c.duty(totals, known),
		Metrics:      metrics,
		Workers:      int(c.Workers),
		RunDir:       c.RunDir,
		LameDuck:     time.Duration(c.LameDuck),
		DrainTimeout: time.Duration(c.DrainTimeout),
		MaxMemory:    int64(c.WorkerMemory),
		Log:          c.Log,
		Output:       c.Output,
	}
}

// duty is to look after certificates: to obtain those that workers load then, or to know which of the files were last in
// order. It is nil where neither is needed.
func (c *Config) duty(totals *web.Totals, known *shared) func(net.Addr, func()) (func(context.Context), error) {
	settings := c.TLS(nil)
	switch c.TLSMode {
	case tlsboot.ACME:
		return func(addr net.Addr, tell func()) (func(context.Context), error) {
			settings.Obtained = tell
			certificates, err := tlsboot.Open(settings)
			if err != nil {
				return nil, err
			}
			totals.Measure(certificates)
			certificates.Listening(addr)
			return certificates.Run, nil
		}
	case tlsboot.Files:
		settings.Log = slog.New(slog.DiscardHandler) // workers say the same
		return func(net.Addr, func()) (_ func(context.Context), err error) {
			if known.files, err = tlsboot.Open(settings); err != nil {
				return nil, err
			}
			return known.files.Run, nil
		}
	}
	return nil
}

// shared is what a launcher knows for its workers.
type shared struct {
	tickets     tlsboot.TicketSecret
	credentials string
	files       *tlsboot.Certificates // nil where certificates are from elsewhere
}

// secret is what a worker that starts now is told.
func (s *shared) secret() []byte {
	known := secret{Tickets: s.tickets.At(time.Now()), Credentials: s.credentials}
	if s.files != nil {
		known.Accepted = s.files.Accepted()
	}
	data, _ := json.Marshal(known) //nolint:errchkjson // numbers and text, for those who are to know them
	return data
}

// secret is what the workers of a launcher know.
type secret struct {
	Tickets tlsboot.TicketSecret
	// Credentials is what the credentials of a run are made from.
	Credentials string
	// Accepted is what the files of certificates held when they were last in order.
	Accepted tlsboot.Texts
}

func decode(known []byte) (s secret) {
	_ = json.Unmarshal(known, &s) // without one each process makes its own
	return s
}

// CredentialSecret is what the credentials of this run are made from. known is the secret of the workers of one
// launcher, nil where there are none.
func (c *Config) CredentialSecret(known []byte) string { return decode(known).Credentials }

// operation are the commands for a server that runs.
type operation struct {
	Status struct {
		JSON  bool `name:"json" help:"For programs."`
		Watch bool `help:"Draw it again each second."`
	} `cmd:"" help:"Show the workers of the server that runs here."`
	Reload struct{} `cmd:"" help:"Replace its workers by the program on disk, and wait until that is done."`
	Stop   struct{} `cmd:"" help:"Stop it, and wait until it has answered everything."`
	Scale  struct {
		Count Workers `arg:"" help:"How many workers: a number, or auto."`
	} `cmd:"" help:"Have it run more workers, or fewer."`
}

// operate does one of the commands. It returns false for any other.
func (o *operation) operate(command, runDir string, stdout io.Writer) (bool, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	control := cluster.Dial(runDir)
	switch command {
	case "status":
		return true, o.status(ctx, control, stdout)
	case "reload":
		return true, reload(ctx, control, stdout)
	case "stop":
		return true, control.Stop(ctx)
	case "scale <count>":
		return true, control.Scale(ctx, int(o.Scale.Count))
	}
	return false, nil
}

// reload says what is worth knowing of it.
func reload(ctx context.Context, control *cluster.Control, stdout io.Writer) error {
	note, err := control.Reload(ctx)
	if err == nil && note != "" {
		_, err = fmt.Fprintln(stdout, note)
	}
	return err
}
