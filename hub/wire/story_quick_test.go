package wire_test

import "rapport/hub/chat"

const (
	answerID = "01977a10-0000-7000-8000-0000000000f1"
	readUpID = "01977a10-0000-7000-8000-0000000000f2"

	readTitle = "How do I send something back?"
)

// readUp is what Maria had opened before she wrote again.
var readUp = chat.ReadUp{ID: readUpID, ConversationID: talkID, Answers: []chat.ReadAnswer{{ID: answerID, Title: readTitle}}}

var readings = []chat.Event{{
	Seq: 36, Type: chat.AnswersRead, At: agreed + 600_000, By: chat.ByPerson, ByID: personID,
	ReadUpID: readUpID, ReadUp: &readUp, Names: chat.Names{By: maria},
}}

// invited is the invitation of a rule that her words might have answered.
var invited = chat.Showing{ID: answerID, SiteID: siteID, RuleID: readUpID, Rule: "Hesitates over the prices", Text: "Can we help?", Day: "2026-11-22", At: agreed + 590_000, PersonID: personID, ConversationID: talkID}

var invitations = []chat.Event{{
	Seq: 48, Type: chat.InvitationAnswered, At: agreed + 810_000, By: chat.ByPerson, ByID: personID,
	ShowingID: invited.ID, Showing: &invited, Names: chat.Names{By: maria},
}}
