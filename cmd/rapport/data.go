package main

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// data is the folder with the database and the installation's key.
type data struct {
	dir  string
	key  []byte
	lock *os.File
}

// openData makes the folder and the key where they are missing. With serving
// set it also keeps a second server out: the writer's cache is right only while
// one process writes conversations.
func openData(dir string, serving bool) (*data, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be made: %w. Choose another with --data", dir, unwrapPath(err))
	}
	d := &data{dir: dir}
	if serving {
		if err := d.lockFolder(); err != nil {
			return nil, err
		}
	}
	var err error
	if d.key, err = readKey(filepath.Join(dir, "secret.key")); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// dsn is what the store opens: the address of a database server, or the file in the
// folder.
func (d *data) dsn(store string) string {
	if store != "" {
		return store
	}
	return d.database()
}

func (d *data) database() string { return filepath.Join(d.dir, "rapport.db") }

// assets is the folder of what browsers get of this version and those before it.
func (d *data) assets() string { return filepath.Join(d.dir, "assets") }

func (d *data) lockFolder() error {
	f, err := os.OpenFile(filepath.Join(d.dir, "rapport.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be written: %w. Choose another with --data, or give this user the right to write there", d.dir, unwrapPath(err))
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return errors.Join(fmt.Errorf("another rapport is already serving from %s. Stop it first, or choose another folder with --data", d.dir), f.Close())
	}
	d.lock = f
	return nil
}

func (d *data) close() error {
	if d.lock == nil {
		return nil
	}
	return d.lock.Close()
}

// keyLength is that of the installation's key, in bytes.
const keyLength = 32

// readKey reads the installation's key, or makes it: complete under another
// name first, so that a crash leaves no half of one.
func readKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		fresh := make([]byte, keyLength)
		if _, err := rand.Read(fresh); err != nil {
			return nil, err
		}
		if err := writeNew(path, fresh); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("the key %s cannot be written: %w", path, unwrapPath(err))
		}
		key, err = os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("the key %s cannot be read: %w", path, unwrapPath(err))
		}
	} else if err != nil {
		return nil, fmt.Errorf("the key %s cannot be read: %w", path, unwrapPath(err))
	}
	if len(key) != keyLength {
		return nil, fmt.Errorf("the key %s has %d bytes, not %d. Put back the one from your backup", path, len(key), keyLength)
	}
	return key, nil
}

func writeNew(path string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(content)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), path) // unlike a rename, it does not replace one made meanwhile
}

// purpose derives the key of one purpose, so that no token or seal is ever good
// for another (RFC 5869).
func (d *data) purpose(name string) []byte {
	key, err := hkdf.Key(sha256.New, d.key, nil, "rapport "+name, keyLength)
	if err != nil {
		panic(err)
	}
	return key
}

// unwrapPath drops the operation and path that our own sentence names already.
func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
