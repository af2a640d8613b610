package desk

import (
	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// closeTracks makes a conversation with complaints ready to be closed: an agent
// has said what the cause was, or why there is none, and a follow-up is promised.
// Customers may leave at any time.
func (d *Desk) closeTracks(tx chat.Tx, c *chat.Conversation, who chat.Actor) error {
	if c.Complaint != chat.TrackedComplaint {
		return nil
	}
	open, err := tx.Tracks(c.ID)
	if err != nil {
		return err
	}
	for i := range open {
		k := &open[i]
		if who.Kind == chat.ByAgent && !k.CauseKnown() {
			return chat.Fail(chat.CauseMissing, "What was behind this complaint? Record the cause, or say why there is none, and then close.")
		}
		if err := d.promiseFollowUp(tx, c, who, k); err != nil {
			return err
		}
	}
	return nil
}

// promiseFollowUp schedules the follow-up of a complaint unless it is promised
// already. Who has the conversation answers for it, else who closes it, else who
// opened the track.
func (d *Desk) promiseFollowUp(tx chat.Tx, c *chat.Conversation, who chat.Actor, k *chat.Track) error {
	if k.FollowUpID != "" {
		return nil
	}
	by := who
	if by.Kind != chat.ByAgent {
		by = chat.Actor{Kind: chat.ByAgent, ID: k.OpenedBy.ID}
	}
	due := k.FollowUpAt
	if due < tx.Now().Add(chat.MinDue) {
		site, err := tx.Site(c.SiteID)
		if err != nil {
			return err
		}
		due = d.workingDay(site, tx.Now(), 1)
	}
	p := chat.Promise{
		Kind: chat.FollowUpPromise, MatterID: k.MatterID, ClientID: "follow-up-" + chat.NewID(), MadeBy: by.ID,
		Whose: chat.Ours, Text: FollowUpText, DueAt: due, Zone: zoneName(d.zone.String()),
	}
	p.Schedule(tx.Now())
	var err error
	if p.Owner, err = ownerOf(tx, c, by, &p); err != nil {
		return err
	}
	name, err := card(tx, by)
	if err != nil {
		return err
	}
	if err := d.addPromise(tx, c, by, name, &p); err != nil {
		return err
	}
	k.FollowUpID, k.FollowUpAt = p.ID, p.DueAt
	return keepTrack(tx, c, chat.ComplaintStaged, by, name, k)
}

// zoneName is a zone as a promise may have it: the machine's own has no name.
func zoneName(zone string) string {
	if zone == "Local" {
		return ""
	}
	return zone
}

// followedUp ends the complaint whose follow-up has ended with p.
func (d *Desk) followedUp(tx chat.Tx, c *chat.Conversation, who chat.Actor, p *chat.Promise) error {
	if p.Kind != chat.FollowUpPromise {
		return nil
	}
	k, err := tx.Track(p.MatterID)
	if err != nil {
		return unlessAbsent(err)
	}
	if k.FollowUpID != p.ID || k.State != chat.TrackOpen {
		return nil
	}
	name, err := card(tx, who)
	if err != nil {
		return err
	}
	next := cycle.FollowedUp(*k, *p, cycle.Hand{ID: who.ID, Name: name.Name, At: tx.Now()})
	if err := keepTrack(tx, c, chat.ComplaintEnds, who, name, &next); err != nil {
		return err
	}
	if err := d.record(tx, c, chat.FactComplaintEnded, who.ID, int64(next.EndedAt-next.OpenedAt)); err != nil {
		return err
	}
	return leaveTrack(tx, c)
}

// followUpMoved notes in a complaint when its follow-up is due now.
func followUpMoved(tx chat.Tx, c *chat.Conversation, who chat.Actor, p *chat.Promise) error {
	if p.Kind != chat.FollowUpPromise {
		return nil
	}
	k, err := tx.Track(p.MatterID)
	if err != nil {
		return unlessAbsent(err)
	}
	if k.FollowUpID != p.ID || k.FollowUpAt == p.DueAt {
		return nil
	}
	name, err := card(tx, who)
	if err != nil {
		return err
	}
	k.FollowUpAt = p.DueAt
	return keepTrack(tx, c, chat.ComplaintStaged, who, name, k)
}

// mayGiveUp refuses to let an agent forget a follow-up.
func mayGiveUp(who chat.Actor, p *chat.Promise) error {
	if p.Kind == chat.FollowUpPromise && !who.May(chat.OverseeComplaints) {
		return chat.Fail(chat.Forbidden, "A follow-up after a complaint is kept, moved or handed on. Only a supervisor may give it up.")
	}
	return nil
}

// saidSolved lays what the customer says of the solution over their complaint.
func (d *Desk) saidSolved(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, f *chat.Feedback) error {
	k, err := tx.Track(c.MatterID)
	if err != nil {
		return unlessAbsent(err)
	}
	next, changed := cycle.SaidSolved(*k, *f)
	if !changed {
		return nil
	}
	if err := keepTrack(tx, c, chat.ComplaintStaged, who, name, &next); err != nil {
		return err
	}
	return leaveTrack(tx, c)
}
