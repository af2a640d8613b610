package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// refOf packs the ids that an event holds, beside those of its conversation,
// into its ref column. A message is found by the event's own number.
func refOf(e *chat.Event) string {
	switch e.Type {
	case chat.ConversationTaken, chat.ConversationReleased:
		return e.AgentID + " " + e.FromAgentID
	case chat.MatterOpened, chat.MatterRead, chat.StepMoved, chat.PromptTicked, chat.ProgressUndone:
		return e.MatterID + " " + e.ProgressID
	case chat.PersonUpdated:
		return e.PersonID
	case chat.CardWasSent, chat.CardWasAnswered, chat.CardWasWithdrawn:
		return e.CardID
	case chat.PromiseWasMade, chat.PromiseWasMoved, chat.PromiseWasKept, chat.PromiseWasBroken, chat.PromiseWasDropped, chat.PromiseWasHanded:
		return e.PromiseID
	case chat.FeedbackGiven:
		return e.FeedbackID
	}
	return ""
}

func (e *eventRow) unpack() {
	first, second, _ := strings.Cut(e.ref, " ")
	switch e.Type {
	case chat.ConversationTaken, chat.ConversationReleased:
		e.AgentID, e.FromAgentID = first, second
	case chat.MatterOpened, chat.MatterRead, chat.StepMoved, chat.PromptTicked, chat.ProgressUndone:
		e.MatterID, e.ProgressID = first, second
	case chat.PersonUpdated:
		e.PersonID = first
	case chat.CardWasSent, chat.CardWasAnswered, chat.CardWasWithdrawn:
		e.CardID = first
	case chat.PromiseWasMade, chat.PromiseWasMoved, chat.PromiseWasKept, chat.PromiseWasBroken, chat.PromiseWasDropped, chat.PromiseWasHanded:
		e.PromiseID = first
	case chat.FeedbackGiven:
		e.FeedbackID = first
	}
}

type eventRow struct {
	chat.Event
	ref string
}

// MaxReplay is how many missed events are sent one by one; a client that has
// missed more fetches the conversation anew.
const MaxReplay = 1000

