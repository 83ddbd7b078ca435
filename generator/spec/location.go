package spec

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

// location is where a file is: one of the fields is set.
type location struct {
	url  string // absolute, without a fragment
	file string // an absolute path
}

// reach says how far a reference leads away from the root document.
type reach uint8

const (
	inside  reach = iota // the root's folder
	outside              // another folder of the same disk or host
	remote               // the network, or another host
)

// way is what a reference names, before anything was read.
type way struct {
	to    location
	reach reach
	// portable says that the way leads from and to the root's folder by names alone, so that it holds
	// wherever the folder is.
	portable bool
}

// home is the folder of the root document.
type home struct {
	dir   string   // absolute, "" if the root is remote
	given string   // as the user wrote it
	url   *url.URL // ends with a slash
}

var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:`)

const (
	foreignScheme = "gen reads files and http or https URLs"
	noFileScheme  = "a document from the network cannot refer to files of this computer"
)

// resolve follows a reference without its fragment from a file. What is wrong with it is in the
// second result.
func (h home) resolve(from location, ref string) (way, string) {
	if from.url != "" {
		return h.resolveURL(from, ref)
	}
	switch named := strings.ToLower(scheme.FindString(ref)); named {
	case "":
		return h.resolveFile(from, unescape(ref)), ""
	case "file:":
		return h.resolveFile(from, unescape(strings.TrimPrefix(ref[len(named):], "//"))), ""
	case "http:", "https:":
		return h.resolveURL(location{}, ref)
	}
	return way{}, foreignScheme
}

func (h home) resolveFile(from location, ref string) way {
	ref = filepath.FromSlash(ref)
	if filepath.IsAbs(ref) {
		return way{to: location{file: filepath.Clean(ref)}, reach: outside}
	}
	to := way{to: location{file: filepath.Join(filepath.Dir(from.file), ref)}, reach: outside}
	folder, started := h.below(filepath.Dir(from.file))
	_, arrived := h.below(to.to.file)
	switch {
	case !arrived:
	case !started:
		to.reach = inside
	case filepath.IsLocal(filepath.Join(folder, ref)): // ../api/pet.yaml holds only as long as the folder is called api
		to.reach, to.portable = inside, true
	}
	return to
}

func (h home) resolveURL(from location, ref string) (way, string) {
	base, err := url.Parse(from.url)
	if err != nil {
		return way{}, "this is not a URL"
	}
	written, err := url.Parse(ref)
	if err != nil {
		return way{}, "this is not a URL"
	}
	to := base.ResolveReference(written)
	to.Fragment, to.RawFragment = "", ""
	switch {
	case to.Scheme == "file":
		return way{}, noFileScheme
	case to.Scheme != "http" && to.Scheme != "https", to.Host == "":
		return way{}, foreignScheme
	}
	found := way{to: location{url: to.String()}, reach: remote}
	if h.url != nil && to.Scheme == h.url.Scheme && to.Host == h.url.Host {
		found.reach = outside
		if _, ok := h.below(found.to.url); ok {
			found.reach = inside
			_, started := h.below(from.url)
			found.portable = started && written.Scheme == "" && written.Host == "" && !strings.HasPrefix(written.Path, "/") && to.RawQuery == ""
		}
	}
	return found, ""
}

// below returns the path of a file, or of a URL, in the root's folder.
func (h home) below(place string) (string, bool) {
	if h.url == nil {
		rel, err := filepath.Rel(h.dir, place)
		return rel, err == nil && filepath.IsLocal(rel)
	}
	u, err := url.Parse(place)
	if err != nil || u.Scheme != h.url.Scheme || u.Host != h.url.Host {
		return "", false
	}
	rel, ok := strings.CutPrefix(u.Path, h.url.Path)
	return rel, ok && filepath.IsLocal(filepath.FromSlash(rel))
}

// path returns where a file is in the root's folder, with slashes, "" if it is not there.
func (h home) path(at location) string {
	place := at.file
	if at.url != "" {
		place = at.url
	}
	if (at.url != "") != (h.url != nil) {
		return ""
	}
	rel, ok := h.below(place)
	if !ok {
		return ""
	}
	return filepath.ToSlash(rel)
}

// name is what messages call a file.
func (h home) name(at location) string {
	if at.url != "" {
		return at.url
	}
	rel, err := filepath.Rel(h.dir, at.file)
	if err != nil {
		return at.file
	}
	return filepath.Join(h.given, rel)
}

func unescape(ref string) string {
	if plain, err := url.PathUnescape(ref); err == nil {
		return plain
	}
	return ref
}
