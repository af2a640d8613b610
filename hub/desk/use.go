package desk

import (
	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// noteUses stores that a reply started from templates, each once.
func noteUses(tx chat.Tx, c *chat.Conversation, who chat.Actor, person *chat.Person, name chat.AgentCard, ids []string, m *chat.Message) error {
	noted := map[string]bool{}
	for _, id := range ids {
		t, err := usedTemplate(tx, who, c.SiteID, id)
		if err != nil {
			return err
		}
		if t == nil || noted[id] {
			continue
		}
		noted[id] = true
		if err := noteUse(tx, c, person, name, t, m); err != nil {
			return err
		}
	}
	return nil
}

func noteUse(tx chat.Tx, c *chat.Conversation, person *chat.Person, name chat.AgentCard, t *chat.Template, m *chat.Message) error {
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	vars := cycle.Values(*person, chat.Agent{Name: name.Name}, *site)
	return tx.AddUse(&chat.TemplateUse{
		ConversationID: c.ID, Seq: m.Seq, SiteID: c.SiteID, MatterID: m.MatterID, TemplateID: t.ID, Version: t.Version,
		Reworded: !cycle.Kept(t.Body, m.Text, vars), At: m.At,
	})
}

// changeUses lets change note on each use of a conversation that is not past what
// came after it, the latest first.
func changeUses(tx chat.Tx, c *chat.Conversation, change func(u *chat.TemplateUse) error) error {
	uses, err := tx.OpenUses(c.ID)
	if err != nil {
		return err
	}
	for i := range uses {
		before := uses[i]
		if err := change(&uses[i]); err != nil {
			return err
		}
		if uses[i] == before {
			continue
		}
		if err := tx.SaveUse(&uses[i], &before); err != nil {
			return err
		}
	}
	return nil
}

// usesEnded notes at a closing which replies the customer had answered.
func usesEnded(tx chat.Tx, c *chat.Conversation) error {
	answered := false // what came before an answered reply was answered as well
	return changeUses(tx, c, func(u *chat.TemplateUse) error {
		if !answered {
			n, err := tx.CountUnread(c.ID, chat.ByPerson, u.Seq)
			if err != nil {
				return err
			}
			answered = n > 0
		}
		u.Ended, u.Answered = true, answered
		return nil
	})
}

// usesReopened makes the uses before a reopening past.
func usesReopened(tx chat.Tx, c *chat.Conversation, who chat.Actor) error {
	return changeUses(tx, c, func(u *chat.TemplateUse) error {
		u.Reopened, u.Past = u.Ended && who.Kind == chat.ByPerson, true
		return nil
	})
}

// usesJudged lays the customer's word on being solved over the templates used
// before it, once for each: over its latest use.
func usesJudged(tx chat.Tx, c *chat.Conversation, solved chat.Solved) error {
	judged := map[string]bool{}
	return changeUses(tx, c, func(u *chat.TemplateUse) error {
		if u.Solved = solved; judged[u.TemplateID] {
			u.Solved = ""
		}
		judged[u.TemplateID] = true
		return nil
	})
}

// usesAccepted notes the proposal that was accepted in a matter.
func usesAccepted(tx chat.Tx, c *chat.Conversation, k *chat.Card) error {
	if k.State != chat.CardAccepted {
		return nil
	}
	return changeUses(tx, c, func(u *chat.TemplateUse) error {
		u.Accepted = u.Accepted || u.MatterID == k.MatterID
		return nil
	})
}
