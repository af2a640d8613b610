package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// workFolder makes the folder for a run's store, on a disk that keeps what it
// is told to keep.
func workFolder(base string) (string, error) {
	if base == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no cache folder: %w (name one with --dir)", err)
		}
		base = filepath.Join(cache, "rapport-bench")
	}
	if err := os.MkdirAll(base, 0o700); err != nil {
		return "", err
	}
	if err := onDisk(base); err != nil {
		return "", fmt.Errorf("%w; name a folder on a disk with --dir", err)
	}
	return os.MkdirTemp(base, "run-")
}

// onDisk refuses a folder in memory, where durable costs nothing.
func onDisk(folder string) error {
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		return fmt.Errorf("statfs %s: %w", folder, err)
	}
	if fs.Type == unix.TMPFS_MAGIC || fs.Type == unix.RAMFS_MAGIC {
		return fmt.Errorf("%s lies in memory, where durable costs nothing", folder)
	}
	return nil
}

// measureSync returns the median time of fdatasync after a 4 KB append to a
// file that has room: what a commit waits for at least.
func measureSync(folder string) (time.Duration, error) {
	file, err := os.Create(filepath.Join(folder, "sync"))
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	block := make([]byte, 4096)
	const syncs = 101
	for range syncs { // the blocks exist, as those of a WAL that is used again
		if _, err := file.Write(block); err != nil {
			return 0, err
		}
	}
	if err := file.Sync(); err != nil {
		return 0, err
	}
	times := make([]time.Duration, 0, syncs)
	for n := range syncs {
		if _, err := file.WriteAt(block, int64(n*len(block))); err != nil {
			return 0, err
		}
		began := time.Now()
		if err := unix.Fdatasync(int(file.Fd())); err != nil {
			return 0, err
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}
