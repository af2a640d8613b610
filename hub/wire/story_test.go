package wire_test

import (
	"slices"

	"rapport/hub/chat"
)

// One short conversation, told by every type of event: the fixed values behind
// the golden files. Whoever may not see something must find none of the words in
// secrets below.

const (
	siteID    = "01977a10-0000-7000-8000-000000000051"
	personID  = "01977a10-0000-7000-8000-0000000000d1"
	benID     = "01977a10-0000-7000-8000-0000000000a1"
	noorID    = "01977a10-0000-7000-8000-0000000000a2"
	talkID    = "01977a10-0000-7000-8000-0000000000c1"
	earlierID = "01977a10-0000-7000-8000-0000000000c0"
	matterID  = "01977a10-0000-7000-8000-000000000071"
	askedID   = "01977a10-0000-7000-8000-000000000031"
	noteID    = "01977a10-0000-7000-8000-000000000032"
	replyID   = "01977a10-0000-7000-8000-000000000033"
	movedID   = "01977a10-0000-7000-8000-0000000000b1"
	tickedID  = "01977a10-0000-7000-8000-0000000000b2"
	replyForm = "01977a10-0000-7000-8000-0000000000e1"

	began chat.Time = 1_795_600_000_000

	vanName  = "van by the road.jpg"
	noteText = "Carrier says the van broke down, refund the postage."
	email    = "maria@example.com"
)

// secrets are what a visitor's wire never carries.
var secrets = []string{noteText, email, matterID, movedID, tickedID, replyForm, "greeting", "understanding", "Ben answered", "existing", overLimit, lateWhy, vanName, readTitle}

var (
	ben   = chat.AgentCard{ID: benID, Name: "Ben Carter", Picture: "/assets/ben-1A2B3C4D.png"}
	noor  = chat.AgentCard{ID: noorID, Name: "Noor Haddad"}
	sue   = chat.AgentCard{ID: "01977a10-0000-7000-8000-0000000000a3", Name: "Sue Park"}
	maria = chat.AgentCard{ID: personID, Name: "Maria Lopez"}
)

var asked = chat.Message{
	ID: askedID, ConversationID: talkID, MatterID: matterID, ClientID: "c-7f3a9d21", Kind: chat.Reply,
	By: chat.ByPerson, ByID: personID, Text: "Hello, my order 4411 has not come yet. Where is it?",
	At: began + 900, Seq: 3, PublicSeq: 2,
}

var note = chat.Message{
	ID: noteID, ConversationID: talkID, MatterID: matterID, ClientID: "c-note-0001", Kind: chat.Note,
	By: chat.ByAgent, ByID: benID, Text: noteText, At: began + 41_000, Seq: 7,
	Files: []chat.File{{
		ID: "01977a10-0000-7000-8000-0000000000f2", Name: vanName, Type: "image/jpeg", Size: 204_800, Width: 1600, Height: 1200,
		Claimed: "image/jpeg", Blob: "0123456789abcdef0123456789abcdef", Note: true, State: chat.FileAttached,
	}},
}

var reply = chat.Message{
	ID: replyID, ConversationID: talkID, MatterID: matterID, ClientID: "c-reply-0001", Kind: chat.Reply,
	By: chat.ByAgent, ByID: benID, Text: "Hello Maria, thank you for writing. I am looking for it right now.",
	TemplateID: replyForm, At: began + 43_000, Seq: 8, PublicSeq: 4,
	Files: []chat.File{{ID: "01977a10-0000-7000-8000-0000000000f1", Name: "delivery slip.pdf", Type: "application/pdf", Size: 48_213, State: chat.FileAttached}},
}

var matter = chat.Matter{
	ID: matterID, ConversationID: talkID, Number: 1, Step: chat.Greeting,
	Why: "A conversation begins with a greeting.", OpenedAt: began,
}

// read is the matter once Maria's words were understood.
var read = func() chat.Matter {
	m := matter
	m.Type, m.Mood, m.Need = chat.Question, chat.Fine, "“Hello, my order 4411 has not come yet.”"
	m.Evidence = `{"question":"Where is it?","trend":0}`
	return m
}()

// besides is the matter once Maria had said that no offer suits her, and spoke of
// something else, and of her mother.
var besides = func() chat.Matter {
	m := read
	m.Evidence = `{"beside":true,"declined":1795600040000,"concern":{"text":"“By the way, I need an invoice for the last order.”","cause":"` + askedID + `"},` +
		`"detail":{"text":"“My mum turns eighty on Sunday.”","cause":"` + askedID + `"}}`
	return m
}()

var moved = chat.Progress{
	ID: movedID, MatterID: matterID, What: chat.StepAim, From: "greeting", State: "understanding",
	By: chat.BySystem, Cause: replyID, Why: "Ben answered for the first time.", At: began + 43_000,
}

