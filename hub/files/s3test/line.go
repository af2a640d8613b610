package s3test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Line leads to a bucket, and can be cut.
type Line struct {
	Bucket string
	Folder string // where the server keeps the bucket's objects
	host   string
	socket string

	mu    sync.Mutex
	cut   bool
	after int64 // bytes that the next answer may have, 0 for any
	conns map[net.Conn]bool
}

func newLine(t testing.TB, socket, bucket, folder string) *Line {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{Bucket: bucket, Folder: folder, host: ln.Addr().String(), socket: socket, conns: map[net.Conn]bool{}}
	var carried sync.WaitGroup
	carried.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			carried.Go(func() { l.carry(conn) })
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		l.Cut()
		carried.Wait()
	})
	return l
}

// Endpoint is the server's.
func (l *Line) Endpoint() string { return "http://" + l.host }

// Address is what a setting says: the bucket, below a prefix.
func (l *Line) Address(prefix string) string {
	return "s3://" + l.Bucket + "/" + prefix + "?region=" + region + "&endpoint=" + url.QueryEscape(l.Endpoint())
}

// Cut ends every connection and accepts no other.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for conn := range l.conns {
		_ = conn.Close()
	}
}

// Mend undoes Cut.
func (l *Line) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}

// BreakAfter ends the connections there are, and the next one after so many bytes of
// answers.
func (l *Line) BreakAfter(bytes int64) {
	l.Cut()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.after = false, bytes
}

// hold registers both ends and says how many bytes may come back, 0 for any.
func (l *Line) hold(conns ...net.Conn) (after int64, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		return 0, false
	}
	for _, conn := range conns {
		l.conns[conn] = true
	}
	after, l.after = l.after, 0
	return after, true
}

func (l *Line) carry(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	server, err := net.Dial("unix", l.socket)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	after, ok := l.hold(conn, server)
	if !ok {
		return
	}
	go func() {
		_, _ = io.Copy(server, conn)
		_ = server.Close()
	}()
	if after > 0 {
		_, _ = io.CopyN(conn, server, after)
	} else {
		_, _ = io.Copy(conn, server)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.conns, conn)
	delete(l.conns, server)
}
