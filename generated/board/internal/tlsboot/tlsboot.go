// Package tlsboot gives the server its certificates: those of a CA of this machine for development,
// those in files, or those that a certificate authority hands out over ACME (RFC 8555). It renews and
// reloads them while the server answers. Listening is not its business, nor is HTTP.
package tlsboot

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"slices"
	"sync/atomic"
	"time"

	"example.com/board/internal/web"
)

// poll is how often certificates are looked after.
const poll = 10 * time.Second

// Certificates are what the server shows to its clients.
type Certificates struct {
	config    Config
	log       *slog.Logger
	source    source
	acme      *authority // nil in other modes
	listening chan net.Addr
	reload    chan chan struct{} // closed when it is done
	ended     chan struct{}
	tickets   TicketSecret
	metrics   metrics
	failure   string // of the last refresh, "" for none
	state     atomic.Pointer[state]
}

// source is where certificates come from.
type source interface {
	// refresh returns what clients are shown from now on, nil for what they were shown before: at first
	// there is no such thing. After an error that stays in use, too.
	refresh(now time.Time) (*identity, error)
}

// identity is what the server shows to its clients, and asks of them.
type identity struct {
	certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)
	leaves      []*x509.Certificate
	clients     *x509.CertPool // signed the certificates of clients; nil if they need none
	texts       Texts          // of the files that this is made of
	protocols   []string       // beyond those of HTTP
}

// state is what handshakes use at the moment.
type state struct {
	identity
	config *tls.Config
}

// Open returns the certificates that config asks for. Without any (Off) the server speaks plain HTTP.
// Errors are sentences for the operator. Of ACME, the first certificate comes after Run has
// begun and it knows where the server is listening, unless the folder has one.
func Open(config Config) (*Certificates, error) {
	if err := config.Check(); err != nil {
		return nil, err
	}
	c := &Certificates{
		config: config, log: config.Log, tickets: config.Tickets, metrics: newMetrics(),
		listening: make(chan net.Addr, 1), reload: make(chan chan struct{}), ended: make(chan struct{}),
	}
	if c.log == nil {
		c.log = slog.Default()
	}
	now := time.Now()
	if c.tickets == (TicketSecret{}) {
		c.tickets = NewTicketSecret(now)
	}
	var err error
	if c.source, err = c.open(); err != nil || c.source == nil {
		return c, err
	}
	return c, c.refresh(now)
}

// open returns nil for Off.
func (c *Certificates) open() (source, error) {
	switch c.config.Mode {
	case Dev:
		return &devSource{folders: devFolders(c.config.Name), names: c.config.devNames(), log: c.log}, nil
	case Files:
		return &fileSource{names: fileNames{c.config.Cert, c.config.Key, c.config.ClientCA}, host: c.config.host(), log: c.log, accepted: c.config.Accepted}, nil
	case ACME:
		if !c.config.lent() {
			if err := checkFolder(c.config.Folder); err != nil {
				return nil, err
			}
		}
		c.acme = newAuthority(c.config, c.log, c.metrics.failures)
		c.acme.load(context.Background())
		return c.acme, nil
	}
	return nil, nil
}

// Web is what the server needs of the certificates.
func (c *Certificates) Web() web.TLS {
	if c.source == nil {
		return web.TLS{}
	}
	secure := web.TLS{
		Config:  policy(identity{}, nil),
		Hosts:   c.hosts,
		Dev:     c.config.Mode == Dev,
		Metrics: c,
	}
	secure.Config.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return c.state.Load().config, nil }
	if c.acme != nil {
		secure.Challenge = c.acme.challenge()
		secure.Listening = c.Listening
	}
	return secure
}

// Listening tells Run that clients, and so the authority of ACME, find the server at addr. Call it once.
func (c *Certificates) Listening(addr net.Addr) { c.listening <- addr }

// Accepted is what the files hold that the server shows, the zero value where it shows none.
func (c *Certificates) Accepted() Texts { return c.state.Load().texts }

func (c *Certificates) hosts() []string {
	if c.acme != nil {
		return c.config.Domains
	}
	var hosts []string
	for _, leaf := range c.state.Load().leaves {
		hosts = slices.Concat(hosts, names(leaf))
	}
	return hosts
}

// Reload has Run look at the certificates at once, and returns when that is done. Before Run it waits for it, after Run
// it does nothing.
func (c *Certificates) Reload() {
	looked := make(chan struct{})
	select {
	case c.reload <- looked:
		<-looked
	case <-c.ended:
	}
}

// Run looks after the certificates until ctx ends, once: it renews, it reloads what has changed, and gives session
// tickets a new key every day.
func (c *Certificates) Run(ctx context.Context) {
	defer close(c.ended)
	if c.source == nil {
		return
	}
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			c.stop()
			return
		case addr := <-c.listening:
			if !c.config.lent() {
				c.acme.manage(ctx, addr)
			}
		case <-c.config.News:
			c.keep(time.Now())
		case looked := <-c.reload:
			c.keep(time.Now())
			close(looked)
		case now := <-ticker.C:
			c.keep(now)
		}
	}
}

func (c *Certificates) stop() {
	if c.acme != nil {
		c.acme.cache.Stop()
	}
}

// keep is refresh while the server answers: what fails is logged and counted once.
func (c *Certificates) keep(now time.Time) {
	err := c.refresh(now)
	if err == nil {
		c.failure = ""
		return
	}
	if c.failure == err.Error() {
		return
	}
	c.failure = err.Error()
	c.metrics.failures.Inc()
	c.log.Error("the certificate in use stays", "error", err)
}

func (c *Certificates) refresh(now time.Time) error {
	fresh, err := c.source.refresh(now)
	if fresh == nil {
		before := c.state.Load()
		if before == nil {
			return err
		}
		fresh = &before.identity
	}
	c.tickets = c.tickets.At(now)
	c.state.Store(&state{*fresh, policy(*fresh, c.tickets.keys(now))})
	return err
}
