package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
	"rapport/storage"
)

// complaintPage is how many complaints one page of the list has.
const complaintPage = 50

// complaints is a page of a site's complaints, those opened first in front.
func (d *Door) complaints(c *fiber.Ctx, _ *signedIn) (any, error) {
	p := storage.TrackPage{SiteID: c.Query("site"), State: chat.TrackState(c.Query("list", string(chat.TrackOpen))), Cursor: c.Query("after"), Limit: complaintPage}
	ctx := c.UserContext()
	if _, err := d.Store.Site(ctx, p.SiteID); err != nil {
		return nil, err
	}
	rows, next, err := d.Store.TrackRows(ctx, p)
	if err != nil {
		return nil, err
	}
	out := make([]wire.ComplaintRow, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		out = append(out, wire.NewComplaintRow(&r.Track, r.PersonID, r.PersonName, r.PersonVerified, r.Holder, r.Closed, r.NextDue))
	}
	return fiber.Map{"complaints": out, "next": next}, nil
}

// openComplaint opens the track on the conversation's current matter.
func (d *Door) openComplaint(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	return d.onComplaint(c, func(ctx context.Context, id string) (*chat.Track, error) {
		return d.Desk.OpenTrack(ctx, me.actor(), id)
	})
}

// dropComplaint says that it was none after all.
func (d *Door) dropComplaint(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	return d.onComplaint(c, func(ctx context.Context, id string) (*chat.Track, error) {
		t, err := d.Desk.DropTrack(ctx, me.actor(), id)
		if err == nil {
			d.audit(ctx, me.agent.ID, "complaint.dropped", t.ID, "")
		}
		return t, err
	})
}

func (d *Door) stageComplaint(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		State chat.PromptState `json:"state"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	stage := chat.Stage(c.Params("stage"))
	return d.onComplaint(c, func(ctx context.Context, id string) (*chat.Track, error) {
		return d.Desk.StageTrack(ctx, me.actor(), id, stage, r.State)
	})
}

// recordComplaint writes down what is known; what is left out stays.
func (d *Door) recordComplaint(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Expectation  *string    `json:"expectation"`
		Solution     *string    `json:"solution"`
		Confirmation *string    `json:"confirmation"`
		RootCause    *string    `json:"root_cause"`
		CauseWords   *string    `json:"cause_words"`
		CauseSkipped *string    `json:"cause_skipped"`
		FollowUpAt   *chat.Time `json:"follow_up_at"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	return d.onComplaint(c, func(ctx context.Context, id string) (*chat.Track, error) {
		t, err := d.Desk.RecordTrack(ctx, me.actor(), id, chat.TrackRecord(r))
		if err == nil && r.CauseSkipped != nil && *r.CauseSkipped != "" {
			d.audit(ctx, me.agent.ID, "complaint.cause_skipped", t.ID, "")
		}
		return t, err
	})
}

// onComplaint does something to the complaint of the conversation in the path and
// answers with it as it is then.
func (d *Door) onComplaint(c *fiber.Ctx, do func(ctx context.Context, id string) (*chat.Track, error)) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	t, err := do(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	return wire.NewComplaint(t), nil
}

// complaint is what a conversation's view shows of its complaint, nil for none.
func (d *Door) complaint(ctx context.Context, row *chat.Row) (*wire.Complaint, error) {
	t, err := d.Store.LatestTrack(ctx, row.ID, row.MatterID)
	if err != nil || t == nil {
		return nil, err
	}
	return wire.NewComplaint(t), nil
}
