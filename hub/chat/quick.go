package chat

import "slices"

// Bounds of quick answers.
const (
	MaxQuick  = 30 // of a site's quick answers, the first in its order, reach a visitor's browser
	MaxReadUp = 12 // answers named with one message
)

// ReadUp is what a customer had opened of the site's quick answers before they
// wrote. It tells the team what they know already; it is no message, no response
// and no matter.
type ReadUp struct {
	ID             string
	ConversationID string
	Answers        []ReadAnswer // in the order of opening
}

// ReadAnswer is an answer under the title that it had when it was read.
type ReadAnswer struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (r *ReadUp) weight() (n int) {
	for _, a := range r.Answers {
		n += len(a.ID) + len(a.Title)
	}
	return n
}

// CheckReadUp refuses what no list of opened answers can be. Whether they are
// the site's is for the writer to see.
func CheckReadUp(ids []string) error {
	if len(ids) > MaxReadUp {
		return FailField("read", "At most %d of these.", MaxReadUp)
	}
	if slices.ContainsFunc(ids, func(id string) bool { return !ValidID(id) }) {
		return FailField("read", "This is not an id.")
	}
	return nil
}

// AnswerUse is what became of a quick answer, as counts.
type AnswerUse struct {
	AnswerID string
	Opened   int64 // times that a visitor opened it
	Helped   int64 // times that they said it helped
	Followed int64 // times that whoever had opened it wrote afterwards
}

// AnswerTx reads answers and keeps what became of them.
type AnswerTx interface {
	// Answer returns an answer of any site. ErrNotFound if there is none.
	Answer(id string) (*Answer, error)
	// CountAnswer adds to an answer's counts of a local day.
	CountAnswer(day string, more AnswerUse) error
	InsertReadUp(r *ReadUp) error
}
