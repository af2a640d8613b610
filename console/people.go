package console

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// maxNote bounds a note about a customer, in code points.
const maxNote = 2_000

func (d *Door) changePerson(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Name    *string `json:"name"`
		Email   *string `json:"email"`
		Segment *string `json:"segment"`
		Blocked *bool   `json:"blocked"`
		Why     string  `json:"why"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	before, err := d.Store.Person(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	p, err := d.Desk.UpdatePerson(c.UserContext(), me.actor(), id, desk.PersonChange{Name: r.Name, Email: r.Email, Segment: r.Segment, Blocked: r.Blocked, Why: r.Why})
	if err != nil {
		return nil, err
	}
	if p.Email != before.Email { // letters go there from now on
		d.audit(c.UserContext(), me.agent.ID, "person.email_changed", p.ID, "")
	}
	if p.BlockedAt != before.BlockedAt { // an open socket goes by what it saw at its hello
		d.Hub.Kick(p.ID, hub.Merged)
	}
	return wire.NewPerson(p), nil
}

func (d *Door) addNote(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ID   string `json:"id"`
		Text string `json:"text"`
		// Sensitive makes it a sensitive note, for those who may write such.
		Sensitive *wire.NoteConsent `json:"sensitive"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	switch {
	case r.ID == "":
		r.ID = chat.NewID()
	case !chat.ValidID(r.ID):
		return nil, chat.FailField("id", "This is not an id.")
	}
	text, err := chat.CleanText("text", r.Text, maxNote)
	if err != nil {
		return nil, err
	}
	p, err := d.Store.Person(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	n := &chat.PersonNote{ID: r.ID, PersonID: p.ID, AgentID: me.agent.ID, Text: text}
	if r.Sensitive != nil {
		if !me.agent.May(chat.SensitiveNotes) {
			return nil, chat.Fail(chat.Forbidden, "Your role may not write sensitive notes.")
		}
		if err := n.Agreed(r.Sensitive.Consent, r.Sensitive.Until, d.Clock()); err != nil {
			return nil, err
		}
	}
	if err := d.Store.AddPersonNote(c.UserContext(), n); err != nil {
		return nil, err
	}
	// What is stored under this id may be an older one than what was asked for.
	if n.Sensitive() && (!me.agent.May(chat.SensitiveNotes) || n.ExpiresAt <= d.Clock()) {
		return nil, chat.FailField("id", "Another note has this id.")
	}
	return showNote(n, me.agent), nil
}

// deleteNote is for the note's author and for those who look after the team.
func (d *Door) deleteNote(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	noteID, err := idOf(c, "note")
	if err != nil {
		return nil, err
	}
	p, err := d.Store.Person(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	n, err := d.Store.PersonNote(c.UserContext(), p.ID, noteID)
	if err != nil {
		return nil, err
	}
	if n.Sensitive() && !me.agent.May(chat.SensitiveNotes) {
		return nil, chat.ErrNotFound
	}
	if n.AgentID != me.agent.ID && !me.agent.May(chat.RemoveNotes) {
		return nil, chat.Fail(chat.Forbidden, "A colleague wrote this note. They or a supervisor can remove it.")
	}
	if err := d.Store.DeletePersonNote(c.UserContext(), p.ID, n.ID); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "note.deleted", n.ID, p.ID+" "+n.AgentID)
	return nothing{}, nil
}

func showNote(n *chat.PersonNote, by *chat.Agent) wire.PersonNote {
	shown := wire.PersonNote{ID: n.ID, Text: n.Text, At: n.At, By: wire.Author{Kind: chat.ByAgent, ID: by.ID, Name: by.Name}}
	if n.Sensitive() {
		shown.Sensitive = &wire.NoteConsent{Consent: n.Consent, Until: n.ExpiresAt}
	}
	return shown
}

// notesFor are the notes about a customer that somebody may read.
func (d *Door) notesFor(ctx context.Context, personID string, me *signedIn) ([]chat.PersonNote, error) {
	list, err := d.Store.PersonNotes(ctx, personID)
	if err != nil || me.agent.May(chat.SensitiveNotes) {
		return list, err
	}
	return slices.DeleteFunc(list, func(n chat.PersonNote) bool { return n.Sensitive() }), nil
}

// notes are those about a customer that somebody may read, with the names of their
// authors.
func (d *Door) notes(ctx context.Context, personID string, me *signedIn) ([]wire.PersonNote, error) {
	list, err := d.notesFor(ctx, personID, me)
	if err != nil {
		return nil, err
	}
	authors := map[string]*chat.Agent{}
	out := make([]wire.PersonNote, 0, len(list))
	for i := range list {
		by := authors[list[i].AgentID]
		if by == nil {
			if by, err = d.Store.Agent(ctx, list[i].AgentID); err != nil {
				return nil, err
			}
			authors[by.ID] = by
		}
		out = append(out, showNote(&list[i], by))
	}
	return out, nil
}
