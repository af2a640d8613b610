package desk

import (
	"context"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

// Handover is a conversation as one agent hands it to another.
type Handover struct {
	ToID   string // a colleague; "" for a team
	TeamID string // whose members are asked in turn; "" for one colleague
	FromID string // who has it, as far as the caller knows
	Note   string // for whoever takes it, "" for none

	joins bool // they answer beside who has it
}

// handedOver is why somebody has a conversation who took it when it was handed to
// them.
const handedOver = "it was handed over"

// HandOver asks a colleague, or one of a team after the other, to carry on with a
// conversation. Who has it keeps it until somebody takes it, so that nobody falls
// between two chairs: then Take is told who had it. Who may take over may ask as well:
// the event is by them and names who has it, who hears what comes of it. The note stands
// in the thread, for the team alone. there are those who could take something now, in the
// order of asking.
//
// Failures: NotFound, Invalid (note), AlreadyClosed, TakenByOther (it is not theirs
// to hand over), Conflict (nobody has it, somebody is asked already, or nobody who
// was named is there).
func (d *Desk) HandOver(ctx context.Context, who chat.Actor, id string, h Handover, there []string) error {
	note, err := chat.CleanMaybe("note", h.Note, chat.MaxHandoverNote)
	if err != nil {
		return err
	}
	h.Note = note
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		from, err := mayHandOver(tx, c, who, h.FromID)
		if err != nil {
			return err
		}
		if h.joins && len(c.Guests.List()) >= chat.MaxGuests {
			return tooManyGuests()
		}
		o := chat.Offer{ConversationID: c.ID, SiteID: c.SiteID, FromID: from.ID, TeamID: h.TeamID, Joins: h.joins}
		if err := tx.DropOffers(c.ID); err != nil {
			return err
		}
		to, err := nextOf(tx, c, &o, h.ToID, there)
		if err != nil {
			return err
		}
		if to == nil {
			return chat.Fail(chat.Conflict, "%s", nobodyCan(h.joins))
		}
		if o.NoteID, err = d.noteFor(tx, c, who, name, h.Note); err != nil {
			return err
		}
		if err := d.holdOut(tx, c, who, name, o, *to, from); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

func nobodyCan(join bool) string {
	if join {
		return "Nobody of them can join now. Choose somebody who is here."
	}
	return "Nobody of them can take it now. Choose somebody who is here, or promise an answer."
}

// mayHandOver returns who has a conversation, if the agent may hand it over now.
func mayHandOver(tx chat.Tx, c *chat.Conversation, who chat.Actor, from string) (chat.AgentCard, error) {
	switch {
	case c.State == chat.Closed:
		return chat.AgentCard{}, chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
	case c.AssigneeID == "":
		return chat.AgentCard{}, chat.Fail(chat.Conflict, "Nobody has this conversation yet. Take it first, or assign it.")
	}
	has, err := mayGive(tx, c, who, from)
	if err != nil || c.OfferedTo == "" {
		return has, err
	}
	asked, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: c.OfferedTo})
	if err != nil {
		return has, err
	}
	return has, chat.Fail(chat.Conflict, "%s is being asked already. Wait for an answer, or take it back first.", asked.Name)
}

// nextOf is who is asked next to carry on: the colleague who was named, or the first
// of the team, among those there, who was not asked before. Nil for nobody.
func nextOf(tx chat.Tx, c *chat.Conversation, o *chat.Offer, toID string, there []string) (*chat.AgentCard, error) {
	for _, id := range there {
		if id == c.AssigneeID || o.TeamID == "" && id != toID || o.Joins && c.Guests.Has(id) {
			continue
		}
		if o.TeamID != "" {
			if member, err := tx.InTeam(id, o.TeamID); err != nil || !member {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		if _, err := tx.Offer(c.ID, id); err == nil {
			continue // has passed on it
		} else if !chat.Is(err, chat.NotFound) {
			return nil, err
		}
		to, err := here(tx, id)
		if chat.Is(err, chat.Conflict) || chat.Is(err, chat.NotFound) {
			continue
		}
		return &to, err
	}
	return nil, nil
}

// noteFor stores what an agent writes for whoever carries on, and returns its id.
func (d *Desk) noteFor(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	p := Posting{ClientID: chat.OwnID("handover", chat.NewID()), Kind: chat.Note, Text: text}
	m, err := d.say(tx, c, who, name, p, chat.NotePosted)
	if err != nil {
		return "", err
	}
	return m.ID, nil
}

// holdOut asks one agent to carry on, or to join, until the site's time for it is over.
func (d *Desk) holdOut(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, o chat.Offer, to, from chat.AgentCard) error {
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	rules := site.Handover
	if rules.AcceptSeconds == 0 { // stored before there were any
		rules = chat.DefaultHandover()
	}
	o.AgentID, o.MadeAt, o.EndedAt, o.Outcome = to.ID, tx.Now(), 0, ""
	o.Until = o.MadeAt.Add(time.Duration(rules.AcceptSeconds) * time.Second)
	if err := tx.SaveOffer(&o); err != nil {
		return err
	}
	c.OfferedTo = to.ID
	asked := chat.Relay{Kind: chat.RelayHandover, FromID: from.ID, ToID: to.ID, TeamID: o.TeamID}
	if o.Joins {
		asked.Kind = chat.RelayGuest
	}
	if err := d.relay(tx, c, asked); err != nil {
		return err
	}
	asks := chat.ConversationOffered
	if o.Joins {
		asks = chat.GuestAsked
	}
	e := event(tx, asks, who, name)
	e.AgentID, e.FromAgentID, e.Names.Agent, e.Names.From = to.ID, from.ID, to, from
	return tx.Append(c, &e)
}

// goesOn asks the next of the team to whom a conversation is handed over, or who are
// asked to join, after one has passed on it for a reason, "" for none.
func (d *Desk) goesOn(tx chat.Tx, c *chat.Conversation, o *chat.Offer, why string, there []string) error {
	if why != "" {
		passed := chat.Actor{Kind: chat.ByAgent, ID: o.AgentID}
		name, err := card(tx, passed)
		if err != nil {
			return err
		}
		if _, err := d.noteFor(tx, c, passed, name, why); err != nil {
			return err
		}
	}
	if o.TeamID == "" || c.AssigneeID != o.FromID {
		return nil
	}
	to, err := nextOf(tx, c, o, "", there)
	if err != nil || to == nil {
		return err
	}
	from, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: o.FromID})
	if err != nil {
		return err
	}
	return d.holdOut(tx, c, chat.System, chat.AgentCard{}, *o, *to, from)
}

