package config

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Directory is where an ACME authority is found.
type Directory string

// UnmarshalText accepts "https://ca.example/acme/directory".
func (d *Directory) UnmarshalText(text []byte) error {
	parsed, err := url.Parse(string(text))
	if err != nil || parsed.Scheme != "https" || parsed.Host == "" {
		return fmt.Errorf("%q is not the directory of an ACME authority: want a URL such as https://ca.example/acme/directory", text)
	}
	*d = Directory(text)
	return nil
}

// Duration is a time to wait.
type Duration time.Duration

// UnmarshalText accepts "2s", "1m30s", "0".
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil || parsed < 0 {
		return fmt.Errorf("%q is not a time to wait: want one such as 2s or 1m30s", text)
	}
	*d = Duration(parsed)
	return nil
}

// String serves the help.
func (d Duration) String() string { return time.Duration(d).String() }

// Lifetime is a time that something lives for.
type Lifetime time.Duration

// UnmarshalText accepts "30m", "12h".
func (l *Lifetime) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil || parsed < time.Second {
		return fmt.Errorf("%q is not a lifetime: want one of a second or more, such as 30m or 12h", text)
	}
	*l = Lifetime(parsed)
	return nil
}

// String serves the help.
func (l Lifetime) String() string { return time.Duration(l).String() }

// Origin is a scheme, a host and perhaps a port.
type Origin string

// UnmarshalText accepts "https://shop.example", "http://localhost:3000".
func (o *Origin) UnmarshalText(text []byte) error {
	if err := http.NewCrossOriginProtection().AddTrustedOrigin(string(text)); err != nil {
		return fmt.Errorf("%q is not an origin: want a scheme and a host, such as https://shop.example", text)
	}
	*o = Origin(text)
	return nil
}

// Size is a number of bytes.
type Size int64

// UnmarshalText accepts a number with an optional unit: "8MiB", "500kB", "1048576", and K, M or G for KiB, MiB or GiB, as
// systemd has them, also in lower case.
func (s *Size) UnmarshalText(text []byte) error {
	units := []struct {
		name  string
		bytes int64
	}{
		{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
		{"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1},
		{"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"k", 1 << 10}, {"m", 1 << 20}, {"g", 1 << 30}, {"", 1},
	}
	for _, unit := range units {
		digits, found := strings.CutSuffix(string(text), unit.name)
		if !found {
			continue
		}
		number, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || number <= 0 || number > math.MaxInt64/unit.bytes {
			break
		}
		*s = Size(number * unit.bytes)
		return nil
	}
	return fmt.Errorf("%q is not a size: want a number of bytes, or one with a unit such as 8MiB", text)
}

// Network is a range of IP addresses.
type Network struct{ netip.Prefix }

// UnmarshalText accepts "10.0.0.0/8", and a single address.
func (n *Network) UnmarshalText(text []byte) error {
	if addr, err := netip.ParseAddr(string(text)); err == nil {
		n.Prefix = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen())
		return nil
	}
	prefix, err := netip.ParsePrefix(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a network: want an IP address, or a range such as 10.0.0.0/8", text)
	}
	n.Prefix = prefix.Masked()
	return nil
}
