// Command gen turns an OpenAPI document into a Go server project. See gen --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// garbage is how much of it may lie about before it is collected, in percent of what is in use: gen
// ends before most of it would be worth the time.
const garbage = 400

func main() {
	debug.SetGCPercent(garbage)
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // nohup says to go on without a terminal
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
