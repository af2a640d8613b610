// Package https gets certificates for the names of this installation from an
// authority that speaks ACME (RFC 8555), and renews them while the server goes
// on.
//
// A Keeper asks for the certificates itself, at start and again after a pause
// when that failed, and says in the log what is wrong. A stranger's handshake
// never makes it ask: names that are not ours and names without a certificate are
// refused, so nobody can use up what an authority allows us. The authority looks
// at port 443 (TLS-ALPN) or at port 80, where everything else is sent on to
// https. Certificates, their keys and the account's lie in one folder for this
// user alone; a renewed one is used from the next handshake on.
package https
