package web

import (
	"net/http"
	"strconv"
	"strings"
)

// offer is one element of Accept or Accept-Encoding.
type offer struct {
	value   string
	quality float64
}

// parseAccept reads a list of media ranges or codings; parameters other than q are ignored.
func parseAccept(lines []string) []offer {
	if len(lines) == 0 {
		return nil
	}
	var offers []offer
	for element := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		value, parameters, _ := strings.Cut(element, ";")
		value = strings.ToLower(strings.TrimSpace(value))
		if value == "" {
			continue
		}
		quality := 1.0
		for parameter := range strings.SplitSeq(parameters, ";") {
			name, q, _ := strings.Cut(parameter, "=")
			if number, err := strconv.ParseFloat(strings.TrimSpace(q), 64); err == nil && strings.EqualFold(strings.TrimSpace(name), "q") {
				quality = number
			}
		}
		offers = append(offers, offer{value, quality})
	}
	return offers
}

// quality is what the most specific offer gives to a value (RFC 9110 §12.5.1), 0 when none names it.
func quality(offers []offer, value string) float64 {
	group, _, _ := strings.Cut(value, "/")
	for _, candidate := range []string{value, group + "/*", "*/*", "*"} {
		for _, offer := range offers {
			if offer.value == candidate {
				return offer.quality
			}
		}
	}
	return 0
}

// acceptable says whether the client takes one of the media types. A request without Accept takes all.
func acceptable(r *http.Request, produces []string) bool {
	offers := parseAccept(r.Header.Values("Accept"))
	if len(offers) == 0 || len(produces) == 0 {
		return true
	}
	for _, mediaType := range produces {
		mediaType, _, _ = strings.Cut(mediaType, ";")
		mediaType = strings.ToLower(strings.TrimSpace(mediaType))
		// The document leaves it to the handler what it sends.
		if strings.Contains(mediaType, "*") || quality(offers, mediaType) > 0 {
			return true
		}
	}
	return false
}
