package mail

import (
	"context"

	"rapport/hub/chat"
)

// compose writes the letter about a claim, ready to be handed in. Its id is that
// of the oldest row, which a second try has too.
func (w *Worker) compose(ctx context.Context, c *chat.MailClaim, t *told) (*message, error) {
	l, err := w.write(ctx, c, t)
	if err != nil {
		return nil, err
	}
	html, err := l.html()
	if err != nil {
		return nil, err
	}
	return &message{
		ID: c.Mails[0].ID, Thread: c.ConversationID, FromName: t.site.Name, To: t.person.Email,
		Subject: l.subject, Lang: l.Lang, Stop: l.StopLink, Text: l.plain(), HTML: html,
	}, nil
}
