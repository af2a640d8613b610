package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Posting is a message that somebody wants to say.
type Posting struct {
	ConversationID string
	ClientID       string
	Kind           chat.MessageKind // agents: reply or note; visitors always reply
	Text           string
	TemplateID     string           // what it started from last; its steps are evidence
	OtherTemplates []string         // what it started from besides
	Files          []string         // ids of files that its author has uploaded, or of a template's
	Form           *chat.FormAnswer // visitors: what they wrote before the first message, nil for nothing
	Read           []string         // visitors: the quick answers that they opened before, by id

	id       string       // the message's own, where something before it refers to it
	matterID string       // what it belongs to, "" for the current matter
	heard    *cycle.Heard // its words taken apart
	written  bool         // in an agent's composer, whose draft it ends
}

// Posted is the stored message, with its author as others see them. Its
// conversation may be another than the one posted to: a visitor has at most one
// that is not closed.
type Posted struct {
	Message   chat.Message
	Author    chat.AgentCard
	Mentioned []string // agents whom a note names, by id; of one that was stored before, none
}

func (p *Posting) clean() error {
	if !chat.ValidID(p.ConversationID) {
		return chat.FailField("conversation_id", "This is not an id.")
	}
	if !chat.ValidClientID(p.ClientID) {
		return badClientID()
	}
	if err := chat.CheckReadUp(p.Read); err != nil {
		return err
	}
	if len(p.OtherTemplates) > chat.MaxOtherTemplates {
		return chat.FailField("other_templates", "A reply starts from at most %d other templates.", chat.MaxOtherTemplates)
	}
	if err := chat.CleanFileIDs(p.Files); err != nil {
		return err
	}
	clean := chat.CleanText
	if len(p.Files) > 0 {
		clean = chat.CleanMaybe
	}
	text, err := clean("text", p.Text, chat.MaxText)
	p.Text = text
	return err
}

func badClientID() error {
	return chat.FailField("client_id", "A client id has 8 to 64 letters, digits, - and _.")
}

