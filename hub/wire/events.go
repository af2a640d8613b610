package wire

import (
	"bytes"
	"encoding/json"

	"rapport/hub/chat"
)

// Author is who wrote or did something, as far as the reader may know.
type Author struct {
	Kind chat.Kind `json:"kind"`
	ID   string    `json:"id"`
	Name string    `json:"name"`
}

// Message is a message on the wire; Seq counts as its audience counts.
type Message struct {
	ID             string           `json:"id"`
	ConversationID string           `json:"conversation_id"`
	ClientID       string           `json:"client_id"`
	Kind           chat.MessageKind `json:"kind"`
	Author         Author           `json:"author"`
	Text           string           `json:"text"`
	At             chat.Time        `json:"at"`
	Seq            int64            `json:"seq"`
	Files          []File           `json:"files,omitempty"`
	Link           *Link            `json:"link,omitempty"`
}

// Event is an event on the wire.
type Event struct {
	Seq        int64             `json:"seq"`
	Prev       int64             `json:"prev"`
	At         chat.Time         `json:"at"`
	Type       chat.EventType    `json:"type"`
	Message    *Message          `json:"message,omitempty"`
	Agent      *chat.AgentCard   `json:"agent,omitempty"`
	From       *chat.AgentCard   `json:"from,omitempty"`
	By         *Author           `json:"by,omitempty"`
	MatterID   string            `json:"matter_id,omitempty"`
	Matter     *Matter           `json:"matter,omitempty"`
	Progress   *Progress         `json:"progress,omitempty"`
	ProgressID string            `json:"progress_id,omitempty"`
	MessageID  string            `json:"message_id,omitempty"` // of another event, which says what this one is about
	Step       chat.Step         `json:"step,omitempty"`
	Why        *string           `json:"why,omitempty"` // present, even if empty, where the type has it
	Person     *Person           `json:"person,omitempty"`
	Card       *Card             `json:"card,omitempty"`
	Promise    *Promise          `json:"promise,omitempty"`
	Feedback   *Feedback         `json:"feedback,omitempty"`
	Complaint  *Complaint        `json:"complaint,omitempty"`
	Grant      *Grant            `json:"grant,omitempty"`
	Delay      *Delay            `json:"delay,omitempty"`
	Read       []chat.ReadAnswer `json:"read,omitempty"`
	Invited    *Invited          `json:"invited,omitempty"`
	Tag        *chat.TagCard     `json:"tag,omitempty"`
	Until      chat.Time         `json:"until,omitempty"`
	Other      *OtherTalk        `json:"other,omitempty"`  // another conversation of the same customer
	Quotes     []Quote           `json:"quotes,omitempty"` // what was said there about what was split off
	To         string            `json:"to,omitempty"`     // where a copy went, masked
	Handed     bool              `json:"handed,omitempty"` // who had it handed it to them
}

type eventsFrame struct {
	Type           string  `json:"type"`
	ConversationID string  `json:"conversation_id"`
	Events         []Event `json:"events"`
}

// EventsForVisitor encodes the events that the conversation's customer may see,
// in order, as one frame; nil when there is none.
func EventsForVisitor(conversationID string, events []chat.Event) []byte {
	out := PublicEvents(events)
	if len(out) == 0 {
		return nil
	}
	return Encode(eventsFrame{"events", conversationID, out})
}

// EventsForTeam encodes the events for agents as one frame; nil for none.
func EventsForTeam(conversationID string, events []chat.Event) []byte {
	if len(events) == 0 {
		return nil
	}
	return Encode(eventsFrame{"events", conversationID, TeamEvents(events)})
}

// PublicEvents turns events into a visitor's view of them, leaving out the
// team's own: the audience is decided by chat.Audiences alone.
func PublicEvents(events []chat.Event) []Event {
	var out []Event
	for i := range events {
		e := &events[i]
		if chat.Audiences[e.Type] != chat.Everyone || e.PublicSeq == 0 {
			continue
		}
		w := shared(e)
		w.Seq, w.Prev = e.PublicSeq, e.PublicSeq-1
		if e.Message != nil {
			w.Message = PublicMessage(e.Message, e.Names.By)
		}
		if e.Card != nil {
			w.Card = PublicCard(e.Card)
		}
		if e.Promise != nil {
			w.Promise = PublicPromise(e.Promise)
			w.Promise.ConversationID = e.ConversationID // the customer reads of it here, wherever the team works on it
		}
		out = append(out, w)
	}
	return out
}

