package cycle

import "rapport/hub/chat"

// Event is something that happened to a matter. Make it with Posted, Closed,
// Reopened, CardSent, CardAnswered, PromiseMade, Moved, Ticked, Corrected, Opened, Turned, SplitOff or Undone.
type Event struct {
	Type     chat.EventType
	At       chat.Time
	By       chat.Kind
	ByID     string
	ByName   string           // the agent's name, "" for others
	Customer string           // the customer's name, "" while unknown
	Message  chat.Message     // message.posted
	Heard    *Heard           // message.posted: the message taken apart; made by Apply where it is nil
	Template chat.Template    // message.posted: the template it started from, zero for none
	Step     chat.Step        // step.moved
	Key      string           // prompt.ticked: the prompt's key
	State    chat.PromptState // prompt.ticked
	Progress chat.Progress    // progress.undone: the row that is taken back
	Reading  Correction       // matter.read
	Gone     bool             // matter.turned: it is none of its own
	SplitOff bool             // matter.turned: it goes on in another conversation
	Card     chat.Card        // card.sent, card.answered
	Promise  chat.Promise     // promise.made
}

// Hand is an agent who sets something by hand, and when.
type Hand struct {
	ID   string
	Name string
	At   chat.Time
}

// Posted is a message in the conversation. customer is the customer's name and
// agent the author's, where the author is an agent; either may be "". template
// is the one that the message started from, or nil.
func Posted(m chat.Message, customer, agent string, template *chat.Template) Event {
	e := Event{Type: chat.MessagePosted, At: m.At, By: m.By, ByID: m.ByID, ByName: agent, Customer: customer, Message: m}
	if m.Kind == chat.Note {
		e.Type = chat.NotePosted
	}
	if template != nil {
		e.Template = *template
	}
	return e
}

// Closed is the end of the conversation, by whomever.
func Closed(by chat.Actor, at chat.Time) Event {
	return Event{Type: chat.ConversationClosed, At: at, By: by.Kind, ByID: by.ID}
}

// Reopened is a closed conversation that goes on: the customer wrote again, or
// an agent opened it. cause is the customer's message, or "".
func Reopened(by chat.Actor, cause string, at chat.Time) Event {
	return Event{Type: chat.ConversationReopened, At: at, By: by.Kind, ByID: by.ID, Message: chat.Message{ID: cause}}
}

// Moved is an agent's own choice of the step.
func Moved(to chat.Step, by Hand) Event {
	return Event{Type: chat.StepMoved, At: by.At, By: chat.ByAgent, ByID: by.ID, ByName: by.Name, Step: to}
}

// Ticked is an agent's own word on a prompt.
func Ticked(key string, state chat.PromptState, by Hand) Event {
	return Event{Type: chat.PromptTicked, At: by.At, By: chat.ByAgent, ByID: by.ID, ByName: by.Name, Key: key, State: state}
}

// Corrected is an agent's own word on what was read.
func Corrected(c Correction, by Hand) Event {
	return Event{Type: chat.MatterRead, At: by.At, By: chat.ByAgent, ByID: by.ID, ByName: by.Name, Reading: c}
}

// Opened is a further matter of the conversation that began after this one.
func Opened(by Hand) Event {
	return Event{Type: chat.MatterOpened, At: by.At, By: chat.ByAgent, ByID: by.ID, ByName: by.Name}
}

// Turned is this matter becoming the conversation's current one by an agent's
// hand, or, where gone, being none of its own after all.
func Turned(gone bool, by Hand) Event {
	return Event{Type: chat.MatterTurned, At: by.At, By: chat.ByAgent, ByID: by.ID, ByName: by.Name, Gone: gone}
}

// SplitOff is this matter being none of its conversation's any more: it goes on in another.
func SplitOff(by Hand) Event {
	e := Turned(true, by)
	e.SplitOff = true
	return e
}

// Undone takes a move or tick back.
func Undone(p chat.Progress, by Hand) Event {
	return Event{Type: chat.ProgressUndone, At: by.At, By: chat.ByAgent, ByID: by.ID, ByName: by.Name, Progress: p}
}

// Change is a move of the step or a tick of a prompt, as Apply found it.
type Change struct {
	What  string    // chat.StepAim, or chat.PromptPrefix and the prompt's key
	From  string    // the step or prompt state before
	To    string    // the step or prompt state now
	By    chat.Kind // BySystem when found by evidence, ByAgent when set by hand
	ByID  string
	Cause string // id of the message that caused it, or ""
	Why   string // one line for people
	At    chat.Time
}

// Progress is the row that the desk stores for this change.
func (c Change) Progress(id, matterID string) chat.Progress {
	return chat.Progress{
		ID: id, MatterID: matterID, What: c.What, From: c.From, State: c.To,
		By: c.By, ByID: c.ByID, Cause: c.Cause, Why: c.Why, At: c.At,
	}
}
