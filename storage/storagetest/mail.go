package storagetest

import (
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// enqueued is a unit of work that queues a letter about an event.
func enqueued(c chat.Conversation, kind chat.MailKind, seq int64, earliest chat.Time) func(chat.Tx) error {
	return func(tx chat.Tx) error {
		return tx.Enqueue(&chat.Mail{
			ID: chat.NewID(), SiteID: c.SiteID, PersonID: c.PersonID, ConversationID: c.ID, Kind: kind, Seq: seq,
			Payload: chat.MailPayload{CardID: "card"}, EarliestAt: earliest,
		})
	}
}

// due fails unless the letter of this conversation, "" for none, is the next.
func (w *world) due(want string) {
	w.Helper()
	got, err := w.store.DueMail(w.ctx)
	w.must(err)
	if got.ConversationID != want || got.Transcript {
		w.Errorf("the letter %+v is due, want that of %q", got, want)
	}
}

// claim claims what waits in a conversation and checks which events it tells of.
func (w *world) claim(conversationID string, seqs ...int64) *chat.MailClaim {
	w.Helper()
	claim, err := w.store.ClaimMail(w.ctx, chat.MailDue{ConversationID: conversationID}, time.Minute)
	w.must(err)
	if len(claim.Mails) != len(seqs) {
		w.Fatalf("claimed %+v, want events %v", claim.Mails, seqs)
	}
	for i, m := range claim.Mails {
		if m.Seq != seqs[i] || m.ConversationID != conversationID {
			w.Errorf("claimed %+v, want event %d", m, seqs[i])
		}
	}
	return claim
}

// outbox: what is queued goes out once, all that waits in a conversation in one
// claim; what is put off or failed rests, and what is sent is over.
func outbox(w *world) {
	c, other := w.started(nil), w.started(nil)
	w.due("")
	w.write(enqueued(c, chat.MailReply, 4, 0))
	w.later(time.Second)
	w.write(enqueued(other, chat.MailReply, 4, 0))
	w.write(enqueued(c, chat.MailReply, 4, 0)) // the same again
	w.write(enqueued(c, chat.MailCard, 3, 0))
	now := chat.Time(w.clock.Load())
	w.write(enqueued(c, chat.MailPromise, 9, now.Add(time.Hour)))
	w.due(c.ID)
	before, err := w.store.Backlog(w.ctx)
	w.must(err)
	if before.Letters != 3 || before.Since != now.Add(-time.Second) || before.Waiting != 2 || before.Live != 2 {
		w.Errorf("what waits is counted as %+v", before)
	}
	claim := w.claim(c.ID, 3, 4)
	if m := claim.Mails[0]; m.Kind != chat.MailCard || m.Payload.CardID != "card" || m.PersonID != c.PersonID || m.SiteID != c.SiteID || m.CreatedAt != now || m.Attempts != 0 {
		w.Errorf("claimed %+v", m)
	}
	w.due(other.ID)
	_, err = w.store.ClaimMail(w.ctx, chat.MailDue{ConversationID: c.ID}, time.Minute)
	w.refused(err, chat.NotFound)
	w.must(w.store.PutOffMail(w.ctx, claim, now.Add(2*time.Minute), now))
	w.must(w.store.MailSent(w.ctx, claim)) // given back: the token is worth nothing
	if got := w.claim(c.ID, 3, 4); got.Mails[0].AwaySince != now {
		w.Errorf("away since %d, want %d", got.Mails[0].AwaySince, now)
	} else {
		claim = got
	}
	w.must(w.store.DropMail(w.ctx, claim, claim.Mails[0].ID))
	w.must(w.store.RetryMail(w.ctx, claim, now.Add(10*time.Minute), "451 come back"))
	w.write(enqueued(c, chat.MailReply, 5, 0))
	w.due(other.ID)
	w.must(w.store.MailSent(w.ctx, w.claim(other.ID, 4)))
	w.due("") // resting, and what came since waits with it
	w.later(11 * time.Minute)
	w.due(c.ID)
	claim = w.claim(c.ID, 4, 5)
	if claim.Mails[0].Attempts != 1 || claim.Mails[1].Attempts != 0 {
		w.Errorf("claimed %+v", claim.Mails)
	}
	w.must(w.store.MailFailed(w.ctx, claim, "550 nobody here"))
	w.due("")
	if n := w.count(`SELECT count(*) FROM audit WHERE action = 'mail.failed' AND object = '` + c.ID + `' AND detail = '` + claim.Mails[0].ID + `'`); n != 1 {
		w.Errorf("%d lines in the audit log", n)
	}
	w.later(time.Hour)
	w.due(c.ID)
	w.claim(c.ID, 9)
	w.pruned(other)
}

// pruned: what ended long ago is forgotten, what waits is not.
func (w *world) pruned(sent chat.Conversation) {
	w.Helper()
	w.must(w.store.PruneMail(w.ctx))
	if n := w.count(`SELECT count(*) FROM mail WHERE conversation_id = '` + sent.ID + `'`); n != 1 {
		w.Errorf("%d letters are left of what was sent an hour ago, want 1", n)
	}
	w.later(31 * 24 * time.Hour)
	w.must(w.store.PruneMail(w.ctx))
	if n := w.count(`SELECT count(*) FROM mail`); n != w.count(`SELECT count(*) FROM mail WHERE waiting = 1`) || n == 0 {
		w.Errorf("%d letters are left, some of them over", n)
	}
}

// outboxCrash: what was claimed and not settled is claimed again when the lease
// is over, also after a restart; of many who claim at once one gets it.
func outboxCrash(w *world) {
	c := w.started(nil)
	w.write(enqueued(c, chat.MailReply, 4, 0))
	lost := w.claim(c.ID, 4)
	w.reopen()
	w.due("")
	w.later(61 * time.Second)
	w.due(c.ID)
	var won atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			_, err := w.store.ClaimMail(w.ctx, chat.MailDue{ConversationID: c.ID}, time.Minute)
			if err == nil {
				won.Add(1)
			} else if !chat.Is(err, chat.NotFound) {
				w.Error(err)
			}
		})
	}
	wait.Wait()
	if won.Load() != 1 {
		w.Errorf("%d claimed it", won.Load())
	}
	w.must(w.store.MailFailed(w.ctx, lost, "too late"))
	if n := w.count(`SELECT count(*) FROM mail WHERE waiting = 1`); n != 1 {
		w.Error("a lost claim settled what another holds")
	}
	if n := w.count(`SELECT count(*) FROM audit`); n != 0 {
		w.Error("a lost claim wrote to the audit log")
	}
}

