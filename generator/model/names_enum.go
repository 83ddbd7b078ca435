package model

import (
	"fmt"
	"strings"
	"unicode"
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
