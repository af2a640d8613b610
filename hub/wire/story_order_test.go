package wire_test

import "rapport/hub/chat"

const tagID = "01977a10-0000-7000-8000-0000000000e1"

var tagged = chat.Tag{ID: tagID, SiteID: siteID, Name: "gift", Uses: 1, MadeBy: benID, MadeAt: agreed + 12*hour}

// orders is how Ben sorts his desk: a tag, taken off again, and a sleep that ends
// when Maria writes.
var orders = []chat.Event{
	{Seq: 38, Type: chat.TagAdded, At: agreed + 12*hour, By: chat.ByAgent, ByID: benID, TagID: tagID, Tag: &tagged, Names: chat.Names{By: ben}},
	{Seq: 39, Type: chat.TagRemoved, At: agreed + 13*hour, By: chat.ByAgent, ByID: benID, TagID: tagID, Tag: &tagged, Names: chat.Names{By: ben}},
	{Seq: 40, Type: chat.ConversationSnoozed, At: agreed + 13*hour, By: chat.ByAgent, ByID: benID, Until: agreed + 40*hour, Names: chat.Names{By: ben}},
	{Seq: 41, Type: chat.ConversationWoken, At: agreed + 14*hour, By: chat.ByPerson, ByID: personID, Names: chat.Names{By: maria}},
}
