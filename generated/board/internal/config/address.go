package config

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// Address is host:port. An empty host is every address of the machine.
type Address string

// UnmarshalText accepts what can be listened on, and nothing at all.
func (a *Address) UnmarshalText(text []byte) error {
	*a = Address(text)
	if *a == "" {
		return nil
	}
	_, port, err := net.SplitHostPort(string(text))
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("%q is not an address: want host:port such as localhost:8080, or :8080 for all interfaces", text)
	}
	return nil
}

func (a Address) loopback() bool {
	host, _, err := net.SplitHostPort(string(a))
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// anyPort says that the system picks a port.
func (a Address) anyPort() bool {
	_, port, _ := net.SplitHostPort(string(a))
	return strings.Trim(port, "0") == ""
}

// taken says that who listens on a leaves no b; of port 0 there are many.
func (a Address) taken(b Address) bool {
	host, port, _ := net.SplitHostPort(string(a))
	other, otherPort, _ := net.SplitHostPort(string(b))
	return port == otherPort && !a.anyPort() &&
		(everywhere(host) || everywhere(other) || numeric(host) == numeric(other))
}

func numeric(host string) string {
	if host == "localhost" {
		return "127.0.0.1"
	}
	return host
}

func everywhere(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "" || err == nil && ip.IsUnspecified()
}

// checkAddresses refuses what would be in use by this process itself.
func (c *Config) checkAddresses() error {
	listeners := []struct {
		setting string
		Address
	}{{"ADDR", c.Addr}, {"ADMIN_ADDR", c.AdminAddr}, {"REDIRECT_ADDR", c.RedirectAddr}}
	for i, later := range listeners {
		for _, first := range listeners[:i] {
			if first.taken(later.Address) {
				return fmt.Errorf("%s %s is where %s %s listens: choose another port", later.setting, later.Address, first.setting, first.Address)
			}
		}
	}
	return nil
}
