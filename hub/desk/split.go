package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Splitting is a matter of a chat that is to be worked on beside it.
type Splitting struct {
	ID       string   // of the aside, made by the client
	MatterID string   // the matter that goes, "" for a new one
	Need     string   // what a new one is about
	Quoted   []string // ids of messages that belong to it
	Note     string   // for whoever takes it: why, and what to do; "" for none
	From     string   // who has the chat, as far as the caller knows, "" for nobody
	Queue    bool     // anyone may take it; else it is the caller's, until whom they ask has it
	ToID     string   // a colleague who is asked to take it, "" for none
	TeamID   string   // whose members are asked in turn, "" for none
}

// Split lets the team work on a matter beside the chat that it came up in, in an aside: a
// conversation of its own, with an owner, a state, a wait and what was promised, of which
// the customer sees nothing. What was said stays in the chat, which keeps the other
// matters. there are those who could take something now, in the order of asking. Doing it
// again under the same id changes nothing.
//
// Failures: NotFound, Invalid, AlreadyClosed, TakenByOther, Conflict (nothing would stay
// in the chat, it is no chat or went on elsewhere, everybody may read along, a card waits
// for an answer, MaxAsides are open, nobody who was named is there).
func (d *Desk) Split(ctx context.Context, who chat.Actor, id string, s Splitting, there []string) error {
	if err := s.clean(); err != nil {
		return err
	}
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if done, err := splitBefore(tx, c, s.ID); done || err != nil {
			return err
		}
		if err := maySplit(tx, c, who, &s); err != nil {
			return err
		}
		x := &split{Splitting: s, chat: c, who: who, name: name}
		if err := d.split(tx, x, there); err != nil {
			return err
		}
		return tx.Audit(who.ID, "conversation.split", c.ID, s.ID)
	})
}

func (s *Splitting) clean() (err error) {
	if !chat.ValidID(s.ID) {
		return chat.FailField("id", "This is not an id.")
	}
	s.Need = chat.CleanLine(s.Need, cycle.MaxRead)
	if s.MatterID == "" && s.Need == "" {
		return chat.FailField("need", "Choose a matter, or say in a few words what the customer needs.")
	}
	if len(s.Quoted) > chat.MaxQuotes {
		return chat.FailField("quoted", "Choose at most %d messages.", chat.MaxQuotes)
	}
	asked := 0
	for _, on := range []bool{s.Queue, s.ToID != "", s.TeamID != ""} {
		asked += truthOf(on)
	}
	if asked > 1 {
		return chat.FailField("agent_id", "Choose one colleague, one team, or the queue.")
	}
	s.Note, err = chat.CleanMaybe("note", s.Note, chat.MaxHandoverNote)
	return err
}

// splitBefore reports whether this is done, and refuses an id that is something else's.
func splitBefore(tx chat.Tx, c *chat.Conversation, id string) (bool, error) {
	a, err := tx.Conversation(id)
	switch {
	case chat.Is(err, chat.NotFound):
		return false, nil
	case err != nil:
		return false, err
	case a.Channel != chat.ChannelAside || a.PreviousID != c.ID:
		return false, chat.ErrNotFound
	}
	return true, nil
}

func maySplit(tx chat.Tx, c *chat.Conversation, who chat.Actor, s *Splitting) error {
	switch {
	case c.Channel != chat.ChannelChat:
		return chat.Fail(chat.Conflict, "Only from a chat can a matter be split off.")
	case c.MergedInto != "":
		return goesOnElsewhere()
	case c.State == chat.Closed:
		return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
	case c.InPublic:
		return chat.Fail(chat.Conflict, "Everybody may read along here. Go on in private first, and then split it off.")
	}
	if _, err := mayGive(tx, c, who, s.From); err != nil {
		return err
	}
	return roomForAside(tx, c)
}

