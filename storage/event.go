package storage

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"rapport/hub/chat"
)

// refOf packs the ids that an event holds, beside those of its conversation,
// into its ref column. A message is found by the event's own number; what is
// packed of it are its files.
func refOf(e *chat.Event) string {
	switch e.Type {
	case chat.MessagePosted, chat.NotePosted:
		return refOfFiles(e.Message)
	case chat.ConversationTaken, chat.ConversationReleased, chat.ConversationOffered, chat.ConversationPassed,
		chat.GuestAsked, chat.GuestPassed, chat.GuestJoined, chat.GuestLeft:
		return strings.TrimRight(e.AgentID+" "+e.FromAgentID+" "+e.Why, " ")
	case chat.MatterOpened, chat.MatterTurned, chat.MatterRead, chat.StepMoved, chat.PromptTicked, chat.ProgressUndone:
		return e.MatterID + " " + e.ProgressID
	case chat.PersonUpdated:
		return e.PersonID
	case chat.CardWasSent, chat.CardWasAnswered, chat.CardWasWithdrawn:
		return e.CardID
	case chat.PromiseWasMade, chat.PromiseWasMoved, chat.PromiseWasKept, chat.PromiseWasBroken, chat.PromiseWasDropped, chat.PromiseWasHanded, chat.PromiseWasDelayed:
		return e.PromiseID
	case chat.FeedbackGiven:
		return e.FeedbackID
	case chat.ComplaintOpened, chat.ComplaintStaged, chat.ComplaintEnds:
		return e.TrackID
	case chat.GrantWasGiven, chat.GrantWasAsked, chat.GrantWasUnanswered, chat.GrantWasRefused, chat.GrantWasWithdrawn:
		return e.GrantID
	case chat.DelayReported, chat.DelaySettled:
		return e.DelayID
	case chat.AnswersRead:
		return e.ReadUpID
	case chat.InvitationAnswered:
		return e.ShowingID
	case chat.TagAdded, chat.TagRemoved:
		return e.TagID
	case chat.ConversationSnoozed:
		return strconv.FormatInt(int64(e.Until), 10)
	case chat.ConversationMerged, chat.ConversationReceived:
		return e.Other.ID + " " + strconv.FormatInt(int64(e.Other.StartedAt), 10) + " " + strconv.FormatInt(e.Other.Messages, 10)
	case chat.AsideOpened, chat.AsideBegan, chat.AsideClosed, chat.AsideReturned:
		return strings.TrimRight(e.Other.ID+" "+strconv.FormatInt(int64(e.Other.StartedAt), 10)+" "+e.MatterID+" "+strings.Join(e.Quoted, " "), " ")
	case chat.WhisperSent:
		return e.AgentID + " " + e.MessageID
	case chat.TranscriptSent:
		return e.To
	}
	return ""
}

