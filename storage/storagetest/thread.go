package storagetest

import (
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// threads: pages of messages go back to the first, in both numberings, and a
// note is in one of them only.
func threads(w *world) {
	c := w.started(nil)
	for n := range 9 {
		say := customerSays
		if n%3 == 1 {
			say = w.replies
		} else if n%3 == 2 {
			say = w.notes
		}
		w.write(say(c, fmt.Sprintf("client-%d", n)))
	}
	if got := w.readBack(func(before int64) ([]int64, bool) {
		list, more, err := w.store.Messages(w.ctx, c.ID, before, 4)
		w.must(err)
		var out []int64
		for _, m := range list {
			out = append(out, m.Seq)
			if m.By == chat.ByAgent && m.Author.Name != "Ben" || m.By == chat.ByPerson && m.Author.Name != "Ada" {
				w.Errorf("message %d is by %+v", m.Seq, m.Author)
			}
		}
		return out, more
	}); fmt.Sprint(got) != "[2 3 4 5 6 7 8 9 10]" {
		w.Errorf("messages %v", got)
	}
	if got := w.readBack(func(before int64) ([]int64, bool) {
		list, more, err := w.store.PublicMessages(w.ctx, c.ID, before, 4)
		w.must(err)
		var out []int64
		for _, m := range list {
			out = append(out, m.PublicSeq)
			if m.Kind == chat.Note {
				w.Errorf("the note %q is public", m.Text)
			}
		}
		return out, more
	}); fmt.Sprint(got) != "[2 3 4 5 6 7]" {
		w.Errorf("public messages %v", got)
	}
	after, err := w.store.NextPublicEvents(w.ctx, c.ID, 5)
	w.must(err)
	if len(after) != 2 || after[0].PublicSeq != 6 || after[0].Message == nil || after[0].Message.ClientID != "client-6" {
		w.Errorf("after the fifth public event: %+v", after)
	}
}

// readBack reads pages from the newest to the first.
func (w *world) readBack(page func(before int64) ([]int64, bool)) (all []int64) {
	w.Helper()
	for before := int64(0); ; before = all[0] {
		part, more := page(before)
		all = append(part, all...)
		if !more {
			return all
		}
		if len(part) == 0 {
			w.Fatal("there is more, but the page is empty")
		}
	}
}

// numbers: the two numberings translate into each other, and unread messages
// are counted by side.
func numbers(w *world) {
	c := w.started(nil) // seq 1, public 1
	for n, say := range []func(chat.Conversation, string) func(chat.Tx) error{customerSays, w.notes, w.replies, w.notes, customerSays} {
		w.write(say(c, fmt.Sprintf("client-%d", n))) // seq 2 to 6, public 2, -, 3, -, 4
	}
	w.write(func(tx chat.Tx) error {
		for _, v := range []struct{ public, seq int64 }{{0, 0}, {1, 1}, {2, 2}, {3, 4}, {4, 6}, {9, 6}} {
			if got, err := tx.SeqOfPublic(c.ID, v.public); err != nil || got != v.seq {
				w.Errorf("public %d is %d, want %d: %v", v.public, got, v.seq, err)
			}
		}
		for _, v := range []struct{ seq, public int64 }{{0, 0}, {1, 1}, {2, 2}, {3, 2}, {4, 3}, {5, 3}, {6, 4}, {9, 4}} {
			if got, err := tx.PublicOfSeq(c.ID, v.seq); err != nil || got != v.public {
				w.Errorf("number %d is public %d, want %d: %v", v.seq, got, v.public, err)
			}
		}
		for _, v := range []struct {
			by          chat.Kind
			after, want int64
		}{{chat.ByPerson, 0, 2}, {chat.ByPerson, 2, 1}, {chat.ByPerson, 6, 0}, {chat.ByAgent, 0, 1}, {chat.ByAgent, 4, 0}} {
			if got, err := tx.CountUnread(c.ID, v.by, v.after); err != nil || got != v.want {
				w.Errorf("%d unread by %s after %d, want %d: %v", got, v.by, v.after, v.want, err)
			}
		}
		return nil
	})
	marks := chat.Marks{PersonDelivered: 1, PersonDeliveredPublic: 2, PersonRead: 3, PersonReadPublic: 4, AgentRead: 5, AgentReadPublic: 6}
	w.write(saved(c.ID, func(c *chat.Conversation) { c.Marks, c.Unread, c.UnreadPublic = marks, 7, 8 }))
	if got := w.conversation(c.ID); got.Marks != marks || got.Unread != 7 || got.UnreadPublic != 8 {
		w.Errorf("marks came back as %+v", got)
	}
	w.write(func(tx chat.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		e := chat.Event{Type: chat.ConversationTaken, By: chat.ByAgent, ByID: w.agent.ID, AgentID: w.agent.ID, FromAgentID: w.agent.ID}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	lines, err := w.store.LinesBetween(w.ctx, c.ID, 1, 7)
	w.must(err)
	if len(lines) != 2 || lines[0].Type != chat.ConversationStarted || lines[1].Names.From.Name != "Ben" || lines[1].Names.Agent.ID != w.agent.ID {
		w.Errorf("lines %+v", lines)
	}
	if lines, err := w.store.LinesBetween(w.ctx, c.ID, 2, 6); err != nil || len(lines) != 0 {
		w.Errorf("messages are not lines: %+v, %v", lines, err)
	}
	err = w.store.Write(w.ctx, func(tx chat.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		return tx.Append(c, &chat.Event{Type: "secret.leaked"})
	})
	if err == nil {
		w.Error("an event without an audience was stored")
	}
}

// aliases: an id that a client made leads to the conversation, for writing and
// for reading, and the first one wins.
func aliases(w *world) {
	c, other := w.started(nil), w.started(nil)
	alias := chat.NewID()
	w.write(func(tx chat.Tx) error { return tx.AddAlias(alias, c.ID) })
	w.write(func(tx chat.Tx) error { return tx.AddAlias(alias, other.ID) })
	w.write(func(tx chat.Tx) error {
		got, err := tx.Conversation(alias)
		if err == nil && got.ID != c.ID {
			w.Errorf("the alias leads to %s", got.ID)
		}
		return err
	})
	for _, id := range []string{alias, c.ID} {
		if got, err := w.store.ResolveAlias(w.ctx, id); err != nil || got != c.ID {
			w.Errorf("%s leads to %s: %v", id, got, err)
		}
	}
}

// drafts: one per agent and conversation; an empty one is none.
func drafts(w *world) {
	c := w.started(nil)
	colleague := w.newAgent(chat.AgentRole)
	save := func(text string) {
		w.write(func(tx chat.Tx) error {
			return tx.SaveDraft(&chat.Draft{AgentID: w.agent.ID, ConversationID: c.ID, Kind: chat.Note, Text: text, At: tx.Now()})
		})
	}
	save("Dear")
	save("Dear Ada")
	got, err := w.store.Draft(w.ctx, w.agent.ID, c.ID)
	w.must(err)
	if got == nil || got.Text != "Dear Ada" || got.Kind != chat.Note || got.At != chat.Time(w.clock.Load()) {
		w.Errorf("draft %+v", got)
	}
	if got, err := w.store.Draft(w.ctx, colleague.ID, c.ID); err != nil || got != nil {
		w.Errorf("a colleague's draft: %+v, %v", got, err)
	}
	save("")
	if got, err := w.store.Draft(w.ctx, w.agent.ID, c.ID); err != nil || got != nil {
		w.Errorf("an emptied draft: %+v, %v", got, err)
	}
}

// progress: a matter and what moved in it come back as they were stored; what
// was undone no longer stands.
func progress(w *world) {
	c := w.started(nil)
	var ids []string
	want := chat.Matter{
		ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Agreeing, Why: "An offer was sent.", Type: "complaint",
		Mood: "upset", Need: "A refund", Evidence: `{"replied":true}`, OpenedAt: c.StartedAt,
	}
	w.write(func(tx chat.Tx) error {
		m := want
		if err := tx.SaveMatter(&m); err != nil {
			return err
		}
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		for _, p := range []chat.Progress{
			{What: chat.StepAim, From: "greeting", State: "agreeing", By: chat.BySystem, Cause: "m1", Why: "An offer was sent."},
			{What: chat.PromptPrefix + "hello", From: "open", State: "done", By: chat.ByAgent, ByID: w.agent.ID, Why: "Ticked by Ben."},
		} {
			p.ID, p.MatterID, p.At = chat.NewID(), m.ID, tx.Now()
			ids = append(ids, p.ID)
			if err := tx.InsertProgress(&p); err != nil {
				return err
			}
			e := chat.Event{Type: chat.PromptTicked, By: p.By, ByID: p.ByID, MatterID: m.ID, ProgressID: p.ID, Progress: &p, Matter: &m}
			if err := tx.Append(c, &e); err != nil {
				return err
			}
		}
		return tx.SaveConversation(c)
	})
	if got, err := w.store.Matter(w.ctx, c.MatterID); err != nil || *got != want {
		w.Errorf("matter %+v, want %+v: %v", got, want, err)
	}
	standing, err := w.store.StandingProgress(w.ctx, c.MatterID)
	w.must(err)
	if len(standing) != 2 || standing[0].ID != ids[0] || standing[0].ByName != "" || standing[1].ByName != "Ben" {
		w.Errorf("standing %+v", standing)
	}
	events, err := w.store.EventsAfter(w.ctx, c.ID, 1)
	w.must(err)
	if len(events) != 2 || events[1].Progress == nil || events[1].Progress.Why != "Ticked by Ben." || events[1].Matter.Step != chat.Agreeing || events[1].Names.By.Name != "Ben" {
		w.Errorf("events %+v", events)
	}
	w.write(func(tx chat.Tx) error {
		caused, err := tx.CausedProgress(c.MatterID, "m1")
		if err != nil {
			return err
		}
		if len(caused) != 1 || caused[0].ID != ids[0] {
			w.Errorf("caused %+v", caused)
		}
		p, err := tx.Progress(ids[0])
		if err != nil {
			return err
		}
		p.UndoneBy, p.UndoneAt = w.agent.ID, tx.Now()
		return tx.SaveProgress(p)
	})
	if standing, err := w.store.StandingProgress(w.ctx, c.MatterID); err != nil || len(standing) != 1 || standing[0].ID != ids[1] {
		w.Errorf("after undoing: %+v, %v", standing, err)
	}
	w.write(func(tx chat.Tx) error {
		caused, err := tx.CausedProgress(c.MatterID, "m1")
		if err == nil && len(caused) != 0 {
			w.Errorf("still caused after undoing: %+v", caused)
		}
		return err
	})
	_, err = w.store.Matter(w.ctx, chat.NewID())
	w.refused(err, chat.NotFound)
	w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { _, err := tx.Progress(chat.NewID()); return err }), chat.NotFound)
}

// matters: a conversation holds several in their order, and a message is put under
// another one; nothing else is.
func matters(w *world) {
	c := w.started(nil)
	other := w.started(nil)
	second := chat.Matter{ID: chat.NewID(), ConversationID: c.ID, Number: 2, Step: chat.Understanding, Need: "An invoice", Evidence: `{"beside":true}`, OpenedAt: 7}
	w.write(customerSays(c, "client-filed"))
	w.write(customerSays(other, "client-other"))
	var id string
	w.write(func(tx chat.Tx) error {
		if err := tx.InsertMatter(&second); err != nil {
			return err
		}
		m, err := tx.MessageByClientID(c.ID, c.PersonID, "client-filed")
		if err != nil {
			return err
		}
		id = m.ID
		if err := tx.FileMessage(other.ID, id, second.ID); err != nil {
			return err
		}
		return tx.FileMessage(c.ID, id, second.ID)
	})
	list, err := w.store.Matters(w.ctx, c.ID)
	w.must(err)
	if len(list) != 2 || list[0].ID != c.MatterID || list[1] != second {
		w.Errorf("matters %+v", list)
	}
	w.write(func(tx chat.Tx) error {
		again, err := tx.Matters(c.ID)
		if err == nil && !slices.Equal(again, list) {
			w.Errorf("matters %+v while writing, %+v while reading", again, list)
		}
		return err
	})
	for _, of := range []chat.Conversation{c, other} {
		found, _, err := w.store.Messages(w.ctx, of.ID, 0, 10)
		w.must(err)
		for _, m := range found {
			if want := m.ID == id; (m.MatterID == second.ID) != want {
				w.Errorf("message %s is about %s", m.ID, m.MatterID)
			}
		}
	}
}

// facts: what was measured is stored as it was measured.
func facts(w *world) {
	f := chat.Fact{
		ID: chat.NewID(), SiteID: w.site.ID, ConversationID: chat.NewID(), MatterID: chat.NewID(), AgentID: w.agent.ID,
		Kind: chat.FactFirstResponse, Value: 1234, Day: "2026-11-21", At: 5,
	}
	w.write(func(tx chat.Tx) error { return tx.Record(&f) })
	if w.count(`SELECT count(*) FROM fact WHERE id = $1 AND site_id = $2 AND kind = 'first.response' AND value = 1234 AND day = '2026-11-21' AND agent_id = $3`,
		f.ID, f.SiteID, f.AgentID) != 1 {
		w.Error("the fact is not there")
	}
}
