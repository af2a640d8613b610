package widget

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// pageSize is how many messages one page of history has.
const pageSize = 50

// conversations lists a visitor's own. GET /v1/widget/conversations
func (d *Door) conversations(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	rows, err := d.Store.PersonChats(c.UserContext(), v.actor.ID, listed)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"conversations": visitorRows(rows)})
}

// ownRow returns a conversation of this visitor's; somebody else's is NotFound.
func (d *Door) ownRow(ctx context.Context, v visitor, id string) (*chat.Row, error) {
	if !chat.ValidID(id) {
		return nil, chat.ErrNotFound
	}
	id, err := d.Store.ResolveAlias(ctx, id)
	if err != nil {
		return nil, err
	}
	row, err := d.Store.RowByID(ctx, id)
	if err != nil {
		return nil, err
	}
	// A row names the surviving profile, and so does the device.
	if row.PersonID != v.actor.ID || row.Channel == chat.ChannelAside {
		return nil, chat.ErrNotFound
	}
	return row, nil
}

type historyAnswer struct {
	Messages []*wire.Message `json:"messages"`
	More     bool            `json:"more"`
	Events   []wire.Event    `json:"events"`
	Seq      int64           `json:"seq"`
	Marks    wire.Marks      `json:"marks"`
	Promises []*wire.Promise `json:"promises"`
}

// history is one page of a thread, in public numbers.
// GET /v1/widget/conversations/:id/messages?before=SEQ
func (d *Door) history(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	before, err := strconv.ParseInt(c.Query("before", "0"), 10, 64)
	if err != nil || before < 0 {
		return chat.FailField("before", "before is the number of the oldest message you have.")
	}
	row, err := d.ownRow(c.UserContext(), v, c.Params("id"))
	if err != nil {
		return err
	}
	answer := historyAnswer{Messages: []*wire.Message{}, Seq: row.PublicSeq, Marks: wire.PublicMarks(row.Marks), Events: []wire.Event{}}
	if before == 0 || before > row.PublicSeq {
		before = row.PublicSeq + 1 // what comes later follows over the socket
	}
	if err := d.fillPage(c.UserContext(), &answer, row.ID, before); err != nil {
		return err
	}
	return c.JSON(answer)
}

// fillPage reads the messages before a public number and the lines of the same
// span: pages that follow each other leave nothing between them.
func (d *Door) fillPage(ctx context.Context, page *historyAnswer, id string, before int64) error {
	list, more, err := d.Store.PublicMessages(ctx, id, before, pageSize)
	if err != nil {
		return err
	}
	for i := range list {
		page.Messages = append(page.Messages, wire.PublicMessage(&list[i].Message, list[i].Author))
	}
	page.More = more
	from := int64(1)
	if more {
		from = list[0].PublicSeq
	}
	promises, err := d.Store.ChatPromises(ctx, id)
	if err != nil {
		return err
	}
	page.Promises = publicPromises(promises)
	lines, err := d.Store.PublicLines(ctx, id, from, before)
	if err != nil {
		return err
	}
	if public := wire.PublicEvents(lines); public != nil {
		page.Events = public
	}
	return nil
}

// maxPostBody holds a message of chat.MaxText code points with all of them escaped.
const maxPostBody = 128 << 10

// post says something without a socket. POST /v1/widget/conversations/:id/messages
func (d *Door) post(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	var r struct {
		ClientID string           `json:"client_id"`
		Text     string           `json:"text"`
		Files    []string         `json:"files"`
		Read     []string         `json:"read"`
		Form     *chat.FormAnswer `json:"form"`
	}
	if err := door.Body(c, maxPostBody, &r); err != nil {
		return err
	}
	if err := d.speak(network(door.IPKey(c)), v.actor.ID); err != nil {
		return err
	}
	posted, err := d.Desk.Post(c.UserContext(), v.actor, desk.Posting{ConversationID: c.Params("id"), ClientID: r.ClientID, Text: r.Text, Files: r.Files, Read: r.Read, Form: r.Form})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"conversation_id": posted.Message.ConversationID, "message": wire.PublicMessage(&posted.Message, posted.Author)})
}

// end closes a conversation from the customer's side.
// POST /v1/widget/conversations/:id/end
func (d *Door) end(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	if err := door.Empty(c); err != nil {
		return err
	}
	if err := d.close(c.UserContext(), v.actor, c.Params("id")); err != nil {
		return err
	}
	return c.JSON(fiber.Map{"state": chat.Closed})
}

// close is end without HTTP.
func (d *Door) close(ctx context.Context, who chat.Actor, id string) error {
	if !chat.ValidID(id) {
		return chat.ErrNotFound
	}
	if err := d.marks.Refuse(who.ID); err != nil {
		return err
	}
	return d.Desk.Close(ctx, who, id)
}

// attributes keeps what the page tells of its customer, as unverified.
// POST /v1/widget/attributes
func (d *Door) attributes(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	var r struct {
		Attributes map[string]string `json:"attributes"`
		Name       *string           `json:"name"`
		Email      *string           `json:"email"`
	}
	if err := door.Body(c, 32<<10, &r); err != nil {
		return err
	}
	if err := d.profiles.Refuse(v.actor.ID); err != nil {
		return err
	}
	_, err = d.Desk.UpdatePerson(c.UserContext(), v.actor, v.actor.ID, desk.PersonChange{Name: r.Name, Email: r.Email, Attributes: r.Attributes})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{})
}
