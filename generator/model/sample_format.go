package model

import (
	"errors"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

var errFormat = errors.New("not of the format")

var uuidText = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

var checkedFormats = openapi3.WithStringFormatValidators(stringFormats())

// stringFormats are the formats that generated servers check.
func stringFormats() map[string]openapi3.StringFormatValidator {
	formats := map[string]openapi3.StringFormatValidator{}
	for name, fits := range map[string]func(string) bool{
		"date-time": func(s string) bool { _, err := time.Parse(time.RFC3339, s); return err == nil },
		"date":      func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil },
		"uuid":      uuidText.MatchString,
		"email":     func(s string) bool { _, err := mail.ParseAddress(s); return err == nil },
		"uri":       func(s string) bool { u, err := url.Parse(s); return err == nil && u.IsAbs() },
		"ipv4":      func(s string) bool { ip, err := netip.ParseAddr(s); return err == nil && ip.Is4() },
		"ipv6":      func(s string) bool { ip, err := netip.ParseAddr(s); return err == nil && ip.Is6() },
	} {
		formats[name] = openapi3.NewCallbackValidator(func(s string) error {
			if !fits(s) {
				return errFormat
			}
			return nil
		})
	}
	return formats
}
