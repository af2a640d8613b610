package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// offers: one of a conversation is open at a time, each agent's last is kept, and
// all of them go together.
func offers(w *world) {
	c, noor := w.started(nil), w.newAgent(chat.AgentRole)
	o := chat.Offer{ConversationID: c.ID, AgentID: w.agent.ID, SiteID: c.SiteID, MadeAt: 1, Until: 2, Why: "trained for complaints", Joins: true}
	w.write(func(tx chat.Tx) error {
		if _, err := tx.Offer(c.ID, w.agent.ID); !chat.Is(err, chat.NotFound) {
			w.Errorf("no offer: %v", err)
		}
		return tx.SaveOffer(&o)
	})
	second := o
	second.AgentID = noor.ID
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.SaveOffer(&second) }); err == nil {
		w.Error("two offers of one conversation are open")
	}
	o.EndedAt, o.Outcome = 3, chat.OfferLapsed
	w.write(func(tx chat.Tx) error {
		if err := tx.SaveOffer(&o); err != nil {
			return err
		}
		return tx.SaveOffer(&second)
	})
	list, err := w.store.Offers(w.ctx, c.ID)
	w.must(err)
	if len(list) != 2 || !slices.Contains(list, o) || !slices.Contains(list, second) {
		w.Errorf("offers are %+v", list)
	}
	w.write(func(tx chat.Tx) error { return tx.DropOffers(c.ID) })
	if list, err := w.store.Offers(w.ctx, ""); err != nil || len(list) != 0 {
		w.Errorf("dropped, and left are %+v, %v", list, err)
	}
}

// handings: what is handed over tells who has it and which agent asked last, whomever
// the server has asked since.
func handings(w *world) {
	c, noor, sue := w.started(nil), w.newAgent(chat.AgentRole), w.newAgent(chat.Supervisor)
	asks := func(what chat.EventType, by chat.Actor) {
		w.write(func(tx chat.Tx) error {
			c, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			e := chat.Event{Type: what, By: by.Kind, ByID: by.ID, AgentID: noor.ID, FromAgentID: w.agent.ID}
			if err := tx.Append(c, &e); err != nil {
				return err
			}
			return tx.SaveConversation(c)
		})
	}
	w.write(func(tx chat.Tx) error {
		return tx.SaveOffer(&chat.Offer{ConversationID: c.ID, AgentID: noor.ID, SiteID: c.SiteID, MadeAt: 1, Until: 2, FromID: w.agent.ID})
	})
	for _, step := range []struct {
		what     chat.EventType
		by, want chat.Actor
	}{
		{chat.ConversationOffered, w.agent.Actor(), w.agent.Actor()},
		{chat.GuestAsked, sue.Actor(), sue.Actor()},
		{chat.GuestAsked, chat.System, sue.Actor()},
	} {
		asks(step.what, step.by)
		h, err := w.store.Handing(w.ctx, c.ID, noor.ID)
		if w.must(err); h.From.ID != w.agent.ID || h.By.ID != step.want.ID {
			w.Errorf("%s by %q: %+v", step.what, step.by.ID, h)
		}
	}
	if _, err := w.store.Handing(w.ctx, c.ID, sue.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("handed to nobody: %v", err)
	}
}

// guests: all who answer beside a colleague are found, and nobody who does not.
func guests(w *world) {
	c, noor := w.started(nil), w.newAgent(chat.AgentRole)
	w.started(nil)
	w.write(saved(c.ID, func(c *chat.Conversation) { c.Guests = c.Guests.With(w.agent.ID).With(noor.ID) }))
	list, err := w.store.Guests(w.ctx)
	w.must(err)
	if want := []chat.Guest{{ConversationID: c.ID, AgentID: w.agent.ID}, {ConversationID: c.ID, AgentID: noor.ID}}; !slices.Equal(list, want) {
		w.Errorf("guests are %+v", list)
	}
	w.write(saved(c.ID, func(c *chat.Conversation) { c.Guests = c.Guests.Without(w.agent.ID) }))
	row, err := w.store.RowByID(w.ctx, c.ID)
	if w.must(err); !row.Guests.Has(noor.ID) || row.Guests.Has(w.agent.ID) {
		w.Errorf("one has left, and there are %q", row.Guests)
	}
}

