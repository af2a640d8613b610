package storage

import (
	"database/sql"
	"errors"
	"fmt"

	"rapport/hub/chat"
)

const conversationColumns = `c.id, c.site_id, c.person_id, c.channel, c.state, c.assignee_id, c.matter_id, c.previous_id,
	c.seq, c.public_seq, c.started_at, c.last_at, c.last_by, c.last_kind, c.last_text, c.waiting_since, c.first_response_at,
	c.closed_at, c.unread, c.unread_public, c.person_delivered, c.person_delivered_public, c.person_read, c.person_read_public,
	c.agent_read, c.agent_read_public, c.agent_delivered, c.agent_delivered_public, c.complaint, c.snoozed_until, c.woken_at, c.put_back,
	c.last_agent_id, c.offered_to, c.head_start, c.promised_at, c.guests, c.in_public, c.merged_into`

func conversationTargets(c *chat.Conversation) []any {
	return []any{
		&c.ID, &c.SiteID, &c.PersonID, &c.Channel, &c.State, &c.AssigneeID, &c.MatterID, &c.PreviousID,
		&c.Seq, &c.PublicSeq, &c.StartedAt, &c.LastAt, &c.LastBy, &c.LastKind, &c.LastText, &c.WaitingSince, &c.FirstResponseAt,
		&c.ClosedAt, &c.Unread, &c.UnreadPublic, &c.Marks.PersonDelivered, &c.Marks.PersonDeliveredPublic, &c.Marks.PersonRead, &c.Marks.PersonReadPublic,
		&c.Marks.AgentRead, &c.Marks.AgentReadPublic, &c.Marks.AgentDelivered, &c.Marks.AgentDeliveredPublic, &c.Complaint, &c.SnoozedUntil, &c.WokenAt, &c.PutBack,
		&c.LastAgentID, &c.OfferedTo, &c.HeadStart, &c.PromisedAt, &c.Guests, &c.InPublic, &c.MergedInto,
	}
}

func (t *tx) Conversation(id string) (*chat.Conversation, error) {
	c, err := t.conversation(id)
	if !chat.Is(err, chat.NotFound) {
		return c, err
	}
	var to string
	err = t.q.QueryRow(`SELECT conversation_id FROM conversation_alias WHERE alias = $1`, id).Scan(&to)
	if err != nil {
		return nil, absent(err)
	}
	return t.conversation(to)
}

func (t *tx) conversation(id string) (*chat.Conversation, error) {
	c, cached := t.conversations[id]
	if !cached && t.w.cache != nil {
		c, cached = t.w.cache.conversations[id]
	}
	if !cached {
		err := t.q.QueryRow(`SELECT `+conversationColumns+` FROM conversation c WHERE c.id = $1`+t.w.s.dialect.forUpdate(), id).Scan(conversationTargets(&c)...)
		if err != nil {
			return nil, absent(err)
		}
	}
	t.conversations[id] = c
	return &c, nil
}

// A customer has few conversations, so that the person is what to find them by:
// the live ones of a site are many.
const liveOfPerson = `SELECT id, site_id, started_at FROM conversation WHERE person_id = $1 AND channel = $2 AND live > 0`

var liveOfProfiles = `SELECT id, site_id, started_at FROM conversation WHERE person_id IN ` + allProfiles(`$1`, `$2`) + ` AND channel = $3 AND live > 0`

func (t *tx) LiveConversation(siteID, personID, channel string) (*chat.Conversation, error) {
	several, err := t.merged(personID)
	if err != nil {
		return nil, err
	}
	query, args := liveOfPerson, []any{personID, channel}
	if several {
		query, args = liveOfProfiles, []any{personID, personID, channel}
	}
	rows, err := t.q.Query(query, args...)
	list, err := collect(rows, err, func(row scanner) (c chat.Conversation, err error) {
		return c, row.Scan(&c.ID, &c.SiteID, &c.StartedAt)
	})
	if err != nil {
		return nil, fmt.Errorf("read live conversations: %w", err)
	}
	var oldest chat.Conversation
	for _, c := range list {
		if c.SiteID == siteID && (oldest.ID == "" || c.StartedAt < oldest.StartedAt) {
			oldest = c
		}
	}
	if oldest.ID == "" {
		return nil, chat.ErrNotFound
	}
	c, err := t.conversation(oldest.ID)
	for err == nil && c.MergedInto != "" { // while we waited for its lock
		c, err = t.conversation(c.MergedInto)
	}
	if err == nil && c.State == chat.Closed {
		err = chat.ErrNotFound
	}
	return c, err
}

// live is what a conversation's column of that name holds: 0 of a closed one, 2 of
// one that sleeps, which no list of what is at hand shows.
func live(c *chat.Conversation) int64 {
	switch c.State {
	case chat.Closed:
		return 0
	case chat.Snoozed:
		return 2
	}
	return 1
}

// tally counts a conversation once, in the counters of the lists it stands in.
func (h *head) tally(c *chat.Conversation, by int64) {
	switch c.State {
	case chat.Closed:
		return
	case chat.Snoozed:
		h.snoozed += by
		return
	case chat.Waiting:
		h.queue += by
	}
	h.live += by
}

