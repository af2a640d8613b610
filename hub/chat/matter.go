package chat

import "encoding/json"

// Step of the interaction cycle.
type Step string

const (
	Greeting      Step = "greeting"
	Understanding Step = "understanding"
	Agreeing      Step = "agreeing"
	Delivering    Step = "delivering"
	Closing       Step = "closing"
)

// Steps in their order.
var Steps = []Step{Greeting, Understanding, Agreeing, Delivering, Closing}

// Valid reports whether s is one of the five.
func (s Step) Valid() bool { return s.Index() >= 0 }

// Index is the step's place, 0 to 4, or -1.
func (s Step) Index() int {
	for i, t := range Steps {
		if s == t {
			return i
		}
	}
	return -1
}

// InteractionType is what kind of thing the customer came about; "" until known.
type InteractionType string

const (
	Request    InteractionType = "request"
	Question   InteractionType = "question"
	Complaint  InteractionType = "complaint"
	Compliment InteractionType = "compliment"
)

// Valid reports whether t is one of the four.
func (t InteractionType) Valid() bool {
	return t == Request || t == Question || t == Complaint || t == Compliment
}

// Mood is how the customer is; "" until known.
type Mood string

const (
	Fine   Mood = "fine"
	Unsure Mood = "unsure"
	Upset  Mood = "upset"
)

// Valid reports whether m is one of the three.
func (m Mood) Valid() bool { return m == Fine || m == Unsure || m == Upset }

// Matter is one thing the customer came about. Step, prompts, type, mood,
// summary, proposals, promises and the complaint track belong to it; the
// conversation shows those of its current matter.
type Matter struct {
	ID             string
	ConversationID string
	Number         int64 // 1, 2 … within the conversation
	Step           Step
	Why            string // why it is in this step, one line
	Type           InteractionType
	Mood           Mood
	Need           string // what they came for, in one line; "" until known
	Evidence       string // what the cycle remembers between events, JSON of package cycle
	OpenedAt       Time
}

// Found is something that the customer's words hold and that is offered to
// whoever answers: what they said, in one line, and in which message. Zero for
// nothing.
type Found struct {
	Text  string `json:"text"`
	Cause string `json:"cause"`
	// Waved: an agent wants none of it, or has taken it up. It stays here so that
	// this can be undone.
	Waved bool `json:"waved,omitempty"`
}

// offered is what is found, unless it was waved away.
func (f Found) offered() Found {
	if f.Waved {
		return Found{}
	}
	return f
}

// Reading is what agents are shown of how a matter was read.
type Reading struct {
	Type     InteractionType
	Mood     Mood
	Need     string
	Question string // the customer's last one that is open, one line; "" for none
	Trend    int    // the mood against the message before: 1 rises, -1 falls
	Concern  Found  // another subject that they have brought up
	Detail   Found  // something personal, worth a note
	Declined Time   // when they declined, in words, what was offered last; 0 for never
	Beside   bool   // the conversation holds other matters too
}

// Reading returns what was read, of which a part lies in the evidence. An
// evidence that cannot be read holds no question.
func (m *Matter) Reading() Reading {
	var held struct {
		Question string `json:"question"`
		Trend    int    `json:"trend"`
		Concern  Found  `json:"concern"`
		Detail   Found  `json:"detail"`
		Declined Time   `json:"declined"`
		Beside   bool   `json:"beside"`
	}
	_ = json.Unmarshal([]byte(m.Evidence), &held)
	return Reading{m.Type, m.Mood, m.Need, held.Question, held.Trend, held.Concern.offered(), held.Detail.offered(), held.Declined, held.Beside}
}

// StepAim is what a Progress is about when it is a move of the step; ticks are
// about "prompt:" and the prompt's key.
const (
	StepAim      = "step"
	PromptPrefix = "prompt:"
)

// PromptState says where a prompt stands.
type PromptState string

const (
	PromptOpen      PromptState = "open"
	PromptDone      PromptState = "done"
	PromptNotNeeded PromptState = "not_needed"
)

// Valid reports whether s is one of the three.
func (s PromptState) Valid() bool {
	return s == PromptOpen || s == PromptDone || s == PromptNotNeeded
}

// Progress is a tick of a prompt or a move of the step: what, to which state,
// by whom, because of what, and why in one line. It can be undone.
type Progress struct {
	ID       string
	MatterID string
	What     string // StepAim or PromptPrefix + key
	From     string // the state before, so that undoing knows the way back
	State    string
	By       Kind
	ByID     string
	Cause    string // the message that caused it, or ""
	Why      string
	At       Time
	UndoneBy string // agent id
	UndoneAt Time
}
