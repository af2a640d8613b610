package wire_test

import "rapport/hub/chat"

// routed is how the conversation might have found Ben by itself.
var routed = []chat.Event{
	{Seq: 42, Type: chat.ConversationOffered, At: began + 1_000, By: chat.BySystem, AgentID: noorID, Why: "spoke with this customer last", Names: chat.Names{Agent: noor}},
	{Seq: 43, Type: chat.ConversationPassed, At: began + 31_000, By: chat.BySystem, AgentID: noorID, Why: "did not take it in time", Names: chat.Names{Agent: noor}},
}

// handing is what Noor reads before she carries on.
var handing = chat.Handing{
	From: ben, By: ben, Team: "Repairs", Note: "She needs it by Friday.", Step: chat.Agreeing, Need: "Where order 4411 is", PromisedAt: began + 3_600_000,
}

// heldOut is the row while it is.
var heldOut = func() chat.Row {
	r := row
	r.State, r.AssigneeID, r.Assignee, r.WaitingSince, r.OfferedTo = chat.Waiting, "", chat.AgentCard{}, began, noorID
	r.LastText, r.Complaint = chat.Preview(asked.Text), chat.ReadComplaint
	return r
}()
