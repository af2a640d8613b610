package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
)

// AddTag puts a tag on a conversation: one of the site's by its id, or by name, in
// which case one that is not there is made. Where the conversation has it, nothing
// changes.
//
// Failures: NotFound, Invalid (no name), Forbidden (a new one), Conflict (chat.MaxTagsOn, chat.MaxTags).
func (d *Desk) AddTag(ctx context.Context, who chat.Actor, id, tagID, name string) error {
	if tagID == "" {
		var err error
		if name, err = chat.CleanTag(name); err != nil {
			return err
		}
	}
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, by, err := sorting(tx, who, id)
		if err != nil {
			return err
		}
		tag, err := tagFor(tx, c.SiteID, who, tagID, name)
		if err != nil {
			return err
		}
		on, err := tx.TagsOn(c.ID)
		if err != nil || slices.Contains(on, tag.ID) {
			return err
		}
		if len(on) >= chat.MaxTagsOn {
			return chat.Fail(chat.Conflict, "A conversation has room for %d tags. Take one off first.", chat.MaxTagsOn)
		}
		if err := tx.AddTag(c.ID, tag.ID); err != nil {
			return err
		}
		return tellTag(tx, c, chat.TagAdded, who, by, tag)
	})
}

// RemoveTag takes a tag off a conversation; where it has none such, nothing changes.
//
// Failures: NotFound.
func (d *Desk) RemoveTag(ctx context.Context, who chat.Actor, id, tagID string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, by, err := sorting(tx, who, id)
		if err != nil {
			return err
		}
		tag, err := tx.Tag(tagID)
		if err != nil {
			return err
		}
		on, err := tx.TagsOn(c.ID)
		if err != nil || !slices.Contains(on, tag.ID) {
			return err
		}
		if err := tx.RemoveTag(c.ID, tag.ID); err != nil {
			return err
		}
		return tellTag(tx, c, chat.TagRemoved, who, by, tag)
	})
}

// sorting returns a conversation for an agent, or for its site's own server, which
// acts as the system on one site.
func sorting(tx chat.Tx, who chat.Actor, id string) (*chat.Conversation, chat.AgentCard, error) {
	c, err := tx.Conversation(id)
	if err != nil {
		return nil, chat.AgentCard{}, err
	}
	switch {
	case who.Kind == chat.ByPerson:
		return nil, chat.AgentCard{}, chat.Fail(chat.Forbidden, "Only an agent may do this.")
	case who.Kind == chat.BySystem && who.Site != c.SiteID:
		return nil, chat.AgentCard{}, chat.ErrNotFound
	}
	name, err := card(tx, who)
	return c, name, err
}

// tagFor finds the tag that is meant, or makes it.
func tagFor(tx chat.Tx, siteID string, who chat.Actor, id, name string) (*chat.Tag, error) {
	if id != "" {
		tag, err := tx.Tag(id)
		if err == nil && tag.SiteID != siteID {
			return nil, chat.ErrNotFound
		}
		return tag, err
	}
	tag, err := tx.TagByName(siteID, name)
	if !chat.Is(err, chat.NotFound) {
		return tag, err
	}
	if who.Kind == chat.ByAgent && !who.May(chat.MakeTags) {
		return nil, chat.Fail(chat.Forbidden, "There is no tag “%s”, and making new ones is not among your permissions.", name)
	}
	tag = &chat.Tag{ID: chat.NewID(), SiteID: siteID, Name: name, MadeBy: who.ID, MadeAt: tx.Now()}
	return tag, tx.InsertTag(tag)
}

func tellTag(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, name chat.AgentCard, tag *chat.Tag) error {
	e := event(tx, t, who, name)
	e.TagID, e.Tag = tag.ID, tag
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}
