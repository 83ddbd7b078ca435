package model

import (
	"fmt"

	"gen/generator/spec"
)

// New says what a document means. Overrides are the author's, from gen.yaml. Its error is spec.Issues.
func New(doc *spec.Document, overrides Overrides) (*API, error) {
	api, err := Lower(doc)
	if err != nil {
		return nil, err
	}
	if err := infer(api, overrides); err != nil {
		return nil, err
	}
	describeErrors(api, doc)
	api.NoCodecs = overrides.NoCodecs
	overrides.applyTour(api)
	return api, nil
}

// infer reads REST out of the operations: resources first, then what each operation does to its own.
func infer(api *API, overrides Overrides) error {
	issues := overrides.check(api)
	candidates := gather(api.Operations)
	for _, c := range candidates {
		c.understand()
	}
	findViews(candidates)
	findSessions(candidates)
	overrides.applyKinds(candidates)
	api.Resources = resources(api, candidates, overrides)
	issues = append(issues, overrides.applyResources(api)...)
	findAccounts(api, overrides)
	issues = append(issues, overrides.applyOwners(api)...)
	if len(issues) > 0 {
		return sorted(issues)
	}
	for _, op := range api.Operations {
		op.NeedsSession = api.Sessions.demanded(op)
	}
	for _, r := range api.Resources {
		r.complete()
	}
	api.completeSessions()
	warnOfPasswords(api)
	overrides.warnOfOwners(api)
	overrides.applyIfMatch(api.Operations)
	return nil
}

// describeErrors fills in how each operation's failures are written.
func describeErrors(api *API, doc *spec.Document) {
	forms := newErrorForms()
	for _, op := range api.Operations {
		op.Errors = forms.bodies(op)
	}
	api.Fallback = forms.fallback(api.Operations)
	for _, f := range forms.unfilled() {
		api.Warnings = append(api.Warnings, spec.Issue{
			Position: doc.Position(f.Pointer), Pointer: f.Pointer,
			Problem: fmt.Sprintf("errors are sent without a meaningful %q, which they require", f.Name),
			Advice:  "give it a name that says what it is, as message, detail, code or status do, or take it from what is required",
		})
	}
}
