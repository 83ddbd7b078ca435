package model

// inferred is what inference says of an operation.
type inferred struct {
	// Kind is what the operation does; Why is the rule that said so.
	Kind OpKind
	Why  string
	// Resource is never nil once inference is done; an action belongs to the resource nearest by path.
	Resource *Resource
	// Live says that the operation does real work: its kind has code, and the document can write what
	// it reads.
	Live bool
	// Answer is the success response that its handler gives, nil where none is documented.
	Answer *Answer
	// Created is the answer of a replace that creates, where the document has one of its own (201).
	Created *Answer
	// Input is the request body that its handler reads, nil for none.
	Input *Input
	// KeySent is the property of Input that names the item.
	KeySent *Field
	// Nested says that its path leads by the parent of a resource whose items have paths of their own.
	Nested bool
	// List is set for lists and views.
	List *Listing
	// Sources say where each field of the stored representation comes from, for what creates, or may create.
	Sources []Source
	// Dropped are properties of its body that nothing keeps: no answer of the document shows them.
	Dropped []*Field
	// Conditional says that the author wants If-Match on it.
	Conditional bool
	// NeedsSession says that nobody gets to it without a session.
	NeedsSession bool
	// OwnAccount says that it changes an account, which only the account's own sessions may.
	OwnAccount bool
	// Credentials are set for what logs in.
	Credentials *Credentials
	// Refused are documented query parameters that gen does not understand: a request that sends one
	// is answered with 501.
	Refused []*Param

	// viewOf is the candidate whose items a view lists.
	viewOf *candidate
}

// OpKind is what an operation does to its resource.
type OpKind string

const (
	List       OpKind = "list"
	Create     OpKind = "create"
	Read       OpKind = "read"
	Replace    OpKind = "replace"
	Update     OpKind = "update"
	Delete     OpKind = "delete"
	Membership OpKind = "membership"
	View       OpKind = "view"
	LogIn      OpKind = "log in"
	LogOut     OpKind = "log out"
	Whoami     OpKind = "current session"
	Action     OpKind = "action"

	// ListSessions, EndSession and EndSessions are about all sessions of who asks.
	ListSessions OpKind = "sessions"
	EndSession   OpKind = "end session"
	EndSessions  OpKind = "end sessions"
)

// Resource is a noun that operations work on.
type Resource struct {
	// Name is its table: special_events. GoName is its handler: SpecialEvents. Singular names one of
	// it in Go: specialEvent.
	Name, GoName, Singular string
	// Path is its collection path, as the document first writes it.
	Path string
	// Stored says that it has a table; without one all of its operations are actions.
	Stored bool
	// Singleton says that there is one of it (for each parent).
	Singleton bool
	// Writable says that the document can create it.
	Writable bool
	// Type is the representation as it is stored. Nil for a membership, which has none.
	Type *Type
	Key  Key
	// Parents are the path parameters before its key, outermost first. Parent is the resource that the
	// last of them belongs to, nil where it is none or nobody can create it.
	Parents []*Param
	Parent  *Resource
	// Shallow says that items have paths of their own, without their parents'.
	Shallow bool
	// Password is the property with an account's password, which is stored hashed. Secrets are the
	// other properties that are never sent.
	Password *Field
	Secrets  []*Field
	// Unique are properties that no two rows may share.
	Unique []string
	// Author is the property with the key of the account that made it. Owner is the property with
	// the key of the account that alone may change it: the author of gen.yaml says so.
	Author, Owner *Field
	// Open says that any session may change and delete the accounts.
	Open bool
	// Operations are in the order of the document.
	Operations []*Operation

	inferredName string
	// madeAt is the path that items are made at.
	madeAt string
}

// Key is how one of a resource is told from the others.
type Key struct {
	// Param is the item's path parameter, nil where there is no item path.
	Param *Param
	// Field is the property of the representation that carries it, nil where it is none.
	Field *Field
	// Type is the Go type of the key.
	Type *Type
	// Origin says who makes it.
	Origin KeyOrigin
	// Prefix, Length and Alphabet shape keys that the server makes as strings, also where the client may leave out
	// its own.
	Prefix   string
	Length   int
	Alphabet string
	// Why is the rule that matched parameter and property.
	Why string
}

