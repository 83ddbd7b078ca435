package web

import (
	"net/http"
	"strconv"
	"strings"

	"example.com/board/api"
)

// errorForm is an api.ErrorBody, read.
type errorForm struct {
	// status is "404", "4XX", "default", or "" for any.
	status    string
	mediaType string
	body      func(errorValues) []byte
}

// errorValues is what can be said to a client about an error.
type errorValues struct {
	Type, Title, Detail, Code, Instance, RequestID string

	Status  int
	Invalid []api.Invalid
	// placed says that what is Invalid has its place already, within an array that is in another.
	placed bool
}

func newErrorValues(e *api.Error, x *exchange) errorValues {
	title := http.StatusText(e.Status)
	if title == "" {
		title = "Error " + strconv.Itoa(e.Status)
	}
	v := errorValues{
		Type:      "about:blank",
		Title:     title,
		Status:    e.Status,
		Detail:    e.Detail,
		Code:      strings.NewReplacer(" ", "_", "-", "_", "'", "").Replace(strings.ToLower(title)),
		Instance:  x.request.URL.EscapedPath(),
		RequestID: x.id,
		Invalid:   e.Invalid,
	}
	switch {
	case v.Detail == "" && len(v.Invalid) > 0:
		v.Detail = "the request is not valid"
	case v.Detail == "":
		v.Detail = title
	}
	return v
}

// explained puts the invalid parts into Detail, for bodies that have no other place for them.
func (v errorValues) explained() errorValues {
	separator := ": "
	for _, invalid := range v.Invalid {
		if place := invalid.Pointer + invalid.Parameter; place != "" {
			v.Detail += separator + place + " " + invalid.Detail
		} else {
			v.Detail += separator + invalid.Detail
		}
		separator = "; "
	}
	return v
}

// parseErrorForm reads what the document says about an error.
func parseErrorForm(documented api.ErrorBody) (*errorForm, error) {
	form := &errorForm{status: documented.Status, mediaType: documented.MediaType}
	if strings.Contains(form.mediaType, "*") {
		form.mediaType = "application/json"
	}
	if documented.Template == "" {
		form.body = plainBody(form.mediaType)
		return form, nil
	}
	template, err := parseTemplate(documented.Template)
	if err != nil {
		return nil, err
	}
	lists := strings.Contains(documented.Template, "${errors.")
	form.body = func(v errorValues) []byte {
		if !lists {
			v = v.explained()
		}
		if text, ok := template.(textNode); ok && strings.HasPrefix(form.mediaType, "text/") {
			return []byte(text.text(v))
		}
		return template.append(nil, v)
	}
	return form, nil
}

// plainBody is the body of an error for which the document has a media type at most.
func plainBody(mediaType string) func(errorValues) []byte {
	switch {
	case strings.HasPrefix(mediaType, "text/"):
		return func(v errorValues) []byte { return []byte(v.explained().Detail) }
	case strings.HasSuffix(mediaType, "json"):
		return problem
	}
	return func(errorValues) []byte { return nil }
}
