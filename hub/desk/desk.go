// Package desk holds the use-cases, one file each, and is the only room that
// writes. A use-case checks rights and rules, then stores all that belongs
// together in one unit of work: message, event, step, facts. The store commits,
// publishes and then answers, so a returned nil means that it is on disk.
//
// The actor is an argument of every use-case. An absent conversation and a
// foreign one give the same answer.
package desk

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/hours"
)

// Store is what the desk needs of the database.
type Store interface {
	Write(ctx context.Context, fn func(chat.Tx) error) error
	// WriteOnce is Write for a unit of work that looks first whether a message has been
	// posted under a client id.
	WriteOnce(ctx context.Context, clientID string, fn func(chat.Tx) error) error
}

// Desk is where visitors and agents are served.
type Desk struct {
	store  Store
	zone   *time.Location // where the server's clock hangs
	log    *slog.Logger
	guides sync.Map // site id → guide
}

// New makes a desk. zone may be nil for the machine's own, log for none.
func New(store Store, zone *time.Location, log *slog.Logger) *Desk {
	if zone == nil {
		zone = time.Local
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Desk{store: store, zone: zone, log: log}
}

// ReopenWindow is how long a closed conversation opens again when its customer
// writes; later their words start a new one that is linked to it.
const ReopenWindow = 7 * 24 * time.Hour

// guide is a site's prompts made ready for the cycle, and what it was made of.
type guide struct {
	from  *chat.Prompt
	ready *cycle.Guide
}

func (d *Desk) guide(tx chat.Tx, siteID string) (*cycle.Guide, error) {
	prompts, err := tx.Guide(siteID)
	if err != nil || len(prompts) == 0 {
		return nil, err
	}
	if g, ok := d.guides.Load(siteID); ok && g.(guide).from == &prompts[0] {
		return g.(guide).ready, nil
	}
	ready := cycle.NewGuide(prompts)
	d.guides.Store(siteID, guide{&prompts[0], ready})
	return ready, nil
}

// zoneAt is where a site's clock hangs: where it keeps its hours, else the server's.
func (d *Desk) zoneAt(site *chat.Site) *time.Location {
	if site.Hours.Kept {
		return hours.Zone(site.Hours.Zone)
	}
	return d.zone
}

// DayBefore is the date at a site this many days before a time: the days that facts are
// counted by.
func (d *Desk) DayBefore(site *chat.Site, at chat.Time, days int) string {
	return at.Std().In(d.zoneAt(site)).AddDate(0, 0, -days).Format(time.DateOnly)
}

// today is the date at a site now.
func (d *Desk) today(tx chat.Tx, siteID string) (string, error) {
	site, err := tx.Site(siteID)
	if err != nil {
		return "", err
	}
	return d.DayBefore(site, tx.Now(), 0), nil
}

func (d *Desk) record(tx chat.Tx, c *chat.Conversation, kind chat.FactKind, agentID string, value int64) error {
	return d.recordFact(tx, chat.Fact{SiteID: c.SiteID, ConversationID: c.ID, MatterID: c.MatterID, AgentID: agentID, Kind: kind, Value: value})
}

// recordFact records a fact under today. It lacks its id, day and time.
func (d *Desk) recordFact(tx chat.Tx, f chat.Fact) (err error) {
	f.ID, f.At = chat.NewID(), tx.Now()
	if f.Day, err = d.today(tx, f.SiteID); err != nil {
		return err
	}
	return tx.Record(&f)
}

// profile returns a customer's profile, the surviving one where it was merged.
func profile(tx chat.Tx, id string) (*chat.Person, error) {
	p, err := tx.Person(id)
	if err != nil || p.MergedInto == "" {
		return p, err
	}
	return tx.Person(p.MergedInto)
}

// owned returns the chat if it is this customer's, and their profile. In what was
// entered by hand nobody talks.
func owned(tx chat.Tx, who chat.Actor, id string) (*chat.Conversation, *chat.Person, error) {
	c, err := tx.Conversation(id)
	if err != nil {
		return nil, nil, err
	}
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return nil, nil, err
	}
	// An open socket may hold the actor's profile from before a merge.
	self, err := profile(tx, who.ID)
	if err != nil {
		return nil, nil, err
	}
	if p.ID != self.ID || c.Channel != chat.ChannelChat {
		return nil, nil, chat.ErrNotFound
	}
	return c, p, nil
}

// card is what others see of whoever acts.
func card(tx chat.Tx, who chat.Actor) (chat.AgentCard, error) {
	switch who.Kind {
	case chat.ByAgent:
		a, err := tx.Agent(who.ID)
		if err != nil {
			return chat.AgentCard{}, err
		}
		return chat.AgentCard{ID: a.ID, Name: a.Name, Picture: a.Picture}, nil
	case chat.ByPerson:
		p, err := profile(tx, who.ID)
		if err != nil {
			return chat.AgentCard{}, err
		}
		return chat.AgentCard{ID: who.ID, Name: p.Name}, nil
	}
	return chat.AgentCard{}, nil
}

// event begins an event by who, now.
func event(tx chat.Tx, t chat.EventType, who chat.Actor, name chat.AgentCard) chat.Event {
	return chat.Event{Type: t, At: tx.Now(), By: who.Kind, ByID: who.ID, Names: chat.Names{By: name}}
}
