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
	messageWords  = "message detail details errordescription errormessage errordetail errordetails msg description usermessage faultmessage err"
	titleWords    = "title summary error"
	codeWords     = "code errorcode"
	statusWords   = "status statuscode httpstatus httpcode httpstatuscode"
	typeWords     = "type uri"
	requestWords  = "requestid traceid correlationid xrequestid"
	wrapperWords  = "error errors fault problem"
	listWords     = "errors error details detail issues violations causes problems messages message fielderrors validationerrors invalidparams fields base"
	placeWords    = "field fieldname path propertypath property location loc key target attribute name source"
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
	case isOneOf(at.name, "reason error") && !at.said:
		return "${detail}"
	case isOneOf(at.name, titleWords+" reason"):
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
	return ""
}

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
	return ""
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
