package change

import (
	"regexp"

	"gen/generator/model"
)

// Operation is one that changed. Of a removed one, all but Kind is as it was.
type Operation struct {
	Kind Kind
	*model.Operation
	// Was is the operation before, nil for an added one.
	Was *model.Operation
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// loose is a request line whatever its path parameters are called.
func loose(line string) string { return parameter.ReplaceAllString(line, "{}") }

func line(op *model.Operation) string { return op.Method + " " + op.Path }

// index finds operations by their request lines.
type index struct{ exact, loose map[string]*model.Operation }

func indexOf(api *model.API) index {
	x := index{map[string]*model.Operation{}, map[string]*model.Operation{}}
	for _, op := range api.Operations {
		x.exact[line(op)], x.loose[loose(line(op))] = op, op
	}
	return x
}

// counterpart is the operation of other that op, one of own, became or was: the one of the same path, else
// one whose path differs in the names of parameters only.
func counterpart(op *model.Operation, own, other index) *model.Operation {
	if same := other.exact[line(op)]; same != nil {
		return same
	}
	alike := other.loose[loose(line(op))]
	if alike == nil || own.exact[line(alike)] != nil {
		return nil
	}
	return alike
}

func operations(was, is *model.API, wire []Wire) []Operation {
	before, after := indexOf(was), indexOf(is)
	touched := map[string]bool{}
	for _, w := range wire {
		for _, name := range w.Operations {
			touched[name] = true
		}
	}
	var list []Operation
	for _, op := range is.Operations {
		old := counterpart(op, after, before)
		switch {
		case old == nil:
			list = append(list, Operation{Added, op, nil})
		case old.GoName != op.GoName:
			list = append(list, Operation{Renamed, op, old})
		case touched[line(old)], touched[line(op)]:
			list = append(list, Operation{Changed, op, old})
		}
	}
	for _, op := range was.Operations {
		if counterpart(op, before, after) == nil {
			list = append(list, Operation{Removed, op, op})
		}
	}
	return list
}
