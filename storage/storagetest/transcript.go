package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// transcripts: copies are counted by who sends them, by their address and by site; the
// same one is found again; and a copy is a letter of its own.
func transcripts(w *world) {
	c, other := w.started(nil), w.started(nil)
	now := chat.Time(w.clock.Load())
	sent := func(c chat.Conversation, byID, address string, proven bool) chat.Transcript {
		return chat.Transcript{
			ID: chat.NewID(), SiteID: c.SiteID, ConversationID: c.ID, PersonID: c.PersonID, ByID: byID,
			AddressHash: chat.HashSecret(address), Proven: proven, Masked: chat.MaskAddress(address), At: now,
		}
	}
	first, second, third := sent(c, c.PersonID, "ada@example.org", false), sent(other, "agent", "ada@example.org", false), sent(c, c.PersonID, "ben@example.org", true)
	w.write(func(tx chat.Tx) error {
		for _, t := range []*chat.Transcript{&first, &second, &third} {
			if err := tx.AddTranscript(t); err != nil {
				return err
			}
		}
		return nil
	})
	w.write(func(tx chat.Tx) error {
		got, err := tx.LastTranscript(c.ID, first.AddressHash, now.Add(-time.Minute))
		if err != nil || *got != first {
			w.Errorf("found %+v (%v), want %+v", got, err, first)
		}
		_, err = tx.LastTranscript(c.ID, first.AddressHash, now)
		w.refused(err, chat.NotFound)
		n, err := tx.CountTranscripts(&first, now.Add(-time.Minute))
		if want := (chat.TranscriptCount{By: 2, To: 2, Site: 1}); err != nil || n != want {
			w.Errorf("counted %+v (%v), want %+v", n, err, want)
		}
		return nil
	})
	w.must(w.store.StopTranscripts(w.ctx, c.SiteID, "ada@example.org"))
	w.must(w.store.StopTranscripts(w.ctx, c.SiteID, "ada@example.org"))
	w.write(func(tx chat.Tx) error {
		for address, want := range map[string]bool{"ada@example.org": true, "ben@example.org": false} {
			if got, err := tx.NoTranscripts(c.SiteID, chat.HashSecret(address)); err != nil || got != want {
				w.Errorf("%s is stopped: %v (%v)", address, got, err)
			}
		}
		return nil
	})
	w.copiesGoAlone(c)
	w.later(31 * 24 * time.Hour)
	w.must(w.store.PruneMail(w.ctx))
	if n := w.count(`SELECT count(*) FROM transcript`); n != 0 {
		w.Errorf("%d copies are remembered after a month", n)
	}
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
