package model

import "slices"

// Sessions is how people log in to an API.
type Sessions struct {
	// Cookie is the scheme whose cookie carries the key of a session, nil where the document has none.
	Cookie *Scheme
	// Bearer is the scheme whose token is that key, where logging in answers a token.
	Bearer *Scheme
	// Accounts is the resource that people log in with, nil where no operation logs in with one.
	Accounts *Resource
	// LogIns are the operations that log in with them.
	LogIns []*Operation
	// Names are the properties of an account that people may name it by. Its key is what they name
	// where there is none.
	Names []*Field
}

// Credentials are what a log-in asks for: a property of its body, or a query parameter.
type Credentials struct {
	// Names may name the account: the client sends one of them.
	Names    []Operand
	Password Operand
}

// Operand is a value that a client sends, in one of two places.
type Operand struct {
	Field *Field
	Param *Param
}

// Carries says that a scheme is one that a session travels by.
func (s *Sessions) Carries(scheme *Scheme) bool {
	return scheme != nil && (scheme == s.Cookie || scheme == s.Bearer)
}

// demanded says that nobody gets to op without a session.
func (s *Sessions) demanded(op *Operation) bool {
	if len(op.Security) == 0 {
		return false
	}
	return !slices.ContainsFunc(op.Security, func(requirement Requirement) bool {
		return !slices.ContainsFunc(requirement, func(use SchemeUse) bool { return s.Carries(use.Scheme) })
	})
}

// Owned says that op changes something that only its owner may change.
func (op *Operation) Owned() bool {
	return op.Resource != nil && op.Resource.Owner != nil && op.ChangesItem() && !op.MayCreate()
}

// OfSessions says that op works on the session of who asks, or on that person's sessions.
func (k OpKind) OfSessions() bool {
	return slices.Contains([]OpKind{LogIn, LogOut, Whoami, ListSessions, EndSession, EndSessions}, k)
}