// Post stores a message and returns it. Posting again under the same client id
// returns the message that is stored, however long ago and whatever the text:
// the first content wins. Failures: Invalid (of field files where one cannot be
// sent along; of text where a note names somebody who is gone), NotFound,
// PlaceholderLeft.
func (d *Desk) Post(ctx context.Context, who chat.Actor, p Posting) (*Posted, error) {
	if err := p.clean(); err != nil {
		return nil, err
	}
	if p.Kind != chat.Note {
		p.heard = cycle.Hear(who.Kind, p.Text)
	}
	p.written = who.Kind == chat.ByAgent
	var out Posted
	var work func(chat.Tx) error
	switch {
	case who.Kind == chat.ByPerson:
		work = func(tx chat.Tx) error { return d.postVisitor(tx, who, p, &out) }
	case p.Kind == chat.Reply:
		if err := noPlaceholder("text", p.Text); err != nil {
			return nil, err
		}
		work = func(tx chat.Tx) error { return d.postReply(tx, who, p, &out) }
	case p.Kind == chat.Note:
		work = func(tx chat.Tx) error { return d.postNote(tx, who, p, &out) }
	default:
		return nil, chat.FailField("kind", "A message is a reply or a note.")
	}
	err := d.store.WriteOnce(ctx, p.ClientID, func(tx chat.Tx) error {
		out = Posted{} // a run that was undone has stored nothing
		return work(tx)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// noPlaceholder refuses words for the customer that still hold a variable.
func noPlaceholder(field, text string) error {
	left := cycle.Placeholders(text)
	if len(left) == 0 {
		return nil
	}
	return placeholderLeft(field, left[0])
}

func placeholderLeft(field, name string) error {
	return &chat.Failure{Code: chat.PlaceholderLeft, Field: field,
		Message: "This still holds " + name + ". Fill it in or take it out, then send."}
}

func (d *Desk) postVisitor(tx chat.Tx, who chat.Actor, p Posting, out *Posted) error {
	c, person, err := d.thread(tx, who, p, out)
	if err != nil || out.Message.ID != "" {
		return err
	}
	// Messages are by the profile that the conversation began with: a merge of
	// profiles in between must not let a retry through as somebody else's.
	author := chat.Actor{Kind: chat.ByPerson, ID: c.PersonID, Site: c.SiteID}
	name := chat.AgentCard{ID: author.ID, Name: person.Name}
	if c.LastKind == "" {
		if err := d.fillIn(tx, c, author, &name, p.Form); err != nil {
			return err
		}
	}
	if err := d.reopenUnlessThanks(tx, c, author, name, &p); err != nil {
		return err
	}
	if err := d.wake(tx, c, author, name); err != nil {
		return err
	}
	if err := d.readUp(tx, c, author, name, p.Read); err != nil {
		return err
	}
	if err := d.turnToTheirs(tx, c, p.heard); err != nil {
		return err
	}
	m, err := d.say(tx, c, author, name, p, chat.MessagePosted)
	if err != nil {
		return err
	}
	c.Unread++
	if c.WaitingSince == 0 && c.State != chat.Closed {
		c.WaitingSince = tx.Now()
	}
	e := cycle.Posted(*m, name.Name, "", nil)
	e.Heard = p.heard
	if err := d.advance(tx, c, e); err != nil {
		return err
	}
	if c.State == chat.Closed {
		if err := d.thanked(tx, c, author, name); err != nil {
			return err
		}
	}
	*out = Posted{Message: *m, Author: name}
	return tx.SaveConversation(c)
}

// reopenUnlessThanks opens a closed conversation again for its customer's words,
// unless they are nothing but thanks. IdentityNeeded as in start.
func (d *Desk) reopenUnlessThanks(tx chat.Tx, c *chat.Conversation, author chat.Actor, name chat.AgentCard, p *Posting) error {
	if c.State != chat.Closed {
		return nil
	}
	names := []string{name.Name}
	if c.AssigneeID != "" {
		a, err := tx.Agent(c.AssigneeID)
		if err != nil {
			return err
		}
		names = append(names, a.Name)
	}
	if cycle.PureThanks(p.Text, names...) {
		return nil
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	if err := vouched(tx, site, author.ID); err != nil {
		return err
	}
	p.id = chat.NewID()
	if followedUp(c) {
		return d.answerFollowUp(tx, c, author, name, p.id)
	}
	if err := d.reopen(tx, c, author, name, p.id); err != nil {
		return err
	}
	return d.invited(tx, c, site, author.ID, name.Name)
}

func (d *Desk) postNote(tx chat.Tx, who chat.Actor, p Posting, out *Posted) error {
	c, name, err := d.forAgent(tx, who, p.ConversationID)
	if err != nil {
		return err
	}
	if done, err := already(tx, c, name, p, out); done || err != nil {
		return err
	}
	p.TemplateID = ""
	m, err := d.say(tx, c, who, name, p, chat.NotePosted)
	if err != nil {
		return err
	}
	named, err := mention(tx, c, who, m)
	if err != nil {
		return err
	}
	*out = Posted{Message: *m, Author: name, Mentioned: named}
	return tx.SaveConversation(c)
}

// note tells the team something that nobody of them wrote.
func (d *Desk) note(tx chat.Tx, c *chat.Conversation, text string) error {
	p := Posting{ClientID: chat.OwnID("note", chat.NewID()), Kind: chat.Note, Text: text}
	_, err := d.say(tx, c, chat.System, chat.AgentCard{}, p, chat.NotePosted)
	return err
}

// say stores a message with its event. A note never becomes the last word of
// the conversation, since its customer sees that.
func (d *Desk) say(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, p Posting, t chat.EventType) (*chat.Message, error) {
	kind := p.Kind
	if who.Kind == chat.ByPerson {
		kind = chat.Reply
	}
	if p.id == "" {
		p.id = chat.NewID()
	}
	if p.matterID == "" {
		p.matterID = c.MatterID
	}
	m := &chat.Message{
		ID: p.id, ConversationID: c.ID, MatterID: p.matterID, ClientID: p.ClientID, Kind: kind,
		By: who.Kind, ByID: who.ID, Text: p.Text, TemplateID: p.TemplateID, At: tx.Now(),
	}
	if err := sendAlong(tx, c, who, m, p.Files); err != nil {
		return nil, err
	}
	e := event(tx, t, who, name)
	e.MessageID, e.Message = m.ID, m
	if err := tx.Append(c, &e); err != nil {
		return nil, err
	}
	if p.written {
		if err := tx.SaveDraft(&chat.Draft{AgentID: who.ID, ConversationID: c.ID}); err != nil {
			return nil, err
		}
	}
	if kind != chat.Note {
		c.LastAt, c.LastBy, c.LastKind, c.LastText = m.At, m.By, m.Kind, m.Preview()
	}
	return m, nil
}
