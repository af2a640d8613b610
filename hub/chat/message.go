package chat

import "strings"

// MessageKind tells replies, notes and automatic messages apart.
type MessageKind string

const (
	Reply MessageKind = "reply"
	Note  MessageKind = "note" // only the team sees it
	Auto  MessageKind = "auto" // never counted as a response
)

// Message is something said in a conversation. Its text stands nowhere else.
type Message struct {
	ID             string
	ConversationID string
	MatterID       string
	ClientID       string // made by the author's client; unique per conversation and author
	Kind           MessageKind
	By             Kind
	ByID           string // person or agent; "" for the system
	Text           string
	TemplateID     string       // the template it started from, or ""
	Files          []File       // sent along, in their order; the words may be "" then
	Link           *LinkPreview // of the first link in it, where it is known
	At             Time
	Seq            int64
	PublicSeq      int64 // zero for a note
}

// Preview is the start of what it says in one line, for lists; of files alone,
// the name of the first.
func (m *Message) Preview() string {
	if m.Text == "" && len(m.Files) > 0 {
		return Preview("📎 " + m.Files[0].Name)
	}
	return Preview(m.Text)
}

// Whole is all that it says, for readers of plain words: its text, then the names
// of its files, a line each.
func (m *Message) Whole() string {
	lines := make([]string, 0, 1+len(m.Files))
	if m.Text != "" {
		lines = append(lines, m.Text)
	}
	for _, f := range m.Files {
		lines = append(lines, "📎 "+f.Name)
	}
	return strings.Join(lines, "\n")
}

// MaxClientID bounds the id that a client makes for its message.
const MaxClientID = 64

// ValidClientID reports whether s may be a client's message id: 8 to 64
// letters, digits, - and _.
func ValidClientID(s string) bool {
	if len(s) < 8 || len(s) > MaxClientID {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// OwnID is the client id of what the server makes itself because of the thing with
// this id. No client can have taken it: ValidClientID refuses the dot.
func OwnID(what, id string) string { return what + "." + id }
