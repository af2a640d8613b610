package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const offerColumns = `conversation_id, agent_id, site_id, made_at, until, ended_at, outcome, why, from_id, team_id, note_id, joins`

func scanOffer(row scanner) (o chat.Offer, err error) {
	return o, row.Scan(&o.ConversationID, &o.AgentID, &o.SiteID, &o.MadeAt, &o.Until, &o.EndedAt, &o.Outcome, &o.Why, &o.FromID, &o.TeamID, &o.NoteID, &o.Joins)
}

func (t *tx) Offer(conversationID, agentID string) (*chat.Offer, error) {
	o, err := scanOffer(t.q.QueryRow(`SELECT `+offerColumns+` FROM offer WHERE conversation_id = $1 AND agent_id = $2`, conversationID, agentID))
	if err != nil {
		return nil, absent(err)
	}
	return &o, nil
}

func (t *tx) SaveOffer(o *chat.Offer) error {
	err := t.exec(`INSERT INTO offer (`+offerColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)
		ON CONFLICT (conversation_id, agent_id) DO UPDATE SET made_at = excluded.made_at, until = excluded.until,
		ended_at = excluded.ended_at, outcome = excluded.outcome, why = excluded.why,
		from_id = excluded.from_id, team_id = excluded.team_id, note_id = excluded.note_id, joins = excluded.joins`,
		o.ConversationID, o.AgentID, o.SiteID, o.MadeAt, o.Until, o.EndedAt, o.Outcome, o.Why, o.FromID, o.TeamID, o.NoteID, truth(o.Joins))
	if err != nil {
		return fmt.Errorf("save offer: %w", err)
	}
	return nil
}

func (t *tx) DropOffers(conversationID string) error {
	if err := t.exec(`DELETE FROM offer WHERE conversation_id = $1`, conversationID); err != nil {
		return fmt.Errorf("drop offers: %w", err)
	}
	return nil
}

// Offers returns all that there are, those of one conversation where an id is
// given: open ones, and those that were passed on while it waits.
func (s *Store) Offers(ctx context.Context, conversationID string) ([]chat.Offer, error) {
	query, args := `SELECT `+offerColumns+` FROM offer`, []any(nil)
	if conversationID != "" {
		query, args = query+` WHERE conversation_id = $1`, []any{conversationID}
	}
	rows, err := s.read(ctx).Query(query, args...)
	list, err := collect(rows, err, scanOffer)
	if err != nil {
		return nil, fmt.Errorf("read offers: %w", err)
	}
	return list, nil
}

// Handing returns what an agent reads of the conversation that is handed to them.
// ErrNotFound where none is.
func (s *Store) Handing(ctx context.Context, conversationID, agentID string) (*chat.Handing, error) {
	var h chat.Handing
	err := s.read(ctx).QueryRow(`SELECT a.id, a.name, a.picture, b.id, b.name, b.picture, coalesce(t.name, ''), coalesce(n.text, ''), m.step, m.need, c.promised_at, o.joins
		FROM offer o JOIN conversation c ON c.id = o.conversation_id JOIN matter m ON m.id = c.matter_id JOIN agent a ON a.id = o.from_id
		JOIN agent b ON b.id = coalesce((SELECT e.by_id FROM event e WHERE e.conversation_id = o.conversation_id AND e.by_kind = 'agent'
			AND e.type IN ('conversation.offered', 'guest.asked') ORDER BY e.seq DESC LIMIT 1), o.from_id)
		LEFT JOIN team t ON t.id = o.team_id LEFT JOIN message n ON n.conversation_id = o.conversation_id AND n.id = o.note_id
		WHERE o.conversation_id = $1 AND o.agent_id = $2`, conversationID, agentID).
		Scan(&h.From.ID, &h.From.Name, &h.From.Picture, &h.By.ID, &h.By.Name, &h.By.Picture, &h.Team, &h.Note, &h.Step, &h.Need, &h.PromisedAt, &h.Joins)
	if err != nil {
		return nil, absent(err)
	}
	return &h, nil
}

// MaxQueued is how many conversations that wait are routed at a time, on one site.
const MaxQueued = 10_000

// A customer's own conversation says who spoke with them last, else their latest
// other one.
const queuedSelect = `SELECT c.id, c.site_id, c.rank, c.waiting_since, c.complaint, m.mood, m.type,
	coalesce(s.segment, p.segment), coalesce(s.locale, p.locale),
	coalesce(nullif(c.last_agent_id, ''), (SELECT l.last_agent_id FROM conversation l WHERE l.person_id = c.person_id AND l.last_agent_id <> ''
		ORDER BY l.started_at DESC, l.id DESC LIMIT 1), ''), c.offered_to
	FROM conversation c JOIN person p ON p.id = c.person_id LEFT JOIN person s ON s.id = p.merged_into
	JOIN matter m ON m.id = c.matter_id WHERE `

func scanQueued(row scanner) (q chat.Queued, err error) {
	return q, row.Scan(&q.ID, &q.SiteID, &q.Rank, &q.Since, &q.Complaint, &q.Mood, &q.Type, &q.Segment, &q.Language, &q.LastAgent, &q.OfferedTo)
}

// Waiting returns the first MaxQueued conversations of a site's queue in their
// order, as routing reads them.
func (s *Store) Waiting(ctx context.Context, siteID string) ([]chat.Queued, error) {
	rows, err := s.read(ctx).Query(queuedSelect+`c.site_id = $1 AND c.state = 'waiting' ORDER BY c.rank, c.id LIMIT $2`, siteID, MaxQueued)
	list, err := collect(rows, err, scanQueued)
	if err != nil {
		return nil, fmt.Errorf("read queue: %w", err)
	}
	return list, nil
}

// WaitingByID returns one conversation of the queue. ErrNotFound when it waits no
// more.
func (s *Store) WaitingByID(ctx context.Context, id string) (*chat.Queued, error) {
	q, err := scanQueued(s.read(ctx).QueryRow(queuedSelect+`c.id = $1 AND c.state = 'waiting'`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &q, nil
}

// MaxHeld is how many conversations that somebody has are weighed at a time: five
// hundred people with forty each.
const MaxHeld = 20_000

// Held returns conversations that somebody has, MaxHeld at most.
func (s *Store) Held(ctx context.Context) ([]chat.Held, error) {
	rows, err := s.read(ctx).Query(heldByAgents+` LIMIT $1`, MaxHeld)
	list, err := collect(rows, err, scanHeldBy)
	if err != nil {
		return nil, fmt.Errorf("read what is held: %w", err)
	}
	return list, nil
}

// HeldByID returns one conversation that somebody has. ErrNotFound when nobody does.
func (s *Store) HeldByID(ctx context.Context, id string) (*chat.Held, error) {
	h, err := scanHeldBy(s.read(ctx).QueryRow(heldByAgents+` AND c.id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &h, nil
}

const heldByAgents = `SELECT c.id, c.assignee_id, c.complaint, m.mood FROM conversation c JOIN matter m ON m.id = c.matter_id
	WHERE c.live = 1 AND c.assignee_id <> ''`

func scanHeldBy(row scanner) (h chat.Held, err error) {
	return h, row.Scan(&h.ID, &h.AgentID, &h.Complaint, &h.Mood)
}

// maxLeft bounds what is taken from an agent who is gone at once.
const maxLeft = 200

// LeftBehind returns the conversations of an agent in which a customer waits for
// an answer, or something was said after since.
func (s *Store) LeftBehind(ctx context.Context, agentID string, since chat.Time) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT id FROM conversation WHERE assignee_id = $1 AND live = 1 AND (waiting_since > 0 OR last_at > $2) LIMIT $3`, agentID, since, maxLeft)
	list, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read what was left behind: %w", err)
	}
	return list, nil
}
