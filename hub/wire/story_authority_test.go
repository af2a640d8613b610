package wire_test

import "rapport/hub/chat"

const (
	givenID = "01977a10-0000-7000-8000-000000000091"
	waitsID = "01977a10-0000-7000-8000-000000000092"

	overLimit = "Maria has been with us for nine years."
)

// given is a credit within Ben's own limit.
var given = chat.Grant{
	ID: givenID, SiteID: siteID, ConversationID: talkID, MatterID: matterID, PersonID: personID, ClientID: "c-grant-0001",
	Kind: "credit", Name: "Credit", Unit: chat.UnitMoney, Currency: "EUR", Amount: 1500, Reason: "late", Note: "The cups came a week late.",
	State: chat.GrantGiven, By: ben, At: agreed + 80_000, PersonName: maria.Name, PersonVerified: true,
}

// waiting is a credit above it, while it is Noor's turn.
var waiting = chat.Grant{
	ID: waitsID, SiteID: siteID, ConversationID: talkID, MatterID: matterID, PersonID: personID, ClientID: "c-grant-0002",
	Kind: "credit", Name: "Credit", Unit: chat.UnitMoney, Currency: "EUR", Amount: 9000, Reason: "loyalty", Note: overLimit,
	Summary: "Hello, my order 4411 has not come yet.", State: chat.GrantAsked, By: ben, AskedOf: noor, AnswerBy: agreed + 210_000,
	AskedAt: agreed + 90_000, At: agreed + 90_000, PersonName: maria.Name, PersonVerified: true,
}

// decided is what became of the waiting one.
func decided(state chat.GrantState, by chat.AgentCard, words string) chat.Grant {
	g := waiting
	g.State, g.DecidedBy, g.Words, g.AnswerBy, g.At = state, by, words, 0, agreed+210_000
	return g
}

// goodwill is an event about a grant.
func goodwill(seq int64, t chat.EventType, g chat.Grant) chat.Event {
	e := chat.Event{Seq: seq, Type: t, At: g.At, By: chat.ByAgent, ByID: benID, GrantID: g.ID, Grant: &g, Names: chat.Names{By: ben}}
	if t == chat.GrantWasUnanswered {
		e.By, e.ByID, e.Names = chat.BySystem, "", chat.Names{}
	}
	return e
}

var goodwills = []chat.Event{
	goodwill(25, chat.GrantWasGiven, given), goodwill(26, chat.GrantWasAsked, waiting),
	goodwill(27, chat.GrantWasUnanswered, decided(chat.GrantUnanswered, chat.AgentCard{}, "")),
	goodwill(28, chat.GrantWasRefused, decided(chat.GrantRefused, noor, "Offer the courier first, please.")),
	goodwill(29, chat.GrantWasWithdrawn, decided(chat.GrantWithdrawn, chat.AgentCard{}, "")),
}
