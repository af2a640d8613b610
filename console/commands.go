package console

import "rapport/hub/chat"

// commands are the frames that an agent's socket takes after its hello, and who
// may send them. Marks and typing reach the customer, so that they take more than
// reading does.
var commands = map[string]who{
	"beat":      member,
	"open":      chat.ReadConversations,
	"shut":      member,
	"post":      chat.AnswerCustomers,
	"typing":    chat.AnswerCustomers,
	"delivered": chat.AnswerCustomers,
	"read":      chat.AnswerCustomers,
	"status":    chat.AnswerCustomers,
}
