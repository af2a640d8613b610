package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rapport/storage"
)

// restore puts a backup into an empty data folder.
func restore(ctx context.Context, args []string, s streams) int {
	return archiveCommand("restore", "from", "`file` that rapport backup has made", args, s, func(h home, from string) error {
		if h.store != "" {
			return fmt.Errorf("nothing was changed: Postgres takes its own copy back into the database %s, with pg_restore. What belongs beside it, secret.key, files and erased, goes to %s. The README has the steps", h.where, h.dir)
		}
		dir := h.dir
		m, err := putBack(ctx, from, dir)
		if err == nil {
			fmt.Fprintf(s.out, "Restored to %s as of %s: %s\nEverybody on the team signs in again. Who was erased since then comes back with it: put the file %s of the old folder into the new one first, and the server erases them again when it starts. Start the server on it with: rapport --data %s\n",
				dir, m.Made.Format("2006-01-02 15:04:05 MST"), sum(m.Counts), erasedName, dir)
		}
		return err
	})
}

// putBack unpacks and checks everything before anything takes its place; the
// database comes last, since it is what makes the folder an installation. Agents
// sign in anew: a sign-in that ended after the backup would live again.
func putBack(ctx context.Context, from, dir string) (m manifest, err error) {
	archive, err := os.Open(from)
	if err != nil {
		return m, fmt.Errorf("the backup %s cannot be read: %w", from, unwrapPath(err))
	}
	defer func() { _ = archive.Close() }()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return m, fmt.Errorf("the data folder %s cannot be made: %w. Choose another with --data", dir, unwrapPath(err))
	}
	target := data{dir: dir}
	if err := target.lockFolder(); err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, target.close()) }()
	if err := vacant(dir); err != nil {
		return m, err
	}
	work, err := os.MkdirTemp(dir, ".restore-*")
	if err != nil {
		return m, fmt.Errorf("the data folder %s cannot be written: %w", dir, unwrapPath(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if m, err = unpack(ctx, archive, work); err != nil {
		return m, fmt.Errorf("%s: %w. Nothing was changed", from, err)
	}
	counts, err := storage.CheckSQLite(ctx, filepath.Join(work, databaseName))
	if err != nil {
		return m, fmt.Errorf("%s: %w. Nothing was changed", from, err)
	}
	if counts != m.Counts {
		return m, fmt.Errorf("%s: %w: it holds %s and should hold %s Nothing was changed", from, errArchive, sum(counts), sum(m.Counts))
	}
	if err := storage.EndSignIns(ctx, filepath.Join(work, databaseName)); err != nil {
		return m, fmt.Errorf("%s: %w. Nothing was changed", from, err)
	}
	for _, name := range []string{filesName, keyName, databaseName} {
		if name == filesName && m.Files == 0 {
			continue
		}
		if err := os.Rename(filepath.Join(work, name), filepath.Join(dir, name)); err != nil {
			return m, err
		}
	}
	return m, syncFolder(dir)
}

// vacant refuses a folder that holds an installation, or the rest of one.
func vacant(dir string) error {
	for _, name := range []string{databaseName, databaseName + "-wal", keyName, filesName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s has a %s already. Move it away first, or choose an empty folder with --data", dir, name)
		}
	}
	return nil
}
