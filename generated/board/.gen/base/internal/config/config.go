// Package config reads the settings of the server from the command line and the environment.
package config

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"example.com/board/internal/cluster"
	"example.com/board/internal/logfile"
	"example.com/board/internal/session"
	"example.com/board/internal/signals"
	"example.com/board/internal/tlsboot"
	"example.com/board/internal/web"
)

// ErrDone says that Parse has done all that the command line asked for: --help, version.
var ErrDone = errors.New("nothing left to do")

// Config is every setting: a flag wins over the environment variable, which wins over the default.
type Config struct {
	Addr        Address `env:"ADDR" help:"Where to listen; port 0 picks a free one. Without it localhost:8080, or localhost:8443 with TLS."`
	DatabaseURL string  `name:"database-url" env:"DATABASE_URL" default:"sqlite:${app}.db" help:"Where data is kept: sqlite:FILE, or postgres://USER:PASSWORD@HOST:PORT/DATABASE."`
	AdminAddr   Address `env:"ADMIN_ADDR" help:"Where to serve metrics and profiles; nowhere if empty."`

	TLSMode       tlsboot.Mode `name:"tls" env:"TLS" default:"off" enum:"off,dev,files,acme" help:"HTTPS: off, dev (a CA of this machine), files or acme."`
	TLSCert       string       `name:"tls-cert" env:"TLS_CERT" placeholder:"FILE" help:"Certificate and the chain behind it, PEM, for --tls files."`
	TLSKey        string       `name:"tls-key" env:"TLS_KEY" placeholder:"FILE" help:"Its private key, PEM."`
	TLSClientCA   string       `name:"tls-client-ca" env:"TLS_CLIENT_CA" placeholder:"FILE" help:"CAs of clients, PEM: with it, clients need a certificate, too."`
	DevAnywhere   bool         `name:"tls-dev-anywhere" env:"TLS_DEV_ANYWHERE" help:"Let --tls dev serve other machines, too."`
	ACMEDomains   []string     `name:"acme-domains" env:"ACME_DOMAINS" placeholder:"HOST" help:"What --tls acme obtains certificates for; to ask is to agree to the authority's terms."`
	ACMEEmail     string       `name:"acme-email" env:"ACME_EMAIL" placeholder:"ADDRESS" help:"Where the authority sends warnings."`
	ACMEDirectory Directory    `name:"acme-directory" env:"ACME_DIRECTORY" placeholder:"URL" help:"Another authority than Let's Encrypt."`
	ACMEFolder    string       `name:"acme-folder" env:"ACME_FOLDER" default:"acme" placeholder:"FOLDER" help:"Where keys and certificates are kept."`
	RedirectAddr  Address      `env:"REDIRECT_ADDR" help:"Where plain HTTP is redirected to HTTPS; nowhere if empty."`

	Workers      Workers `env:"WORKERS" default:"1" help:"How many processes share the port: a number, or auto for one per core."`
	WorkerMemory Size    `env:"WORKER_MEMORY" placeholder:"SIZE" help:"The memory from which on a worker is replaced; no limit if empty."`
	RunDir       string  `env:"RUN_DIR" default:".run" placeholder:"FOLDER" help:"Where a server with several workers has its lock and control socket."`

	LameDuck     Duration `env:"LAME_DUCK" default:"2s" help:"How long a leaving server keeps answering."`
	DrainTimeout Duration `env:"DRAIN_TIMEOUT" default:"30s" help:"How long it waits for what is in flight then."`

	MaxBody        Size      `env:"MAX_BODY" default:"8MiB" help:"The largest request body."`
	TrustedProxies []Network `env:"TRUSTED_PROXIES" placeholder:"ADDRESS" help:"Addresses or networks whose X-Forwarded headers are believed, and which may speak HTTP/2 without TLS."`

	SessionStore    session.StoreURL `env:"SESSION_STORE" default:"database" placeholder:"STORE" help:"Where sessions are kept: memory, database, redis://HOST:PORT/DATABASE, redis+sentinel://HOST:PORT,…/MASTER or redis+cluster://HOST:PORT,…; rediss with TLS."`
	SessionIdle     Lifetime         `env:"SESSION_IDLE" default:"30m" help:"How long a session lives without a request."`
	SessionLifetime Lifetime         `env:"SESSION_LIFETIME" default:"12h" help:"How long a session lives at most."`
	TrustedOrigins  []Origin         `env:"TRUSTED_ORIGINS" placeholder:"ORIGIN" help:"Other origins whose pages may change things here, such as https://shop.example."`

	LogLevel  string `env:"LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"The least important lines to log: debug, info, warn or error."`
	LogFile   string `env:"LOG_FILE" placeholder:"FILE" help:"Where to log instead of standard output; opened anew on SIGUSR1."`
	LogFormat string `env:"LOG_FORMAT" default:"auto" enum:"auto,text,json" help:"Lines as text or json, or auto: for people on a terminal, json elsewhere."`

	ValidateResponses bool `env:"VALIDATE_RESPONSES" help:"Hold every answer against the OpenAPI document; for tests."`
	TraceOperations   bool `env:"TRACE_OPERATIONS" help:"Say in X-Operation-Id which operation's handler ran; for tests."`

	// App is the name that Parse was given.
	App string `kong:"-"`
	// Log is as LogLevel and LogFormat say, and goes to Output.
	Log *slog.Logger `kong:"-"`
	// Output is LogFile, or the writer given to Parse.
	Output *logfile.Log `kong:"-"`
}

