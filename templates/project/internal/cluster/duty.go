//go:build unix

package cluster

import "context"

// duty is what the launcher does for all workers: it begins when one of them serves, and ends when they leave.
type duty struct {
	ctx    context.Context
	cancel context.CancelFunc
	run    func(context.Context)
	ended  chan struct{} // nil until it has begun
}

func (l *launcher) takeDuty(parent context.Context) (err error) {
	run := func(context.Context) {}
	if l.config.Duty != nil {
		if run, err = l.config.Duty(l.addr, l.announce); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(parent)
	l.duty = duty{ctx: ctx, cancel: cancel, run: run}
	return nil
}

func (d *duty) begin() {
	d.ended = make(chan struct{})
	go func() {
		defer close(d.ended)
		d.run(d.ctx)
	}()
}

func (d *duty) end() {
	d.cancel()
	if d.ended != nil {
		<-d.ended
	}
}

// announce has all workers hear of something new. Those that start later find it.
func (l *launcher) announce() { l.do(func() { l.tell(news) }) }
