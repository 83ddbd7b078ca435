package spec

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	maxRemote   = 200              // files from the network
	httpTimeout = 60 * time.Second // for each of them
	loadTimeout = 5 * time.Minute  // for all of them
)

// openURL fetches a remote root. What it refers to is relative to where redirections ended.
func (l *library) openURL(root *file) error {
	data, final, why := l.fetch(root.name, func(*url.URL) bool { return true })
	if why != nil {
		return unreadable(root.name, why)
	}
	final.Fragment, final.RawFragment = "", ""
	root.data, root.at.url = data, final.String()
	l.url = final.ResolveReference(&url.URL{Path: "./"})
	return nil
}

// openRemote fetches a file from the network.
func (l *library) openRemote(to way) ([]byte, *trouble) {
	if l.remote++; l.remote > maxRemote {
		return nil, &trouble{fmt.Sprintf("leads to one URL more than the %d that gen fetches", maxRemote), "download the files"}
	}
	data, _, why := l.fetch(to.to.url, func(redirected *url.URL) bool {
		return l.opts.RefsRemote || l.url != nil && redirected.Host == l.url.Host
	})
	if why != nil {
		return nil, &trouble{"leads to what cannot be read: " + why.problem, why.advice}
	}
	return data, nil
}

const checkURL = "check the URL, or download the document and name the file"

// fetch gets a URL and says where redirections ended, which may lead to certain URLs only.
func (l *library) fetch(address string, may func(*url.URL) bool) ([]byte, *url.URL, *trouble) {
	ctx, cancel := context.WithTimeout(l.ctx, httpTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, &trouble{"this is not a URL", "write it as https://host/path"}
	}
	request.Header.Set("Accept", "application/yaml, application/json, */*")
	client := http.Client{CheckRedirect: func(next *http.Request, via []*http.Request) error {
		return checkRedirect(next.URL, via[len(via)-1].URL, len(via), may)
	}}
	answer, err := client.Do(request)
	if err != nil {
		return nil, nil, &trouble{"it cannot be fetched: " + cause(err), checkURL}
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, nil, &trouble{"the server answers " + answer.Status, checkURL}
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxSize-l.size+1))
	switch {
	case err != nil:
		return nil, nil, &trouble{"it cannot be read: " + cause(err), "try again"}
	case int64(len(data)) > maxSize-l.size:
		return nil, nil, tooLarge()
	}
	return data, answer.Request.URL, nil
}

// checkRedirect keeps redirections with their scheme, but for https instead of http.
func checkRedirect(to, from *url.URL, count int, may func(*url.URL) bool) error {
	switch {
	case count > 5:
		return errors.New("it redirects more than five times")
	case to.Scheme != from.Scheme && to.Scheme != "https":
		return fmt.Errorf("it redirects from %s to %s", from.Scheme, to.Scheme)
	case !may(to):
		return fmt.Errorf("it redirects to the host %s, which needs %s", quote(to.Host), FlagRemote)
	}
	return nil
}
