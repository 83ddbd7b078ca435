package codec

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec/gotype"
	"gen/generator/model"
)

// checkedFormats are the formats of strings that are checked, and what checks them.
var checkedFormats = map[string]string{
	"date-time": "isDateTime", "date": "isDate", "uuid": "isUUID", "email": "isEmail", "uri": "isURI",
	"ipv4": "isIPv4", "ipv6": "isIPv6", "byte": "isByte",
}

// formats are those of strings that are checked, each once.
func (r rules) formats() (formats []string) {
	for _, s := range r.members {
		if checkedFormats[s.Format] != "" && !slices.Contains(formats, s.Format) {
			formats = append(formats, s.Format)
		}
	}
	return formats
}

// checksTexts says that strings are held against more than a format.
func (r rules) checksTexts() bool {
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool {
		return s.MinLength > 0 || s.MaxLength != nil || s.Pattern != ""
	})
}

// scalar writes what reads a string, a number, a boolean or a type that is written as a string.
func (w *writer) scalar(r rules, t *gotype.Type, dst, name string) {
	base := t.Base()
	texts, isEnum := r.texts()
	if isEnum && base.Kind == gotype.String {
		w.linef("readEnum(r, %s, %s)", address(dst), quoted(texts))
		return
	}
	plain := dst
	if t.Definition() != nil {
		plain = fmt.Sprintf("%s(%s)", base.Name, dst)
	}
	guard, read := "string", cmp.Or(stringReaders[base.Kind], "readOther(r, %s)")
	var checks []string
	switch base.Kind {
	case gotype.String:
		read, checks = "readString(r, %s)", w.textChecks(r, plain, name)
	case gotype.Bool:
		guard, read = "boolean", "readBool(r, %s)"
	case gotype.Int, gotype.Uint, gotype.Float:
		w.numeric(r, base, dst)
		return
	}
	w.readAndCheck(r.guard(guard), fmt.Sprintf(read, address(dst)), checks)
}

var stringReaders = map[gotype.Kind]string{
	gotype.Time: "readTime(r, %s)", gotype.Date: "readDate(r, %s)", gotype.UUID: "readUUID(r, %s)",
	gotype.Email: "readEmail(r, %s)", gotype.Bytes: "readBytes(r, %s)",
}

func (w *writer) readAndCheck(guard, read string, checks []string) {
	switch {
	case len(checks) > 0:
		w.linef("if %s%s {\n%s\n}", guard, read, strings.Join(checks, "\n"))
	case guard != "":
		w.linef("if %s {\n%s\n}", strings.TrimSuffix(guard, " && "), read)
	default:
		w.linef("%s", read)
	}
}

func quoted(texts []string) string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = strconv.Quote(text)
	}
	return strings.Join(list, ", ")
}

// lines collects lines, each once.
type lines []string

func (l *lines) addf(format string, args ...any) {
	if line := fmt.Sprintf(format, args...); !slices.Contains(*l, line) {
		*l = append(*l, line)
	}
}

// textChecks are the lines that hold a string against its rules.
func (w *writer) textChecks(r rules, text, name string) []string {
	var out lines
	for _, s := range r.members {
		if s.MinLength > 0 {
			out.addf("r.minLength(%s, %d)", text, s.MinLength)
		}
		if s.MaxLength != nil {
			out.addf("r.maxLength(%s, %d)", text, *s.MaxLength)
		}
		if s.Pattern != "" {
			variable := w.variable(model.Unexported(w.c.ownName(s, name))+"Pattern", "newPattern("+literal(s.Pattern)+")")
			out.addf("r.pattern(%s, %s)", text, variable)
		}
	}
	for _, format := range r.formats() {
		out.addf("r.format(%s, %q, %s)", text, format, checkedFormats[format])
	}
	return out
}

func literal(text string) string {
	if strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

func uniqueItems(s *openapi3.Schema) bool { return s.UniqueItems }

func (w *writer) itemChecks(r rules, n string) {
	var out lines
	for _, s := range r.members {
		if s.MinItems > 0 {
			out.addf("r.minItems(%s, %d)", n, s.MinItems)
		}
		if s.MaxItems != nil {
			out.addf("r.maxItems(%s, %d)", n, *s.MaxItems)
		}
	}
	for _, line := range out {
		w.linef("%s", line)
	}
}

func (w *writer) memberChecks(r rules, n string) {
	var out lines
	for _, s := range r.members {
		if s.MinProps > 0 {
			out.addf("r.minMembers(%s, %d)", n, s.MinProps)
		}
		if s.MaxProps != nil {
			out.addf("r.maxMembers(%s, %d)", n, *s.MaxProps)
		}
	}
	for _, line := range out {
		w.linef("%s", line)
	}
}