// KeyOrigin says who makes a key.
type KeyOrigin string

const (
	Numbered KeyOrigin = "numbered by the database"
	Random   KeyOrigin = "a random UUID"
	Given    KeyOrigin = "the client's own"
	Made     KeyOrigin = "made by the server"
)

// Answer is a success response and the way from the representation to its body.
type Answer struct {
	*Response
	// Wrap are the properties that lead to the representation: data, or none.
	Wrap []*Field
	// Type is the type at the end of Wrap, nil without a body.
	Type *Type
}

// Input is the request body that a handler reads.
type Input struct {
	*Body
	// Wrap are the properties that lead to the representation.
	Wrap []*Field
	// Type is the type at the end of Wrap.
	Type *Type
}

// SourceKind says where the value of a field comes from.
type SourceKind string

const (
	FromClient  SourceKind = "the client"
	FromDefault SourceKind = "the schema's default"
	FromConst   SourceKind = "the schema's const"
	FromKey     SourceKind = "the key"
	FromClock   SourceKind = "the time of the change"
	FromParent  SourceKind = "the parent's key"
	FromSession SourceKind = "the session's user"
	FromNull    SourceKind = "null"
	FromURL     SourceKind = "its own URL"
	FromGuess   SourceKind = "a guess"
	FromStore   SourceKind = "the stored document"
)

// Source is where one field's value comes from.
type Source struct {
	Field *Field
	Kind  SourceKind
	// From is the client's or the stored property.
	From *Field
	// Param is the parent's path parameter.
	Param *Param
	// Value is the default, the const or the guess.
	Value any
	// Otherwise is used where the client may leave the property out; nil: the zero value will do.
	Otherwise *Source

	// guessed says that the kind is a guess, too: a time that nothing says more about.
	guessed bool
}

// AsksSession says that the value is the key of who asks, or may be.
func (s Source) AsksSession() bool {
	return s.Kind == FromSession || s.Otherwise != nil && s.Otherwise.AsksSession()
}

// Guess says that no rule but the last one gave a value.
func (s Source) Guess() bool {
	if s.Kind == FromClient && s.Otherwise != nil {
		return s.Otherwise.Guess()
	}
	return s.Kind == FromGuess || s.guessed
}

// Listing is how a list or a view is asked for and answered.
type Listing struct {
	// Items are the properties that lead to the array, none for a bare one. Elem is its element.
	Items []*Field
	Elem  *Type
	// Next, More, Total and Pages are properties of the envelope, or of an object in it, that gen fills;
	// any may be nil.
	Next, More, Total, Pages *Field
	// Meta are the objects in the envelope that hold some of them: meta, pagination.
	Meta []*Field
	// Echo are properties of the envelope that repeat a parameter: page, limit, offset.
	Echo []Echo
	// Rest are the other required properties of the envelope.
	Rest []Source

	Limit, Offset, Page, Cursor *Param
	// PageSize is how many are sent when the client does not say; 0: all.
	PageSize int
	// FirstPage is the number of the first page, 0 or 1.
	FirstPage int

	Sort *Param
	// Order is the parameter that turns the order round.
	Order *Param
	// SortBy are the properties that Sort may name.
	SortBy []*Field

	Filters []Filter
}

// Echo is a property of an envelope that repeats what was asked for.
type Echo struct {
	Field *Field
	Param *Param
}

// Filter narrows a list by a query parameter.
type Filter struct {
	Param *Param
	Field *Field
	Match Match
}

// Match is how a filter compares.
type Match string

const (
	Equal    Match = "Equal"
	Contains Match = "Contains"
	AtLeast  Match = "AtLeast"
	AtMost   Match = "AtMost"
	Search   Match = "Search"
)
