package model

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The words that published error schemas use, folded.
const (
	messageWords  = "message detail details errordescription errormessage errordetail errordetails msg description usermessage faultmessage err text why"
	titleWords    = "title summary error"
	firstWords    = "reason error fault" // the message where nothing else is
	codeWords     = "code errorcode"
	statusWords   = "status statuscode httpstatus httpcode httpstatuscode"
	typeWords     = "type uri"
	requestWords  = "requestid traceid correlationid xrequestid"
	wrapperWords  = "error errors fault problem"
	listWords     = "errors error details detail issues violations causes problems messages message fielderrors validationerrors invalidparams fields base"
	placeWords    = "field fieldname path propertypath property location loc key target attribute name source at where"
	certainPlaces = "field fieldname path propertypath property location loc at where"
	pointerWords  = "pointer jsonpointer"
	queryWords    = "parameter param argument"
	partTextWords = messageWords + " reason " + titleWords
)

// isOneOf says that a name is one of the words: errorCode, error_code and ErrorCode are errorcode.
func isOneOf(name, words string) bool {
	name = Flat(name)
	for word := range strings.FieldsSeq(words) {
		if word == name {
			return true
		}
	}
	return false
}

func isErrorWrapper(name string) bool { return isOneOf(name, wrapperWords) }
func isErrorList(name string) bool    { return isOneOf(name, listWords) }
func isErrorCode(name string) bool {
	return isOneOf(name, codeWords+" "+statusWords+" "+typeWords+" error")
}

// isPlace says that a member of a list names the invalid part.
func isPlace(name string) bool {
	return isOneOf(name, placeWords+" "+pointerWords+" "+queryWords)
}

// hasMessage says that an object has a string for the message beside the given member.
func hasMessage(t *Type, but string) bool {
	return slices.ContainsFunc(t.Fields, func(f *Field) bool {
		return f.Name != but && f.Type != nil && f.Type.Kind == String && isOneOf(f.Name, messageWords)
	})
}

// placeholder is what stands for a member in the template, "" where its name says nothing.
func placeholder(t *Type, at errorContext) string {
	switch {
	case t.Kind == Integer || t.Kind == Number:
		if isOneOf(at.name, codeWords+" "+statusWords) {
			return "${status}"
		}
		return ""
	case t.Kind != String && t.Kind != Any:
		return ""
	case at.part:
		return partPlaceholder(at)
	case isOneOf(at.name, messageWords+" base messages errors"):
		return "${detail}"
	case isOneOf(at.name, firstWords) && !at.said:
		return "${detail}"
	case isOneOf(at.name, titleWords+" "+firstWords):
		return "${title}"
	}
	for _, known := range []struct{ words, text string }{
		{codeWords, "${code}"}, {statusWords, "${statusText}"}, {typeWords, "${type}"},
		{"instance", "${instance}"}, {requestWords, "${requestId}"},
	} {
		if isOneOf(at.name, known.words) {
			return known.text
		}
	}
	if t.Kind == String && speaksOf(at.name) {
		return "${detail}"
	}
	return ""
}

// speaksOf says that a name has one of the words for a message in it, and is none of an address or a number.
func speaksOf(name string) bool {
	name = strings.ReplaceAll(Flat(name), "context", "")
	has := func(word string) bool { return strings.Contains(name, word) }
	ends := func(word string) bool { return strings.HasSuffix(name, word) }
	return slices.ContainsFunc(strings.Fields("text message detail description reason title error fault why"), has) &&
		!slices.ContainsFunc(strings.Fields(meaningEndings), ends)
}

// meaningEndings are how names end that stand for something else than a sentence.
const meaningEndings = "code id key type kind class level status uri url link href path host method version date time timestamp edat count number"

func partPlaceholder(at errorContext) string {
	for _, known := range []struct{ words, text string }{
		{partTextWords + " " + listWords, "${errors.detail}"},
		{placeWords, "${errors.pointer}${errors.parameter}"},
		{pointerWords, "${errors.pointer}"}, {queryWords, "${errors.parameter}"},
		{codeWords, "${code}"}, {statusWords, "${statusText}"},
	} {
		if isOneOf(at.name, known.words) {
			return known.text
		}
	}
	if at.required && isOneOf(at.name, typeWords) {
		return "${code}"
	}
	if speaksOf(at.name) {
		return "${errors.detail}"
	}
	return ""
}

// mayHaveMessage says that nothing speaks against the message in a string of that name.
func mayHaveMessage(t *Type, name string) bool {
	name = Flat(name)
	ends := func(word string) bool { return strings.HasSuffix(name, word) }
	return t.Kind == String && name != "" && name != "instance" && !slices.ContainsFunc(strings.Fields(meaningEndings), ends) &&
		!isOneOf(name, requestWords)
}

// isUnknown says that a made-up value of a type tells a client nothing, unlike false or an empty list.
func isUnknown(t *Type) bool {
	return t != nil && len(t.Enum) == 0 && (t.Kind == String || t.Kind == Integer || t.Kind == Number)
}

// isPart says that a value names an invalid part and says what is wrong with it.
func isPart(t *Type) bool {
	has := func(words string) bool {
		return slices.ContainsFunc(t.Fields, func(f *Field) bool {
			return f.Type != nil && f.Type.Kind == String && isOneOf(f.Name, words)
		})
	}
	return t != nil && t.Kind == Object && has(certainPlaces+" "+pointerWords+" "+queryWords) && has(partTextWords)
}

// statusHints are words in the enums of published error codes.
var statusHints = map[int][]string{
	400: {"badrequest", "invalidrequest", "validation", "invalidargument", "invalid"},
	401: {"unauthorized", "unauthenticated", "authentication", "invalidtoken", "invalidclient"},
	403: {"forbidden", "permission", "accessdenied"},
	404: {"notfound", "missing"},
	409: {"conflict", "alreadyexists", "exists"},
	412: {"precondition"},
	413: {"toolarge"},
	415: {"unsupportedmedia"},
	422: {"unprocessable", "validation", "invalid"},
	429: {"ratelimit", "toomany"},
	500: {"internal", "servererror", "unknown", "apierror", "error"},
	501: {"notimplemented", "unimplemented"},
	503: {"unavailable"},
}

// fittingEnum is the value that fits the status, else the first.
func fittingEnum(values []EnumValue, status string) any {
	code := exampleStatus(status)
	for _, v := range values {
		if asJSON(v.Value) == strconv.Itoa(code) || v.Value == strconv.Itoa(code) {
			return v.Value
		}
	}
	for _, hint := range append([]string{Flat(http.StatusText(code))}, statusHints[code]...) {
		for _, v := range values {
			if text, ok := v.Value.(string); ok && strings.Contains(Flat(text), hint) {
				return v.Value
			}
		}
	}
	return values[0].Value
}

// exampleStatus is a status that "404", "4XX" or "default" covers.
func exampleStatus(status string) int {
	code, err := strconv.Atoi(strings.ReplaceAll(status, "XX", "00"))
	if err != nil {
		return http.StatusInternalServerError
	}
	return cmp.Or(code, http.StatusInternalServerError)
}