// split is a matter on its way into an aside.
type split struct {
	Splitting
	chat, aside *chat.Conversation
	who         chat.Actor
	name        chat.AgentCard
	goes        *openMatter // nil where a new one is begun
	current     string      // the chat's matter then
}

// split does it; both conversations are saved then.
func (d *Desk) split(tx chat.Tx, x *split, there []string) error {
	if err := whatGoes(tx, x); err != nil {
		return err
	}
	if err := d.beginAside(tx, x); err != nil {
		return err
	}
	if err := d.goAside(tx, x); err != nil {
		return err
	}
	if err := tellAside(tx, x.chat, x.aside, chat.AsideOpened, x.who, x.name); err != nil {
		return err
	}
	for _, c := range []*chat.Conversation{x.chat, x.aside} {
		if err := leaveTrack(tx, c); err != nil {
			return err
		}
		if err := promisedAt(tx, c); err != nil {
			return err
		}
	}
	if err := d.askFor(tx, x, there); err != nil {
		return err
	}
	if err := tx.SaveConversation(x.aside); err != nil {
		return err
	}
	return tx.SaveConversation(x.chat)
}

// whatGoes finds the matter that goes with all that is open in it, and what the chat goes
// on with.
func whatGoes(tx chat.Tx, x *split) error {
	x.current = x.chat.MatterID
	if x.MatterID == "" {
		return nil
	}
	all, err := tx.Matters(x.chat.ID)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, cycle.Gone)
	i := slices.IndexFunc(all, func(m chat.Matter) bool { return m.ID == x.MatterID })
	if i < 0 {
		return chat.ErrNotFound
	}
	if len(all) == 1 {
		return chat.Fail(chat.Conflict, "This is the only matter here, so nothing would stay in the chat. Name a new one instead.")
	}
	x.goes = &openMatter{Matter: all[i]}
	if x.current == x.MatterID {
		x.current = all[max(0, i-1)+truthOf(i == 0)].ID
	}
	cards, err := tx.SentCards(x.MatterID)
	if err != nil {
		return err
	}
	if len(cards) > 0 {
		return chat.Fail(chat.Conflict, "A card of this matter waits for the customer's answer in the chat. Wait for it, or take it back first.")
	}
	return x.goes.readOpen(tx, x.chat)
}

