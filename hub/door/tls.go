package door

import (
	"crypto/tls"
	"net"
)

// Secured speaks TLS on a listener's connections. Handshakes happen on the
// connections' own goroutines, within the time for reading a request.
func Secured(ln net.Listener, config *tls.Config) net.Listener { return tls.NewListener(ln, config) }

// secured is a TLS connection of the hub's. Closing it does not wait: the
// library's Close and CloseWrite write a farewell for up to five seconds, which
// whoever holds the connection's lock would spend. The close frame has said it
// already.
type secured struct {
	*tls.Conn
}

// Close ends the connection underneath, and so gives its place back.
func (s secured) Close() error { return s.NetConn().Close() }

// CloseWrite shuts our side.
func (s secured) CloseWrite() error {
	if half, ok := s.NetConn().(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return s.Close()
}

// SetWriteBuffer bounds what the kernel keeps for a reader that has stopped.
func (s secured) SetWriteBuffer(bytes int) error {
	if b, ok := s.NetConn().(interface{ SetWriteBuffer(int) error }); ok {
		return b.SetWriteBuffer(bytes)
	}
	return nil
}
