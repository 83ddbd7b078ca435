package spec

import (
	"fmt"
	"slices"
	"strings"
)

// leftOut has, by what a document may describe and a server does not do, why that is so.
var leftOut = map[string]string{
	"webhooks":           "requests that the server sends are not its API",
	"callbacks":          "requests that the server sends are not its API",
	"links":              "they tell clients what to do next",
	"dynamic references": "any value may stand there",
}

// noteLeftOut remembers what no code comes of, each with its name.
func (w *walker) noteLeftOut(p *place) {
	owner := p.owner()
	switch {
	case owner == nil:
	case p.kind == kindPathItem && p.field == "webhooks":
		w.leave("webhooks", p.at, p.pointer(), p.part)
	case p.kind == kindCallback && owner.kind == kindOperation:
		w.leave("callbacks", p.at, p.pointer(), p.part)
	case p.kind == kindLink && owner.kind == kindResponse:
		w.leave("links", p.at, p.pointer(), p.part)
	case p.kind == kindSchema:
		if m := p.node.member("$dynamicRef"); m != nil {
			w.leave("dynamic references", m.at, p.under(m.key), m.value.text)
		}
	}
}

func (w *walker) leave(what string, at Position, pointer, name string) {
	w.leftOut[what] = append(w.leftOut[what], Issue{Position: at, Pointer: pointer, Problem: name})
}

const namesInANote = 5

// reportLeftOut says once of each kind what is left out.
func (w *walker) reportLeftOut() {
	for what, list := range w.leftOut {
		list = list.Sort()
		var names []string
		for _, issue := range list {
			if name := quote(issue.Problem); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if more := len(names) - namesInANote; more > 0 {
			names = append(names[:namesInANote], fmt.Sprintf("%d more", more))
		}
		w.note(list[0].Position, list[0].Pointer, fmt.Sprintf("%s are described%s: %s", what, places(list), strings.Join(names, ", ")), "gen left them out: "+leftOut[what])
	}
}