// outboxClosed: where nobody sends, nothing is queued; a unit that fails queues
// nothing.
func outboxClosed(w *world) {
	c := w.started(nil)
	failed := w.store.Write(w.ctx, func(tx chat.Tx) error {
		if err := enqueued(c, chat.MailReply, 2, 0)(tx); err != nil {
			return err
		}
		return chat.Fail(chat.Conflict, "broken on purpose")
	})
	w.refused(failed, chat.Conflict)
	w.mail = false
	w.reopen()
	w.write(enqueued(c, chat.MailReply, 3, 0))
	if n := w.count(`SELECT count(*) FROM mail`); n != 0 {
		w.Errorf("%d letters are queued", n)
	}
}

// mailLinks: a link works until it is used or has run out, and is not told from
// one that never was.
func mailLinks(w *world) {
	now := chat.Time(w.clock.Load())
	l := chat.MailLink{TokenHash: "hash-1", ConversationID: "c", Purpose: chat.LinkCard, CardID: "k", Round: 9, Email: "a@example.org", ExpiresAt: now.Add(time.Hour)}
	second := chat.MailLink{TokenHash: "hash-2", ConversationID: "c", Purpose: chat.LinkTalk, ExpiresAt: now.Add(time.Hour)}
	w.must(w.store.InsertMailLink(w.ctx, &l))
	w.must(w.store.InsertMailLink(w.ctx, &second))
	got, err := w.store.MailLink(w.ctx, l.TokenHash)
	w.must(err)
	if *got != l {
		w.Errorf("got %+v, want %+v", got, l)
	}
	w.must(w.store.UseMailLink(w.ctx, l.TokenHash))
	w.must(w.store.UseMailLink(w.ctx, l.TokenHash))
	_, err = w.store.MailLink(w.ctx, l.TokenHash)
	w.refused(err, chat.LinkExpired)
	_, err = w.store.MailLink(w.ctx, "hash-3")
	w.refused(err, chat.LinkExpired)
	_, err = w.store.MailLink(w.ctx, second.TokenHash)
	w.must(err)
	w.later(time.Hour)
	_, err = w.store.MailLink(w.ctx, second.TokenHash)
	w.refused(err, chat.LinkExpired)
	w.later(31 * 24 * time.Hour)
	w.must(w.store.PruneMail(w.ctx))
	if n := w.count(`SELECT count(*) FROM mail_link`); n != 0 {
		w.Errorf("%d dead links are kept", n)
	}
}

