package wire_test

import "rapport/hub/chat"

// whispered is what Noor, who supervises, tells Ben in the note before.
var whispered = []chat.Event{
	{Seq: 48, Type: chat.WhisperSent, At: agreed + 810_000, By: chat.ByAgent, ByID: noorID, AgentID: benID, MessageID: "01977a10-0000-7000-8000-0000000000d9", Names: chat.Names{By: noor, Agent: ben}},
}
