//go:build !unix

package systemd

// Monotonic is for nobody: there is no such service manager here.
func Monotonic() string { return "MONOTONIC_USEC=0" }
