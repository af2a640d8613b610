package cycle

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"rapport/hub/chat"
)

// State is what the cycle knows of one matter. Step and Why stand in columns of
// the matter; the rest is its Evidence. A State is a value: no function of this
// package changes one that it was given.
type State struct {
	Step chat.Step `json:"-"`
	Why  string    `json:"-"`

	// Since is the time of the move that led to Step; zero at the start and
	// after an undo.
	Since chat.Time `json:"since,omitempty"`
	// Floor is the step that an agent set by hand: no automatic move goes back
	// before it. "" while nobody has.
	Floor chat.Step `json:"floor,omitempty"`
	// Replied: a human reply is out.
	Replied bool `json:"replied,omitempty"`
	// Closed: the conversation is closed, so that open prompts count as not needed.
	Closed bool `json:"closed,omitempty"`
	// Beside: the conversation holds other matters too.
	Beside bool `json:"beside,omitempty"`
	// Gone: an agent says that this was no matter of its own.
	Gone bool `json:"gone,omitempty"`
	// SplitOff: it is gone because it goes on in another conversation, and is not to be
	// had here again under this id.
	SplitOff bool `json:"split_off,omitempty"`
	// Asked is the rule that a plain "yes" of the customer would satisfy next.
	Asked Rule `json:"asked,omitempty"`
	Reading
	// Marks are the prompts that somebody or something has touched, by key.
	Marks map[string]Mark `json:"marks,omitempty"`
	// Causes is why the step was last moved automatically, by step moved to.
	Causes map[chat.Step]Cause `json:"causes,omitempty"`
	// Refused are the automatic moves that an agent has undone.
	Refused []Refusal `json:"refused,omitempty"`
}

// Mark is where a prompt stands.
type Mark struct {
	State chat.PromptState `json:"s"`
	// Hand: an agent has set, cleared or undone it. Evidence leaves it alone.
	Hand bool `json:"h,omitempty"`
	// At is the time of the tick that set it; zero after an undo.
	At chat.Time `json:"t,omitempty"`
}

// Cause is the kind of thing that makes an automatic move.
type Cause string

const (
	FirstReply   Cause = "first_reply"
	FromTemplate Cause = "template"
	OnClosing    Cause = "closed"
	OnReopening  Cause = "reopened"
)

// Refusal is an automatic move that an agent has undone: it is not made again
// for the same kind of cause.
type Refusal struct {
	Step  chat.Step `json:"step"`
	Cause Cause     `json:"cause"`
}

// Start is the state of a matter that has just been opened.
func Start() State { return State{Step: chat.Greeting} }

// Load reads the state of a matter. An empty Evidence is a matter that nothing
// has happened to. One that cannot be read is an error, for the log: the state
// beside it begins anew in the matter's step, and is good to go on with.
func Load(m chat.Matter) (s State, err error) {
	s = Start()
	if m.Evidence != "" {
		if err = json.Unmarshal([]byte(m.Evidence), &s); err != nil {
			s, err = Start(), fmt.Errorf("read evidence of matter %s: %w", m.ID, err)
		}
	}
	if m.Step.Valid() {
		s.Step = m.Step
	}
	s.Why, s.Type, s.Mood, s.Need = m.Why, m.Type, m.Mood, m.Need
	return s, err
}

// Save writes the state into the matter's Step, Why and Evidence.
func (s State) Save(m *chat.Matter) {
	text, err := json.Marshal(s)
	if err != nil {
		panic("cycle: a state is plain data: " + err.Error())
	}
	m.Step, m.Why, m.Evidence = s.Step, s.Why, string(text)
	m.Type, m.Mood, m.Need = s.Type, s.Mood, s.Need
}

// Prompt says where a prompt stands. One that is still open when the matter is
// closed was not needed.
func (s State) Prompt(key string) chat.PromptState {
	if m, ok := s.Marks[key]; ok && m.State != chat.PromptOpen {
		return m.State
	}
	if s.Closed {
		return chat.PromptNotNeeded
	}
	return chat.PromptOpen
}

// marked is the prompt's own state, whether or not the matter is closed.
func (s State) marked(key string) chat.PromptState {
	if m, ok := s.Marks[key]; ok {
		return m.State
	}
	return chat.PromptOpen
}

// differs reports whether messages and closing have left another state than
// before, apart from moves and ticks, which are changes of their own.
func (s State) differs(before State) bool {
	return s.Replied != before.Replied || s.Closed != before.Closed || s.Beside != before.Beside || s.Gone != before.Gone || s.SplitOff != before.SplitOff || s.Asked != before.Asked || s.Reading != before.Reading
}

// mark lays one mark over a copy of the marks.
func (s *State) mark(key string, m Mark) {
	s.Marks = maps.Clone(s.Marks)
	if s.Marks == nil {
		s.Marks = make(map[string]Mark, 4)
	}
	s.Marks[key] = m
}

// moved puts the matter into another step.
func (s *State) moved(to chat.Step, why string, at chat.Time) {
	s.Step, s.Why, s.Since = to, why, at
}

// refused reports whether an agent has undone this very move before.
func (s State) refused(to chat.Step, cause Cause) bool {
	return slices.Contains(s.Refused, Refusal{to, cause})
}
