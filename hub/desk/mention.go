package desk

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// mention stores whom a note names, and returns them. Its author is left out; a team
// stands for its members.
//
// Failures: Invalid (somebody who does not work here any more, or may not see
// conversations, would not see it).
func mention(tx chat.Tx, c *chat.Conversation, who chat.Actor, m *chat.Message) ([]string, error) {
	if !strings.Contains(m.Text, "@") {
		return nil, nil
	}
	all, err := tx.Named()
	if err != nil {
		return nil, err
	}
	ids, err := readers(tx, chat.Mentioned(m.Text, all), all, who.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		seen := &chat.Mention{AgentID: id, SiteID: c.SiteID, ConversationID: c.ID, MessageID: m.ID, ByID: who.ID, At: tx.Now()}
		if err := tx.SaveMention(seen); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// readers are the agents whom names stand for, each once.
func readers(tx chat.Tx, named, all []chat.Named, author string) ([]string, error) {
	gone := map[string]bool{}
	for _, n := range all {
		gone[n.ID] = n.Gone
	}
	var ids []string
	for _, n := range named {
		if n.Gone {
			for _, one := range all {
				if one.ID == n.ID {
					n.Name = one.Name
				}
			}
			return nil, chat.FailField("text", "%s does not work here any more and would not see this. Name somebody else.", n.Name)
		}
		these := n.Members
		if these == nil {
			these = []string{n.ID}
		}
		for _, id := range these {
			if id == author || gone[id] || slices.Contains(ids, id) {
				continue
			}
			a, err := tx.Agent(id)
			if err != nil {
				return nil, err
			}
			switch {
			case a.May(chat.ReadConversations):
				ids = append(ids, id)
			case n.Members == nil:
				return nil, chat.FailField("text", "%s may not see conversations and would not see this. Name somebody else.", a.Name)
			}
		}
	}
	return ids, nil
}
