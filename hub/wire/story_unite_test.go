package wire_test

import "rapport/hub/chat"

// united is how an earlier talk of Maria's might go on here, and this one elsewhere.
var united = []chat.Event{
	{Seq: 50, PublicSeq: 20, Type: chat.ConversationReceived, At: agreed + 805_000, By: chat.ByAgent, ByID: benID, Other: chat.OtherTalk{ID: earlierID, StartedAt: began - 86_400_000, Messages: 7}, Names: chat.Names{By: ben}},
	{Seq: 51, PublicSeq: 21, Type: chat.ConversationMerged, At: agreed + 806_000, By: chat.ByAgent, ByID: benID, Other: chat.OtherTalk{ID: earlierID, StartedAt: began - 86_400_000}, Names: chat.Names{By: ben}},
}
