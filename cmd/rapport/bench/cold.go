package bench

import (
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// coldCopy copies a program into the folder and has the kernel forget what it holds
// of it, as after a boot. A file that was just linked lies in the page cache in large
// pieces that are mapped whole: up to 6 MB more would be counted as memory of a
// server that never asked for them.
func coldCopy(program, folder string) (string, error) {
	from, err := os.Open(program)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to, err := os.OpenFile(filepath.Join(folder, "rapport"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o700)
	if err != nil {
		return "", err
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		return "", err
	}
	if err := to.Sync(); err != nil { // only what is on disk can be forgotten
		return "", err
	}
	return to.Name(), unix.Fadvise(int(to.Fd()), 0, 0, unix.FADV_DONTNEED)
}
