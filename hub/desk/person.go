package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// PersonChange is what may be changed of a customer; nil leaves it as it is.
type PersonChange struct {
	Name       *string
	Email      *string
	Segment    *string
	Attributes map[string]string
	Blocked    *bool  // agents only: whether their messages are refused
	Why        string // of Blocked, for the audit log
}

// UpdatePerson changes a customer's profile, by an agent's hand or by an
// unsigned call from the page, which can say neither what the customer agreed to nor
// what an agent offered: chat.ConsentKey and chat.InvitationKey are left out, and so is
// chat.InvitedKey, by which an invitation is answered. Of a verified customer the page's name and address
// are left out; an agent's are refused as Forbidden where the site has signed
// them, and marked as given where it has not. Of a blocked customer the page's word
// is refused as Forbidden.
func (d *Desk) UpdatePerson(ctx context.Context, who chat.Actor, id string, change PersonChange) (*chat.Person, error) {
	if who.Kind == chat.ByPerson && who.ID != id {
		return nil, chat.ErrNotFound
	}
	if len(change.Attributes) > chat.MaxAttributes {
		return nil, chat.TooManyAttributes()
	}
	var out chat.Person
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		p, err := profile(tx, id)
		if err != nil {
			return err
		}
		if who.Kind == chat.ByPerson {
			if err := p.RefuseBlocked(); err != nil {
				return err
			}
		}
		before := *p
		if err := apply(p, who, change); err != nil {
			return err
		}
		if err := block(tx, p, who, change); err != nil {
			return err
		}
		name, err := card(tx, who)
		if err != nil {
			return err
		}
		out = *p
		if err := d.savePerson(tx, p, &before, who, name); err != nil {
			return err
		}
		if who.Kind != chat.ByPerson {
			return nil
		}
		return d.pageSaid(tx, p, before.Attributes, change.Attributes)
	})
	return &out, err
}

// pageSaid does what some of the attributes of a page mean beside themselves. What came
// with the answer to an invitation, and what was told before, is no goal that it led to.
func (d *Desk) pageSaid(tx chat.Tx, p *chat.Person, before []chat.Attribute, told map[string]string) error {
	if said := told[pageDelayKey]; said != "" {
		if err := d.pageDelay(tx, p, said); err != nil {
			return err
		}
	}
	if token := told[chat.InvitedKey]; token != "" {
		if news, err := d.cameInvited(tx, p, token); news || err != nil {
			return err
		}
	}
	fresh := maps.Clone(told)
	for _, a := range before {
		if chat.CleanLine(fresh[a.Key], chat.MaxValue) == a.Value {
			delete(fresh, a.Key)
		}
	}
	return d.reached(tx, p, fresh)
}

func apply(p *chat.Person, who chat.Actor, change PersonChange) error {
	byPage := who.Kind == chat.ByPerson
	if byPage {
		change.Attributes = maps.Clone(change.Attributes)
		maps.DeleteFunc(change.Attributes, func(key, _ string) bool { return notOfPage(chat.CleanLine(key, chat.MaxKey)) })
	}
	if !(byPage && p.Verified) {
		if err := rename(p, change); err != nil {
			return err
		}
	}
	if change.Segment != nil && !byPage {
		if *change.Segment != "" && !slices.Contains(chat.Segments, *change.Segment) {
			return chat.FailField("segment", "A segment is prospective, new, existing or past.")
		}
		p.Segment = *change.Segment
	}
	var err error
	p.Attributes, err = chat.SetAttributes(p.Attributes, change.Attributes)
	return err
}

// notOfPage reports whether an attribute is none that a page may give.
func notOfPage(key string) bool {
	own := func(name string) bool { return strings.EqualFold(key, name) }
	return slices.ContainsFunc([]string{chat.ConsentKey, chat.InvitationKey, chat.InvitedKey}, own)
}

// block refuses what a customer sends from now on, or takes it again.
func block(tx chat.Tx, p *chat.Person, who chat.Actor, change PersonChange) error {
	if change.Blocked == nil || who.Kind != chat.ByAgent || *change.Blocked == p.Blocked() {
		return nil
	}
	why := chat.CleanLine(change.Why, chat.MaxBlockWhy)
	if *change.Blocked {
		p.BlockedAt = tx.Now()
		return tx.Audit(who.ID, "person.blocked", p.ID, why)
	}
	p.BlockedAt = 0
	return tx.Audit(who.ID, "person.unblocked", p.ID, why)
}

// rename changes name and address, unless they are the site's word.
func rename(p *chat.Person, change PersonChange) error {
	name, email := p.Name, p.Email
	if change.Name != nil {
		name = chat.CleanLine(*change.Name, chat.MaxName)
	}
	if change.Email != nil {
		email = ""
		if *change.Email != "" {
			var err error
			if email, err = chat.CleanEmail("email", *change.Email); err != nil {
				return err
			}
		}
	}
	switch {
	case p.Verified && !p.NameGiven && p.Name != "" && name != p.Name:
		return signed("name")
	case p.Verified && !p.EmailGiven && p.Email != "" && email != p.Email:
		return signed("email")
	}
	if name != p.Name {
		p.Name, p.NameGiven = name, p.Verified && name != ""
	}
	if email != p.Email {
		p.Email, p.EmailGiven = email, p.Verified && email != ""
	}
	return nil
}

func signed(field string) error {
	return &chat.Failure{Code: chat.Forbidden, Field: field, Message: "This customer is signed in by the site, which vouches for this. Put what you know into a note."}
}

// savePerson stores a profile and tells the conversation that is open, if any.
func (d *Desk) savePerson(tx chat.Tx, p, before *chat.Person, who chat.Actor, name chat.AgentCard) error {
	if same(p, before) {
		return nil
	}
	if err := tx.SavePerson(p); err != nil {
		return err
	}
	c, err := tx.LiveConversation(p.SiteID, p.ID, chat.ChannelChat)
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return updated(tx, c, p, who, name)
}

// updated tells the team that the customer of this conversation is known better.
func updated(tx chat.Tx, c *chat.Conversation, p *chat.Person, who chat.Actor, name chat.AgentCard) error {
	e := event(tx, chat.PersonUpdated, who, name)
	e.PersonID, e.Person = p.ID, p
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

func same(a, b *chat.Person) bool {
	return a.Name == b.Name && a.Email == b.Email && a.Verified == b.Verified && a.NameGiven == b.NameGiven &&
		a.EmailGiven == b.EmailGiven && a.Segment == b.Segment && a.Locale == b.Locale && a.Zone == b.Zone && a.BlockedAt == b.BlockedAt && slices.Equal(a.Attributes, b.Attributes)
}