func (t *tx) InsertConversation(c *chat.Conversation) error {
	h, err := t.head(c.SiteID)
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO conversation (id, site_id, person_id, channel, state, live, assignee_id, matter_id, previous_id, rank,
		seq, public_seq, started_at, last_at, last_by, last_kind, last_text, waiting_since, first_response_at, closed_at, unread, unread_public,
		person_delivered, person_delivered_public, person_read, person_read_public, agent_read, agent_read_public, last_agent_id, head_start)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,0,0,0,0,0,0,$23,$24)`,
		c.ID, c.SiteID, c.PersonID, c.Channel, c.State, live(c), c.AssigneeID, c.MatterID, c.PreviousID, c.Rank(),
		c.Seq, c.PublicSeq, c.StartedAt, c.LastAt, c.LastBy, c.LastKind, c.LastText, c.WaitingSince, c.FirstResponseAt, c.ClosedAt, c.Unread, c.UnreadPublic, c.LastAgentID, c.HeadStart)
	if err != nil {
		return fmt.Errorf("insert conversation: %w", err)
	}
	h.tally(c, 1)
	t.touch(c.ID)
	t.conversations[c.ID] = *c
	return nil
}

func (t *tx) SaveConversation(c *chat.Conversation) error {
	before, ok := t.conversations[c.ID]
	if !ok {
		return errors.New("save conversation: it was not read in this transaction")
	}
	if err := t.saveListed(c, &before); err != nil {
		return err
	}
	err := t.exec(`UPDATE conversation SET seq = $1, public_seq = $2, last_at = $3, last_by = $4, last_kind = $5, last_text = $6,
		waiting_since = $7, first_response_at = $8, closed_at = $9, unread = $10, unread_public = $11, matter_id = $12,
		person_delivered = $13, person_delivered_public = $14, person_read = $15, person_read_public = $16, agent_read = $17, agent_read_public = $18,
		agent_delivered = $19, agent_delivered_public = $20, snoozed_until = $21, woken_at = $22, put_back = $23 WHERE id = $24`,
		c.Seq, c.PublicSeq, c.LastAt, c.LastBy, c.LastKind, c.LastText,
		c.WaitingSince, c.FirstResponseAt, c.ClosedAt, c.Unread, c.UnreadPublic, c.MatterID,
		c.Marks.PersonDelivered, c.Marks.PersonDeliveredPublic, c.Marks.PersonRead, c.Marks.PersonReadPublic, c.Marks.AgentRead, c.Marks.AgentReadPublic,
		c.Marks.AgentDelivered, c.Marks.AgentDeliveredPublic, c.SnoozedUntil, c.WokenAt, truth(c.PutBack),
		c.ID)
	if err != nil {
		return fmt.Errorf("save conversation: %w", err)
	}
	t.touch(c.ID)
	t.conversations[c.ID] = *c
	return nil
}

// saveListed writes the columns that the lists are sorted and found by. They
// stand in four indexes, so they are written only when they have changed.
func (t *tx) saveListed(c, before *chat.Conversation) error {
	if c.State == before.State && c.AssigneeID == before.AssigneeID && c.Rank() == before.Rank() && c.Complaint == before.Complaint &&
		c.OfferedTo == before.OfferedTo && c.LastAgentID == before.LastAgentID && c.HeadStart == before.HeadStart && c.PromisedAt == before.PromisedAt &&
		c.Guests == before.Guests && c.InPublic == before.InPublic && c.MergedInto == before.MergedInto {
		return nil
	}
	head, err := t.head(c.SiteID)
	if err != nil {
		return err
	}
	head.tally(before, -1)
	head.tally(c, 1)
	err = t.exec(`UPDATE conversation SET state = $1, live = $2, assignee_id = $3, rank = $4, complaint = $5,
		last_agent_id = $6, offered_to = $7, head_start = $8, promised_at = $9, guests = $10, in_public = $11, merged_into = $12 WHERE id = $13`,
		c.State, live(c), c.AssigneeID, c.Rank(), c.Complaint,
		c.LastAgentID, c.OfferedTo, c.HeadStart, c.PromisedAt, c.Guests, truth(c.InPublic), c.MergedInto, c.ID)
	if err != nil {
		return fmt.Errorf("save conversation's place: %w", err)
	}
	return nil
}

func (t *tx) AddAlias(alias, conversationID string) error {
	return t.exec(`INSERT INTO conversation_alias (alias, conversation_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, alias, conversationID)
}

func (t *tx) SeqOfPublic(conversationID string, public int64) (int64, error) {
	return t.number(`SELECT seq FROM event WHERE conversation_id = $1 AND public_seq > 0 AND public_seq <= $2 ORDER BY seq DESC LIMIT 1`, conversationID, public)
}

func (t *tx) PublicOfSeq(conversationID string, seq int64) (int64, error) {
	return t.number(`SELECT public_seq FROM event WHERE conversation_id = $1 AND seq <= $2 AND public_seq > 0 ORDER BY seq DESC LIMIT 1`, conversationID, seq)
}

func (t *tx) CountUnread(conversationID string, by chat.Kind, after int64) (int64, error) {
	return t.number(`SELECT count(*) FROM event WHERE conversation_id = $1 AND seq > $2 AND by_kind = $3 AND public_seq > 0
		AND type IN ('message.posted', 'card.sent', 'card.answered')`, conversationID, after, by)
}

// number returns the one number that a query finds, 0 where it finds none.
func (t *tx) number(query string, args ...any) (int64, error) {
	var n int64
	err := t.q.QueryRow(query, args...).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

func (t *tx) SaveDraft(d *chat.Draft) error {
	if d.Text == "" {
		return t.exec(`DELETE FROM draft WHERE agent_id = $1 AND conversation_id = $2`, d.AgentID, d.ConversationID)
	}
	return t.exec(`INSERT INTO draft (agent_id, conversation_id, kind, text, at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET kind = excluded.kind, text = excluded.text, at = excluded.at`,
		d.AgentID, d.ConversationID, d.Kind, d.Text, d.At)
}
