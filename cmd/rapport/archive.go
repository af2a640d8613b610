package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"

	"rapport/hub/files"
	"rapport/storage"
)

// Names within an archive, in the order in which they stand there.
const (
	manifestName = "manifest.json"
	keyName      = "secret.key"
	databaseName = "rapport.db"
)

// manifest stands first in an archive and says what must be found behind it.
type manifest struct {
	Made     time.Time         `json:"made"`
	Version  string            `json:"version"`
	Counts   storage.Counts    `json:"counts"`
	Checksum map[string]string `json:"sha256"` // by name
	Files    int               `json:"files"`  // how many stand behind the database, whose rows hold their checksums

	blobs   []string // what these are called
	from    string   // the folder they lie in
	missing int      // how many were sent along and are not there
}

// maxManifest bounds what is read of a manifest, in bytes.
const maxManifest = 64 << 10

// pack writes an archive of the files of a folder.
func pack(out io.Writer, dir string, m manifest) error {
	z, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	m.Checksum = make(map[string]string)
	for _, name := range []string{keyName, databaseName} {
		if m.Checksum[name], err = checksum(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	first, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(first)), ModTime: m.Made}); err != nil {
		return err
	}
	if _, err := t.Write(first); err != nil {
		return err
	}
	for _, name := range []string{keyName, databaseName} {
		if err := packFile(t, filepath.Join(dir, name), name, m.Made); err != nil {
			return err
		}
	}
	for _, blob := range m.blobs {
		place := files.Path(blob)
		if err := packFile(t, filepath.Join(m.from, filepath.FromSlash(place)), filesName+"/"+place, m.Made); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), z.Close())
}

func packFile(t *tar.Writer, path, name string, made time.Time) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: made}); err != nil {
		return err
	}
	_, err = io.Copy(t, f)
	return err
}

// errArchive is what is wrong with a file that pack has not made, or not whole.
var errArchive = errors.New("this is no whole backup of rapport")

// unpack writes the files of an archive into a folder, synced, and proves that
// they are what its manifest says; what was sent along comes last.
func unpack(ctx context.Context, in io.Reader, dir string) (m manifest, err error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return m, fmt.Errorf("%w: %w", errArchive, err)
	}
	t := tar.NewReader(z)
	if m, err = unpackHead(t, dir); err != nil {
		return m, err
	}
	sums, err := storage.BlobSums(ctx, filepath.Join(dir, databaseName))
	if err != nil {
		return m, err
	}
	return m, unpackFiles(t, dir, m.Files, sums)
}

// unpackHead unpacks the manifest, the key and the database.
func unpackHead(t *tar.Reader, dir string) (m manifest, err error) {
	if err := next(t, manifestName); err != nil {
		return m, err
	}
	if err := json.NewDecoder(io.LimitReader(t, maxManifest)).Decode(&m); err != nil {
		return m, fmt.Errorf("%w: %w", errArchive, err)
	}
	for _, name := range []string{keyName, databaseName} {
		if err := next(t, name); err != nil {
			return m, err
		}
		sum, err := unpackFile(t, filepath.Join(dir, name))
		if err != nil {
			return m, err
		}
		if sum != m.Checksum[name] {
			return m, fmt.Errorf("%w: %s is not what was packed", errArchive, name)
		}
	}
	return m, nil
}

// unpackFiles writes what people sent along, which follows the database in an
// archive, and proves it by the checksums of that database.
func unpackFiles(t *tar.Reader, dir string, n int, sums map[string]string) error {
	for range n {
		h, err := t.Next()
		if err != nil {
			return fmt.Errorf("%w: %w", errArchive, err)
		}
		blob := path.Base(h.Name)
		want, known := sums[blob]
		if !known || h.Typeflag != tar.TypeReg || !files.ValidName(blob) || h.Name != filesName+"/"+files.Path(blob) {
			return fmt.Errorf("%w: it has %q where a file should be", errArchive, h.Name)
		}
		to := filepath.Join(dir, filepath.FromSlash(h.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		sum, err := unpackFile(t, to)
		if err != nil {
			return err
		}
		if sum != want {
			return fmt.Errorf("%w: %s is not what was packed", errArchive, h.Name)
		}
	}
	return nil
}

// next goes on to the file that must come now.
func next(t *tar.Reader, name string) error {
	h, err := t.Next()
	if err != nil {
		return fmt.Errorf("%w: %w", errArchive, err)
	}
	if h.Name != name || h.Typeflag != tar.TypeReg {
		return fmt.Errorf("%w: it has %q where %s should be", errArchive, h.Name, name)
	}
	return nil
}

func unpackFile(in io.Reader, path string) (sum string, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, hash), in)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("unpack %s: %w", filepath.Base(path), err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func checksum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// syncFolder makes the names in a folder as durable as the files.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