// TeamEvents turns events into an agent's view of them.
func TeamEvents(events []chat.Event) []Event {
	out := make([]Event, 0, len(events))
	for i := range events {
		e := &events[i]
		w := shared(e)
		w.Seq, w.Prev = e.Seq, e.Seq-1
		if e.Message != nil {
			w.Message = TeamMessage(e.Message, e.Names.By)
		}
		if e.Card != nil {
			w.Card = TeamCard(e.Card)
		}
		if e.Promise != nil {
			w.Promise = TeamPromise(e.Promise)
		}
		if e.Grant != nil {
			w.Grant = NewGrant(e.Grant)
		}
		if e.ReadUp != nil {
			w.Read = e.ReadUp.Answers
		}
		if e.Showing != nil {
			w.Invited = &Invited{e.Showing.Rule, e.Showing.Text, e.Showing.At}
		}
		w.MatterID, w.ProgressID = e.MatterID, ""
		switch e.Type {
		case chat.ConversationTaken, chat.ConversationReleased, chat.ConversationOffered, chat.ConversationPassed,
			chat.GuestAsked, chat.GuestPassed, chat.GuestJoined, chat.GuestLeft:
			if e.Why != "" {
				w.Why = &e.Why
			}
			if asks := e.Type == chat.ConversationOffered || e.Type == chat.GuestAsked; asks && e.By == chat.ByAgent && e.ByID != e.FromAgentID {
				w.By = author(e)
			}
		case chat.StepMoved, chat.PromptTicked:
			if e.Progress != nil {
				p := NewProgress(e.Progress, e.Names.By.Name)
				w.Progress = &p
			}
		case chat.ProgressUndone:
			w.ProgressID = e.ProgressID
			if e.Matter != nil {
				w.Step, w.Why = e.Matter.Step, &e.Matter.Why
			}
			w.By = author(e)
		case chat.MatterOpened, chat.MatterTurned, chat.MatterRead:
			if e.Matter != nil {
				m := NewMatter(e.Matter, nil)
				w.Matter = &m
			}
		case chat.ComplaintOpened, chat.ComplaintStaged, chat.ComplaintEnds:
			if e.Track != nil {
				w.Complaint = NewComplaint(e.Track)
			}
			w.By = author(e)
		case chat.TagAdded, chat.TagRemoved:
			if e.Tag != nil {
				w.Tag = &chat.TagCard{ID: e.Tag.ID, Name: e.Tag.Name}
			}
			w.By = author(e)
		case chat.ConversationSnoozed, chat.ConversationWoken:
			w.By, w.Until = author(e), e.Until
		case chat.ConversationMerged, chat.ConversationReceived:
			w.Other.Messages = e.Other.Messages
		case chat.AsideOpened, chat.AsideBegan, chat.AsideClosed, chat.AsideReturned:
			w.By, w.Other, w.Quotes = author(e), otherSide(e), NewQuotes(e.Quotes)
		case chat.WhisperSent:
			w.By, w.Agent, w.MessageID = author(e), &e.Names.Agent, e.MessageID
		case chat.DelayReported, chat.DelaySettled:
			if e.Delay != nil {
				w.Delay = NewDelay(e.Delay)
			}
			w.By = author(e)
		case chat.PersonUpdated:
			if e.Person != nil {
				p := NewPerson(e.Person)
				w.Person = &p
			}
		}
		out = append(out, w)
	}
	return out
}

// shared fills in what both audiences may know.
func shared(e *chat.Event) Event {
	w := Event{At: e.At, Type: e.Type}
	switch e.Type {
	case chat.ConversationTaken, chat.ConversationReleased, chat.ConversationOffered, chat.ConversationPassed,
		chat.GuestAsked, chat.GuestPassed, chat.GuestJoined, chat.GuestLeft:
		agent := e.Names.Agent
		w.Agent, w.Handed = &agent, e.Handed()
		if e.FromAgentID != "" {
			from := e.Names.From
			w.From = &from
		}
	case chat.ConversationClosed, chat.ConversationReopened:
		w.By = author(e)
	case chat.ConversationMerged, chat.ConversationReceived:
		w.By, w.Other = author(e), &OtherTalk{ID: e.Other.ID, StartedAt: e.Other.StartedAt}
	case chat.TranscriptSent:
		w.By, w.To = author(e), e.To
	case chat.FeedbackGiven:
		if e.Feedback != nil {
			w.Feedback = NewFeedback(e.Feedback)
		}
	}
	return w
}

func author(e *chat.Event) *Author {
	return &Author{Kind: e.By, ID: e.ByID, Name: e.Names.By.Name}
}

// PublicMessage is a message as its customer sees it.
func PublicMessage(m *chat.Message, by chat.AgentCard) *Message {
	w := TeamMessage(m, by)
	w.Seq = m.PublicSeq
	return w
}

// TeamMessage is a message as agents see it.
func TeamMessage(m *chat.Message, by chat.AgentCard) *Message {
	return &Message{
		ID: m.ID, ConversationID: m.ConversationID, ClientID: m.ClientID, Kind: m.Kind,
		Author: Author{Kind: m.By, ID: m.ByID, Name: by.Name},
		Text:   m.Text, At: m.At, Seq: m.Seq, Files: NewFiles(m.Files), Link: NewLink(m.Link),
	}
}

// Encode turns a frame into bytes. Our own shapes always encode, so a failure
// is a programming error.
func Encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // no frame is ever part of a page; six bytes for a < are for nothing
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
