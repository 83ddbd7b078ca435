package api

import (
	"bytes"
	"encoding/base64"
	"strings"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

// readTime reads a date-time, also one that Go's own decoder does not.
func readTime(r *reader, v *time.Time) bool {
	return readFormatted(r, "date-time", func(text []byte) error {
		switch err := v.UnmarshalText(text); {
		case err != nil:
			return readRareTime(string(text), v)
		case !isStrictTime(string(text)):
			return errFormat
		}
		return nil
	})
}

// readRareTime reads what RFC 3339 has beyond Go: t and z as lower case (§5.6), and leap seconds, which end a day in
// UTC (§5.7) and become the second behind them.
func readRareTime(text string, v *time.Time) error {
	const seconds = len("2026-01-31T23:59:")
	text = strings.ToUpper(text)
	if len(text) < seconds+len("60Z") {
		return errFormat
	}
	leap := text[seconds:seconds+2] == "60"
	if leap {
		text = text[:seconds] + "59" + text[seconds+2:]
	}
	if !isDateTime(text) || v.UnmarshalText([]byte(text)) != nil {
		return errFormat
	}
	if leap {
		if v.UTC().Format("15:04:05") != "23:59:59" {
			return errFormat
		}
		*v = v.Add(time.Second)
	}
	return nil
}

func readDate(r *reader, v *openapi_types.Date) bool {
	return readFormatted(r, "date", v.UnmarshalText)
}

func readUUID(r *reader, v *openapi_types.UUID) bool {
	return readFormatted(r, "uuid", func(text []byte) error {
		if len(text) != 36 { // the other spellings that the type reads are not the format's
			return errFormat
		}
		return v.UnmarshalText(text)
	})
}

func readEmail(r *reader, v *openapi_types.Email) bool {
	return readFormatted(r, "email", func(text []byte) error {
		if !isEmail(string(text)) {
			return errFormat
		}
		address, err := plainEmail(string(text))
		*v = openapi_types.Email(address)
		return err
	})
}

func readBytes[T ~[]byte](r *reader, v *T) bool {
	return readFormatted(r, "byte", func(text []byte) (err error) {
		if bytes.ContainsAny(text, "\r\n") { // which Go's decoder passes over
			return errFormat
		}
		*v, err = base64.StdEncoding.AppendDecode([]byte{}, text)
		return err
	})
}

// readFormatted reads a string of which parse makes a value.
func readFormatted(r *reader, format string, parse func([]byte) error) bool {
	if r.peek() != '"' {
		r.mismatch("must be a string")
		return false
	}
	if text := r.text(); r.broken || parse(text) != nil {
		r.fault(describeFormat(format))
		return false
	}
	return true
}
