// The S3 server that the tests of package files speak to: the folder part of Versity's
// gateway and nothing else of it, so that it is compiled in a minute. It is a module of
// its own; no user of Rapport gets any of it.
//
// It serves the folder data of the directory that it is given over the socket s3 in it,
// until its standard input ends, and then removes the directory.
package main

import (
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/versity/versitygw/auth"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/s3api"
	"github.com/versity/versitygw/s3api/middlewares"
)

func main() {
	if len(os.Args) != 5 {
		log.Fatal("usage: server DIRECTORY KEY-ID SECRET REGION")
	}
	dir, root := os.Args[1], auth.Account{Access: os.Args[2], Secret: os.Args[3], Role: auth.RoleAdmin}
	server, err := newServer(dir, root, os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // the tests have ended, however they did
		_ = os.RemoveAll(dir)
		os.Exit(0)
	}()
	log.Fatal(server.ServeMultiPort([]string{filepath.Join(dir, "s3")}))
}

func newServer(dir string, root auth.Account, region string) (*s3api.S3ApiServer, error) {
	beside, err := meta.NewSideCar(filepath.Join(dir, "meta"))
	if err != nil {
		return nil, err
	}
	folder, err := posix.New(filepath.Join(dir, "data"), beside, posix.PosixOpts{SideCarDir: filepath.Join(dir, "meta")})
	if err != nil {
		return nil, err
	}
	keys := middlewares.RootUserConfig{Access: root.Access, Secret: root.Secret}
	return s3api.New(folder, keys, region, auth.NewIAMServiceSingle(root), nil, nil, nil, nil,
		s3api.WithQuiet(), s3api.WithKeepAlive(), s3api.WithConcurrencyLimiter(1024, 1024))
}
