package wire

import "rapport/hub/chat"

// QuickAnswer is an answer as a visitor's browser has it, which decides by
// itself what fits the page: where somebody is stays with them.
type QuickAnswer struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Text  string   `json:"text"`
	Link  string   `json:"link"`
	Words []string `json:"words"`
	Pages []string `json:"pages"`
}

// NewQuickAnswer shows a to a visitor.
func NewQuickAnswer(a *chat.Answer) QuickAnswer {
	return QuickAnswer{a.ID, a.Title, a.Text, a.Link, listed(a.Words), listed(a.Pages)}
}

// AnswerUse is what became of a quick answer.
type AnswerUse struct {
	ID       string `json:"id"`
	Opened   int64  `json:"opened"`
	Helped   int64  `json:"helped"`
	Followed int64  `json:"followed"`
}

// NewAnswerUse shows u.
func NewAnswerUse(u *chat.AnswerUse) AnswerUse {
	return AnswerUse{u.AnswerID, u.Opened, u.Helped, u.Followed}
}
