package change

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"gen/generator/spec"
)

// Level says what a change means for clients that were written for the old document.
type Level string

const (
	// Breaking changes make such clients fail.
	Breaking Level = "breaking"
	// Risky changes may: it depends on what a client relies on.
	Risky Level = "risky"
	// Compatible changes don't.
	Compatible Level = "compatible"
)

// Wire is one change that a client can notice, and the operations that have it.
type Wire struct {
	Level Level `json:"level"`
	// Rule is oasdiff's name for changes of this sort: response-required-property-removed.
	Rule string `json:"rule"`
	Text string `json:"text"`
	// Operations are "GET /posts" and so on, sorted; none where the change is one of the document at large.
	Operations []string `json:"operations"`
}

// onWire compares requests and answers of the operations that both documents have, breaking changes
// first. Operations that only one of them has are left out, and so are operationIds and tags.
func onWire(was, is *spec.Document) ([]Wire, error) {
	before, after, err := both(was, is)
	if err != nil {
		return nil, err
	}
	unsaid := newSilent()
	unsaid.explain(before)
	unsaid.explain(after)
	config := diff.NewConfig()
	config.IncludePathParams = alike(before.Paths) || alike(after.Paths)
	found, sources, err := diff.GetWithOperationsSourcesMap(config, &load.SpecInfo{Spec: before}, &load.SpecInfo{Spec: after})
	if err != nil {
		return nil, fmt.Errorf("comparing %s with %s: %w", was.Name, is.Name, err)
	}
	rules := checker.NewConfig(checker.GetAllChecks(), checker.WithSeverityLevels(certain))
	changes := told(checker.CheckBackwardCompatibilityUntilLevel(rules, found, sources, checker.INFO), refused(found))
	return grouped(append(changes, unsaid.closed(found)...)), nil
}

// certain are changes that oasdiff has doubts of within an allOf, one that could not be merged, where another part may
// say what one does not any more: but no part takes back that an answer is of another type. A level that is set here is
// not lowered.
var certain = map[string]checker.Level{
	checker.ResponseBodyTypeChangedId:     checker.ERR,
	checker.ResponsePropertyTypeChangedId: checker.ERR,
}

// alike says whether paths differ in the names of their parameters only. These have to be compared by
// name then: /auth/{a}/login and /auth/{b}/login are two.
func alike(paths *openapi3.Paths) bool {
	seen := map[string]bool{}
	for path := range paths.Map() {
		if seen[loose(path)] {
			return true
		}
		seen[loose(path)] = true
	}
	return false
}

// toldElsewhere are rules about what gen says of operations by itself, and about what no client notices.
func toldElsewhere(rule string) bool {
	for _, prefix := range []string{
		"endpoint-added", "api-removed-", "api-path-removed-", "api-operation-id-", "api-tag-",
		"api-version-not-bumped", "api-version-decreased", "api-major-version-not-bumped",
	} {
		if strings.HasPrefix(rule, prefix) {
			return true
		}
	}
	return false
}

// told is what oasdiff says of the changes that clients notice.
func told(changes checker.Changes, refused refusals) []Wire {
	localizer := checker.NewDefaultLocalizer()
	var list []Wire
	for _, c := range changes {
		if toldElsewhere(c.GetId()) {
			continue
		}
		w := Wire{Level: level(c.GetLevel()), Rule: c.GetId(), Text: c.GetUncolorizedText(localizer)}
		if refused.has(c) {
			w.Level = Breaking
		}
		if path := c.GetPath(); path != "" {
			w.Operations = []string{strings.TrimSpace(c.GetOperation() + " " + path)}
		}
		list = append(list, w)
	}
	return list
}

// grouped joins what is said in the same words of several operations.
func grouped(changes []Wire) []Wire {
	index := map[string]int{}
	list := []Wire{}
	for _, w := range changes {
		key := string(w.Level) + "\n" + w.Text
		at, known := index[key]
		if !known {
			at = len(list)
			index[key] = at
			list = append(list, Wire{w.Level, w.Rule, w.Text, []string{}})
		}
		list[at].Operations = append(list[at].Operations, w.Operations...)
	}
	for i := range list {
		slices.Sort(list[i].Operations)
		list[i].Operations = slices.Compact(list[i].Operations)
	}
	slices.SortStableFunc(list, compareWire)
	return list
}

func compareWire(a, b Wire) int {
	order := []Level{Breaking, Risky, Compatible}
	return cmp.Or(
		cmp.Compare(slices.Index(order, a.Level), slices.Index(order, b.Level)),
		slices.Compare(a.Operations, b.Operations),
		cmp.Compare(a.Text, b.Text),
	)
}

func level(l checker.Level) Level {
	switch l {
	case checker.ERR:
		return Breaking
	case checker.WARN:
		return Risky
	default:
		return Compatible
	}
}
