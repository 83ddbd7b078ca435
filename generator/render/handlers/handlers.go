// Package handlers prepares resources for printing: it turns what the model says of an operation into
// the Go expressions of its handler. The template internal/handlers/resource.go.tmpl prints them.
package handlers

import (
	"slices"
	"strings"

	"gen/generator/model"
)

// File is one resource as its file prints it.
type File struct {
	// GoName is the handler's type, Field its table, Var a variable with one of it.
	GoName, Field, Var string
	// Serves lists its paths for the comment.
	Serves string
	// Table is the SQL table, Key and Type the table's type arguments. Table is "" without a store.
	Table, Key, Type string
	// Defaults are the fields that rows of an older document may lack.
	Defaults []Field
	// Shallow says that items have paths of their own, without their parents'.
	Shallow bool
	Methods []Method
	// Converters make answers of the stored type.
	Converters []Converter
	// Logins is set where handlers check or read accounts; Sessions says that they need the manager of
	// the sessions.
	Logins   *Logins
	Sessions bool
}

// Method is one operation's handler.
type Method struct {
	Name, Route string
	// Template names the block that prints its body.
	Template string
	// Note goes on behind the route in the comment.
	Note string
	// Var is a variable with one of the resource; Type and KeyType are the table's type arguments.
	Var, Type, KeyType string
	// Request is the name of its parameter: "_" where the body does not need it.
	Request string
	// ID is the operationId.
	ID string

	Refusals []Refusal
	// Dropped says what of the body is not kept.
	Dropped string
	// Streamed is what of the body nobody has checked.
	Streamed string
	// Body is the request body. BodyType is made where the client may leave it out; MediaType is asked
	// for where it may be of another one.
	Body, BodyType, MediaType string
	// Clock says that the body needs the time.
	Clock bool
	// Table is the table, or the part of it below the parent. Key is the item's.
	Table, Key string
	// MakeKey is the expression of a key that the server or the client makes; NewKey names the
	// variable of the key within the row, "_" where nothing needs it.
	MakeKey, NewKey string
	// Capture is the variable that keeps a key which no property carries.
	Capture string
	// Value is the whole stored value where it is no object; Fields are its fields where it is.
	Value  string
	Fields []Field
	// Changes are the statements of an update.
	Changes []string
	// User is the variable with the key of who asks, of UserType.
	User, UserType string
	// Account is the expression of the account's name in a log-in.
	Account string
	// Guard is the key of the account that alone may do this, Owner the expression of the stored one.
	Guard, Owner string
	// EndOthers ends the sessions that a new password ends, EndAll is the user whose sessions all end.
	EndOthers, EndAll string
	// Password is the expression of a password to hash, PasswordOptional a pointer to one.
	Password, PasswordOptional string
	Secrets                    []Secret
	// Location is the statement that tells the path of what was created.
	Location string
	// Answer is the response. Created is the response of a replace that creates.
	Answer, Created string
	// UsesRow says that Answer needs the row.
	UsesRow bool
	List    *List
	// Absent says that a singleton reads as AbsentValue before it was written, "" for the zero value.
	Absent      bool
	AbsentValue string
}

// CollectSecrets says that what is stored beside the representation depends on what was sent.
func (m Method) CollectSecrets() bool {
	return m.PasswordOptional != "" || slices.ContainsFunc(m.Secrets, func(s Secret) bool { return s.Optional != "" })
}

// Field is a line of a struct literal.
type Field struct{ Name, Expr, Comment string }

// Refusal is a query parameter that is answered with 501. Hint is the filter that it may stand for.
type Refusal struct{ Name, Sent, Hint string }

// Secret is a value that is stored and never sent.
type Secret struct{ Column, Expr, Optional string }

// Converter is a function that makes an answer of the stored value.
type Converter struct {
	Name, Comment, From, To, Var string
	Fields                       []Field
}

// Of prepares a resource of an API with such sessions.
func Of(r *model.Resource, sessions model.Sessions) File {
	f := File{
		GoName: r.GoName,
		Field:  field(r.GoName),
		Var:    variable(r),
		Serves: serves(r),
	}
	b := &builder{r: r, file: &f, sessions: sessions}
	if r.Stored {
		f.Table, f.Key, f.Type = r.Name, b.keyType(), b.storedType()
		f.Defaults, f.Shallow = b.defaults(), r.Shallow
	}
	for _, op := range inOrder(r.Operations) {
		f.Methods = append(f.Methods, b.method(op))
	}
	return f
}

type builder struct {
	r        *model.Resource
	file     *File
	sessions model.Sessions
	// prefix begins the names of converters in the file of another resource.
	prefix string
}

// inOrder sorts operations as a reader expects them: by path, then list and create before the rest.
func inOrder(ops []*model.Operation) []*model.Operation {
	out := slices.Clone(ops)
	first := map[string]int{}
	for i, op := range ops {
		if _, ok := first[op.Path]; !ok {
			first[op.Path] = i
		}
	}
	methods := []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	slices.SortStableFunc(out, func(x, y *model.Operation) int {
		if x.Path != y.Path {
			return first[x.Path] - first[y.Path]
		}
		return slices.Index(methods, x.Method) - slices.Index(methods, y.Method)
	})
	return out
}

func serves(r *model.Resource) string {
	var paths []string
	for _, op := range r.Operations {
		if !slices.Contains(paths, op.Path) {
			paths = append(paths, op.Path)
		}
	}
	switch n := len(paths); {
	case n == 1:
		return paths[0]
	case n > 4:
		return strings.Join(paths[:3], ", ") + " and what is below"
	default:
		return strings.Join(paths[:n-1], ", ") + " and " + paths[n-1]
	}
}

// variable is the resource's singular, unless Go or the handlers use that name.
func variable(r *model.Resource) string {
	if slices.Contains(takenNames, r.Singular) || !isIdent(r.Singular) {
		return "item"
	}
	return r.Singular
}

var takenNames = strings.Fields(`
	h ctx req err row session logins sessions open info cmp body now page order id key hash secrets created any api store web auth schema config handlers uuid http strconv strings json slog io os each newKey newKeyOf orderBy time fmt url errors context nullable
	or some set list orList dict orDict orDefault null optional reshape onto eachOnto parse merge mergeOnto patched additional add with memberOf memberOfSame memberOr memberAs changed changedWithin break case chan const continue default defer else fallthrough
	for func go goto if import interface map package range return select struct switch type var string int int64
	bool error new len cap copy append make nil true false iota min max clear close delete panic print println recover real imag complex`)

func isIdent(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r > 127 }) && (s[0] < '0' || s[0] > '9')
}

// field is the name of the struct field that holds a resource's table.
func field(name string) string {
	lower := model.Unexported(name)
	if slices.Contains(takenNames, lower) {
		return lower + "Table"
	}
	return lower
}
