package spec

import "strings"

var (
	escapePointer   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapePointer = strings.NewReplacer("~1", "/", "~0", "~")
)

// Pointer joins the parts to a JSON pointer (RFC 6901), each of them escaped:
// Pointer("paths", "/posts", "get") is "/paths/~1posts/get". No parts make "", the whole document.
func Pointer(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteByte('/')
		b.WriteString(escapePointer.Replace(part))
	}
	return b.String()
}

// splitPointer is the inverse of Pointer. It takes a URI fragment ("#/components") as well.
func splitPointer(pointer string) []string {
	pointer = strings.TrimPrefix(pointer, "#")
	if pointer == "" {
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, part := range parts {
		parts[i] = Unescape(part)
	}
	return parts
}

// Unescape returns the key that a part of a pointer stands for: "~1posts" is "/posts".
func Unescape(part string) string {
	if !strings.Contains(part, "~") {
		return part
	}
	return unescapePointer.Replace(part)
}
