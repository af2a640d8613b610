package mail

import "context"

// Note is a short letter to somebody of the team, in English and plain text.
type Note struct {
	ID      string // the same at every try
	Thread  string // of what it is about, so that mail programs show them together
	To      string
	Subject string
	Text    string
}

// SendNote returns nil when the mail server has taken the note.
func SendNote(ctx context.Context, s *Server, n Note) error {
	return post{server: s}.send(ctx, &message{ID: n.ID, Thread: n.Thread, FromName: "Rapport", To: n.To, Subject: n.Subject, Lang: "en", Text: n.Text})
}
