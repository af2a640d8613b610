package console

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/search"
	"rapport/hub/wire"
	"rapport/storage"
)

const (
	searchPage  = 25
	peopleFound = 6
	// snippetRoom is how many code points of a message stand in a result.
	snippetRoom = 160
)

// searchAnswer is SearchPage of the protocol.
type searchAnswer struct {
	Hits   []hitShape    `json:"hits"`
	People []personFound `json:"people"`
	Next   string        `json:"next"`
	// Back: how far back was looked where that was not to the end.
	Back chat.Time `json:"back"`
	// Unread: what has come and is not in the index yet. Reading: how much of what
	// stood there before the index is in it, in percent; 100 for all.
	Unread  int64 `json:"unread"`
	Reading int64 `json:"reading"`
	// Grouped: there are no words to look for, so each conversation stands once.
	Grouped bool `json:"grouped"`
}

type hitShape struct {
	Row      wire.Row         `json:"row"`
	Seq      int64            `json:"seq"`
	Kind     chat.MessageKind `json:"kind"`
	Author   wire.Author      `json:"author"`
	At       chat.Time        `json:"at"`
	Parts    []search.Part    `json:"parts"`
	CutStart bool             `json:"cut_start"`
	CutEnd   bool             `json:"cut_end"`
	Files    int              `json:"files"`
}

type personFound struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Verified bool   `json:"verified"`
	// ConversationID is that of their latest conversation.
	ConversationID string `json:"conversation_id"`
}

// zoneIn is the reader's time zone, by which days begin and end.
func zoneIn(name string) (*time.Location, error) {
	zone, err := chat.LoadZone(name[:min(len(name), chat.MaxKey)])
	if err != nil || name == "Local" {
		return nil, chat.FailField("zone", "This is not a time zone such as Europe/Berlin.")
	}
	return zone, nil
}

// search is a page of what somebody asks for. What has come since the index was
// read last is read first, so that nothing just said is missing.
func (d *Door) search(c *fiber.Ctx, me *signedIn) (any, error) {
	zone, err := zoneIn(c.Query("zone"))
	if err != nil {
		return nil, err
	}
	q, err := search.Parse(c.Query("q"), d.Clock().Std(), zone)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	answer := searchAnswer{Hits: []hitShape{}, People: []personFound{}, Grouped: !q.Words(), Reading: 100}
	if answer.Unread, err = d.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	found, err := d.Store.Search(ctx, storage.Search{Query: q, AgentID: me.agent.ID, Cursor: c.Query("after"), Limit: searchPage})
	if err != nil {
		return nil, err
	}
	for i := range found.Hits {
		answer.Hits = append(answer.Hits, showHit(q, &found.Hits[i]))
	}
	answer.Next, answer.Back = found.Next, found.Back
	if len(q.Filters) == 0 && q.Words() && c.Query("after") == "" {
		if answer.People, err = d.peopleNamed(ctx, c.Query("q")); err != nil {
			return nil, err
		}
	}
	lag, err := d.Store.IndexLag(ctx)
	if err == nil && lag.Old > 0 {
		answer.Reading = 100 - min(100, max(1, 100*lag.Old/max(lag.All, 1)))
	}
	return answer, err
}

func showHit(q *search.Query, h *storage.SearchHit) hitShape {
	m := wire.TeamMessage(&h.Message.Message, h.Message.Author)
	shape := hitShape{Row: wire.NewRow(&h.Row), Seq: m.Seq, Kind: m.Kind, Author: m.Author, At: m.At, Files: len(m.Files)}
	shape.Parts, shape.CutStart, shape.CutEnd = q.Snippet(h.Message.Whole(), snippetRoom)
	return shape
}

// findPeople are customers by the beginning of their names.
func (d *Door) findPeople(c *fiber.Ctx, _ *signedIn) (any, error) {
	text, err := chat.CleanText("q", c.Query("q"), search.MaxQuery)
	if err != nil {
		return nil, err
	}
	people, err := d.peopleNamed(c.UserContext(), text)
	return fiber.Map{"people": people}, err
}

func (d *Door) peopleNamed(ctx context.Context, text string) ([]personFound, error) {
	list, err := d.Store.PeopleNamed(ctx, "", text, peopleFound)
	out := make([]personFound, 0, len(list))
	for i := range list {
		p := &list[i]
		talks, err := d.Store.PersonConversations(ctx, p.ID, 1)
		if err != nil {
			return nil, err
		}
		if len(talks) > 0 {
			out = append(out, personFound{p.ID, p.Name, p.Email, p.Verified, talks[0]})
		}
	}
	return out, err
}
