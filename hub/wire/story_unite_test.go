package wire_test

import "rapport/hub/chat"

// united is how an earlier talk of Maria's might go on here, and this one elsewhere.
var united = []chat.Event{
	{Seq: 50, PublicSeq: 20, Type: chat.ConversationReceived, At: agreed + 805_000, By: chat.ByAgent, ByID: benID, Other: chat.OtherTalk{ID: earlierID, StartedAt: began - 86_400_000, Messages: 7}, Names: chat.Names{By: ben}},
	{Seq: 51, PublicSeq: 21, Type: chat.ConversationMerged, At: agreed + 806_000, By: chat.ByAgent, ByID: benID, Other: chat.OtherTalk{ID: earlierID, StartedAt: began - 86_400_000}, Names: chat.Names{By: ben}},
	{Seq: 52, Type: chat.AsideOpened, At: agreed + 807_000, By: chat.ByAgent, ByID: benID, MatterID: matterID, Matter: &matter, Other: chat.OtherTalk{ID: earlierID, StartedAt: agreed + 807_000}, Names: chat.Names{By: ben}},
	{Seq: 53, Type: chat.AsideBegan, At: agreed + 808_000, By: chat.ByAgent, ByID: benID, MatterID: matterID, Matter: &matter, Other: chat.OtherTalk{ID: earlierID, StartedAt: began - 86_400_000},
		Quotes: []chat.Quote{{ID: askedID, By: chat.ByPerson, Name: "Maria", Text: "And my invoice has the wrong name on it.", At: began}}, Names: chat.Names{By: ben}},
	{Seq: 54, Type: chat.AsideClosed, At: agreed + 809_000, By: chat.ByAgent, ByID: benID, MatterID: matterID, Matter: &matter, Other: chat.OtherTalk{ID: earlierID, StartedAt: agreed + 807_000}, Names: chat.Names{By: ben}},
	{Seq: 55, Type: chat.AsideReturned, At: agreed + 810_000, By: chat.ByAgent, ByID: benID, MatterID: matterID, Matter: &matter, Other: chat.OtherTalk{ID: earlierID, StartedAt: agreed + 807_000}, Names: chat.Names{By: ben}},
}
