package spec

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

func (w *walker) repairRequestBody(p *place) {
	w.gatherContent(p)
	if content := p.node.get("content"); content != nil && content.shape != shapeNull {
		return
	}
	content := newObject(p.at)
	content.set("*/*", newObject(p.at))
	p.node.set("content", content)
	w.repaired(p.at, p.pointer(), "a request body has no content", "gen takes any body; add its media type")
}

func (w *walker) repairResponse(p *place) {
	w.gatherContent(p)
	m := p.node.member("description")
	if m != nil && m.value.shape != shapeNull {
		return
	}
	p.node.take("description")
	text := statusText(p.part)
	p.node.set("description", newText(p.at, text))
	w.repaired(p.at, p.pointer(), "a response has no description", fmt.Sprintf("gen described it as %q", text))
}

// statusText describes a status, "" if the standard library does not know it.
func statusText(key string) string {
	code, err := strconv.Atoi(key)
	if err != nil {
		return ""
	}
	return http.StatusText(code)
}

// gatherContent puts a schema that stands where Swagger 2.0 has it into the content.
func (w *walker) gatherContent(p *place) {
	schema := p.node.member("schema")
	if schema == nil || p.node.get("content") != nil {
		return
	}
	p.node.take("schema")
	media, content := newObject(schema.at), newObject(schema.at)
	media.add(schema)
	content.set("application/json", media)
	p.node.set("content", content)
	w.repaired(schema.at, p.under("schema"), fmt.Sprintf("%s has its schema without a media type", p.kind), "gen took application/json")
}

var status = regexp.MustCompile(`^([1-5]([0-9][0-9]|XX)|default)$`)

// repairStatuses checks the keys of responses.
func (w *walker) repairStatuses(p *place) {
	for _, m := range slices.Clone(p.node.members) {
		if status.MatchString(m.key) || strings.HasPrefix(m.key, "x-") {
			continue
		}
		problem := fmt.Sprintf("%s is no status", quote(m.key))
		for _, name := range []string{strings.ToUpper(m.key), strings.ToLower(m.key)} {
			if status.MatchString(name) && p.node.member(name) == nil {
				w.repaired(m.at, p.under(m.key), problem, fmt.Sprintf("gen read it as %q", name))
				p.node.rename(m, name)
			}
		}
		if !status.MatchString(m.key) {
			w.fail(m.at, p.under(m.key), problem, `write a number like "200", a range like "4XX", or "default"`)
		}
	}
}

// checkPrintable refuses a media type or a header that no message can carry.
func (w *walker) checkPrintable(p *place) {
	if strings.ContainsFunc(p.part, unicode.IsControl) {
		w.fail(p.at, p.pointer(), fmt.Sprintf("the name of %s, %s, has a line break or another control character in it", p.kind, quote(p.part)), "remove it")
	}
}
