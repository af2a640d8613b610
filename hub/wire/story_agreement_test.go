package wire_test

import "rapport/hub/chat"

// What Maria and Ben agree on, after the story's beginning.

const (
	summaryID  = "01977a10-0000-7000-8000-000000000021"
	proposalID = "01977a10-0000-7000-8000-000000000022"
	oldID      = "01977a10-0000-7000-8000-000000000023"
	sendID     = "01977a10-0000-7000-8000-000000000041"
	callID     = "01977a10-0000-7000-8000-000000000042"
	refundID   = "01977a10-0000-7000-8000-000000000043"
	heardID    = "01977a10-0000-7000-8000-0000000000f9"
	searchID   = "01977a10-0000-7000-8000-000000000044"

	agreed chat.Time = began + 120_000
	hour             = 3_600_000
)

var summary = chat.Card{
	ID: summaryID, ConversationID: talkID, MatterID: matterID, ClientID: "c-card-0001", Kind: chat.SummaryCard, State: chat.CardConfirmed,
	By: ben, SentAt: agreed, Text: "Your order 4411 should have come on Friday, and you need it before the party on Saturday.",
	Answer: chat.CardAnswer{Choice: chat.Confirm, At: agreed + 20_000},
}

var replaced = chat.Card{
	ID: oldID, ConversationID: talkID, MatterID: matterID, ClientID: "c-card-0002", Kind: chat.ProposalCard, State: chat.CardReplaced,
	By: ben, SentAt: agreed + 30_000, Text: "We send the order again.",
}

var proposal = chat.Card{
	ID: proposalID, ConversationID: talkID, MatterID: matterID, ClientID: "c-card-0003", Kind: chat.ProposalCard, State: chat.CardSent,
	By: ben, SentAt: agreed + 40_000, Text: "We send it again by courier, or you have your money back.",
	Options: []chat.CardOption{
		{Key: "courier", Title: "Again, by courier", Detail: "It is with you on Thursday."},
		{Key: "money", Title: "Your money back", Detail: "On your account within three days."},
	},
	Limits:  "The blue cups are sold out: there are white ones.",
	OurPart: "We hand it to the courier.", OurDue: agreed + 8*hour,
	YourPart: "Tell us which address suits you.", YourDue: agreed + 4*hour,
}

var promised = chat.Promise{
	ID: sendID, SiteID: siteID, ConversationID: talkID, MatterID: matterID, CardID: proposalID, ClientID: chat.OwnID("ours", proposalID), MadeBy: benID,
	Whose: chat.Ours, Owner: ben, Text: "We hand it to the courier.", DueAt: agreed + 8*hour, State: chat.PromiseIsOpen, MadeAt: agreed + 50_000,
}

var called = chat.Promise{
	ID: callID, SiteID: siteID, ConversationID: talkID, MatterID: matterID, ClientID: "c-promise-1", MadeBy: benID, Whose: chat.Ours, Owner: noor,
	Text: "Call the carrier", DueAt: agreed + 6*hour, Zone: "Europe/Berlin", Words: "this afternoon", NextAt: agreed + 2*hour,
	State: chat.PromiseIsOpen, Moved: true, Why: "The carrier calls back at four.", HandedAt: agreed + 70_000, MadeAt: agreed + 60_000,
}

// ended are promises as they ended.
func ended(id, text, why string, state chat.PromiseState) *chat.Promise {
	return &chat.Promise{
		ID: id, SiteID: siteID, ConversationID: talkID, MatterID: matterID, ClientID: "c-" + text, MadeBy: benID, Whose: chat.Ours, Owner: ben,
		Text: text, DueAt: agreed + 6*hour, State: state, Why: why, MadeAt: agreed + 60_000, EndedAt: agreed + 7*hour,
	}
}

var heard = chat.Feedback{
	ID: heardID, SiteID: siteID, ConversationID: talkID, PersonID: personID, AgentID: benID, ClosedAt: agreed + 8*hour,
	Solved: chat.SolvedYes, Rating: 4, Comment: "Quick in the end.", At: agreed + 9*hour,
}

// agreement goes on where the story was before it.
var agreement = []chat.Event{
	{Seq: 15, PublicSeq: 8, Type: chat.CardWasAnswered, At: summary.Answer.At, By: chat.ByPerson, ByID: personID,
		CardID: summaryID, Card: &summary, Names: chat.Names{By: maria}},
	{Seq: 16, PublicSeq: 9, Type: chat.CardWasWithdrawn, At: proposal.SentAt, By: chat.ByAgent, ByID: benID,
		CardID: oldID, Card: &replaced, Names: chat.Names{By: ben}},
	{Seq: 17, PublicSeq: 10, Type: chat.CardWasSent, At: proposal.SentAt, By: chat.ByAgent, ByID: benID,
		CardID: proposalID, Card: &proposal, Names: chat.Names{By: ben}},
	{Seq: 18, PublicSeq: 11, Type: chat.PromiseWasMade, At: promised.MadeAt, By: chat.ByAgent, ByID: benID,
		PromiseID: sendID, Promise: &promised, Names: chat.Names{By: ben}},
	{Seq: 19, PublicSeq: 12, Type: chat.PromiseWasMoved, At: agreed + 65_000, By: chat.ByAgent, ByID: benID,
		PromiseID: callID, Promise: &called, Names: chat.Names{By: ben}},
	{Seq: 20, Type: chat.PromiseWasHanded, At: called.HandedAt, By: chat.ByAgent, ByID: benID,
		PromiseID: callID, Promise: &called, Names: chat.Names{By: ben}},
	{Seq: 21, PublicSeq: 13, Type: chat.PromiseWasKept, At: agreed + 7*hour, By: chat.ByAgent, ByID: benID,
		PromiseID: sendID, Promise: ended(sendID, "We hand it to the courier.", "", chat.PromiseKept), Names: chat.Names{By: ben}},
	{Seq: 22, PublicSeq: 14, Type: chat.PromiseWasBroken, At: agreed + 7*hour, By: chat.ByAgent, ByID: benID,
		PromiseID: searchID, Promise: ended(searchID, "Search the depot", "The depot was closed all day.", chat.PromiseBroken), Names: chat.Names{By: ben}},
	{Seq: 23, PublicSeq: 15, Type: chat.PromiseWasDropped, At: agreed + 7*hour, By: chat.ByAgent, ByID: benID,
		PromiseID: refundID, Promise: ended(refundID, "Refund the postage", "You chose the courier instead.", chat.PromiseDropped), Names: chat.Names{By: ben}},
	{Seq: 24, PublicSeq: 16, Type: chat.FeedbackGiven, At: heard.At, By: chat.ByPerson, ByID: personID,
		FeedbackID: heardID, Feedback: &heard, Names: chat.Names{By: maria}},
}
