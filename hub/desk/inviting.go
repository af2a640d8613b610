package desk

import (
	"context"

	"rapport/hub/chat"
)

// ShowInvitation notes that a rule's invitation stands on a page, and counts it under
// today. s lacks its id, day and time.
func (d *Desk) ShowInvitation(ctx context.Context, s chat.Showing) error {
	return d.store.Write(ctx, func(tx chat.Tx) (err error) {
		s.ID, s.At = chat.NewID(), tx.Now()
		if s.Day, err = d.today(tx, s.SiteID); err != nil {
			return err
		}
		if err := tx.InsertShowing(&s); err != nil {
			return err
		}
		return count(tx, &s, chat.InviteUse{Shown: 1})
	})
}

// DeclineInvitation notes that whoever was shown an invitation closed it. One that
// nobody was shown is left out: the page's word is all there is.
func (d *Desk) DeclineInvitation(ctx context.Context, token string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		s, err := tx.ShowingOf(chat.HashSecret(token))
		if chat.Is(err, chat.NotFound) {
			return nil
		}
		if err != nil || s.DeclinedAt > 0 || s.OpenedAt > 0 {
			return err
		}
		s.DeclinedAt = tx.Now()
		if err := tx.SaveShowing(s); err != nil {
			return err
		}
		return count(tx, s, chat.InviteUse{Declined: 1})
	})
}

// count adds to the counts of the day on which an invitation was shown.
func count(tx chat.Tx, s *chat.Showing, more chat.InviteUse) error {
	more.RuleID, more.Day = s.RuleID, s.Day
	return tx.CountInvites(s.SiteID, more)
}

// cameInvited notes that a customer opened the chat from an invitation, by the token
// that came with it; news is false where that was known, or it is none of theirs. The
// words that answer it may have been faster.
func (d *Desk) cameInvited(tx chat.Tx, p *chat.Person, token string) (news bool, err error) {
	s, err := tx.ShowingOf(chat.HashSecret(token))
	if chat.Is(err, chat.NotFound) {
		return false, nil
	}
	if err != nil || s.SiteID != p.SiteID || s.OpenedAt > 0 || tx.Now().Sub(s.At) > chat.AnswerWindow {
		return false, err
	}
	s.PersonID, s.OpenedAt = p.ID, tx.Now()
	c, err := tx.LiveConversation(p.SiteID, p.ID, chat.ChannelChat)
	if chat.Is(err, chat.NotFound) || err == nil && max(c.StartedAt, c.WaitingSince) < s.At {
		return true, tx.SaveShowing(s)
	}
	if err != nil {
		return false, err
	}
	if err := d.answersInvitation(tx, c, s, p.Name); err != nil {
		return false, err
	}
	return true, tx.SaveConversation(c)
}

// invited tells the team which invitation the words answer with which a conversation
// begins, or begins anew; the caller saves c. A site without rules is asked nothing.
func (d *Desk) invited(tx chat.Tx, c *chat.Conversation, site *chat.Site, personID, name string) error {
	if len(site.Inviting.Rules) == 0 {
		return nil
	}
	s, err := tx.OpenShowing(personID, tx.Now().Add(-chat.AnswerWindow))
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.answersInvitation(tx, c, s, name)
}

// answersInvitation tells it and counts it; the caller saves c.
func (d *Desk) answersInvitation(tx chat.Tx, c *chat.Conversation, s *chat.Showing, name string) error {
	s.AnsweredAt, s.ConversationID = tx.Now(), c.ID
	if err := tx.SaveShowing(s); err != nil {
		return err
	}
	if err := count(tx, s, chat.InviteUse{Answered: 1}); err != nil {
		return err
	}
	author := chat.Actor{Kind: chat.ByPerson, ID: c.PersonID, Site: c.SiteID}
	e := event(tx, chat.InvitationAnswered, author, chat.AgentCard{ID: c.PersonID, Name: name})
	e.ShowingID, e.Showing = s.ID, s
	return tx.Append(c, &e)
}

// reached counts the goals of rules that a page reports of a customer who answered
// them, once for each invitation.
func (d *Desk) reached(tx chat.Tx, p *chat.Person, told map[string]string) error {
	site, err := tx.Site(p.SiteID)
	if err != nil {
		return err
	}
	reported := map[string]bool{} // by the rule's id
	for _, r := range site.Inviting.Rules {
		if r.Goal != "" && told[r.Goal] != "" {
			reported[r.ID] = true
		}
	}
	if len(reported) == 0 {
		return nil
	}
	list, err := tx.AnsweredShowings(p.ID, tx.Now().Add(-chat.GoalWindow))
	if err != nil {
		return err
	}
	for i := range list {
		s := &list[i]
		if !reported[s.RuleID] {
			continue
		}
		s.GoalAt = tx.Now()
		if err := tx.SaveShowing(s); err != nil {
			return err
		}
		if err := count(tx, s, chat.InviteUse{Led: 1}); err != nil {
			return err
		}
	}
	return nil
}
