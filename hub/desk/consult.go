package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
)

// Question is what an agent wants to know of a colleague, or of whoever of a team
// answers first.
type Question struct {
	ClientID string // of the note that asks
	ToID     string // a colleague; "" for a team
	TeamID   string // whose members are asked; "" for one colleague
	Text     string
}

// Consulted is the note that asks or answers, and whose lists of open questions it has
// changed: nobody's, for one that was stored before.
type Consulted struct {
	Posted
	Concerned []string // agents by id
}

// Consult asks a question about a conversation, as a note that names who is asked: it
// stays open until one of them answers it, or it is taken back, however long that is.
// Asking again under the same client id returns the note that is stored.
//
// Failures: NotFound (conversation, colleague, or team), Invalid (question, client id), Conflict
// (who is asked does not answer here, is nobody but the caller, or too many questions
// are open).
func (d *Desk) Consult(ctx context.Context, who chat.Actor, id string, q Question) (*Consulted, error) {
	if !chat.ValidClientID(q.ClientID) {
		return nil, badClientID()
	}
	text, err := chat.CleanText("question", q.Text, chat.MaxQuestion)
	if err != nil {
		return nil, err
	}
	var out Consulted
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		out = Consulted{} // a run that was undone has stored nothing
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		note := Posting{ClientID: q.ClientID, Kind: chat.Note}
		if done, err := already(tx, c, name, note, &out.Posted); done || err != nil {
			return err
		}
		asked, to, err := whoIsAsked(tx, who, q)
		if err != nil {
			return err
		}
		if open, err := tx.OpenConsults(c.ID); err != nil || open >= chat.MaxConsults {
			if err != nil {
				return err
			}
			return chat.Fail(chat.Conflict, "%d questions about this conversation are open. Take one back first.", chat.MaxConsults)
		}
		note.Text = chat.ForWhom(to) + text
		m, err := d.noteTo(tx, c, who, name, note, asked)
		if err != nil {
			return err
		}
		one := &chat.Consult{
			ID: chat.NewID(), SiteID: c.SiteID, ConversationID: c.ID, ByID: who.ID, AgentID: q.ToID, TeamID: q.TeamID,
			QuestionID: m.ID, AskedAt: tx.Now(), State: chat.ConsultOpen,
		}
		if err := tx.InsertConsult(one); err != nil {
			return err
		}
		if err := d.relay(tx, c, chat.Relay{ID: one.ID, Kind: chat.RelayQuestion, FromID: one.ByID, ToID: one.AgentID, TeamID: one.TeamID}); err != nil {
			return err
		}
		out = Consulted{Posted{Message: *m, Author: name, Mentioned: asked}, append([]string{who.ID}, asked...)}
		return tx.SaveConversation(c)
	})
	return &out, err
}

// whoIsAsked are those who may answer a question, without who asks it, and the name of
// the colleague or the team.
func whoIsAsked(tx chat.Tx, who chat.Actor, q Question) (asked []string, name string, err error) {
	ids := []string{q.ToID}
	if q.TeamID != "" {
		if name, ids, err = tx.TeamMembers(q.TeamID); err != nil {
			return nil, "", err
		}
	}
	for _, id := range ids {
		a, err := tx.Agent(id)
		if err != nil {
			return nil, "", err
		}
		if q.TeamID == "" {
			name = a.Name
		}
		if id != who.ID && a.Answers() {
			asked = append(asked, id)
		}
	}
	if len(asked) == 0 {
		return nil, "", chat.Fail(chat.Conflict, "There is nobody who could answer this. Ask somebody else.")
	}
	return asked, name, nil
}