// Local says that only this machine can reach the server.
func (c *Config) Local() bool { return c.Addr.loopback() }

func (c *Config) usualAddr() Address {
	if c.TLSMode == tlsboot.Off {
		return "localhost:8080"
	}
	return "localhost:8443"
}

// Web returns the settings of the HTTP server. worker is nil in a process that is none.
func (c *Config) Web(worker *cluster.Worker) web.Config {
	proxies := make([]netip.Prefix, len(c.TrustedProxies))
	for i, network := range c.TrustedProxies {
		proxies[i] = network.Prefix
	}
	origins := make([]string, len(c.TrustedOrigins))
	for i, origin := range c.TrustedOrigins {
		origins[i] = string(origin)
	}
	return web.Config{
		Addr:              string(c.Addr),
		AdminAddr:         string(c.AdminAddr),
		RedirectAddr:      string(c.RedirectAddr),
		LameDuck:          time.Duration(c.LameDuck),
		DrainTimeout:      time.Duration(c.DrainTimeout),
		MaxBody:           int64(c.MaxBody),
		TrustedProxies:    proxies,
		TrustedOrigins:    origins,
		ValidateResponses: c.ValidateResponses,
		TraceOperations:   c.TraceOperations,
		Worker:            worker.Number(),
		Log:               c.Log,
	}
}

// Session returns the settings of sessions. worker is nil in a process that is none.
func (c *Config) Session(worker *cluster.Worker) session.Config {
	return session.Config{
		Name:     c.App,
		Store:    c.SessionStore,
		Idle:     time.Duration(c.SessionIdle),
		Lifetime: time.Duration(c.SessionLifetime),
		TLS:      c.TLSMode != tlsboot.Off,
		Proxied:  len(c.TrustedProxies) > 0,
		Workers:  int(c.Workers),
		Late:     !worker.Probes(),
		Log:      c.Log,
	}
}

// TLS returns the settings of certificates. worker is nil in a process that is none.
func (c *Config) TLS(worker *cluster.Worker) tlsboot.Config {
	known := decode(worker.Known())
	if worker.Probes() { // files that are not in order have to stop it
		known.Accepted = tlsboot.Texts{}
	}
	return tlsboot.Config{
		Tickets:      known.Tickets,
		Accepted:     known.Accepted,
		News:         worker.News(),
		Mode:         c.TLSMode,
		Name:         c.App,
		Addr:         string(c.Addr),
		Local:        c.Local(),
		RedirectAddr: string(c.RedirectAddr),
		DevAnywhere:  c.DevAnywhere,
		Cert:         c.TLSCert,
		Key:          c.TLSKey,
		ClientCA:     c.TLSClientCA,
		Domains:      c.ACMEDomains,
		Email:        c.ACMEEmail,
		Directory:    string(c.ACMEDirectory),
		Folder:       c.ACMEFolder,
		Log:          c.Log,
	}
}

