package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"text/tabwriter"
	"time"

	"gen/e2e/bench/suite"
)

const (
	wireRounds = 7
	// fewerCollections is what a project's server does of itself for as long as its heap is small.
	fewerCollections = "GOGC=800"
	// mixed is what a load of all kinds is called: of ten requests one creates, three list, and six read one.
	mixed = "mixed"
)

// load is a series of requests that is repeated.
type load struct {
	name     string
	requests []suite.Request
}

// loads are the first three requests of a document, each alone and all of them mixed.
func loads(document suite.Document) []load {
	create, list, get := document.Measured[0], document.Measured[1], document.Measured[2]
	return []load{
		{create.Name, []suite.Request{create}},
		{list.Name, []suite.Request{list}},
		{get.Name, []suite.Request{get}},
		{mixed, []suite.Request{get, list, get, get, list, get, create, get, list, get}},
	}
}

// tool is a program that loads servers.
type tool struct {
	program, protocol string
	// run asks p for what the load has, and returns how often it was answered.
	run func(ctx context.Context, folder string, p *process, l load) (int, error)
	// mixes says that it can ask for different things at once.
	mixes bool
}

var tools = []tool{
	{"wrk", "HTTP/1.1", wrk, true},
	{"h2load", "HTTP/2", h2load, false},
}

// overWire measures the servers of a document as processes, with the tools that are there.
func overWire(ctx context.Context, out io.Writer, document suite.Document) error {
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	servers, err := startAll(ctx, folder, document)
	defer func() {
		for _, server := range servers {
			server.stop()
		}
	}()
	if err != nil {
		return err
	}
	for _, t := range tools {
		if _, err := exec.LookPath(t.program); err != nil {
			fmt.Fprintf(out, "\n%s is not installed: nothing is measured over %s\n", t.program, t.protocol)
			continue
		}
		if err := t.compare(ctx, out, folder, document, servers); err != nil {
			return fmt.Errorf("%s: %w", t.program, err)
		}
	}
	return nil
}

// startAll starts the servers of the document, that by hand and gen's again with fewer collections, and the reference as
// the last one.
func startAll(ctx context.Context, folder string, document suite.Document) ([]*process, error) {
	var servers []*process
	for i, server := range document.Servers {
		started, err := start(ctx, server.Name, i)
		if err != nil {
			return servers, err
		}
		servers = append(servers, started)
	}
	for _, name := range []string{suite.Hand, suite.Gen} {
		started, err := start(ctx, name+", "+fewerCollections, index(document, name), fewerCollections)
		if err != nil {
			return servers, err
		}
		servers = append(servers, started)
	}
	server, err := startReference(ctx, folder)
	if err != nil {
		return servers, err
	}
	return append(servers, server), nil
}

// asked are those of all servers that a load is for: the reference has one post only, and over HTTP/2 the document's
// own servers are enough.
func (t tool) asked(document suite.Document, servers []*process, l load) []*process {
	switch {
	case !t.mixes:
		return servers[:len(document.Servers)]
	case l.name == "get":
		return servers
	}
	return servers[:len(servers)-1]
}

// compare prints what each load costs each server.
func (t tool) compare(ctx context.Context, out io.Writer, folder string, document suite.Document, servers []*process) error {
	fmt.Fprintf(out, "\n%s over %s: CPU of the server a request (ratio to the server by hand)\n\n", document.Name, t.protocol)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var columns [][]time.Duration
	for _, l := range loads(document) {
		if len(l.requests) > 1 && !t.mixes {
			continue
		}
		fmt.Fprintf(table, "\t%s", l.name)
		column, err := t.rounds(ctx, folder, t.asked(document, servers, l), l)
		if err != nil {
			return err
		}
		columns = append(columns, column)
	}
	fmt.Fprintln(table)
	hand := index(document, suite.Hand)
	for i, server := range servers {
		row, asked := server.name, false
		for _, column := range columns {
			cell := "\t"
			if i < len(column) {
				cell, asked = fmt.Sprintf("\t%.1f µs (%.2f)", column[i].Seconds()*1e6, column[i].Seconds()/column[hand].Seconds()), true
			}
			row += cell
		}
		if asked {
			fmt.Fprintln(table, row)
		}
	}
	return table.Flush()
}

// rounds are the medians of each server, in interleaved rounds.
func (t tool) rounds(ctx context.Context, folder string, servers []*process, l load) ([]time.Duration, error) {
	samples := make([][]time.Duration, len(servers))
	for range wireRounds {
		for i, server := range servers {
			before, err := server.cpu()
			if err != nil {
				return nil, err
			}
			answers, err := t.run(ctx, folder, server, l)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", server.name, l.name, err)
			}
			after, err := server.cpu()
			if err != nil {
				return nil, err
			}
			samples[i] = append(samples[i], (after-before)/time.Duration(answers))
		}
	}
	medians := make([]time.Duration, len(samples))
	for i, sample := range samples {
		medians[i] = median(sample, func(d time.Duration) time.Duration { return d })
	}
	return medians, nil
}