// Recall ends a handover that nobody has taken yet, or an invitation that nobody has
// followed: who has the conversation keeps it. Where none is under way it changes nothing.
//
// Failures: NotFound, TakenByOther (it is not theirs).
func (d *Desk) Recall(ctx context.Context, who chat.Actor, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil || c.AssigneeID == "" || c.OfferedTo == "" {
			return err
		}
		if _, err := mayGive(tx, c, who, c.AssigneeID); err != nil {
			return err
		}
		if _, err := d.passOn(tx, c, who, chat.OfferRecalled); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// answerWithin is in how many open hours an answer is promised where a site's rules
// say none.
const answerWithin = 2

// AnswerBy is by when an answer can be promised on a site whose people are not there:
// so many open hours from now as its rules say. False where none could be kept.
func AnswerBy(site *chat.Site, now chat.Time) (chat.Time, bool) {
	n := site.Waiting.PromiseHours
	if n == 0 {
		n = answerWithin
	}
	return promisedBy(hours.Of(site.Hours), now, n)
}

// PromiseAnswer is what becomes of a handover with nobody there to take it: the
// customer is promised an answer by AnswerBy, in their language and in a way that can
// be kept, for anyone to give; and the conversation goes back into the queue. mail
// says that customers can be written to. Promising again while it stands makes no
// second one.
//
// Failures: NotFound, AlreadyClosed, TakenByOther, Conflict (the site does not open
// in time to promise anything, or the customer reads nothing of it).
func (d *Desk) PromiseAnswer(ctx context.Context, who chat.Actor, id, from string, mail bool) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if c.State == chat.Closed {
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		}
		if c.Channel == chat.ChannelAside {
			return nobodyReads(c)
		}
		if _, err := mayGive(tx, c, who, from); err != nil {
			return err
		}
		if err := d.promiseAnAnswer(tx, c, who, name, mail); err != nil {
			return err
		}
		if c.AssigneeID != "" {
			err = d.letGo(tx, c, who, name)
		} else {
			err = d.wake(tx, c, who, name) // where it sleeps
		}
		if err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

func (d *Desk) promiseAnAnswer(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, mail bool) error {
	open, err := standingAnswer(tx, c)
	if err != nil || open != nil {
		return err
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	person, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	due, ok := AnswerBy(site, tx.Now())
	if !ok {
		return chat.Fail(chat.Conflict, "The site does not open soon enough to promise an answer.")
	}
	p := &chat.Promise{
		ConversationID: c.ID, ClientID: chat.OwnID(answerPromise, chat.NewID()), MadeBy: who.ID, MatterID: c.MatterID,
		Whose: chat.Ours, Text: wordsIn(person.Locale).answering(person, mail), DueAt: due, Zone: hours.Of(site.Hours).Zone().String(),
	}
	if err := p.Clean(tx.Now()); err != nil {
		return err
	}
	return d.addPromise(tx, c, who, name, p)
}

// answering is what is promised: an answer here, and by e-mail only where we can
// write and know where to.
func (w *lullWords) answering(p *chat.Person, mail bool) string {
	if mail && p.Email != "" {
		return strings.Replace(w.mailed, "{email}", p.Email, 1)
	}
	return w.here
}