// Signals returns what the signals of an operator ask a server of one process for.
func (c *Config) Signals(reload func()) signals.Tasks {
	return signals.Tasks{Reload: reload, Log: c.Output, Failed: func(err error) {
		c.Log.Error("the log goes on where it was", "error", err)
	}}
}

type commandLine struct {
	Config
	kong.Plugins
	operation

	Serve struct{} `cmd:"" default:"1" help:"Serve HTTP until interrupted."`
	Cert  struct {
		Install bool `help:"Make this machine trust it."`
	} `cmd:"" help:"Say how to trust the CA of --tls dev."`
	Healthcheck struct{} `cmd:"" help:"Ask the server at ADDR whether it is ready; fail if it is not."`
	Version     struct{} `cmd:"" help:"Print the version."`
}

// Parse reads the command line of app: flags, and a command. more are pointers to structs whose
// fields are further settings. Help, the version and the log go to stdout. Errors are sentences for
// the operator; ErrDone means that the program should end well.
func Parse(app string, args []string, stdout io.Writer, more ...any) (*Config, error) {
	var line commandLine
	line.Plugins = more
	exited := false
	parser, err := kong.New(&line,
		kong.Name(app),
		kong.Vars{"app": app},
		kong.Writers(stdout, stdout),
		kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return nil, err
	}
	forgetEmpty(parser.Model.Flags)
	parsed, err := parser.Parse(args)
	switch {
	case exited:
		return nil, ErrDone
	case err != nil:
		return nil, err
	case parsed.Command() == "version":
		_, err := fmt.Fprintln(stdout, app, version())
		return nil, cmp.Or(err, ErrDone)
	case parsed.Command() == "cert":
		return nil, cmp.Or(line.cert(stdout, app), ErrDone)
	}
	if done, err := line.operate(parsed.Command(), line.RunDir, stdout); done {
		return nil, cmp.Or(err, ErrDone)
	}
	if err := check(parser.Model.Flags); err != nil {
		return nil, err
	}
	line.Addr = cmp.Or(line.Addr, line.usualAddr())
	if parsed.Command() == "healthcheck" {
		return nil, cmp.Or(line.healthcheck(context.Background()), ErrDone)
	}
	if err := line.openLog(stdout); err != nil {
		return nil, err
	}
	line.App = app
	if err := line.checkAddresses(); err != nil {
		return nil, err
	}
	if line.Launches() {
		if err := line.checkWorkers(); err != nil {
			return nil, err
		}
	}
	return &line.Config, nil
}

func (c *commandLine) cert(stdout io.Writer, app string) error {
	if c.Cert.Install {
		return tlsboot.InstallTrust(stdout, app)
	}
	return tlsboot.PrintTrust(stdout, app)
}

// forgetEmpty makes an empty variable one that is not set: compose files write them.
func forgetEmpty(flags []*kong.Flag) {
	for _, flag := range flags {
		flag.Tag.Envs = slices.DeleteFunc(flag.Tag.Envs, func(name string) bool {
			value, set := os.LookupEnv(name)
			return set && value == ""
		})
	}
}

// check asks settings that know what is wrong with themselves. Kong asks only those that were given
// as flags, and repeats the values of variables that it cannot read: no way to treat a secret.
func check(flags []*kong.Flag) error {
	for _, flag := range flags {
		setting, ok := reflect.TypeAssert[interface{ Check() error }](flag.Target)
		if !ok {
			continue
		}
		if err := setting.Check(); err != nil {
			return fmt.Errorf("--%s (%s) %w", flag.Name, strings.Join(flag.Tag.Envs, ", "), err)
		}
	}
	return nil
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
