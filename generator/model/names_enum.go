package model

import (
	"fmt"
	"go/token"
	"strings"
	"unicode"

	"gen/generator/spec"
)

// enumWord is what a value adds to the name of its enum: "draft" → Draft, 404 → 404, -1 → Minus1.
func enumWord(value any) string {
	text := fmt.Sprint(value)
	name := goName(text)
	if trimmed, ok := strings.CutPrefix(name, "N"); ok && unicode.IsDigit([]rune(trimmed + " ")[0]) {
		return trimmed
	}
	return name
}

// nameConstants names the values of all enums, after everything that is not a constant has its name: as the document
// calls them, else after type and value.
func (l *lowerer) nameConstants() {
	for _, t := range l.named {
		for i, v := range t.Enum {
			name := t.Name + enumWord(v.Value)
			candidates := []string{name, name + "Value"}
			if given := l.constants[t][v.Value]; given != "" {
				candidates = []string{given, t.Name + given}
			}
			t.Enum[i].GoName = l.names.take(candidates...)
		}
	}
}

// constantNames are what the document calls the constants of an enum, by their values.
func (l *lowerer) constantNames(kind Kind, parts []part) map[any]string {
	names := map[any]string{}
	for _, p := range parts {
		if len(p.Enum) == 0 {
			continue
		}
		for _, key := range []string{"x-enum-varnames", "x-enumNames"} {
			if given, ok := p.Extensions[key]; ok {
				l.readConstants(kind, p, key, given, names)
				break
			}
		}
	}
	return names
}

// readConstants adds the names that one list has. What is wrong with it is a warning.
func (l *lowerer) readConstants(kind Kind, p part, key string, given any, names map[any]string) {
	at := p.pointer + spec.Pointer(key)
	list, ok := given.([]any)
	if !ok {
		l.warn(at, key+" is no list of names", "the constants are named after their values")
		return
	}
	if len(list) != len(p.Enum) {
		l.warn(at, fmt.Sprintf("%s has the length %d, enum has %d", key, len(list), len(p.Enum)), "the first name is that of the first value, and so on")
	}
	for i, given := range list[:min(len(list), len(p.Enum))] {
		value := scalarValue(kind, p.Enum[i])
		name, _ := given.(string)
		switch {
		case !token.IsIdentifier(name) && !token.IsKeyword(name):
			l.warn(at+spec.Pointer(fmt.Sprint(i)), fmt.Sprintf("%s has %#v, which is no Go identifier", key, given), "the constant is named after its value")
		case value != nil && names[value] == "":
			names[value] = exportedName(name)
		}
	}
}

// exportedName is an identifier as other packages may use it.
func exportedName(name string) string {
	if token.IsExported(name) {
		return name
	}
	return goName(name)
}
