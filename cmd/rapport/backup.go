package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"rapport/hub/files"
	"rapport/storage"
)

// backup packs database and key into one file, beside a server that may be
// running. The file opens everything: it is for this user alone.
func backup(ctx context.Context, args []string, s streams) int {
	return archiveCommand("backup", "to", "`file` to write, such as rapport.tar.gz; it must not exist", args, s, func(h home, to string) error {
		if h.store != "" {
			return fmt.Errorf("nothing was written: Postgres makes the copy of the database %s itself, with pg_dump --format=custom --file rapport.dump. Keep secret.key, files and erased of %s with it; without secret.key the copy cannot be used%s", h.where, h.dir, h.elsewhere())
		}
		dir := h.dir
		if err := unmoved(dir, ""); err != nil {
			return err
		}
		m, size, err := backUp(ctx, dir, to)
		if err == nil {
			fmt.Fprintf(s.out, "Backed up to %s (%.1f MB): %s%s\n", to, float64(size)/1e6, sum(m.Counts), h.without(m.missing))
		}
		return err
	})
}

// without says what is not in a backup: so many files that people have sent along.
func (h home) without(missing int) string {
	switch {
	case missing == 0:
		return ""
	case h.files == "":
		return fmt.Sprintf("\n%d files that people sent along are not in it: they are not in the data folder. If they lie in an S3 store, copy them there", missing)
	}
	return fmt.Sprintf("\n%d files that people sent along are not in it%s", missing, h.elsewhere())
}

// elsewhere says where files lie that a copy of the data folder does not hold.
func (h home) elsewhere() string {
	if h.files == "" {
		return ""
	}
	return fmt.Sprintf(". They lie in %s: keep a copy of that as well, with an S3 client", h.files)
}

// archiveCommand parses the flags of a command about a data folder and one
// archive, which the flag named side tells, and runs it.
func archiveCommand(name, side, usage string, args []string, s streams, do func(h home, archive string) error) int {
	fset := flag.NewFlagSet(name, flag.ContinueOnError)
	var h home
	archive := fset.String(side, "", usage)
	var filesAt string
	filesStoreFlag(fset, &filesAt)
	if code, ok := h.parse(fset, args, s); !ok {
		return code
	}
	if filesAt != "" {
		var err error
		if h.files, err = files.Whereabouts(filesAt); err != nil {
			fmt.Fprintln(s.err, "rapport: files-store:", err)
			return 2
		}
	}
	if *archive == "" {
		fmt.Fprintf(s.err, "rapport: say which file with --%s FILE\n", side)
		return 2
	}
	if err := do(h, *archive); err != nil {
		return fail(s.err, err)
	}
	return 0
}

func sum(c storage.Counts) string {
	return fmt.Sprintf("%d conversations with %d messages, %d customers, %d agents, %d sites.", c.Conversations, c.Messages, c.People, c.Agents, c.Sites)
}

// backUp makes the archive under another name first, so that to is whole or is
// not there.
func backUp(ctx context.Context, dir, to string) (m manifest, size int64, err error) {
	source := data{dir: dir}
	if _, err := os.Stat(source.database()); err != nil {
		return m, 0, fmt.Errorf("there is no database in %s: %w. Choose the folder with --data", dir, unwrapPath(err))
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return m, 0, fmt.Errorf("%s is there already. Choose another name with --to", to)
	}
	// Beside the archive, where there must be room for it anyway.
	work, err := os.MkdirTemp(filepath.Dir(to), ".rapport-backup-*")
	if err != nil {
		return m, 0, fmt.Errorf("%s cannot be written: %w", to, unwrapPath(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if m, err = collect(ctx, source, work); err != nil {
		return m, 0, err
	}
	made := filepath.Join(work, "archive")
	if size, err = packTo(made, work, m); err != nil {
		return m, 0, fmt.Errorf("%s cannot be written: %w", to, unwrapPath(err))
	}
	if err := putDown(made, to, os.Link); err != nil {
		return m, 0, fmt.Errorf("%s cannot be written: %w", to, unwrapPath(err))
	}
	return m, size, syncFolder(filepath.Dir(to))
}

// putDown gives the finished archive its name. A link, unlike a rename, replaces
// nothing; where the medium has none, as memory sticks and network shares, the
// archive is copied.
func putDown(made, to string, link func(made, to string) error) error {
	err := link(made, to)
	if errors.Is(err, syscall.EPERM) || errors.Is(err, errors.ErrUnsupported) {
		return copyNew(made, to)
	}
	return err
}

// copyNew copies a file to a name that must be free, or leaves nothing there.
func copyNew(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// collect copies database and key into the folder and describes them.
func collect(ctx context.Context, source data, work string) (m manifest, err error) {
	key, err := os.ReadFile(filepath.Join(source.dir, keyName))
	if err != nil {
		return m, fmt.Errorf("the key of %s cannot be read: %w", source.dir, unwrapPath(err))
	}
	if err := os.WriteFile(filepath.Join(work, keyName), key, 0o600); err != nil {
		return m, err
	}
	m = manifest{Made: time.Now().UTC().Truncate(time.Second), Version: version()}
	if err := storage.CopySQLite(ctx, source.database(), filepath.Join(work, databaseName)); err != nil {
		return m, err
	}
	if m.Counts, err = storage.CheckSQLite(ctx, filepath.Join(work, databaseName)); err != nil {
		return m, err
	}
	return m, m.findFiles(ctx, filepath.Join(work, databaseName), filepath.Join(source.dir, filesName))
}

// findFiles notes what people sent along, as far as it is there. What was uploaded
// and not sent yet stays out: it may be swept away meanwhile.
func (m *manifest) findFiles(ctx context.Context, database, dir string) error {
	sums, err := storage.AttachedBlobSums(ctx, database)
	if err != nil {
		return err
	}
	m.from = dir
	for _, blob := range slices.Sorted(maps.Keys(sums)) {
		if !files.ValidName(blob) {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(files.Path(blob)))); err == nil {
			m.blobs = append(m.blobs, blob)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		} else {
			m.missing++
		}
	}
	m.Files = len(m.blobs)
	return nil
}

func packTo(path, dir string, m manifest) (size int64, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	err = pack(f, dir, m)
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr, f.Sync(), f.Close()); err != nil {
		return 0, err
	}
	return info.Size(), nil
}
