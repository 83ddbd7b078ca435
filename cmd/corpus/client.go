package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strconv"
	"strings"
	"time"

	"gen/generator/model"
)

// client asks one server and keeps the score.
type client struct {
	base        string
	credentials credentials
	sessions    model.Sessions
	// token is the key of the session, where it travels so.
	token    string
	contract *contract
	http     *http.Client
	row      *row
	reached  map[*model.Operation]bool
}

func newClient(t *trial) *client {
	jar, _ := cookiejar.New(nil) // Fails never.
	return &client{
		base:        t.server.url + t.api.BasePath,
		credentials: credentialsOf(t.api),
		sessions:    t.api.Sessions,
		contract:    newContract(t.doc.T),
		http: &http.Client{
			Jar:           jar,
			Timeout:       30 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		row:     &t.row,
		reached: map[*model.Operation]bool{},
	}
}

// answer is what came back. problem says how it violates the document, "" if it does not.
type answer struct {
	id      string
	status  int
	header  http.Header
	body    []byte
	reached bool
	problem string
}

// do sends a request. An answer outside the document is noted as a violation.
func (c *client) do(ctx context.Context, r *request) (answer, error) {
	req, err := r.build(ctx, c.base)
	if err != nil {
		return answer{}, err
	}
	c.row.calls++
	a := answer{id: "corpus-" + strconv.Itoa(c.row.calls)}
	req.Header.Set("X-Request-ID", a.id)
	if needed, ok := c.alternative(r.op); ok && !r.anonymous {
		c.attach(req, needed)
	}
	res, err := c.visit(r).Do(req)
	if err != nil {
		c.find(violation, r.op, a, err.Error())
		return a, err
	}
	defer res.Body.Close()
	if a.body, err = io.ReadAll(res.Body); err != nil {
		c.find(violation, r.op, a, err.Error())
		return a, err
	}
	a.status, a.header = res.StatusCode, res.Header
	a.reached = res.Header.Get("X-Operation-Id") == r.op.ID
	if a.reached {
		c.reached[r.op] = true
	}
	if a.problem = c.contract.check(r.op, req, a); a.problem != "" {
		c.find(violation, r.op, a, a.problem)
	}
	return a, nil
}

func (c *client) find(kind findingKind, op *model.Operation, a answer, reason string) {
	reason = strings.Join(strings.Fields(reason), " ")
	c.row.findings = append(c.row.findings, finding{kind: kind, operation: op.ID, status: a.status, reason: reason, request: a.id})
	if kind == violation {
		c.row.violations++
	}
}

// text is the beginning of what an answer says.
func (a answer) text() string {
	const most = 400
	if len(a.body) > most {
		return fmt.Sprintf("%s …", a.body[:most])
	}
	return string(a.body)
}
