package cluster

import "golang.org/x/sys/unix"

// receiveFlags keep a descriptor that is received from programs started at that moment.
const receiveFlags = unix.MSG_DONTWAIT | unix.MSG_CMSG_CLOEXEC
