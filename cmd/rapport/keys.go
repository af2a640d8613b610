package main

import (
	"io"
	"os"

	"github.com/peterbourgon/ff/v3"
)

// What the keys of a store of files are called wherever they are set. They are no flags,
// which everybody on the machine could read.
const (
	keyIDName  = "AWS_ACCESS_KEY_ID"
	secretName = "AWS_SECRET_ACCESS_KEY"
)

// bucketKeys are those that stood in the file of --config, by name.
type bucketKeys map[string]string

// parser reads that file like any other, and keeps the keys in it to itself.
func (k *bucketKeys) parser(r io.Reader, set func(name, value string) error) error {
	return ff.PlainParser(r, func(name, value string) error {
		if name != keyIDName && name != secretName {
			return set(name, value)
		}
		if *k == nil {
			*k = bucketKeys{}
		}
		(*k)[name] = value
		return nil
	})
}

// get is a key: the environment wins over the file.
func (k bucketKeys) get(name string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return k[name]
}
