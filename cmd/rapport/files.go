package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"rapport/hub/chat"
	"rapport/hub/files"
)

// filesName is the folder of what was sent along, within the data folder and
// within an archive.
const filesName = "files"

func (s *server) openFiles(quota chat.FileQuota) error {
	folder, err := files.OpenFolder(filepath.Join(s.data.dir, filesName))
	if err != nil {
		return err
	}
	s.files = &files.Shelf{Store: folder, Book: s.store, Quota: quota, Clock: chat.SystemClock, Log: s.log, Space: folder.Space}
	return nil
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
		return err
	})
}
