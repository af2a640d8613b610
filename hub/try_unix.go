//go:build unix

package hub

import (
	"net"
	"syscall"
)

// tryWrite writes what the socket takes at once, without waiting and without a
// time limit, and returns how much that was: 0 also where it failed or where the
// connection is none of the kernel's.
func tryWrite(nc net.Conn, b []byte) (n int) {
	s, ok := nc.(syscall.Conn)
	if !ok {
		return 0
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return 0
	}
	// An error of Write means that the connection is closed: nothing was written.
	_ = raw.Write(func(fd uintptr) bool {
		n, _ = syscall.Write(int(fd), b) // the flusher meets the error again
		return true
	})
	return max(n, 0)
}