var ticked = chat.Progress{
	ID: tickedID, MatterID: matterID, What: chat.PromptPrefix + "greeted", From: "open", State: "done",
	By: chat.ByAgent, ByID: benID, Why: "Ticked by Ben Carter.", At: began + 40_800,
}

var customer = chat.Person{
	ID: personID, SiteID: siteID, Name: "Maria Lopez", Email: email, Verified: true,
	Attributes: []chat.Attribute{{Key: "orders", Value: "2", Verified: true}, {Key: "plan", Value: "gift"}},
	Locale:     "en", Segment: "existing", CreatedAt: began - 86_400_000,
}

// story has each event type once, or twice where a reply belongs between.
var story = append([]chat.Event{
	{Seq: 1, PublicSeq: 1, Type: chat.ConversationStarted, At: began, By: chat.ByPerson, ByID: personID},
	{Seq: 2, Type: chat.MatterOpened, At: began, By: chat.BySystem, MatterID: matterID, Matter: &matter},
	{Seq: 3, PublicSeq: 2, Type: chat.MessagePosted, At: asked.At, By: chat.ByPerson, ByID: personID,
		MessageID: askedID, Message: &asked, Names: chat.Names{By: maria}},
	{Seq: 4, PublicSeq: 3, Type: chat.ConversationTaken, At: began + 40_000, By: chat.ByAgent, ByID: benID,
		AgentID: benID, FromAgentID: noorID, Names: chat.Names{By: ben, Agent: ben, From: noor}},
	{Seq: 5, Type: chat.PersonUpdated, At: began + 40_500, By: chat.BySystem, PersonID: personID, Person: &customer},
	{Seq: 6, Type: chat.PromptTicked, At: ticked.At, By: chat.ByAgent, ByID: benID,
		MatterID: matterID, ProgressID: tickedID, Progress: &ticked, Matter: &matter, Names: chat.Names{By: ben}},
	{Seq: 7, Type: chat.NotePosted, At: note.At, By: chat.ByAgent, ByID: benID,
		MessageID: noteID, Message: &note, Names: chat.Names{By: ben}},
	{Seq: 8, PublicSeq: 4, Type: chat.MessagePosted, At: reply.At, By: chat.ByAgent, ByID: benID,
		MessageID: replyID, Message: &reply, Names: chat.Names{By: ben}},
	{Seq: 9, Type: chat.StepMoved, At: moved.At, By: chat.BySystem,
		MatterID: matterID, ProgressID: movedID, Progress: &moved, Matter: &matter},
	{Seq: 10, Type: chat.ProgressUndone, At: began + 50_000, By: chat.ByAgent, ByID: benID,
		MatterID: matterID, ProgressID: movedID, Progress: &moved, Matter: &matter, Names: chat.Names{By: ben}},
	{Seq: 11, PublicSeq: 5, Type: chat.ConversationReleased, At: began + 60_000, By: chat.ByAgent, ByID: benID,
		AgentID: benID, Names: chat.Names{By: ben, Agent: ben}},
	{Seq: 12, PublicSeq: 6, Type: chat.ConversationClosed, At: began + 90_000, By: chat.ByAgent, ByID: benID, Names: chat.Names{By: ben}},
	{Seq: 13, PublicSeq: 7, Type: chat.ConversationReopened, At: began + 95_000, By: chat.ByPerson, ByID: personID, Names: chat.Names{By: maria}},
	{Seq: 14, Type: chat.MatterRead, At: began + 96_000, By: chat.BySystem, MatterID: matterID, Matter: &read},
}, slices.Concat(agreement, goodwills, complained, delays, readings, matters, orders, routed, joined, invitations, whispered, united, erased)...)

// told returns the last event of a type in the story.
func told(t chat.EventType) (chat.Event, bool) {
	for i := len(story) - 1; i >= 0; i-- {
		if story[i].Type == t {
			e := story[i]
			e.ConversationID = talkID
			return e, true
		}
	}
	return chat.Event{}, false
}

// row is the conversation as a list shows it while Ben has it.
var row = chat.Row{
	Conversation: chat.Conversation{
		ID: talkID, SiteID: siteID, PersonID: personID, State: chat.Open, AssigneeID: benID, MatterID: matterID,
		Seq: 8, PublicSeq: 4, StartedAt: began, LastAt: reply.At, LastBy: chat.ByAgent, LastKind: chat.Reply,
		LastText: chat.Preview(reply.Text), UnreadPublic: 1,
		Marks: chat.Marks{PersonDelivered: 8, PersonDeliveredPublic: 4, PersonRead: 3, PersonReadPublic: 2, AgentRead: 3, AgentReadPublic: 2},
	},
	PersonName: customer.Name, PersonVerified: true, Assignee: ben, Step: chat.Understanding,
	Tags: []chat.TagCard{{ID: tagID, Name: tagged.Name}},
}
