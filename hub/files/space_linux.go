package files

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Space is how much of the folder's file system is free for this process, and how
// much there is.
func (f Folder) Space() (free, total int64, err error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(f.dir, &fs); err != nil {
		return 0, 0, fmt.Errorf("ask for free space in %s: %w", f.dir, err)
	}
	return int64(fs.Bavail) * fs.Bsize, int64(fs.Blocks) * fs.Bsize, nil
}
