package chat

// Audience says who may learn of an event.
type Audience int

const (
	Agents   Audience = iota // agents only
	Everyone                 // agents and the conversation's customer
)

// Audiences lists every event with its audience: the one place that decides
// what a visitor can see. A type that is missing here cannot be appended.
var Audiences = map[EventType]Audience{
	ConversationStarted:  Everyone,
	MessagePosted:        Everyone,
	NotePosted:           Agents,
	ConversationTaken:    Everyone,
	ConversationReleased: Everyone,
	ConversationClosed:   Everyone,
	ConversationReopened: Everyone,
	ConversationMerged:   Everyone,
	ConversationReceived: Everyone,
	AsideOpened:          Agents,
	AsideBegan:           Agents,
	AsideClosed:          Agents,
	AsideReturned:        Agents,
	ConversationErased:   Everyone,
	ConversationOffered:  Agents,
	ConversationPassed:   Agents,
	CardWasSent:          Everyone,
	CardWasAnswered:      Everyone,
	CardWasWithdrawn:     Everyone,
	PromiseWasMade:       Everyone,
	PromiseWasMoved:      Everyone,
	PromiseWasKept:       Everyone,
	PromiseWasBroken:     Everyone,
	PromiseWasDropped:    Everyone,
	PromiseWasHanded:     Agents,
	PromiseWasDelayed:    Agents,
	DelayReported:        Agents,
	DelaySettled:         Agents,
	FeedbackGiven:        Everyone,
	GrantWasGiven:        Agents,
	GrantWasAsked:        Agents,
	GrantWasUnanswered:   Agents,
	GrantWasRefused:      Agents,
	GrantWasWithdrawn:    Agents,
	MatterOpened:         Agents,
	MatterTurned:         Agents,
	MatterRead:           Agents,
	StepMoved:            Agents,
	PromptTicked:         Agents,
	ProgressUndone:       Agents,
	PersonUpdated:        Agents,
	ComplaintOpened:      Agents,
	ComplaintStaged:      Agents,
	ComplaintEnds:        Agents,
	AnswersRead:          Agents,
	InvitationAnswered:   Agents,
	TagAdded:             Agents,
	TagRemoved:           Agents,
	ConversationSnoozed:  Agents,
	ConversationWoken:    Agents,
	GuestAsked:           Agents,
	GuestPassed:          Agents,
	GuestJoined:          Everyone,
	GuestLeft:            Everyone,
	WhisperSent:          Agents,
	TranscriptSent:       Everyone,
}
