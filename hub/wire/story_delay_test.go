package wire_test

import "rapport/hub/chat"

const (
	lateID  = "01977a10-0000-7000-8000-0000000000f1"
	lateWhy = "The potter's kiln is broken."
)

// late is what the shop reports of Maria's order.
var late = chat.Delay{
	ID: lateID, SiteID: siteID, PersonID: personID, Source: chat.BySite, Reference: "4411", What: "your order 4411",
	Reason: lateWhy, State: chat.DelayWaits, At: agreed + 10*hour,
}

// settled is the report once Ben has told her.
var settled = func() chat.Delay {
	d := late
	d.State, d.EndedBy, d.EndedAt = chat.DelayTold, benID, agreed+11*hour
	return d
}()

var marked = func() chat.Promise {
	p := promised
	p.Delay = chat.DelayOpen
	return p
}()

var delays = []chat.Event{
	{Seq: 33, Type: chat.DelayReported, At: late.At, By: chat.BySystem, DelayID: lateID, Delay: &late},
	{Seq: 34, Type: chat.PromiseWasDelayed, At: settled.EndedAt, By: chat.BySystem, PromiseID: sendID, Promise: &marked},
	{Seq: 35, Type: chat.DelaySettled, At: settled.EndedAt, By: chat.ByAgent, ByID: benID, DelayID: lateID, Delay: &settled, Names: chat.Names{By: ben}},
}
