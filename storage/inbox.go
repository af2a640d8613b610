package storage

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapport/hub/chat"
)

// List names the lists of the console.
type List string

const (
	Queue  List = "queue"    // nobody has taken them
	Mine   List = "mine"     // the asking agent's own, and those in which they are a guest
	Live   List = "open"     // all that are not closed
	Closed List = "closed"   // latest closed first
	Asleep List = "snoozed"  // next to wake first
	Named  List = "mentions" // in which the asking agent was named, latest first
	Held   List = "held"     // what an agent has and is awake, without those in which they are a guest
)

// Page asks for a part of a list. Cursor is what the page before handed back as
// Next, "" for the first.
type Page struct {
	SiteID  string
	List    List
	AgentID string // whose, for Mine and Held
	Cursor  string
	Limit   int
}

// nameVerified is 1 where a token has told who the customer is and nobody typed
// the name: what stands beside the badge is the site's word.
const nameVerified = `coalesce(s.verified - s.name_given, p.verified - p.name_given)`

const rowSelect = `SELECT ` + conversationColumns + `, coalesce(s.id, p.id), coalesce(s.name, p.name), ` + nameVerified + `,
	coalesce(a.id, ''), coalesce(a.name, ''), coalesce(a.picture, ''), m.step
	FROM conversation c JOIN person p ON p.id = c.person_id LEFT JOIN person s ON s.id = p.merged_into
	LEFT JOIN agent a ON a.id = c.assignee_id JOIN matter m ON m.id = c.matter_id WHERE `

func scanRow(row scanner) (chat.Row, error) {
	var r chat.Row
	to := append(conversationTargets(&r.Conversation),
		&r.PersonID, &r.PersonName, &r.PersonVerified, &r.Assignee.ID, &r.Assignee.Name, &r.Assignee.Picture, &r.Step)
	return r, row.Scan(to...)
}

// Where each list begins and ends; its index has the same columns.
const (
	listByState = `c.site_id = $1 AND c.state = $2 AND (c.rank, c.id) > ($3, $4) ORDER BY c.rank, c.id LIMIT $5`
	listOfAgent = `c.site_id = $1 AND c.assignee_id = $2 AND c.live = 1 AND (c.rank, c.id) > ($3, $4) ORDER BY c.rank, c.id LIMIT $5`
	listLive    = `c.site_id = $1 AND c.live = 1 AND (c.rank, c.id) > ($2, $3) ORDER BY c.rank, c.id LIMIT $4`
)

