package mail

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/ics"
)

// compose writes the letter about a claim, ready to be handed in. Its id is that
// of the oldest row, which a second try has too.
func (w *Worker) compose(ctx context.Context, c *chat.MailClaim, t *told) (*message, error) {
	if to := c.Transcript(); to != "" {
		return w.composeCopy(ctx, c, t, to)
	}
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
		Subject: l.subject, Lang: l.Lang, Stop: l.StopLink, Text: l.plain(), HTML: html, Calendars: w.calendars(t),
	}, nil
}

// calendars are the appointments that a letter tells of, as files for calendars.
func (w *Worker) calendars(t *told) (list []calendar) {
	for i := range t.promises {
		if p := &t.promises[i]; p.Kind == chat.AppointmentPromise {
			e := ics.Of(p, t.site.Name, w.Clock())
			e.Address = w.Server.From
			list = append(list, calendar{e.Method(), e.Text(e.Method())})
		}
	}
	return list
}
