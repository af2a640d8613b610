package storage

import (
	"syscall"
	"testing"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// fsyncFailed is what SQLite says when the disk did not sync.
var fsyncFailed = sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync}

// smallDisk mounts a file system of 4 MB and returns its folder and a function
// that makes it larger. Where the machine does not allow mounts the test is
// skipped, and says so.
func smallDisk(t *testing.T) (dir string, grow func()) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("NOT TESTED HERE: a full disk. This machine does not let us mount a small one: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount the small disk: %v", err)
		}
	})
	return dir, func() {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=16m"); err != nil {
			t.Fatal(err)
		}
	}
}