// consults: an open question is found by those who may answer it and by who asked, and
// by nobody once it has ended.
func consults(w *world) {
	c, noor := w.started(nil), w.newAgent(chat.AgentRole)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{w.agent.ID, noor.ID}}
	w.must(w.store.InsertTeam(w.ctx, &team))
	q := chat.Consult{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, ByID: w.agent.ID, TeamID: team.ID, QuestionID: chat.NewID(), AskedAt: 1, State: chat.ConsultOpen}
	w.write(func(tx chat.Tx) error { return tx.InsertConsult(&q) })
	list, err := w.store.ConsultsFor(w.ctx, noor.ID)
	if w.must(err); len(list) != 1 || list[0].Team != "Repairs" || list[0].By.ID != w.agent.ID || list[0].To.ID != "" || list[0].PersonID != c.PersonID {
		w.Errorf("Noor is asked %+v", list)
	}
	if own, err := w.store.ConsultsFor(w.ctx, w.agent.ID); err != nil || len(own) != 0 {
		w.Errorf("asked of oneself: %+v, %v", own, err)
	}
	later := q
	later.ID, later.ByID, later.TeamID, later.AgentID, later.AskedAt = chat.NewID(), noor.ID, "", w.agent.ID, 2
	w.write(func(tx chat.Tx) error { return tx.InsertConsult(&later) })
	if about, err := w.store.ConsultsAbout(w.ctx, c.ID); err != nil || len(about) != 2 || about[0].ID != q.ID || about[1].By.ID != noor.ID {
		w.Errorf("open about it: %+v, %v", about, err)
	}
	later.State, later.EndedAt = chat.ConsultDropped, 3
	w.write(func(tx chat.Tx) error { return tx.SaveConsult(&later) })
	w.write(func(tx chat.Tx) error {
		if n, err := tx.OpenConsults(c.ID); err != nil || n != 1 {
			w.Errorf("%d are open, %v", n, err)
		}
		name, members, err := tx.TeamMembers(team.ID)
		if err != nil || len(members) != 2 || name != "Repairs" {
			w.Errorf("members %v, %v", members, err)
		}
		got, err := tx.Consult(q.ID)
		if err != nil {
			return err
		}
		got.State, got.AnswerID, got.AnsweredBy, got.EndedAt = chat.ConsultAnswered, chat.NewID(), noor.ID, 2
		return tx.SaveConsult(got)
	})
	if left, err := w.store.ConsultsBy(w.ctx, w.agent.ID); err != nil || len(left) != 0 {
		w.Errorf("still open: %+v, %v", left, err)
	}
	if left, err := w.store.ConsultsAbout(w.ctx, c.ID); err != nil || len(left) != 0 {
		w.Errorf("still open about it: %+v, %v", left, err)
	}
}

// consultsEnd: what nobody is left to answer, or to hear the answer of, is dropped: the
// questions by who is disabled or may not answer any more, those for them alone, and
// those of a team that is deleted or empty.
func consultsEnd(w *world) {
	c, gone, noor := w.started(nil), w.newAgent(chat.AgentRole), w.newAgent(chat.AgentRole)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{gone.ID, noor.ID}}
	w.must(team.Clean())
	w.must(w.store.InsertTeam(w.ctx, &team))
	ask := func(by, agent, team string) string {
		q := chat.Consult{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, ByID: by, AgentID: agent, TeamID: team, QuestionID: chat.NewID(), AskedAt: 1, State: chat.ConsultOpen}
		w.write(func(tx chat.Tx) error { return tx.InsertConsult(&q) })
		return q.ID
	}
	theirs, forThem, ofTeam, other := ask(gone.ID, noor.ID, ""), ask(w.agent.ID, gone.ID, ""), ask(w.agent.ID, "", team.ID), ask(w.agent.ID, noor.ID, "")
	are := func(want map[string]chat.ConsultState) {
		w.write(func(tx chat.Tx) error {
			for id, state := range want {
				q, err := tx.Consult(id)
				if err != nil {
					return err
				}
				if q.State != state || (q.EndedAt > 0) != (state != chat.ConsultOpen) {
					w.Errorf("by %s for %q of %q: %s, ended %d", q.ByID, q.AgentID, q.TeamID, q.State, q.EndedAt)
				}
			}
			return nil
		})
	}
	gone.DisabledAt = 7
	w.must(w.store.SaveAgent(w.ctx, &gone))
	are(map[string]chat.ConsultState{theirs: chat.ConsultDropped, forThem: chat.ConsultDropped, ofTeam: chat.ConsultOpen, other: chat.ConsultOpen})
	w.must(w.store.DeleteTeam(w.ctx, team.ID))
	are(map[string]chat.ConsultState{ofTeam: chat.ConsultDropped, other: chat.ConsultOpen})

	empty := chat.Team{ID: chat.NewID(), Name: "Spares", Members: []string{noor.ID}}
	w.must(w.store.InsertTeam(w.ctx, &empty))
	ofEmpty := ask(w.agent.ID, "", empty.ID)
	was := empty.Members
	w.must(w.store.SaveTeam(w.ctx, &empty, was))
	are(map[string]chat.ConsultState{ofEmpty: chat.ConsultOpen})
	empty.Members = nil
	w.must(w.store.SaveTeam(w.ctx, &empty, was))
	are(map[string]chat.ConsultState{ofEmpty: chat.ConsultDropped, other: chat.ConsultOpen})

	answers := chat.OwnRole{ID: chat.NewID(), Name: "Answers", Rights: chat.AgentRole.Rights()}
	reads := chat.OwnRole{ID: chat.NewID(), Name: "Reads", Rights: chat.RightsOf(chat.ReadConversations)}
	w.must(w.store.InsertRole(w.ctx, &answers))
	w.must(w.store.InsertRole(w.ctx, &reads))
	lea, mia := w.newAgent(chat.Role(answers.ID)), w.newAgent(chat.AgentRole)
	byLea, forMia := ask(lea.ID, noor.ID, ""), ask(w.agent.ID, mia.ID, "")
	mia.Role = chat.Role(reads.ID)
	w.must(w.store.SaveAgent(w.ctx, &mia))
	are(map[string]chat.ConsultState{byLea: chat.ConsultOpen, forMia: chat.ConsultDropped})
	answers.Rights = reads.Rights
	_, err := w.store.SaveRole(w.ctx, &answers)
	w.must(err)
	are(map[string]chat.ConsultState{byLea: chat.ConsultDropped, other: chat.ConsultOpen})
}

