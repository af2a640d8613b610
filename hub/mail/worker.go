package mail

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"rapport/hub/chat"
)

// Store is what letters are made of and kept in.
type Store interface {
	Pages
	DueMail(ctx context.Context) (chat.MailDue, error)
	ClaimMail(ctx context.Context, due chat.MailDue, lease time.Duration) (*chat.MailClaim, error)
	WaitingMail(ctx context.Context, conversationID string) ([]chat.Mail, error)
	PutOffMail(ctx context.Context, c *chat.MailClaim, until, away chat.Time) error
	RetryMail(ctx context.Context, c *chat.MailClaim, until chat.Time, why string) error
	DropMail(ctx context.Context, c *chat.MailClaim, id string) error
	MailSent(ctx context.Context, c *chat.MailClaim) error
	MailFailed(ctx context.Context, c *chat.MailClaim, why string) error
	PruneMail(ctx context.Context) error
	InsertMailLink(ctx context.Context, l *chat.MailLink) error
	InsertTranscriptLink(ctx context.Context, l *chat.TranscriptLink) error
	SurveysStopped(ctx context.Context, siteID, email string) (bool, error)
	RowByID(ctx context.Context, id string) (*chat.Row, error)
	Person(ctx context.Context, id string) (*chat.Person, error)
	Site(ctx context.Context, id string) (*chat.Site, error)
	EventsAfter(ctx context.Context, conversationID string, seq int64) ([]chat.Event, error)
	Card(ctx context.Context, id string) (*chat.Card, error)
	Promise(ctx context.Context, id string) (*chat.Promise, error)
	TranscriptOf(ctx context.Context, conversationID string, before int64, limit int) (list []chat.Event, more bool, err error)
}

// Presence tells whether a customer is connected now. Where that is not known yet, other
// servers are being asked, and it is within askAgain.
type Presence interface {
	PersonOnline(personID string) (online, known bool)
}

// Options of New. All are needed.
type Options struct {
	Store    Store
	Presence Presence
	Server   *Server
	URL      string         // origin under which links open, without a slash at its end
	Zone     *time.Location // of times that name none
	Away     time.Duration  // how long a customer is away before they are written to
	Clock    chat.Clock
	Log      *slog.Logger
}

// Worker sends what is queued. One goroutine runs it; several servers may each
// have one.
type Worker struct {
	Options
	post post
}

// New makes a worker; Run sets it going.
func New(o Options) *Worker { return &Worker{Options: o, post: post{server: o.Server}} }

// AwayFor is what Options.Away is in use.
const AwayFor = 2 * time.Minute

// Times of the worker.
const (
	lookEvery  = 3 * time.Second    // how often it looks for what is due
	lookAgain  = 30 * time.Second   // at a customer who is connected
	askAgain   = 10 * time.Second   // whether a customer is connected to another server
	holdFor    = 2 * time.Minute    // how long a claim holds: longer than a try takes
	giveUp     = 48 * time.Hour     // after which nothing is tried any more
	tooOld     = 7 * 24 * time.Hour // for news, where nobody could send for so long
	restFor    = 30 * time.Second   // when the mail server does not answer
	pruneEvery = 24 * time.Hour
)

// Run sends what is due until ctx ends. A letter that is being handed in is
// finished and noted first, which a mail server that does not answer draws out to
// a few times answerTime.
func (w *Worker) Run(ctx context.Context) {
	var pruned chat.Time
	for pause := time.Duration(0); sleep(ctx, pause); {
		if now := w.Clock(); now.Sub(pruned) >= pruneEvery {
			pruned = now
			w.note(ctx, "prune mail", w.Store.PruneMail(ctx))
		}
		pause = w.round(ctx)
	}
}

// sleep waits and reports false when ctx ended.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// round sends one letter after the other while any is due, and returns how long
// to wait then.
func (w *Worker) round(ctx context.Context) time.Duration {
	for ctx.Err() == nil {
		due, err := w.Store.DueMail(ctx)
		if err != nil || due.ConversationID == "" {
			w.note(ctx, "look for mail", err)
			return lookEvery
		}
		switch err := w.serve(ctx, due); {
		case chat.Is(err, chat.NotFound): // another server was faster
			return lookEvery
		case unreachable(err):
			return restFor
		}
	}
	return lookEvery
}

