package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"rapport/hub/chat"
	"rapport/hub/files"
)

// filesName is the folder of what was sent along, within the data folder and
// within an archive.
const filesName = "files"

// openFiles opens the folder, or the place in a store for several servers.
func (s *server) openFiles(ctx context.Context, quota chat.FileQuota) error {
	s.files = &files.Shelf{Book: s.store, Quota: quota, Clock: chat.SystemClock, Log: s.log}
	dir := filepath.Join(s.data.dir, filesName)
	if s.c.place == nil {
		folder, err := s.openFolder(ctx, dir)
		s.files.Store, s.files.Space = folder, folder.Space
		return err
	}
	far, err := files.OpenS3(ctx, *s.c.place, dir, hex.EncodeToString(s.data.purpose("files' owner")), s.log)
	if err != nil {
		return err
	}
	s.files.Store = far
	if held, err := files.Holds(dir); err != nil {
		return err
	} else if held {
		s.log.Warn("the data folder holds files too, which are not served: carry them over with an S3 client, as the README says", "folder", dir)
	}
	return nil
}

// openFolder opens the folder of a server that is alone, or finds out whether those of
// several are one.
func (s *server) openFolder(ctx context.Context, dir string) (files.Folder, error) {
	if s.c.bell == nil {
		return files.OpenFolder(dir)
	}
	folder, lacks, err := files.ShareFolder(dir, func(fresh string) (string, error) { return s.store.FilesMark(ctx, fresh) })
	switch {
	case err != nil || lacks == "":
		return folder, err
	case s.c.local():
		s.log.Warn("files that people send along lie in a folder which other servers do not see: what comes here can only be opened here. Name a bucket with --files-store, or give all servers one folder", "folder", dir)
		return folder, nil
	}
	return folder, fmt.Errorf("the files' folder %s is not the one that the other servers have: what comes here could not be opened there. Name a bucket with --files-store on all of them, or mount one folder there on all of them. If this is it, put the empty file %s into it", dir, filepath.Base(lacks))
}

// filesURL is the origin that files are served from.
func (s *server) filesURL() string {
	if s.c.filesURL != "" {
		return s.c.filesURL
	}
	return s.widget
}

const (
	sweepEvery     = time.Hour
	sweepLostEvery = 24 // sweeps: it reads every name in the files' folder
)

// sweepFiles removes what was uploaded and never sent until ctx ends, and bytes
// that nothing leads to at the start and once a day.
func (s *server) sweepFiles(ctx context.Context) {
	n := 0
	s.repeat(ctx, sweepEvery, "cannot sweep files", func(ctx context.Context) error {
		err := s.files.Sweep(ctx)
		if n++; n%sweepLostEvery == 1 {
			err = errors.Join(err, s.files.SweepLost(ctx))
		}
		if errors.Is(err, files.ErrAway) {
			n = 0 // the log knows; what is lost is looked for as soon as they are back
			return nil
		}
		return err
	})
}
