// Package files takes what people send along, keeps it and hands it out again.
//
// Everything that comes in is hostile. A stream is bounded and written under a
// random name while it is read; its type is what both its sender and its first
// bytes say, of a closed list, else nobody's; an image is shown only where its
// header names a size that a screen can bear; nothing is ever opened, unpacked or
// redrawn here. The row of a file is stored after its bytes are on disk, so that
// what is acknowledged is there; bytes without a row are swept away.
//
// Bytes lie in a local folder, or in a bucket of a store that speaks S3: private, behind
// our own door, and claimed by one installation, since it sweeps there. The bucket may be
// away: files wait, nothing else does.
//
// A link is a capability: signed, for one file in one conversation and one reader,
// and good for minutes.
package files
