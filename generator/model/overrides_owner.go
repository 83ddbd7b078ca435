package model

import (
	"fmt"
	"maps"
	"slices"

	"gen/generator/spec"
)

// nobody, as the owner of the accounts, lets any session change and delete them.
const nobody = "nobody"

// applyOwners says who may change what, as the author wants it.
func (o Overrides) applyOwners(api *API) (issues spec.Issues) {
	if s := api.Sessions.Cookie; o.Session != "" && (s == nil || s.Name != o.Session) {
		issues = append(issues, o.issue("session", fmt.Sprintf("the document has no apiKey scheme %q in a cookie", o.Session), "name one of its security schemes"))
	}
	for _, name := range slices.Sorted(maps.Keys(o.Resources)) {
		i := slices.IndexFunc(api.Resources, func(r *Resource) bool { return r.inferredName == name })
		if owner := o.Resources[name].Owner; owner != "" && i >= 0 {
			if problem, advice := api.own(api.Resources[i], owner); problem != "" {
				issues = append(issues, o.issue("resources."+name+".owner", problem, advice))
			}
		}
	}
	return issues
}

// own gives r its owner, or says why it cannot be.
func (api *API) own(r *Resource, owner string) (problem, advice string) {
	accounts := api.Sessions.Accounts
	switch {
	case accounts == nil:
		return "nobody logs in to this API", "describe an operation that logs in, and accounts that can be created"
	case r == accounts && owner == nobody:
		return "", ""
	case r == accounts:
		return "an account is its own owner", "take it out, or write " + nobody + " to let any session change it"
	case r.Type == nil || r.Type.Member(owner) == nil:
		return fmt.Sprintf("the representation has no property %q", owner), "name the property with the key of the account"
	case !holdsKey(r.Type.Member(owner), accounts):
		return fmt.Sprintf("the property %q is not of the type of the key of %s", owner, accounts.Name), "name the property with the key of the account"
	}
	r.Owner = r.Type.Member(owner)
	r.Author = r.Owner
	return "", ""
}

// warnOfOwners tells of owners that no handler asks for.
func (o Overrides) warnOfOwners(api *API) {
	for _, r := range api.Resources {
		if r.Owner != nil && !slices.ContainsFunc(r.Operations, (*Operation).Owned) {
			problem := "an owner keeps updates and deletes to one account, and gen writes none of " + r.Name
			api.Warnings = append(api.Warnings, o.issue("resources."+r.inferredName+".owner", problem, "call auth.Own in your handlers"))
		}
	}
}