// readOpen reads what is promised and complained about in a matter. An answer that is
// promised stays in the chat, where it is given.
func (o *openMatter) readOpen(tx chat.Tx, c *chat.Conversation) error {
	promises, err := tx.OpenPromises(c.ID)
	if err != nil {
		return err
	}
	o.promises = slices.DeleteFunc(promises, func(p chat.Promise) bool { return p.MatterID != o.ID || isAnswer(&p) })
	tracks, err := tx.Tracks(c.ID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(tracks, func(k chat.Track) bool { return k.MatterID == o.ID }); i >= 0 {
		o.track = &tracks[i]
	}
	return nil
}

// beginAside stores the conversation with its matter, and says where they come from.
func (d *Desk) beginAside(tx chat.Tx, x *split) error {
	m := chat.Matter{ID: chat.NewID(), ConversationID: x.ID, Number: 1, OpenedAt: tx.Now()}
	state, err := d.stateAside(tx, x)
	if err != nil {
		return err
	}
	state.Save(&m)
	now := tx.Now()
	c := &chat.Conversation{
		ID: x.ID, SiteID: x.chat.SiteID, PersonID: x.chat.PersonID, Channel: chat.ChannelAside, PreviousID: x.chat.ID, MatterID: m.ID,
		State: chat.Open, AssigneeID: x.who.ID, LastAgentID: x.who.ID,
		StartedAt: now, LastAt: now, LastBy: chat.ByAgent, LastKind: chat.Note, LastText: chat.Preview(m.Need),
	}
	if x.Queue {
		c.State, c.AssigneeID, c.LastAgentID, c.WaitingSince = chat.Waiting, "", "", now
		if err := headStart(tx, c); err != nil {
			return err
		}
	}
	if err := tx.InsertConversation(c); err != nil {
		return err
	}
	if err := tx.InsertMatter(&m); err != nil {
		return err
	}
	x.aside = c
	started := event(tx, chat.ConversationStarted, x.who, x.name)
	if err := tx.Append(c, &started); err != nil {
		return err
	}
	opened := event(tx, chat.MatterOpened, x.who, x.name)
	opened.MatterID, opened.Matter = m.ID, &m
	if err := tx.Append(c, &opened); err != nil {
		return err
	}
	return x.quote(tx, &m)
}

// stateAside is the state in which the matter goes on, or begins.
func (d *Desk) stateAside(tx chat.Tx, x *split) (state cycle.State, err error) {
	if x.goes == nil {
		current, err := tx.Matter(x.chat.MatterID)
		if err != nil {
			return state, err
		}
		state = cycle.Second(d.state(current), x.Need)
	} else {
		state = cycle.Carried(d.state(&x.goes.Matter))
		if x.Need != "" {
			state.Need = x.Need
		}
	}
	state.Beside = false
	return state, nil
}

// quote says in the aside where it comes from, with what was said there about it.
func (x *split) quote(tx chat.Tx, m *chat.Matter) error {
	e := event(tx, chat.AsideBegan, x.who, x.name)
	e.Other = chat.OtherTalk{ID: x.chat.ID, StartedAt: x.chat.StartedAt}
	e.MatterID, e.Matter = m.ID, m
	for _, id := range x.Quoted {
		said, err := tx.Message(x.chat.ID, id)
		if err != nil {
			return err
		}
		by, err := card(tx, chat.Actor{Kind: said.By, ID: said.ByID})
		if err != nil {
			return err
		}
		e.Quoted, e.Quotes = append(e.Quoted, id), append(e.Quotes, chat.NewQuote(said, by.Name))
	}
	return tx.Append(x.aside, &e)
}

// goAside lets the matter that goes be none of the chat's any more: all that is open in it
// goes with it.
func (d *Desk) goAside(tx chat.Tx, x *split) error {
	o := x.goes
	if o == nil {
		return nil
	}
	if err := copyProgress(tx, o.ID, x.aside.MatterID); err != nil {
		return err
	}
	for i := range o.promises {
		if err := movePromise(tx, x.aside, &o.promises[i], x.aside.MatterID); err != nil {
			return err
		}
	}
	if o.track != nil {
		o.track.ConversationID, o.track.MatterID = x.aside.ID, x.aside.MatterID
		if err := tx.MoveTrack(o.track); err != nil {
			return err
		}
		if err := tellTrack(tx, x.aside, chat.ComplaintStaged, x.who, x.name, o.track); err != nil {
			return err
		}
	}
	if err := d.advanceMatter(tx, x.chat, o.ID, cycle.SplitOff(handOf(tx, x.who, x.name))); err != nil {
		return err
	}
	return turn(tx, x.chat, x.who, x.name, x.current)
}

// askFor leaves the note and asks those who are to take it; until one of them does, it is
// its splitter's.
func (d *Desk) askFor(tx chat.Tx, x *split, there []string) error {
	noteID, err := d.noteFor(tx, x.aside, x.who, x.name, x.Note)
	if err != nil || x.ToID == "" && x.TeamID == "" {
		return err
	}
	o := chat.Offer{ConversationID: x.aside.ID, SiteID: x.aside.SiteID, FromID: x.who.ID, TeamID: x.TeamID, NoteID: noteID}
	to, err := nextOf(tx, x.aside, &o, x.ToID, there)
	if err != nil {
		return err
	}
	if to == nil {
		return chat.Fail(chat.Conflict, "Nobody of them can take it now. Choose somebody who is here, the queue, or take it yourself.")
	}
	return d.holdOut(tx, x.aside, x.who, x.name, o, *to, x.name)
}
