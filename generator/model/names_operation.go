package model

import (
	"regexp"
	"strings"
)

// nameOperations gives every operation its ID and its Go name. A name is only good if all that is
// derived from it is free as well.
func (l *lowerer) nameOperations(ops []*operation) {
	methods := scope{}
	for _, op := range ops {
		op.ID = op.raw.OperationID
		if op.ID == "" {
			op.ID = operationID(op.Method, op.Path)
		}
		name := goName(op.ID)
		candidates := []string{name, goName(operationID(op.Method, op.Path)), name + "Operation"}
		for _, candidate := range candidates {
			if methods.free(candidate) && l.names.free(derived(candidate, op)...) {
				name = candidate
				break
			}
		}
		for !methods.free(name) || !l.names.free(derived(name, op)...) {
			name += "2"
		}
		op.GoName = name
		methods[name] = true
		for _, taken := range derived(name, op) {
			l.names[taken] = true
		}
	}
}

// derived are the names of package api that an operation called name brings along. Some are reserved
// although the operation does not use them yet: a name must keep when the document grows.
func derived(name string, op *operation) []string {
	out := []string{Unexported(name) + "Operation"}
	for _, suffix := range []string{
		"RequestObject", "ResponseObject", "Params", "JSONRequestBody", "FormdataRequestBody",
		"MultipartRequestBody", "TextRequestBody", "JSONBody", "FormdataBody", "MultipartBody", "TextBody",
	} {
		out = append(out, name+suffix)
	}
	for key, res := range op.responses() {
		status := statusWord(key)
		out = append(out, name+status+"Response", name+status+"ResponseHeaders", name+status+"JSONResponse")
		for mediaType := range res.Content {
			out = append(out, name+status+mediaTag(mediaType)+"Response")
		}
	}
	return out
}

// Variable is the name of the operation's row in the table of package api: listPostsOperation.
func (op *Operation) Variable() string { return Unexported(op.GoName) + "Operation" }

var pathParameter = regexp.MustCompile(`\{([^{}]+)\}`)

// operationID names an operation that the document leaves nameless: GET /posts/{postId}/tags →
// getPostsByPostIdTags.
func operationID(method, path string) string {
	var out strings.Builder
	out.WriteString(strings.ToLower(method))
	for part := range strings.SplitSeq(path, "/") {
		rest := 0
		for _, at := range pathParameter.FindAllStringSubmatchIndex(part, -1) {
			writeWords(&out, part[rest:at[0]])
			out.WriteString("By")
			writeWords(&out, part[at[2]:at[3]])
			rest = at[1]
		}
		writeWords(&out, part[rest:])
	}
	return out.String()
}

func writeWords(out *strings.Builder, text string) {
	for _, word := range humps(text) {
		out.WriteString(goWord(word, false))
	}
}

// mediaTag is what a media type is called within the name of a response type.
func mediaTag(mediaType string) string {
	base, _, _ := strings.Cut(mediaType, ";")
	switch base = strings.ToLower(strings.TrimSpace(base)); base {
	case "application/json":
		return "JSON"
	case "text/plain":
		return "Text"
	}
	return goName(strings.ReplaceAll(base, "*", "Any"))
}
