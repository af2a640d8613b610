package chat

import "strings"

// ConsultState is what became of a question to a colleague.
type ConsultState string

const (
	ConsultOpen     ConsultState = "open"
	ConsultAnswered ConsultState = "answered"
	ConsultDropped  ConsultState = "dropped" // who asked needs no answer any more
)

// Bounds of a question to a colleague and of its answer, in code points.
const (
	MaxQuestion      = 1_000
	MaxConsultAnswer = 4_000
	// MaxConsults is how many questions about one conversation are open at a time.
	MaxConsults = 10
)

// Consult is a question about a conversation to a colleague, or to whoever of a team
// answers first. Question and answer are notes of the conversation: its customer never
// sees either.
type Consult struct {
	ID             string
	SiteID         string
	ConversationID string
	ByID           string // who asks
	AgentID        string // who is asked, "" for a team
	TeamID         string // whose members are asked, "" for one agent
	QuestionID     string // the note that asks
	AnswerID       string // the note that answers, "" for none yet
	AnsweredBy     string // "" for nobody yet
	AskedAt        Time
	EndedAt        Time // zero while it is open
	State          ConsultState

	// What a reader needs to show it, joined by the store on reading.
	By             AgentCard
	To             AgentCard // zero for a team
	Team           string    // its name, "" for one agent
	Question       string
	Said           string // what the customer wrote last, "" for nothing
	PersonID       string // the customer
	PersonName     string
	PersonVerified bool
}

// ForWhom begins the note that asks somebody, with a line of its own: no name has two, so
// that Asked finds the question whatever they are called by then.
func ForWhom(name string) string { return "For " + name + ":\n" }

// Asked is what a note asks that begins with ForWhom. One of before that line was one of
// its own is shown as it stands.
func Asked(note string) string {
	first, question, _ := strings.Cut(note, "\n")
	if !strings.HasSuffix(first, ":") {
		return note
	}
	return question
}

// ConsultTx reads and writes questions to colleagues.
type ConsultTx interface {
	// Consult returns one. ErrNotFound if there is none.
	Consult(id string) (*Consult, error)
	// OpenConsults counts those of a conversation that wait for an answer.
	OpenConsults(conversationID string) (int64, error)
	// TeamMembers returns the name of a team and the ids of those in it. ErrNotFound if
	// there is no such team.
	TeamMembers(teamID string) (name string, ids []string, err error)
	InsertConsult(c *Consult) error
	// SaveConsult stores state and answer.
	SaveConsult(c *Consult) error
}
