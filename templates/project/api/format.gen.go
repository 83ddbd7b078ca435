package api

import (
	"errors"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

var errFormat = errors.New("not of the format")

var (
	uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	bytePattern = regexp.MustCompile(openapi3.FormatOfStringByte)
)

// stringFormats are the formats that are checked. They are given with each validation: kin-openapi's
// own table is one for the whole process.
func stringFormats() map[string]openapi3.StringFormatValidator {
	formats := map[string]openapi3.StringFormatValidator{}
	for name, fits := range map[string]func(string) bool{
		"date-time": isDateTime,
		"date":      isDate,
		"uuid":      isUUID,
		"email":     isEmail,
		"uri":       isURI,
		"ipv4":      isIPv4,
		"ipv6":      isIPv6,
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

func isUUID(s string) bool { return uuidPattern.MatchString(s) }

// isByte is kin-openapi's own check: it takes Base64 for URLs as well.
func isByte(s string) bool { return bytePattern.MatchString(s) }

func isIPv4(s string) bool {
	ip, err := netip.ParseAddr(s)
	return err == nil && ip.Is4()
}

func isIPv6(s string) bool {
	ip, err := netip.ParseAddr(s)
	return err == nil && ip.Is6() && ip.Zone() == ""
}

// isDateTime holds a text against RFC 3339 §5.6, but for what Go's decoder of time.Time, which may get it later,
// does not read: t and z as lower case, and leap seconds.
func isDateTime(s string) bool {
	return new(time.Time).UnmarshalText([]byte(s)) == nil && isStrictTime(s)
}

// isStrictTime says that what Go reads as a time is one: Go takes hours of one digit, fractions behind
// a comma and offsets of more than a day.
func isStrictTime(s string) bool {
	if s[len("2026-01-31T12")] != ':' || strings.Contains(s, ",") {
		return false
	}
	offset, numeric := strings.CutPrefix(s[len(s)-len("+00:00"):], "+")
	if !numeric {
		offset, numeric = strings.CutPrefix(offset, "-")
	}
	return !numeric || offset < "24" && offset[len("00:"):] < "60"
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// isEmail says that a text is an addr-spec (RFC 5322 §3.4.1) and nothing else: mail.ParseAddress takes names, comments
// and white space with it.
func isEmail(s string) bool {
	address, err := mail.ParseAddress(s)
	if err != nil {
		return false
	}
	domain := address.Address[strings.LastIndexByte(address.Address, '@'):]
	return s == address.Address || strings.HasPrefix(s, `"`) && strings.HasSuffix(s, `"`+domain)
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && !strings.ContainsAny(s, " \t\r\n")
}

func describeFormat(format string) string {
	switch format {
	case "date-time":
		return "must be a date and time such as 2026-01-31T12:00:00Z"
	case "date":
		return "must be a date such as 2026-01-31"
	case "uuid":
		return "must be a UUID"
	case "email":
		return "must be an e-mail address"
	case "uri":
		return "must be an absolute URI"
	case "ipv4":
		return "must be an IPv4 address"
	case "ipv6":
		return "must be an IPv6 address"
	case "byte":
		return "must be Base64"
	case "int32", "int64":
		return "must be within the range of " + format
	}
	return "must have the format " + format
}
