//go:build unix && !linux

package cluster

import "golang.org/x/sys/unix"

const receiveFlags = unix.MSG_DONTWAIT
