package chat

import (
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of what is sent along.
const (
	MaxFile     = 10 << 20 // bytes of one file
	MaxFiles    = 5        // files of one message or template
	MaxFileName = 120      // code points, the ending included
)

// maxClaimedName bounds what is looked at of a name: its ending stands last.
const maxClaimedName = 1000

// FileState says whether a file is part of something yet.
type FileState string

const (
	FilePending  FileState = "pending"  // uploaded; forgotten unless it is used within KeepPending
	FileAttached FileState = "attached" // sent with a message, or kept with a template
	FileFormer   FileState = "former"   // only an earlier version of its template keeps it
)

// OctetStream is the type of a file that is served without saying what it is:
// what it claims and what it looks like differ, or nobody needs to know.
const OctetStream = "application/octet-stream"

// File is something sent along with a message, or kept with a template to be sent
// with replies. Its bytes lie in the files' folder under Blob.
type File struct {
	ID             string
	SiteID         string
	ConversationID string // of the message; "" while pending and for a template's
	MessageID      string
	TemplateID     string
	By             Kind // who uploaded it
	ByID           string
	Note           bool   // it went with a note: only the team may open it
	Name           string // cleaned by CleanFileName
	Claimed        string // what the uploader's program called it; never served
	Type           string // what both it and its bytes say, else OctetStream
	Size           int64
	SHA256         string // of the bytes, in hexadecimal
	Width, Height  int64  // of an image that may be shown; 0 for everything else
	Blob           string // random; several files may share one
	State          FileState
	At             Time
}

// Shown reports whether a screen may show it rather than name it.
func (f *File) Shown() bool { return f.Width > 0 }

// FileQuota bounds what may be uploaded in a day, in files and bytes.
type FileQuota struct {
	PersonFiles, PersonBytes int64 // of one person or agent
	SiteFiles, SiteBytes     int64 // of all of a site's customers
}

// FileUsage is what was uploaded within a day.
type FileUsage struct {
	PersonFiles, PersonBytes int64
	SiteFiles, SiteBytes     int64
}

// Room reports whether another size bytes fit into the quota: nil, or
// RateLimited. by tells whose it is: a team is not held back by its customers.
func (q FileQuota) Room(u FileUsage, by Kind, size int64) error {
	full := u.PersonFiles >= q.PersonFiles || u.PersonBytes+size > q.PersonBytes
	if by == ByPerson {
		full = full || u.SiteFiles >= q.SiteFiles || u.SiteBytes+size > q.SiteBytes
	}
	if !full {
		return nil
	}
	return ErrFilesFull(time.Hour)
}

// ErrFilesFull is how a file is refused that a day has no room for; there may be
// some again after wait.
func ErrFilesFull(wait time.Duration) *Failure {
	f := Fail(RateLimited, "That is all the files that fit into one day. Please write to us instead; tomorrow there is room again.")
	f.RetryAfter = int((wait + time.Second - 1) / time.Second)
	return f
}

// CleanFileName makes a name fit to be stored, shown and offered for saving: the
// last part of a path, one line, nothing that is invisible or turns the text
// around, no dot in front, cut so that its ending stays. A name of which nothing
// is left becomes "file".
func CleanFileName(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\\", "/")
	s = CleanLine(s[strings.LastIndexByte(s, '/')+1:], maxClaimedName)
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, s)
	s = strings.TrimRight(strings.TrimLeft(s, ". "), ". ")
	ending := path.Ext(s)
	if utf8.RuneCountInString(ending) > 12 {
		ending = ""
	}
	stem := strings.TrimSpace(cut(strings.TrimSuffix(s, ending), MaxFileName-utf8.RuneCountInString(ending)))
	if stem == "" {
		return "file" + ending
	}
	return stem + ending
}

// CleanFileIDs checks the ids of files that a message or template names.
func CleanFileIDs(ids []string) error {
	if len(ids) > MaxFiles {
		return FailField("files", "At most %d files go with one message. Send the others with the next.", MaxFiles)
	}
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if !ValidID(id) || seen[id] {
			return ErrFile()
		}
		seen[id] = true
	}
	return nil
}

// ErrFile is how a file is refused that is absent, foreign, used already or still
// being sent elsewhere: the four look the same.
func ErrFile() *Failure {
	return FailField("files", "One of these files cannot be sent any more. Take it out and attach it again.")
}
