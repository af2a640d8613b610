package files

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"rapport/hub/chat"
)

// LinkLife is how long a link is good for at least; at most twice as long, so that
// two links made one after the other are the same and browsers keep what they have.
const LinkLife = 15 * time.Minute

// Links makes and reads the addresses that files are fetched from.
type Links struct {
	key []byte
	url string // origin of the files' host
}

// NewLinks makes links below an origin. key signs them: 32 bytes or more.
func NewLinks(key []byte, origin string) Links {
	if len(key) < 32 {
		panic("files: the key of links is shorter than 32 bytes")
	}
	return Links{key, origin}
}

// Origin is where files are served from.
func (l Links) Origin() string { return l.url }

// Pass is what a link says.
type Pass struct {
	FileID  string
	Reader  chat.Actor // Kind and ID
	Expires chat.Time
}

// A pass in bytes: file, reader's kind, reader, expiry in milliseconds.
const passBytes = 16 + 1 + 16 + 8

var readers = map[chat.Kind]byte{chat.ByPerson: 'p', chat.ByAgent: 'a'}

// To makes the link of a file for a reader, and says until when it works.
func (l Links) To(f *chat.File, reader chat.Actor, now chat.Time) (url string, expires chat.Time) {
	expires = chat.At(now.Std().Truncate(LinkLife).Add(2 * LinkLife))
	p := Pass{f.ID, reader, expires}.encode()
	return l.url + "/f/" + base64.RawURLEncoding.EncodeToString(append(p, l.sign(p, f.ConversationID)...)), expires
}

func (p Pass) encode() []byte {
	file, reader := uuid.MustParse(p.FileID), uuid.MustParse(p.Reader.ID)
	b := make([]byte, 0, passBytes+sha256.Size)
	b = append(b, file[:]...)
	b = append(b, readers[p.Reader.Kind])
	b = append(b, reader[:]...)
	return binary.BigEndian.AppendUint64(b, uint64(p.Expires))
}

func (l Links) sign(pass []byte, conversationID string) []byte {
	m := hmac.New(sha256.New, l.key)
	m.Write(pass)
	m.Write([]byte(conversationID))
	return m.Sum(nil)
}

// Read says what a link's last part names, unproven: Holds proves it.
func Read(token string) (p Pass, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != passBytes+sha256.Size {
		return p, false
	}
	for kind, letter := range readers {
		if b[16] == letter {
			p.Reader.Kind = kind
		}
	}
	p.FileID, p.Reader.ID = uuid.UUID(b[:16]).String(), uuid.UUID(b[17:33]).String()
	p.Expires = chat.Time(binary.BigEndian.Uint64(b[33:passBytes]))
	return p, p.Reader.Kind != ""
}

// Holds reports whether this server made the link, for this file in its
// conversation. Whether it has expired is the caller's to say.
func (l Links) Holds(token string, f *chat.File) bool {
	b, err := base64.RawURLEncoding.DecodeString(token)
	return err == nil && len(b) == passBytes+sha256.Size && hmac.Equal(b[passBytes:], l.sign(b[:passBytes], f.ConversationID))
}
