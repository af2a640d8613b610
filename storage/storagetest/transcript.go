package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// transcripts: copies are counted by who sends them, by their mailbox on a site, and by
// site; the same one is found again; and a copy is a letter of its own.
func transcripts(w *world) {
	c, other := w.started(nil), w.started(nil)
	now := chat.Time(w.clock.Load())
	sent := func(c chat.Conversation, address string, proven bool) *chat.Transcript {
		return &chat.Transcript{
			ID: chat.NewID(), SiteID: c.SiteID, ConversationID: c.ID, ByID: c.PersonID, Email: address, Proven: proven,
			Masked: chat.MaskAddress(address), At: now,
		}
	}
	first, second, third := sent(c, "ada@example.org", false), sent(other, "ada+lamps@example.org", false), sent(c, "ben@example.org", true)
	second.ByID, second.ByAgent = "agent", true
	elsewhere := sent(c, "ada@example.org", false)
	elsewhere.SiteID, elsewhere.ByID = w.newSite().ID, "somebody"
	w.write(func(tx chat.Tx) error {
		for _, t := range []*chat.Transcript{first, second, third, elsewhere} {
			if err := tx.AddTranscript(t); err != nil {
				return err
			}
		}
		return nil
	})
	w.write(func(tx chat.Tx) error {
		got, err := tx.LastTranscript(first, now.Add(-time.Minute))
		if err != nil || got.Masked != first.Masked || got.At != now {
			w.Errorf("found %+v (%v), want %+v", got, err, first)
		}
		_, err = tx.LastTranscript(first, now)
		w.refused(err, chat.NotFound)
		_, err = tx.LastTranscript(sent(c, "ada+lamps@example.org", false), now.Add(-time.Minute)) // which got none of it
		w.refused(err, chat.NotFound)
		return nil
	})
	w.copiesCount(first, chat.TranscriptCount{By: 2, To: 2, Site: 1})
	w.copiesCount(sent(c, "ada+2@example.org", false), chat.TranscriptCount{By: 2, To: 2, Site: 1})
	w.copiesCount(sent(c, "a.da@example.org", false), chat.TranscriptCount{By: 2, Site: 1})
	w.copiesGoAlone(other)
	w.copiesEnd(c, first)
	w.later(31 * 24 * time.Hour)
	w.must(w.store.PruneMail(w.ctx))
	if n := w.count(`SELECT (SELECT count(*) FROM transcript) + (SELECT count(*) FROM transcript_count)`); n != 0 {
		w.Errorf("%d copies are remembered after a month", n)
	}
}

// copiesCount asks what is counted beside a copy.
func (w *world) copiesCount(t *chat.Transcript, want chat.TranscriptCount) {
	w.Helper()
	w.write(func(tx chat.Tx) error {
		n, err := tx.CountTranscripts(t, t.At.Add(-time.Minute))
		if err != nil || n != want {
			w.Errorf("beside the one to %s are %+v (%v), want %+v", t.Email, n, err, want)
		}
		return nil
	})
}

// copiesEnd: when the customer is erased, what a mailbox got is counted as before, and
// the link in a letter still ends copies to it.
func (w *world) copiesEnd(c chat.Conversation, t *chat.Transcript) {
	w.Helper()
	l := chat.TranscriptLink{TokenHash: chat.HashSecret("token"), SiteID: c.SiteID, Email: "ada+lamps@example.org", Locale: "ar", ExpiresAt: chat.Time(w.clock.Load()).Add(time.Hour)}
	w.must(w.store.InsertTranscriptLink(w.ctx, &l))
	w.write(func(tx chat.Tx) error { _, err := tx.ErasePerson(c.PersonID); return err })
	w.copiesCount(t, chat.TranscriptCount{To: 2, Site: 1})
	got, err := w.store.TranscriptLink(w.ctx, l.TokenHash)
	if err != nil || got.SiteID != c.SiteID || got.Locale != "ar" {
		w.Errorf("the link leads to %+v (%v)", got, err)
	}
	for range 2 {
		w.must(w.store.StopTranscripts(w.ctx, l.TokenHash))
	}
	w.write(func(tx chat.Tx) error {
		for address, want := range map[string]bool{"ada@example.org": true, "ada+3@example.org": true, "ben@example.org": false, "a.da@example.org": false} {
			if got, err := tx.NoTranscripts(c.SiteID, address); err != nil || got != want {
				w.Errorf("%s is stopped: %v (%v)", address, got, err)
			}
		}
		if got, err := tx.NoTranscripts("another site", "ada@example.org"); err != nil || got {
			w.Errorf("it is stopped elsewhere: %v (%v)", got, err)
		}
		return nil
	})
	w.later(time.Hour)
	_, err = w.store.TranscriptLink(w.ctx, l.TokenHash)
	w.refused(err, chat.LinkExpired)
}

// copiesGoAlone: each copy is claimed by itself, and neither it nor the news of its
// conversation waits for the other.
func (w *world) copiesGoAlone(c chat.Conversation) {
	w.Helper()
	copies := chat.MailDue{ConversationID: c.ID, Transcript: true}
	w.write(enqueued(c, chat.MailTranscript, 20, 0))
	w.later(time.Second)
	w.write(enqueued(c, chat.MailTranscript, 21, 0))
	w.write(enqueued(c, chat.MailReply, 22, 0))
	waiting, err := w.store.WaitingMail(w.ctx, c.ID)
	if err != nil || len(waiting) != 3 || waiting[0].Seq != 20 || waiting[2].Kind != chat.MailReply {
		w.Errorf("%+v wait (%v), want two copies and a reply", waiting, err)
	}
	if got, err := w.store.DueMail(w.ctx); err != nil || got != copies {
		w.Errorf("%+v is due (%v), want the copy", got, err)
	}
	claim, err := w.store.ClaimMail(w.ctx, copies, time.Minute)
	w.must(err)
	if len(claim.Mails) != 1 || claim.Mails[0].Seq != 20 {
		w.Errorf("claimed %+v, want the first copy", claim.Mails)
	}
	w.due(c.ID) // the news, while the copy is held
	w.must(w.store.RetryMail(w.ctx, claim, chat.Time(w.clock.Load()).Add(time.Hour), "the server is busy"))
	w.due(c.ID) // and while it rests
	news := w.claim(c.ID, 22)
	w.must(w.store.MailSent(w.ctx, news))
	w.due("") // the second copy rests with the first
	w.later(2 * time.Hour)
	for _, seq := range []int64{20, 21} {
		claim, err := w.store.ClaimMail(w.ctx, copies, time.Minute)
		w.must(err)
		if claim.Mails[0].Seq != seq {
			w.Errorf("claimed event %d, want %d", claim.Mails[0].Seq, seq)
		}
		w.must(w.store.MailSent(w.ctx, claim))
	}
	w.due("")
}
