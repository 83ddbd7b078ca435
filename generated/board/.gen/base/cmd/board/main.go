// Command board serves the API of openapi.yaml.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"example.com/board/api"
	"example.com/board/internal/auth"
	"example.com/board/internal/cluster"
	"example.com/board/internal/config"
	"example.com/board/internal/handlers"
	"example.com/board/internal/schema"
	"example.com/board/internal/session"
	"example.com/board/internal/signals"
	"example.com/board/internal/store"
	"example.com/board/internal/tlsboot"
	"example.com/board/internal/web"
)

func main() {
	ctx, stop := signals.Until(context.Background())
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "board:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. It is the list of what the program is made of.
func run(ctx context.Context, args []string, stdout io.Writer) (err error) {
	cfg, err := config.Parse("board", args, stdout)
	if errors.Is(err, config.ErrDone) {
		return nil
	}
	if err != nil {
		return err
	}
	defer cfg.Output.Flush()
	if cfg.Launches() {
		return cluster.Launch(ctx, cfg.Cluster())
	}
	worker, err := cluster.Join(cfg.Output)
	if err != nil {
		return err
	}
	ctx, leave := worker.Context(ctx)
	defer leave()
	certificates, err := tlsboot.Open(cfg.TLS(worker))
	if err != nil {
		return err
	}
	go certificates.Run(ctx)
	if worker == nil {
		defer signals.Handle(ctx, cfg.Signals(certificates.Reload))()
	}
	db, err := store.Open(ctx, cfg.DatabaseURL, schema.Files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	sessions, err := session.Open(ctx, cfg.Session(worker), session.Carriers{Cookie: "board_session"}, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sessions.Close()) }()
	if worker.First() {
		go sessions.Run(ctx)
	}
	contract, err := api.New(handlers.New(db, sessions))
	if err != nil {
		return err
	}
	schemes := auth.Schemes(sessions)
	server, err := web.New(cfg.Web(worker), contract, schemes, db.Ping, sessions.Ping)
	if err != nil {
		return err
	}
	server.Use(sessions.Middleware)
	server.Secure(certificates.Web())
	if worker != nil {
		server.Join(worker)
	}
	return server.Serve(ctx)
}