// Rows returns a page of a list in the order of the screen, and the cursor of
// the next, "" at the end.
func (s *Store) Rows(ctx context.Context, p Page) (rows []chat.Row, next string, err error) {
	after, afterID, err := parseCursor(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	switch p.List {
	case Queue:
		rows, err = s.listed(ctx, listByState, p.SiteID, chat.Waiting, after, afterID, p.Limit+1)
	case Closed:
		rows, err = s.listed(ctx, listByState, p.SiteID, chat.Closed, after, afterID, p.Limit+1)
	case Named:
		return s.mentionRows(ctx, p, after, afterID)
	case Asleep:
		rows, err = s.listed(ctx, listByState, p.SiteID, chat.Snoozed, after, afterID, p.Limit+1)
	case Mine:
		rows, err = s.mineRows(ctx, p, after, afterID, p.Limit+1)
	case Held:
		rows, err = s.listed(ctx, listOfAgent, p.SiteID, p.AgentID, after, afterID, p.Limit+1)
	case Live:
		rows, err = s.listed(ctx, listLive, p.SiteID, after, afterID, p.Limit+1)
	default:
		return nil, "", chat.FailField("list", "There is no list %q. There are queue, mine, open, mentions, snoozed and closed.", string(p.List))
	}
	if err != nil {
		return nil, "", fmt.Errorf("read list: %w", err)
	}
	if err := s.fillTags(ctx, rows); err != nil {
		return nil, "", err
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		last := &rows[p.Limit-1]
		next = strconv.FormatInt(last.Rank(), 10) + "_" + last.ID
	}
	return rows, next, nil
}

// listed reads the rows of a list, without their tags.
func (s *Store) listed(ctx context.Context, where string, args ...any) ([]chat.Row, error) {
	rows, err := s.read(ctx).Query(rowSelect+where, args...)
	return collect(rows, err, scanRow)
}

func parseCursor(cursor string) (rank int64, id string, err error) {
	if cursor == "" {
		return -1, "", nil
	}
	head, id, ok := strings.Cut(cursor, "_")
	rank, err = strconv.ParseInt(head, 10, 64)
	if err != nil || !ok || !chat.ValidID(id) {
		return 0, "", chat.FailField("after", "This is not a cursor that a page before has handed out.")
	}
	return rank, id, nil
}

// RowByID returns one row.
func (s *Store) RowByID(ctx context.Context, id string) (*chat.Row, error) {
	r, err := scanRow(s.read(ctx).QueryRow(rowSelect+`c.id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	one := []chat.Row{r}
	err = s.fillTags(ctx, one)
	return &one[0], err
}

// RowsByID returns the rows of these conversations and the counts of their site
// (Mine is -1).
func (s *Store) RowsByID(ctx context.Context, siteID string, ids []string) ([]chat.Row, chat.Counts, error) {
	var rows []chat.Row
	for some := range slices.Chunk(ids, maxMarks) {
		part, err := s.rowsIn(ctx, siteID, some)
		if err != nil {
			return nil, chat.Counts{}, fmt.Errorf("read rows: %w", err)
		}
		rows = append(rows, part...)
	}
	counts, _, err := s.Counts(ctx, siteID, "")
	return rows, counts, err
}

func (s *Store) rowsIn(ctx context.Context, siteID string, ids []string) ([]chat.Row, error) {
	marks, args := marksOf(ids, []any{siteID})
	rows, err := s.read(ctx).Query(rowSelect+`c.site_id = $1 AND c.id IN `+marks, args...)
	return s.tagged(ctx, rows, err)
}

// maxMarks is how many ids a statement asks for at most.
const maxMarks = 64

// marksOf is the list of placeholders for ids behind the arguments before them. It
// holds 1, 2, 4 … 64, the last id again and again, so that few statements are enough.
func marksOf(ids []string, args []any) (string, []any) {
	size := 1
	for size < len(ids) {
		size *= 2
	}
	marks := make([]string, size)
	for i := range size {
		args = append(args, ids[min(i, len(ids)-1)])
		marks[i] = "$" + strconv.Itoa(len(args))
	}
	return "(" + strings.Join(marks, ",") + ")", args
}

// RowsSince returns the rows of a site whose conversations have events after
// siteSeq, and whether that was too far back to say (more than MaxReplay).
func (s *Store) RowsSince(ctx context.Context, siteID string, siteSeq int64) (rows []chat.Row, tooFar bool, err error) {
	found, err := s.read(ctx).Query(`SELECT conversation_id FROM event WHERE site_id = $1 AND site_seq > $2 ORDER BY site_seq LIMIT $3`, siteID, siteSeq, MaxReplay+1)
	ids, err := collect(found, err, scanString)
	if err != nil {
		return nil, false, fmt.Errorf("read changed rows: %w", err)
	}
	if len(ids) > MaxReplay {
		return nil, true, nil
	}
	seen := map[string]bool{}
	var once []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			once = append(once, id)
		}
	}
	rows, _, err = s.RowsByID(ctx, siteID, once)
	return rows, false, err
}

// maxMine is where the counting of an agent's conversations ends.
const maxMine = 1000

// Counts returns the counts of a site's lists and the head of its stream. Mine
// is counted for agentID up to maxMine, or -1 where that is "".
func (s *Store) Counts(ctx context.Context, siteID, agentID string) (c chat.Counts, siteSeq int64, err error) {
	q := s.read(ctx)
	err = q.QueryRow(`SELECT seq, queue, live, snoozed FROM `+siteNow+` h WHERE site_id = $1`, siteID).Scan(&siteSeq, &c.Queue, &c.Open, &c.Snoozed)
	if err != nil {
		return c, 0, absent(err)
	}
	c.Mine = -1
	if agentID != "" {
		// An agent has a handful at a time. Who was given a whole site's must not
		// make every look at it walk them all.
		err = q.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM conversation c WHERE c.assignee_id = $1 AND c.site_id = $2 AND c.live = 1 LIMIT $3) mine`, agentID, siteID, maxMine).Scan(&c.Mine)
		if err != nil {
			return c, siteSeq, err
		}
		guest, err := s.guestCount(ctx, siteID, agentID)
		c.Mine += guest
		return c, siteSeq, err
	}
	return c, siteSeq, err
}

// waitingFor walks what an agent has on all sites.
const waitingFor = `SELECT site_id, id FROM conversation WHERE assignee_id = $1 AND live = 1 AND waiting_since > 0 LIMIT $2`

// WaitingFor returns, by site, the conversations of an agent in which the customer
// waits for them: maxMine at most.
func (s *Store) WaitingFor(ctx context.Context, agentID string) (map[string][]string, error) {
	rows, err := s.read(ctx).Query(waitingFor, agentID, maxMine)
	list, err := collect(rows, err, func(row scanner) (p [2]string, err error) { return p, row.Scan(&p[0], &p[1]) })
	if err != nil {
		return nil, fmt.Errorf("read who waits: %w", err)
	}
	out := map[string][]string{}
	for _, p := range list {
		out[p[0]] = append(out[p[0]], p[1])
	}
	return out, nil
}

// PersonRows returns the conversations of a customer on any profile that was
// merged into theirs, the one that began last first.
func (s *Store) PersonRows(ctx context.Context, personID string, limit int) ([]chat.Row, error) {
	where, args, err := s.ofPerson(ctx, personID, "", limit)
	if err != nil {
		return nil, err
	}
	rows, err := s.read(ctx).Query(rowSelect+where, args...)
	return s.tagged(ctx, rows, err)
}

// PersonChats are those of PersonRows in which they talk, and not what an agent has
// entered by hand.
func (s *Store) PersonChats(ctx context.Context, personID string, limit int) ([]chat.Row, error) {
	where, args, err := s.ofPerson(ctx, personID, chatsAlone, limit)
	if err != nil {
		return nil, err
	}
	rows, err := s.read(ctx).Query(rowSelect+where, args...)
	return s.tagged(ctx, rows, err)
}

// PersonChatIDs are the ids of PersonChats.
func (s *Store) PersonChatIDs(ctx context.Context, personID string, limit int) ([]string, error) {
	where, args, err := s.ofPerson(ctx, personID, chatsAlone, limit)
	if err != nil {
		return nil, err
	}
	rows, err := s.read(ctx).Query(`SELECT c.id FROM conversation c WHERE `+where, args...)
	return collect(rows, err, scanString)
}

const chatsAlone = ` AND c.channel = 'chat'`

// PersonConversations are the ids of those of PersonRows that the customer knows of: all
// but what the team works on beside a chat.
func (s *Store) PersonConversations(ctx context.Context, personID string, limit int) ([]string, error) {
	where, args, err := s.ofPerson(ctx, personID, ` AND c.channel <> '`+chat.ChannelAside+`'`, limit)
	if err != nil {
		return nil, err
	}
	rows, err := s.read(ctx).Query(`SELECT c.id FROM conversation c WHERE `+where, args...)
	return collect(rows, err, scanString)
}

// ofPerson is where a customer's conversations stand, in the order in which they
// began here: ids are made by clients, whose clocks may be anything. Nearly nobody
// was merged, and for one profile the index has the order. and narrows them.
func (s *Store) ofPerson(ctx context.Context, personID, and string, limit int) (where string, args []any, err error) {
	var merged bool
	err = s.read(ctx).QueryRow(`SELECT EXISTS (SELECT 1 FROM person WHERE merged_into = $1 AND merged_into <> '')`, personID).Scan(&merged)
	if merged {
		return `c.person_id IN ` + allProfiles(`$1`, `$2`) + and + ` ORDER BY c.started_at DESC, c.id DESC LIMIT $3`, []any{personID, personID, limit}, err
	}
	return `c.person_id = $1` + and + ` ORDER BY c.started_at DESC, c.id DESC LIMIT $2`, []any{personID, limit}, err
}

// Draft returns what an agent has begun to write, nil for nothing.
func (s *Store) Draft(ctx context.Context, agentID, conversationID string) (*chat.Draft, error) {
	d := chat.Draft{AgentID: agentID, ConversationID: conversationID}
	err := s.read(ctx).QueryRow(`SELECT kind, text, at FROM draft WHERE agent_id = $1 AND conversation_id = $2`, agentID, conversationID).Scan(&d.Kind, &d.Text, &d.At)
	if err := absent(err); err != nil {
		if chat.Is(err, chat.NotFound) {
			return nil, nil
		}
		return nil, err
	}
	return &d, nil
}

// ResolveAlias returns the id of the conversation that an id leads to, the id
// itself where there is no alias.
func (s *Store) ResolveAlias(ctx context.Context, id string) (string, error) {
	var to string
	err := absent(s.read(ctx).QueryRow(`SELECT conversation_id FROM conversation_alias WHERE alias = $1`, id).Scan(&to))
	if chat.Is(err, chat.NotFound) {
		return id, nil
	}
	return to, err
}
