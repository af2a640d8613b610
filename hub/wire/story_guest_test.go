package wire_test

import "rapport/hub/chat"

// joined is how Noor might have helped Ben, declining first.
var joined = []chat.Event{
	{Seq: 44, Type: chat.GuestAsked, At: agreed + 800_000, By: chat.ByAgent, ByID: sue.ID, AgentID: noorID, FromAgentID: benID, Names: chat.Names{By: sue, Agent: noor, From: ben}},
	{Seq: 45, Type: chat.GuestPassed, At: agreed + 801_000, By: chat.BySystem, AgentID: noorID, FromAgentID: benID, Why: "declined", Names: chat.Names{Agent: noor, From: ben}},
	{Seq: 46, PublicSeq: 17, Type: chat.GuestJoined, At: agreed + 802_000, By: chat.ByAgent, ByID: noorID, AgentID: noorID, FromAgentID: benID, Names: chat.Names{By: noor, Agent: noor, From: ben}},
	{Seq: 47, PublicSeq: 18, Type: chat.GuestLeft, At: agreed + 803_000, By: chat.ByAgent, ByID: noorID, AgentID: noorID, Names: chat.Names{By: noor, Agent: noor}},
	{Seq: 49, PublicSeq: 19, Type: chat.TranscriptSent, At: agreed + 804_000, By: chat.ByAgent, ByID: noorID, To: "m…@example.com", Names: chat.Names{By: noor}},
}

// joining is what Noor reads before she joins, where a supervisor asks her to.
var joining = chat.Handing{From: ben, By: sue, Joins: true, Note: "You know these lamps.", Step: chat.Understanding}
