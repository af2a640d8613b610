//go:build unix

package hub

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// tryWrite writes what the socket takes at once, without waiting and without a
// time limit, and returns how many bytes that was: 0 also where it failed or where
// the connection is none of the kernel's.
func tryWrite(raw syscall.RawConn, items []item) (n int) {
	if raw == nil {
		return 0
	}
	// An error of Write means that the connection is closed: nothing was written.
	_ = raw.Write(func(fd uintptr) bool {
		n = writeOnce(int(fd), items) // the flusher meets an error again
		return true
	})
	return max(n, 0)
}

func writeOnce(fd int, items []item) (n int) {
	if len(items) == 1 {
		n, _ = syscall.Write(fd, items[0].frame)
		return n
	}
	frames := make([][]byte, 0, 8)
	for i := range items[:min(len(items), cap(frames))] {
		frames = append(frames, items[i].frame)
	}
	n, _ = unix.Writev(fd, frames)
	return n
}