// noteTo stores a note and names those for whom it is.
func (d *Desk) noteTo(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, p Posting, whom []string) (*chat.Message, error) {
	m, err := d.say(tx, c, who, name, p, chat.NotePosted)
	if err != nil {
		return nil, err
	}
	for _, id := range whom {
		seen := &chat.Mention{AgentID: id, SiteID: c.SiteID, ConversationID: c.ID, MessageID: m.ID, ByID: who.ID, At: tx.Now()}
		if err := tx.SaveMention(seen); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// AnswerConsult answers a question without joining the conversation: the answer is a
// note that says what was asked, and names who asked. Answering again under the same
// client id returns the note that is stored.
//
// Failures: NotFound (there is none, or others were asked), Invalid (text, client id),
// Conflict (it is answered, or taken back).
func (d *Desk) AnswerConsult(ctx context.Context, who chat.Actor, id, clientID, text string) (*Consulted, error) {
	if !chat.ValidClientID(clientID) {
		return nil, badClientID()
	}
	text, err := chat.CleanText("text", text, chat.MaxConsultAnswer)
	if err != nil {
		return nil, err
	}
	var out Consulted
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		out = Consulted{} // a run that was undone has stored nothing
		one, _, err := consultAlone(tx, id)
		if err != nil {
			return err
		}
		if asked, err := mayAnswerConsult(tx, one, who); err != nil || !asked {
			if err != nil {
				return err
			}
			return chat.ErrNotFound
		}
		c, name, err := d.forAgent(tx, who, one.ConversationID)
		if err != nil {
			return err
		}
		note := Posting{ClientID: clientID, Kind: chat.Note}
		if done, err := already(tx, c, name, note, &out.Posted); done || err != nil {
			return err
		}
		if one.State != chat.ConsultOpen {
			return chat.Fail(chat.Conflict, "This question needs no answer any more.")
		}
		note.Text = "Answer for " + one.By.Name + ", who asked “" + chat.Preview(one.Question) + "”\n\n" + text
		m, err := d.noteTo(tx, c, who, name, note, []string{one.ByID})
		if err != nil {
			return err
		}
		one.State, one.AnswerID, one.AnsweredBy, one.EndedAt = chat.ConsultAnswered, m.ID, who.ID, tx.Now()
		if err := tx.SaveConsult(one); err != nil {
			return err
		}
		if err := tx.EndRelay(one.ID, chat.RelayEnd{Outcome: chat.RelayAccepted, ToID: who.ID, Since: c.WaitingSince}); err != nil {
			return err
		}
		concerned, err := concernedBy(tx, one)
		if err != nil {
			return err
		}
		out = Consulted{Posted{Message: *m, Author: name, Mentioned: []string{one.ByID}}, concerned}
		return tx.SaveConversation(c)
	})
	return &out, err
}

// consultAlone returns a question that nobody else changes meanwhile: it is read again
// once its conversation is locked, which comes with it.
func consultAlone(tx chat.Tx, id string) (*chat.Consult, *chat.Conversation, error) {
	one, err := tx.Consult(id)
	if err != nil {
		return nil, nil, err
	}
	c, err := tx.Conversation(one.ConversationID)
	if err != nil {
		return nil, nil, err
	}
	one, err = tx.Consult(id)
	return one, c, err
}

// concernedBy are those in whose lists of open questions one stands: who asked, and who
// is asked.
func concernedBy(tx chat.Tx, one *chat.Consult) ([]string, error) {
	if one.TeamID == "" {
		return []string{one.ByID, one.AgentID}, nil
	}
	_, ids, err := tx.TeamMembers(one.TeamID)
	if unlessAbsent(err) != nil {
		return nil, err
	}
	if !slices.Contains(ids, one.ByID) {
		ids = append(ids, one.ByID)
	}
	return ids, nil
}

// mayAnswerConsult reports whether an agent is among those who were asked.
func mayAnswerConsult(tx chat.Tx, one *chat.Consult, who chat.Actor) (bool, error) {
	if one.TeamID == "" {
		return one.AgentID == who.ID, nil
	}
	_, ids, err := tx.TeamMembers(one.TeamID)
	return slices.Contains(ids, who.ID) && one.ByID != who.ID, err
}

// DropConsult takes a question back that nobody has answered, and returns whose lists
// of open questions that changes; one that has ended stays as it is. It is for who
// asked, and for who may take over, so that none stays open for ever.
//
// Failures: NotFound (there is none, or it is not the caller's to take back).
func (d *Desk) DropConsult(ctx context.Context, who chat.Actor, id string) (concerned []string, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		concerned = nil
		one, c, err := consultAlone(tx, id)
		if err != nil {
			return err
		}
		if one.ByID != who.ID && !who.May(chat.TakeOver) {
			return chat.ErrNotFound
		}
		if one.State != chat.ConsultOpen {
			return nil
		}
		if concerned, err = concernedBy(tx, one); err != nil {
			return err
		}
		one.State, one.EndedAt = chat.ConsultDropped, tx.Now()
		if err := tx.EndRelay(one.ID, chat.RelayEnd{Outcome: chat.RelayReturned, Why: chat.RelayRecalled, Since: c.WaitingSince}); err != nil {
			return err
		}
		return tx.SaveConsult(one)
	})
	return concerned, err
}