// surveyStops: an address is asked no more on the site where it said so, and
// stands nowhere in the table.
func surveyStops(w *world) {
	stopped := func(site, email string) bool {
		w.Helper()
		yes, err := w.store.SurveysStopped(w.ctx, site, email)
		w.must(err)
		return yes
	}
	w.must(w.store.StopSurveys(w.ctx, w.site.ID, "a@example.org"))
	w.must(w.store.StopSurveys(w.ctx, w.site.ID, "a@example.org"))
	if !stopped(w.site.ID, "a@example.org") || stopped(w.site.ID, "b@example.org") || stopped(chat.NewID(), "a@example.org") {
		w.Error("the wrong addresses are asked no more")
	}
	if n := w.count(`SELECT count(*) FROM survey_stop WHERE address_hash NOT LIKE '%example%'`); n != 1 {
		w.Errorf("%d rows, want 1 without the address", n)
	}
}

// followUps: one waits or is held back per conversation, is claimed once while its lease holds, and
// not before it is due.
func followUps(w *world) {
	c := w.started(nil)
	now := chat.Time(w.clock.Load())
	f := chat.FollowUp{
		ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, AgentID: w.agent.ID, ByRule: true, Text: "Still all right?",
		TemplateID: chat.NewID(), DueAt: now.Add(time.Hour), State: chat.FollowUpWaits, MadeAt: now,
	}
	w.write(func(tx chat.Tx) error { return tx.InsertFollowUp(&f) })
	got, err := w.store.StandingFollowUp(w.ctx, c.ID)
	if err != nil || *got != f {
		w.Errorf("got %+v, want %+v: %v", got, f, err)
	}
	second := f
	second.ID = chat.NewID()
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.InsertFollowUp(&second) }); err == nil {
		w.Error("two wait in one conversation")
	}
	claimed := func(want int) {
		w.Helper()
		ids, err := w.store.ClaimFollowUps(w.ctx)
		w.must(err)
		if len(ids) != want {
			w.Errorf("claimed %v, want %d", ids, want)
		}
	}
	claimed(0)
	w.later(time.Hour)
	claimed(1)
	claimed(0)
	w.later(time.Minute)
	claimed(1)
	held := func(agent string) []storage.HeldFollowUp {
		w.Helper()
		list, err := w.store.HeldFollowUps(w.ctx, w.site.ID, agent)
		w.must(err)
		return list
	}
	f.State, f.Lacks = chat.FollowUpHeld, "customer.first_name"
	w.write(func(tx chat.Tx) error { return tx.SaveFollowUp(&f) })
	w.later(time.Hour)
	claimed(0)
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.InsertFollowUp(&second) }); err == nil {
		w.Error("one waits beside one that is held back")
	}
	if got := held(w.agent.ID); len(got) != 1 || got[0].FollowUp != f || got[0].PersonID != c.PersonID {
		w.Errorf("held back: %+v, want %+v", got, f)
	}
	if one, err := w.store.HeldFollowUp(w.ctx, f.ID); err != nil || one.FollowUp != f {
		w.Errorf("held back: %+v, %v", one, err)
	}
	if got := held(chat.NewID()); len(got) != 0 {
		w.Errorf("of another agent: %+v", got)
	}
	f.State, f.EndedAt = chat.FollowUpSent, now
	w.write(func(tx chat.Tx) error { return tx.SaveFollowUp(&f) })
	w.later(time.Hour)
	claimed(0)
	_, err = w.store.StandingFollowUp(w.ctx, c.ID)
	w.refused(err, chat.NotFound)
	_, err = w.store.HeldFollowUp(w.ctx, f.ID)
	w.refused(err, chat.NotFound)
	if got := held(w.agent.ID); len(got) != 0 {
		w.Errorf("held back after it was said: %+v", got)
	}
}
