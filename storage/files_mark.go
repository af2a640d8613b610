package storage

import (
	"context"
	"fmt"
)

// filesMark is the setting with the mark of the folder of files that the servers of an
// installation share.
const filesMark = "files_mark"

// FilesMark returns the mark that is kept: the one that was given first.
func (s *Store) FilesMark(ctx context.Context, fresh string) (string, error) {
	mark, err := s.setting(ctx, filesMark, func() string { return fresh })
	if err != nil {
		return "", fmt.Errorf("read the mark of the files' folder: %w", err)
	}
	return mark, nil
}