// EventsAfter returns the events of a conversation after seq, oldest first, at
// most MaxReplay, with what a reader needs to show them.
func (s *Store) EventsAfter(ctx context.Context, conversationID string, seq int64) ([]chat.Event, error) {
	return s.events(ctx, `e.conversation_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, conversationID, seq, MaxReplay)
}

// PublicEventsAfter is EventsAfter for the conversation's customer: public
// events after a public number. A public number is never above its event's seq,
// so the events are found by seq and need no index of their own.
func (s *Store) PublicEventsAfter(ctx context.Context, conversationID string, public int64) ([]chat.Event, error) {
	return s.events(ctx, `e.conversation_id = $1 AND e.seq > $2 AND e.public_seq > $3 ORDER BY e.seq LIMIT $4`, conversationID, public, public, MaxReplay)
}

// LinesBetween returns the events from seq to seq that are lines of the thread
// without being messages: taken, released, closed, reopened, moves. Of more than
// MaxReplay it returns the latest.
func (s *Store) LinesBetween(ctx context.Context, conversationID string, from, to int64) ([]chat.Event, error) {
	lines, err := s.events(ctx, `e.conversation_id = $1 AND e.seq >= $2 AND e.seq <= $3
		AND e.type NOT IN ('message.posted', 'note.posted', 'prompt.ticked', 'matter.read', 'person.updated') ORDER BY e.seq DESC LIMIT $4`,
		conversationID, from, to, MaxReplay)
	slices.Reverse(lines)
	return lines, err
}

// PublicLines is LinesBetween for the conversation's customer: from one public
// number to before another.
func (s *Store) PublicLines(ctx context.Context, conversationID string, from, before int64) ([]chat.Event, error) {
	return s.events(ctx, `e.conversation_id = $1 AND e.seq >= $2 AND e.public_seq >= $3 AND e.public_seq < $4 AND e.type <> 'message.posted' ORDER BY e.seq LIMIT $5`,
		conversationID, from, max(from, 1), before, MaxReplay)
}

func (s *Store) events(ctx context.Context, where string, args ...any) ([]chat.Event, error) {
	q := s.read(ctx)
	rows, err := q.Query(`SELECT e.conversation_id, e.seq, e.public_seq, e.site_id, e.site_seq, e.type, e.at, e.by_kind, e.by_id, e.ref,
		e.message_id, e.matter_id, e.client_id, e.kind, e.text, e.template_id FROM event e WHERE `+where, args...)
	found, err := collect(rows, err, scanEvent)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	names := newNames(ctx, s)
	out := make([]chat.Event, 0, len(found))
	for i := range found {
		if err := s.fillEvent(ctx, &found[i], names); err != nil {
			return nil, fmt.Errorf("read event: %w", err)
		}
		out = append(out, found[i].Event)
	}
	return out, nil
}

func scanEvent(row scanner) (eventRow, error) {
	var e eventRow
	var m chat.Message
	err := row.Scan(&e.ConversationID, &e.Seq, &e.PublicSeq, &e.SiteID, &e.SiteSeq, &e.Type, &e.At, &e.By, &e.ByID, &e.ref,
		&m.ID, &m.MatterID, &m.ClientID, &m.Kind, &m.Text, &m.TemplateID)
	if m.ID != "" {
		m.ConversationID, m.Seq, m.PublicSeq, m.By, m.ByID, m.At = e.ConversationID, e.Seq, e.PublicSeq, e.By, e.ByID, e.At
		e.Message, e.MessageID = &m, m.ID
	}
	e.unpack()
	return e, err
}

// fillEvent joins what a reader needs to show the event.
func (s *Store) fillEvent(ctx context.Context, e *eventRow, names *names) (err error) {
	if e.Names.By, err = names.of(e.By, e.ByID); err != nil {
		return err
	}
	if e.AgentID != "" {
		if e.Names.Agent, err = names.of(chat.ByAgent, e.AgentID); err != nil {
			return err
		}
	}
	if e.FromAgentID != "" {
		if e.Names.From, err = names.of(chat.ByAgent, e.FromAgentID); err != nil {
			return err
		}
	}
	if e.ProgressID != "" {
		if e.Progress, err = progressByID(s.read(ctx), e.ProgressID); err != nil {
			return err
		}
	}
	if e.MatterID != "" {
		if e.Matter, err = matterByID(s.read(ctx), e.MatterID, ""); err != nil {
			return err
		}
	}
	if e.CardID != "" {
		if e.Card, err = s.Card(ctx, e.CardID); err != nil {
			return err
		}
	}
	if e.PromiseID != "" {
		if e.Promise, err = s.Promise(ctx, e.PromiseID); err != nil {
			return err
		}
	}
	if e.FeedbackID != "" {
		if e.Feedback, err = s.Feedback(ctx, e.FeedbackID); err != nil {
			return err
		}
	}
	if e.PersonID != "" {
		e.Person, err = names.person(e.PersonID)
	}
	return err
}

// names finds the cards of those who act, each once per read.
type names struct {
	ctx   context.Context
	s     *Store
	known map[string]chat.AgentCard
	whole map[string]*chat.Person
}

func newNames(ctx context.Context, s *Store) *names {
	return &names{ctx, s, map[string]chat.AgentCard{}, map[string]*chat.Person{}}
}

// person is the profile as it is now, shared by all events about it.
func (n *names) person(id string) (*chat.Person, error) {
	if p, ok := n.whole[id]; ok {
		return p, nil
	}
	p, err := n.s.Person(n.ctx, id)
	if err == nil {
		n.whole[id] = p
	}
	return p, err
}

func (n *names) of(kind chat.Kind, id string) (chat.AgentCard, error) {
	if id == "" || kind == chat.BySystem {
		return chat.AgentCard{}, nil
	}
	if card, ok := n.known[id]; ok {
		return card, nil
	}
	card := chat.AgentCard{ID: id}
	var err error
	if kind == chat.ByAgent {
		err = n.s.read(n.ctx).QueryRow(`SELECT name, picture FROM agent WHERE id = $1`, id).Scan(&card.Name, &card.Picture)
	} else {
		err = n.s.read(n.ctx).QueryRow(`SELECT coalesce(s.name, p.name) FROM person p LEFT JOIN person s ON s.id = p.merged_into WHERE p.id = $1`, id).Scan(&card.Name)
	}
	if err != nil {
		return card, absent(err)
	}
	n.known[id] = card
	return card, nil
}