func (w *Worker) note(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		w.Log.Warn("cannot "+what, "err", err)
	}
}

// serve deals with what is due in one conversation: it goes out, waits on, or is
// not needed any more. A copy goes out whoever is here. It returns what kept a letter
// from going out.
func (w *Worker) serve(ctx context.Context, due chat.MailDue) error {
	c, err := w.Store.ClaimMail(ctx, due, holdFor)
	if err != nil {
		return err
	}
	t, err := w.read(ctx, c)
	if err != nil || t == nil {
		w.note(ctx, "read what a letter tells", err)
		return err
	}
	if due.Transcript {
		return w.try(ctx, c, t)
	}
	if until, away, wait := w.waits(c, t.person.ID); wait {
		return w.Store.PutOffMail(ctx, c, until, away)
	}
	return w.try(ctx, c, t)
}

// waits says whether a letter is put off because its customer is here, or was
// until a moment ago: until when, and since when they are known to be away.
func (w *Worker) waits(c *chat.MailClaim, personID string) (until, away chat.Time, wait bool) {
	now := w.Clock()
	online, known := w.Presence.PersonOnline(personID)
	if online {
		return now.Add(lookAgain), 0, true
	}
	for _, m := range c.Mails {
		away = max(away, m.AwaySince)
	}
	if !known {
		return now.Add(askAgain), away, true
	}
	if away == 0 {
		away = now
	}
	until = away.Add(w.Away)
	return until, away, now < until
}

// try writes the letter, hands it in and settles the claim, which outlasts ctx: a
// letter that went out and is not noted goes out again.
func (w *Worker) try(ctx context.Context, c *chat.MailClaim, t *told) error {
	m, failed := w.compose(ctx, c, t)
	if failed == nil {
		failed = w.post.send(ctx, m)
	}
	settle := context.WithoutCancel(ctx)
	switch {
	case failed == nil:
		return w.Store.MailSent(settle, c)
	case ctx.Err() != nil:
		return failed // the next start claims it again
	}
	return errors.Join(failed, w.again(settle, c, failed))
}

// again gives back what is to be tried once more and gives up the rest: all of it
// where the letter was refused for good, else what has been tried for too long.
func (w *Worker) again(ctx context.Context, c *chat.MailClaim, failed error) error {
	next := w.Clock().Add(pauseAfter(c))
	late := func(m chat.Mail) bool { return forGood(failed) || next.Sub(ripe(m)) > giveUp }
	lost := *c
	lost.Mails = nil
	for _, m := range c.Mails {
		if late(m) {
			lost.Mails = append(lost.Mails, m)
		}
	}
	if len(lost.Mails) > 0 {
		w.Log.Warn("a letter was given up", "mail", lost.Mails[0].ID, "conversation", c.ConversationID, "err", failed)
		if err := w.Store.MailFailed(ctx, &lost, reason(failed)); err != nil {
			return err
		}
	}
	if len(lost.Mails) == len(c.Mails) {
		return nil
	}
	w.Log.Warn("a letter did not go out and is tried again", "conversation", c.ConversationID, "at", next.Std(), "err", failed)
	return w.Store.RetryMail(ctx, c, next, reason(failed))
}

// reason is what is kept of an error: a line that a mail server may have written.
func reason(err error) string { return chat.CleanLine(err.Error(), 300) }

// Pauses between tries.
const (
	firstPause = time.Minute
	longest    = 4 * time.Hour
)

// pauseAfter doubles the pause with each try, give or take a fifth, so that many
// letters that failed together do not come back together.
func pauseAfter(c *chat.MailClaim) time.Duration {
	tries := int64(0)
	for _, m := range c.Mails {
		tries = max(tries, m.Attempts)
	}
	pause := min(firstPause<<min(tries, 10), longest)
	return pause - pause/5 + rand.N(2*pause/5)
}
