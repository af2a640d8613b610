package chat

// EventType is the closed list of what can happen in a conversation, in the
// past tense.
type EventType string

const (
	ConversationStarted  EventType = "conversation.started"
	MessagePosted        EventType = "message.posted"
	NotePosted           EventType = "note.posted"
	ConversationTaken    EventType = "conversation.taken"
	ConversationReleased EventType = "conversation.released"
	ConversationClosed   EventType = "conversation.closed"
	ConversationReopened EventType = "conversation.reopened"
	ConversationMerged   EventType = "conversation.merged"   // it goes on in another of its customer's
	ConversationReceived EventType = "conversation.received" // another of its customer's goes on here
	AsideOpened          EventType = "aside.opened"          // a matter of this chat is worked on beside it
	AsideBegan           EventType = "aside.began"           // the same, told in the aside
	AsideClosed          EventType = "aside.closed"          // told in the chat, as is the next
	AsideReturned        EventType = "aside.returned"        // its matter goes on in the chat again
	ConversationErased   EventType = "conversation.erased"   // the last of its conversation, and the only one that stays
	ConversationOffered  EventType = "conversation.offered"  // to one agent, by routing
	ConversationPassed   EventType = "conversation.passed"   // that agent did not take it
	CardWasSent          EventType = "card.sent"
	CardWasAnswered      EventType = "card.answered"
	CardWasWithdrawn     EventType = "card.withdrawn" // taken back, or replaced by a newer one
	PromiseWasMade       EventType = "promise.made"
	PromiseWasMoved      EventType = "promise.moved"
	PromiseWasKept       EventType = "promise.kept"
	PromiseWasBroken     EventType = "promise.broken"
	PromiseWasDropped    EventType = "promise.dropped"
	PromiseWasHanded     EventType = "promise.handed"
	PromiseWasDelayed    EventType = "promise.delayed" // the site knows no new time
	DelayReported        EventType = "delay.reported"
	DelaySettled         EventType = "delay.settled" // an agent told it, or set it aside
	FeedbackGiven        EventType = "feedback.given"
	GrantWasGiven        EventType = "grant.given"
	GrantWasAsked        EventType = "grant.asked"
	GrantWasUnanswered   EventType = "grant.unanswered"
	GrantWasRefused      EventType = "grant.refused"
	GrantWasWithdrawn    EventType = "grant.withdrawn"
	MatterOpened         EventType = "matter.opened"
	MatterTurned         EventType = "matter.turned" // another matter is the current one
	MatterRead           EventType = "matter.read"
	StepMoved            EventType = "step.moved"
	PromptTicked         EventType = "prompt.ticked"
	ProgressUndone       EventType = "progress.undone"
	PersonUpdated        EventType = "person.updated"
	ComplaintOpened      EventType = "complaint.opened"
	ComplaintStaged      EventType = "complaint.staged"    // a stage was settled or opened, or something was recorded
	ComplaintEnds        EventType = "complaint.ended"     // followed up, or no complaint after all
	AnswersRead          EventType = "answers.read"        // by the customer, before they wrote
	InvitationAnswered   EventType = "invitation.answered" // a rule's, by the words that follow
	TagAdded             EventType = "tag.added"
	TagRemoved           EventType = "tag.removed"
	ConversationSnoozed  EventType = "conversation.snoozed"
	ConversationWoken    EventType = "conversation.woken" // by the clock, its customer, or an agent
	GuestAsked           EventType = "guest.asked"        // to answer beside who has it
	GuestPassed          EventType = "guest.passed"       // they do not come
	GuestJoined          EventType = "guest.joined"
	GuestLeft            EventType = "guest.left"
	WhisperSent          EventType = "whisper.sent"    // by a supervisor to who has it
	TranscriptSent       EventType = "transcript.sent" // a copy of the conversation is on its way by e-mail
)

// Event is what clients resume from. It holds ids; of texts it has only its
// message's, in whose row it is stored.
// Seq counts all events of the conversation from 1 without gaps; PublicSeq
// those for everyone, zero for the team's own; SiteSeq all of the site.
type Event struct {
	ConversationID string
	SiteID         string
	Seq            int64
	PublicSeq      int64
	SiteSeq        int64
	Type           EventType
	At             Time
	By             Kind
	ByID           string
	MessageID      string    // message.posted, note.posted; whisper.sent: the note that says it
	MatterID       string    // matter.opened, matter.turned, matter.read, step.moved, prompt.ticked, progress.undone; aside.…: the one that was split off
	ProgressID     string    // step.moved, prompt.ticked, progress.undone
	AgentID        string    // conversation.taken: who has it now; released: who had it; offered, passed, whisper.sent: to whom; guest.…: the guest
	FromAgentID    string    // conversation.taken: who had it before; offered, passed: who has it and is relieved, whoever asked; guest.…: who has it and was to be helped
	PersonID       string    // person.updated
	CardID         string    // card.…
	PromiseID      string    // promise.…
	FeedbackID     string    // feedback.given
	TrackID        string    // complaint.…
	GrantID        string    // grant.…
	DelayID        string    // delay.…
	ReadUpID       string    // answers.read
	ShowingID      string    // invitation.answered
	TagID          string    // tag.…
	Until          Time      // conversation.snoozed
	To             string    // transcript.sent: the address, all but its start masked
	Other          OtherTalk // conversation.merged: where it goes on; conversation.received: what goes on here; aside.…: the other side
	Quoted         []string  // aside.began: ids of messages of the chat
	Why            string    // conversation.…, guest.…: why this agent, or why no more; "" where a person did it

	// What a reader needs to show it, joined by the store on reading and filled
	// in by the desk on writing; not part of the stored event.
	Message  *Message
	Progress *Progress
	Matter   *Matter
	Person   *Person
	Card     *Card
	Promise  *Promise
	Feedback *Feedback
	Track    *Track
	Grant    *Grant
	Delay    *Delay
	ReadUp   *ReadUp
	Showing  *Showing
	Tag      *Tag
	Quotes   []Quote
	Names    Names
}

// Handed reports that somebody took what a colleague handed them: not a conversation
// that they took over on their own, of which nobody says why.
func (e *Event) Handed() bool {
	return e.Type == ConversationTaken && e.FromAgentID != "" && e.Why != ""
}

// Names of those an event mentions, by id.
type Names struct {
	By    AgentCard
	Agent AgentCard
	From  AgentCard
}