// queued: routing finds what waits in the order of the queue, with who spoke with
// that customer last, and of an agent who is gone what cannot stay with them.
func queued(w *world) {
	old := w.started(func(c *chat.Conversation) {
		c.State, c.AssigneeID, c.LastAgentID, c.WaitingSince = chat.Open, w.agent.ID, w.agent.ID, 0
	})
	c := w.started(func(c *chat.Conversation) { c.PersonID, c.HeadStart = old.PersonID, chat.VIPHeadStart })
	w.must(w.store.Write(w.ctx, func(tx chat.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		c.OfferedTo, c.PromisedAt = w.agent.ID, c.WaitingSince.Add(time.Hour)
		return tx.SaveConversation(c)
	}))
	later := w.started(nil)
	list, err := w.store.Waiting(w.ctx, w.site.ID)
	w.must(err)
	if len(list) != 2 || list[0].ID != c.ID || list[1].ID != later.ID {
		w.Fatalf("waiting are %+v", list)
	}
	q := list[0]
	if q.LastAgent != w.agent.ID || q.OfferedTo != w.agent.ID || q.Since != c.WaitingSince || q.Rank != int64(c.WaitingSince)-chat.VIPHeadStart {
		w.Errorf("read as %+v", q)
	}
	if one, err := w.store.WaitingByID(w.ctx, later.ID); err != nil || one.LastAgent != "" || *one != list[1] {
		w.Errorf("one of them is %+v, %v", one, err)
	}
	if _, err := w.store.WaitingByID(w.ctx, old.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("what does not wait: %v", err)
	}
	held, err := w.store.Held(w.ctx)
	if err != nil || len(held) != 1 || held[0].ID != old.ID || held[0].AgentID != w.agent.ID {
		w.Errorf("held are %+v, %v", held, err)
	}
	if one, err := w.store.HeldByID(w.ctx, old.ID); err != nil || *one != held[0] {
		w.Errorf("one of them is %+v, %v", one, err)
	}
	_, err = w.store.HeldByID(w.ctx, later.ID)
	w.refused(err, chat.NotFound)
	hands, err := w.store.Hands(w.ctx, w.site.ID)
	w.must(err)
	for _, h := range hands {
		want := chat.Hands{AgentID: w.agent.ID, Has: 1}
		if h.AgentID == "" {
			want = chat.Hands{Has: 2, Unanswered: 2, Since: min(c.WaitingSince, later.WaitingSince)}
		}
		if h != want || len(hands) != 2 {
			w.Errorf("%+v are in the hands of %q, want %+v", h, h.AgentID, want)
		}
	}
	if counts, err := w.store.HeldCounts(w.ctx); err != nil || len(counts) != 1 || counts[w.agent.ID] != 1 {
		w.Errorf("counted %v, %v", counts, err)
	}
	for since, want := range map[chat.Time]int{old.LastAt: 0, old.LastAt - 1: 1} {
		if left, err := w.store.LeftBehind(w.ctx, w.agent.ID, since); err != nil || len(left) != want {
			w.Errorf("said after %d: %q, %v", since, left, err)
		}
	}
}
