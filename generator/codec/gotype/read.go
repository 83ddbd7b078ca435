package gotype

import (
	"go/ast"
	"go/types"
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// read makes a Type of an expression. What it does not know is Other.
func (p *Package) read(expr ast.Expr) *Type {
	t := &Type{Name: types.ExprString(expr)}
	switch e := expr.(type) {
	case *ast.Ident:
		p.readName(t, e.Name)
	case *ast.SelectorExpr:
		t.Kind = imported[t.Name]
	case *ast.ParenExpr:
		return p.read(e.X)
	case *ast.StarExpr:
		t.Kind, t.Elem = Pointer, p.read(e.X)
	case *ast.ArrayType:
		p.readArray(t, e)
	case *ast.MapType:
		if key := p.read(e.Key); key.Base().Kind == String {
			t.Kind, t.Elem = Map, p.read(e.Value)
		}
	case *ast.IndexExpr:
		if types.ExprString(e.X) == "nullable.Nullable" {
			t.Kind, t.Elem = Nullable, p.read(e.Index)
		}
	case *ast.InterfaceType:
		if e.Methods == nil || len(e.Methods.List) == 0 {
			t.Kind = Any
		}
	case *ast.StructType:
		t.Name = ""
		p.readStruct(t, e)
	}
	return t
}

// readName knows the types that Go declares by themselves, and those of the package.
func (p *Package) readName(t *Type, name string) {
	if d := p.byName[name]; d != nil {
		t.Kind, t.Decl = Named, d
		return
	}
	switch name {
	case "bool":
		t.Kind = Bool
	case "string":
		t.Kind = String
	case "any":
		t.Kind = Any
	case "int", "int8", "int16", "int32", "int64", "rune":
		t.Kind = Int
	case "uint", "uint8", "uint16", "uint32", "uint64", "byte":
		t.Kind = Uint
	case "float32", "float64":
		t.Kind = Float
	}
}

var imported = map[string]Kind{
	"json.RawMessage":     Raw,
	"time.Time":           Time,
	"openapi_types.Date":  Date,
	"openapi_types.UUID":  UUID,
	"openapi_types.Email": Email,
	"openapi_types.File":  File,
}

func (p *Package) readArray(t *Type, e *ast.ArrayType) {
	if e.Len != nil {
		return
	}
	elem := p.read(e.Elt)
	if elem.Name == "byte" || elem.Name == "uint8" {
		t.Kind = Bytes
		return
	}
	t.Kind, t.Elem = Slice, elem
}

// readStruct reads the fields. A struct that embeds another is Other.
func (p *Package) readStruct(t *Type, e *ast.StructType) {
	t.Kind = Struct
	for _, field := range e.Fields.List {
		if len(field.Names) == 0 {
			*t = Type{Name: types.ExprString(e)}
			return
		}
		for _, name := range field.Names {
			p.readField(t, name, field)
		}
	}
}

func (p *Package) readField(t *Type, name *ast.Ident, field *ast.Field) {
	f := &Field{GoName: name.Name, Type: p.read(field.Type)}
	switch {
	case name.Name == "union" && f.Type.Kind == Raw:
		t.Union = true
	case !name.IsExported():
	case f.readTag(field.Tag):
		t.Fields = append(t.Fields, f)
	case name.Name == "AdditionalProperties" && f.Type.Kind == Map:
		t.Extra = f.Type.Elem
	}
}

// readTag reads what the tag tells encoding/json, and says whether the field is for JSON at all.
func (f *Field) readTag(literal *ast.BasicLit) bool {
	f.Name = f.GoName
	if literal == nil {
		return true
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		return true
	}
	tag := reflect.StructTag(text).Get("json")
	if tag == "-" {
		return false
	}
	name, options, _ := strings.Cut(tag, ",")
	if isName(name) {
		f.Name = name
	}
	for option := range strings.SplitSeq(options, ",") {
		f.OmitEmpty = f.OmitEmpty || option == "omitempty"
		f.OmitZero = f.OmitZero || option == "omitzero"
	}
	return true
}

// isName says that encoding/json takes a name from a tag. It ignores others.
func isName(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return name != ""
}
