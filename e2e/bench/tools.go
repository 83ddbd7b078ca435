package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// loadSeconds is how long a round takes, however busy the machine is.
const loadSeconds = "2"

// wrk loads a server over HTTP/1.1 on 16 connections.
func wrk(ctx context.Context, folder string, p *process, l load) (int, error) {
	script := filepath.Join(folder, "load.lua")
	if err := os.WriteFile(script, []byte(lua(p, l)), 0o600); err != nil {
		return 0, err
	}
	output, err := output(exec.CommandContext(ctx, "wrk", "-t", "1", "-c", "16", "-d", loadSeconds, "-s", script, p.url))
	if err != nil {
		return 0, err
	}
	if strings.Contains(output, "Non-2xx") || strings.Contains(output, "Socket errors") {
		return 0, errors.New(output)
	}
	return count(output, `(\d+) requests in`)
}

// lua is a script for wrk that goes through the requests of a load.
func lua(p *process, l load) string {
	var script strings.Builder
	script.WriteString("local requests, i = {}, 0\ninit = function()\n")
	for _, request := range l.requests {
		var headers []string
		header := p.with(request.Header)
		for _, name := range slices.Sorted(maps.Keys(header)) {
			headers = append(headers, fmt.Sprintf("[%q] = %q", name, header.Get(name)))
		}
		body := "nil"
		if request.Body != "" {
			body = "[==[" + request.Body + "]==]"
		}
		fmt.Fprintf(&script, "  requests[#requests + 1] = wrk.format(%q, %q, {%s}, %s)\n", request.Method, p.path(request.Path), strings.Join(headers, ", "), body)
	}
	script.WriteString("end\nrequest = function()\n  i = i % #requests + 1\n  return requests[i]\nend\n")
	return script.String()
}

// with are the headers of a request to this server.
func (p *process) with(header http.Header) http.Header {
	all := header.Clone()
	if all == nil {
		all = http.Header{}
	}
	maps.Copy(all, p.headers)
	return all
}

// path is where this server has what the others have below path: of the reference's posts there is one.
func (p *process) path(path string) string {
	if p.headers != nil {
		return "/v1/posts/1"
	}
	return path
}

// h2load loads a server over HTTP/2 without TLS, on 8 connections with 8 requests each at a time.
func h2load(ctx context.Context, folder string, p *process, l load) (int, error) {
	request := l.requests[0]
	args := []string{"-t", "1", "-c", "8", "-m", "8", "-D", loadSeconds}
	for name := range request.Header {
		args = append(args, "-H", name+": "+request.Header.Get(name))
	}
	if request.Body != "" {
		body := filepath.Join(folder, "body")
		if err := os.WriteFile(body, []byte(request.Body), 0o600); err != nil {
			return 0, err
		}
		args = append(args, "-d", body)
	}
	output, err := output(exec.CommandContext(ctx, "h2load", append(args, p.url+request.Path)...))
	if err != nil {
		return 0, err
	}
	if !strings.Contains(output, " 0 failed, 0 errored, 0 timeout") || !strings.Contains(output, " 0 3xx, 0 4xx, 0 5xx") {
		return 0, errors.New(output)
	}
	return count(output, `status codes: (\d+) 2xx`)
}

func output(cmd *exec.Cmd) (string, error) {
	output, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, output)
	}
	return string(output), nil
}

// count is the number that a tool printed.
func count(output, pattern string) (int, error) {
	found := regexp.MustCompile(pattern).FindStringSubmatch(output)
	if found == nil {
		return 0, fmt.Errorf("no %s in %s", pattern, output)
	}
	return strconv.Atoi(found[1])
}