func (e *eventRow) unpack() {
	first, second, _ := strings.Cut(e.ref, " ")
	switch e.Type {
	case chat.ConversationTaken, chat.ConversationReleased, chat.ConversationOffered, chat.ConversationPassed,
		chat.GuestAsked, chat.GuestPassed, chat.GuestJoined, chat.GuestLeft:
		e.AgentID = first
		e.FromAgentID, e.Why, _ = strings.Cut(second, " ")
	case chat.MatterOpened, chat.MatterTurned, chat.MatterRead, chat.StepMoved, chat.PromptTicked, chat.ProgressUndone:
		e.MatterID, e.ProgressID = first, second
	case chat.PersonUpdated:
		e.PersonID = first
	case chat.CardWasSent, chat.CardWasAnswered, chat.CardWasWithdrawn:
		e.CardID = first
	case chat.PromiseWasMade, chat.PromiseWasMoved, chat.PromiseWasKept, chat.PromiseWasBroken, chat.PromiseWasDropped, chat.PromiseWasHanded, chat.PromiseWasDelayed:
		e.PromiseID = first
	case chat.FeedbackGiven:
		e.FeedbackID = first
	case chat.ComplaintOpened, chat.ComplaintStaged, chat.ComplaintEnds:
		e.TrackID = first
	case chat.GrantWasGiven, chat.GrantWasAsked, chat.GrantWasUnanswered, chat.GrantWasRefused, chat.GrantWasWithdrawn:
		e.GrantID = first
	case chat.DelayReported, chat.DelaySettled:
		e.DelayID = first
	case chat.AnswersRead:
		e.ReadUpID = first
	case chat.InvitationAnswered:
		e.ShowingID = first
	case chat.TagAdded, chat.TagRemoved:
		e.TagID = first
	case chat.ConversationSnoozed:
		until, _ := strconv.ParseInt(first, 10, 64) // it was written by refOf
		e.Until = chat.Time(until)
	case chat.ConversationMerged, chat.ConversationReceived:
		began, messages, _ := strings.Cut(second, " ")
		at, _ := strconv.ParseInt(began, 10, 64) // as above
		e.Other.ID, e.Other.StartedAt = first, chat.Time(at)
		e.Other.Messages, _ = strconv.ParseInt(messages, 10, 64)
	case chat.AsideOpened, chat.AsideBegan, chat.AsideClosed, chat.AsideReturned:
		if f := strings.Fields(e.ref); len(f) >= 3 { // the last event of an erased conversation has none
			at, _ := strconv.ParseInt(f[1], 10, 64)
			e.Other.ID, e.Other.StartedAt, e.MatterID, e.Quoted = f[0], chat.Time(at), f[2], f[3:]
		}
	case chat.WhisperSent:
		e.AgentID, e.MessageID = first, second
	case chat.TranscriptSent:
		e.To = e.ref
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
	return s.events(ctx, all, `e.conversation_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, conversationID, seq, MaxReplay)
}

// What NextEvents reads at once: bytes, counted by chat.Event.Weight, and events.
// Whoever waits for a slow reader to take them holds no more.
const (
	pageBytes  = 64 << 10
	pageEvents = 128
)

// NextEvents returns the first events of a conversation after seq: as many as
// fit into pageBytes, the last of which may go beyond it. None are left when
// there are none.
func (s *Store) NextEvents(ctx context.Context, conversationID string, seq int64) ([]chat.Event, error) {
	return s.events(ctx, pageBytes, `e.conversation_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, conversationID, seq, pageEvents)
}

// NextPublicEvents is NextEvents for the conversation's customer: public events
// after a public number. A public number is never above its event's seq, so the
// events are found by seq and need no index of their own.
func (s *Store) NextPublicEvents(ctx context.Context, conversationID string, public int64) ([]chat.Event, error) {
	return s.events(ctx, pageBytes, `e.conversation_id = $1 AND e.seq > $2 AND e.public_seq > $3 ORDER BY e.seq LIMIT $4`, conversationID, public, public, pageEvents)
}

// LinesBetween returns the events from seq to seq that are lines of the thread
// without being messages: taken, released, closed, reopened, moves. Of more than
// MaxReplay it returns the latest.
func (s *Store) LinesBetween(ctx context.Context, conversationID string, from, to int64) ([]chat.Event, error) {
	lines, err := s.lines(ctx, `e.conversation_id = $1 AND e.seq >= $2 AND e.seq <= $3
		AND e.type NOT IN ('message.posted', 'note.posted', 'prompt.ticked', 'matter.turned', 'matter.read', 'person.updated', 'tag.added', 'tag.removed', 'complaint.opened', 'complaint.staged', 'complaint.ended') ORDER BY e.seq DESC LIMIT $4`,
		conversationID, from, to, MaxReplay)
	slices.Reverse(lines)
	return lines, err
}

// PublicLines is LinesBetween for the conversation's customer: from one public
// number to before another.
func (s *Store) PublicLines(ctx context.Context, conversationID string, from, before int64) ([]chat.Event, error) {
	return s.lines(ctx, `e.conversation_id = $1 AND e.seq >= $2 AND e.public_seq >= $3 AND e.public_seq < $4 AND e.type <> 'message.posted' ORDER BY e.seq LIMIT $5`,
		conversationID, from, max(from, 1), before, MaxReplay)
}

// all is room for as many events as a query finds.
const all = math.MaxInt

// events reads those that a query finds, until room is filled.
func (s *Store) events(ctx context.Context, room int, where string, args ...any) ([]chat.Event, error) {
	found, err := s.findEvents(ctx, room, where, args...)
	if err != nil {
		return nil, err
	}
	return s.fillEvents(ctx, found, room)
}

// lines is events, all of them, but for what a later line shows as well: the
// feedback on one closing is one row, however often it was changed.
func (s *Store) lines(ctx context.Context, where string, args ...any) ([]chat.Event, error) {
	found, err := s.findEvents(ctx, all, where, args...)
	if err != nil {
		return nil, err
	}
	last := map[string]int64{}
	for _, e := range found {
		last[e.FeedbackID] = max(last[e.FeedbackID], e.Seq)
	}
	found = slices.DeleteFunc(found, func(e eventRow) bool { return e.FeedbackID != "" && e.Seq < last[e.FeedbackID] })
	return s.fillEvents(ctx, found, all)
}

func (s *Store) findEvents(ctx context.Context, room int, where string, args ...any) ([]eventRow, error) {
	rows, err := s.read(ctx).Query(`SELECT e.conversation_id, e.seq, e.public_seq, e.site_id, e.site_seq, e.type, e.at, e.by_kind, e.by_id, e.ref,
		e.message_id, e.matter_id, e.client_id, e.kind, e.text, e.template_id FROM event e WHERE `+where, args...)
	found, err := scanEvents(rows, err, room)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return found, nil
}

// fillEvents joins to events what a reader needs, until room is filled.
func (s *Store) fillEvents(ctx context.Context, found []eventRow, room int) ([]chat.Event, error) {
	names := newNames(ctx, s)
	out := make([]chat.Event, 0, len(found))
	for i := range found {
		if room <= 0 {
			break
		}
		if err := s.fillEvent(ctx, &found[i], names); err != nil {
			return nil, fmt.Errorf("read event: %w", err)
		}
		out = append(out, found[i].Event)
		room -= found[i].Weight()
	}
	return out, nil
}

// scanEvents reads rows until room is filled by what stands in them.
func scanEvents(rows *sql.Rows, err error, room int) ([]eventRow, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []eventRow
	for room > 0 && rows.Next() {
		e, err := scanEvent(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		room -= e.Weight()
	}
	return out, rows.Err()
}

func scanEvent(row scanner) (eventRow, error) {
	var e eventRow
	var m chat.Message
	err := row.Scan(&e.ConversationID, &e.Seq, &e.PublicSeq, &e.SiteID, &e.SiteSeq, &e.Type, &e.At, &e.By, &e.ByID, &e.ref,
		&m.ID, &m.MatterID, &m.ClientID, &m.Kind, &m.Text, &m.TemplateID)
	if m.ID != "" {
		m.Files = filesNamed(e.ref)
		m.ConversationID, m.Seq, m.PublicSeq, m.By, m.ByID, m.At = e.ConversationID, e.Seq, e.PublicSeq, e.By, e.ByID, e.At
		e.Message, e.MessageID = &m, m.ID
	}
	e.unpack()
	return e, err
}

// fillEvent joins what a reader needs to show the event. What a conversation tells of
// another, the matter of an aside and a promise that is kept there, is nil once that other
// was erased: with a profile that is none of this customer's any more.
func (s *Store) fillEvent(ctx context.Context, e *eventRow, names *names) (err error) {
	if e.Names.By, err = names.of(e.By, e.ByID); err != nil {
		return err
	}
	if e.Message != nil {
		if err = fillFiles(s.read(ctx), e.Message); err != nil {
			return err
		}
		if err = s.fillLink(ctx, e.Message); err != nil {
			return err
		}
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
		e.Matter, err = matterByID(s.read(ctx), e.MatterID, "")
		if err != nil && !(e.Other.ID != "" && chat.Is(err, chat.NotFound)) {
			return err
		}
	}
	if e.CardID != "" {
		if e.Card, err = s.Card(ctx, e.CardID); err != nil {
			return err
		}
	}
	if e.PromiseID != "" {
		if e.Promise, err = s.Promise(ctx, e.PromiseID); err != nil && !chat.Is(err, chat.NotFound) {
			return err
		}
	}
	if e.TrackID != "" {
		if e.Track, err = names.track(e.TrackID); err != nil {
			return err
		}
	}
	if e.FeedbackID != "" {
		if e.Feedback, err = names.feedback(e.FeedbackID); err != nil {
			return err
		}
	}
	if e.GrantID != "" {
		if e.Grant, err = s.Grant(ctx, e.GrantID); err != nil {
			return err
		}
	}
	if e.DelayID != "" {
		if e.Delay, err = s.Delay(ctx, e.DelayID); err != nil {
			return err
		}
	}
	if e.ReadUpID != "" {
		if e.ReadUp, err = s.ReadUp(ctx, e.ReadUpID); err != nil {
			return err
		}
	}
	if e.ShowingID != "" {
		if e.Showing, err = s.Showing(ctx, e.ShowingID); err != nil {
			return err
		}
	}
	if e.TagID != "" {
		if e.Tag, err = anyTag(s.read(ctx), e.TagID); err != nil {
			return err
		}
	}
	if e.Quotes, err = s.quotes(ctx, e.Other.ID, e.Quoted, names); err != nil {
		return err
	}
	if e.PersonID != "" {
		e.Person, err = names.person(e.PersonID)
	}
	return err
}

// names finds the cards of those who act, and what several events share, each
// once per read.
type names struct {
	ctx   context.Context
	s     *Store
	known map[string]chat.AgentCard
	whole map[string]*chat.Person
	said  map[string]*chat.Feedback
	trail map[string]*chat.Track
}

func newNames(ctx context.Context, s *Store) *names {
	return &names{ctx, s, map[string]chat.AgentCard{}, map[string]*chat.Person{}, map[string]*chat.Feedback{}, map[string]*chat.Track{}}
}

// feedback is what was said of one closing, shared by all events about it.
func (n *names) feedback(id string) (*chat.Feedback, error) {
	if f, ok := n.said[id]; ok {
		return f, nil
	}
	f, err := n.s.Feedback(n.ctx, id)
	if err == nil {
		n.said[id] = f
	}
	return f, err
}

// track is the complaint as it is now, shared by all events about it.
func (n *names) track(id string) (*chat.Track, error) {
	if k, ok := n.trail[id]; ok {
		return k, nil
	}
	k, err := n.s.Track(n.ctx, id)
	if err == nil {
		n.trail[id] = k
	}
	return k, err
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
