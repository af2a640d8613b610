package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
)

// Question is what an agent wants to know of a colleague, or of whoever of a team
// answers first.
type Question struct {
	ToID   string // a colleague; "" for a team
	TeamID string // whose members are asked; "" for one colleague
	Text   string
}

// Consult asks a question about a conversation, as a note that names who is asked: it
// stays open until one of them answers it, or it is taken back, however long that is.
//
// Failures: NotFound (conversation, colleague, or team), Invalid (question), Conflict
// (who is asked does not answer here, is nobody but the caller, or too many questions
// are open).
func (d *Desk) Consult(ctx context.Context, who chat.Actor, id string, q Question) (*Posted, error) {
	text, err := chat.CleanText("question", q.Text, chat.MaxQuestion)
	if err != nil {
		return nil, err
	}
	var out Posted
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
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
		m, err := d.aside(tx, c, who, name, chat.ForWhom(to)+text, asked)
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
		out = Posted{Message: *m, Author: name, Mentioned: asked}
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
		if id != who.ID && a.DisabledAt == 0 && a.May(chat.AnswerCustomers) {
			asked = append(asked, id)
		}
	}
	if len(asked) == 0 {
		return nil, "", chat.Fail(chat.Conflict, "There is nobody who could answer this. Ask somebody else.")
	}
	return asked, name, nil
}

// aside stores a note and names those for whom it is.
func (d *Desk) aside(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, text string, whom []string) (*chat.Message, error) {
	p := Posting{ClientID: chat.OwnID("consult", chat.NewID()), Kind: chat.Note, Text: text}
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
// note that says what was asked, and names who asked.
//
// Failures: NotFound (there is none, or others were asked), Invalid (text), Conflict
// (it is answered, or taken back).
func (d *Desk) AnswerConsult(ctx context.Context, who chat.Actor, id, text string) (*Posted, error) {
	text, err := chat.CleanText("text", text, chat.MaxConsultAnswer)
	if err != nil {
		return nil, err
	}
	var out Posted
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		one, err := consultAlone(tx, id)
		if err != nil {
			return err
		}
		if asked, err := mayAnswerConsult(tx, one, who); err != nil || !asked {
			if err != nil {
				return err
			}
			return chat.ErrNotFound
		}
		if one.State != chat.ConsultOpen {
			return chat.Fail(chat.Conflict, "This question needs no answer any more.")
		}
		c, name, err := d.forAgent(tx, who, one.ConversationID)
		if err != nil {
			return err
		}
		words := "Answer for " + one.By.Name + ", who asked “" + chat.Preview(one.Question) + "”\n\n" + text
		m, err := d.aside(tx, c, who, name, words, []string{one.ByID})
		if err != nil {
			return err
		}
		one.State, one.AnswerID, one.AnsweredBy, one.EndedAt = chat.ConsultAnswered, m.ID, who.ID, tx.Now()
		if err := tx.SaveConsult(one); err != nil {
			return err
		}
		out = Posted{Message: *m, Author: name, Mentioned: []string{one.ByID}}
		return tx.SaveConversation(c)
	})
	return &out, err
}

// consultAlone returns a question that nobody else changes meanwhile: it is read again
// once its conversation is locked.
func consultAlone(tx chat.Tx, id string) (*chat.Consult, error) {
	one, err := tx.Consult(id)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Conversation(one.ConversationID); err != nil {
		return nil, err
	}
	return tx.Consult(id)
}

// mayAnswerConsult reports whether an agent is among those who were asked.
func mayAnswerConsult(tx chat.Tx, one *chat.Consult, who chat.Actor) (bool, error) {
	if one.TeamID == "" {
		return one.AgentID == who.ID, nil
	}
	_, ids, err := tx.TeamMembers(one.TeamID)
	return slices.Contains(ids, who.ID) && one.ByID != who.ID, err
}

// DropConsult takes a question back that nobody has answered; one that has ended stays
// as it is.
//
// Failures: NotFound (there is none, or it is not the caller's).
func (d *Desk) DropConsult(ctx context.Context, who chat.Actor, id string) (siteID string, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		one, err := consultAlone(tx, id)
		if err != nil {
			return err
		}
		if one.ByID != who.ID {
			return chat.ErrNotFound
		}
		siteID = one.SiteID
		if one.State != chat.ConsultOpen {
			return nil
		}
		one.State, one.EndedAt = chat.ConsultDropped, tx.Now()
		return tx.SaveConsult(one)
	})
	return siteID, err
}
