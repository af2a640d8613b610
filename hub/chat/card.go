package chat

import (
	"strings"
	"time"
)

// CardKind tells what a card asks of the customer.
type CardKind string

const (
	SummaryCard  CardKind = "summary"  // is this what you mean?
	ProposalCard CardKind = "proposal" // is this what you want?
)

// CardState says where a card stands. Only a sent one can be answered.
type CardState string

const (
	CardSent      CardState = "sent"
	CardConfirmed CardState = "confirmed"
	CardCorrected CardState = "corrected"
	CardAccepted  CardState = "accepted"
	CardAsked     CardState = "asked"
	CardDeclined  CardState = "declined"
	CardReplaced  CardState = "replaced"  // a newer one of its kind took its place
	CardWithdrawn CardState = "withdrawn" // an agent took it back
)

// CardChoice is how the customer answers: the first two a summary, the others a
// proposal.
type CardChoice string

const (
	Confirm CardChoice = "confirm"
	Correct CardChoice = "correct" // not quite
	Accept  CardChoice = "accept"
	Ask     CardChoice = "ask"
	Decline CardChoice = "decline"
)

// Answers is the state that each choice leaves a card of this kind in.
var Answers = map[CardKind]map[CardChoice]CardState{
	SummaryCard:  {Confirm: CardConfirmed, Correct: CardCorrected},
	ProposalCard: {Accept: CardAccepted, Ask: CardAsked, Decline: CardDeclined},
}

// Yes is the choice that agrees to a card of this kind.
var Yes = map[CardKind]CardChoice{SummaryCard: Confirm, ProposalCard: Accept}

// Bounds of a card, in code points.
const (
	MaxCardText   = 2_000
	MaxCardAnswer = 2_000
	MaxPart       = 500 // what one side does; also a promise's text
	MinOptions    = 2
	MaxOptions    = 4
	MaxOptionName = 80
)

// Card is a structured message that the customer answers with one tap.
type Card struct {
	ID             string
	ConversationID string
	MatterID       string
	ClientID       string // made by the agent's client; unique per conversation and agent
	Kind           CardKind
	State          CardState
	By             AgentCard // who sent it; the store keeps the id and reads the rest
	SentAt         Time
	Text           string
	Options        []CardOption // of a proposal: none, or MinOptions to MaxOptions
	Limits         string       // what cannot be, said up front
	OurPart        string       // what we do, and by when; "" and zero for nothing
	OurDue         Time
	YourPart       string // what the customer does, and by when
	YourDue        Time
	Answer         CardAnswer // zero until there is one
}

// CardOption is one way of several.
type CardOption struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

// CardAnswer is what the customer said to a card.
type CardAnswer struct {
	Choice CardChoice
	Option string // key of the chosen one, or ""
	Text   string // what is missing, the question, the reason
	At     Time
	// Where they said yes in their own words: the message, and the id of the agent
	// who noted it; "" where they answered the card itself.
	MessageID string
	NotedBy   string
}

// Clean makes a card fit to send at now, and reports the first field that is
// out of its bounds.
func (c *Card) Clean(now Time) (err error) {
	if Answers[c.Kind] == nil {
		return FailField("kind", "A card is a summary or a proposal.")
	}
	if c.Text, err = CleanText("text", c.Text, MaxCardText); err != nil {
		return err
	}
	if c.Kind == SummaryCard {
		if len(c.Options) > 0 || c.Limits+c.OurPart+c.YourPart != "" || c.OurDue != 0 || c.YourDue != 0 {
			return FailField("kind", "A summary says what was understood and offers nothing. Send a proposal for that.")
		}
		return nil
	}
	if c.Limits, err = CleanMaybe("limits", c.Limits, MaxPart); err != nil {
		return err
	}
	if err := c.cleanOptions(); err != nil {
		return err
	}
	if c.OurPart, err = cleanPart("our_part", c.OurPart, "our_due", c.OurDue, now); err != nil {
		return err
	}
	c.YourPart, err = cleanPart("your_part", c.YourPart, "your_due", c.YourDue, now)
	return err
}

func (c *Card) cleanOptions() (err error) {
	if n := len(c.Options); n == 1 || n > MaxOptions {
		return FailField("options", "Offer %d to %d options side by side, or none.", MinOptions, MaxOptions)
	}
	seen := make(map[string]bool, len(c.Options))
	for i := range c.Options {
		o := &c.Options[i]
		if len(o.Key) > MaxKey || !ValidOptionKey(o.Key) || seen[o.Key] {
			return FailField("options", "Each option has a key of its own: 1 to %d letters, digits, - and _.", MaxKey)
		}
		seen[o.Key] = true
		if o.Title = CleanLine(o.Title, MaxOptionName); o.Title == "" {
			return FailField("options", "Each option needs a title.")
		}
		if o.Detail, err = CleanMaybe("options", o.Detail, MaxPart); err != nil {
			return err
		}
	}
	return nil
}

// ValidOptionKey reports whether s names an option: letters, digits, - and _.
func ValidOptionKey(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

// cleanPart cleans what one side does. With it goes by when: neither without
// the other.
func cleanPart(field, text, dueField string, due, now Time) (string, error) {
	text, err := CleanMaybe(field, text, MaxPart)
	if err != nil {
		return "", err
	}
	switch {
	case text == "" && due != 0:
		return "", FailField(field, "Say what is to be done by then.")
	case text == "":
		return "", nil
	}
	return text, checkDue(dueField, due, now)
}

// Take lays an answer over the card. The same choice again changes nothing and
// reports false. Failures: Invalid; Conflict when it was answered differently,
// replaced or taken back, and the message says which.
func (c *Card) Take(a CardAnswer) (fresh bool, err error) {
	state, ok := Answers[c.Kind][a.Choice]
	if !ok {
		return false, FailField("choice", "This card is not answered that way.")
	}
	if c.State != CardSent {
		if c.Answer.Choice == a.Choice && c.Answer.Option == a.Option {
			return false, nil
		}
		return false, Fail(Conflict, "%s", settled[c.State])
	}
	if a.Option != "" || a.Choice == Accept && len(c.Options) > 0 {
		if c.option(a.Option) == nil {
			return false, FailField("option", "Choose one of the options.")
		}
	}
	if a.Text, err = CleanMaybe("text", a.Text, MaxCardAnswer); err != nil {
		return false, err
	}
	if a.Text == "" && (a.Choice == Correct || a.Choice == Ask) {
		return false, FailField("text", "Write a few words, so that we know what you mean.")
	}
	c.State, c.Answer = state, a
	return true, nil
}

// settled says why a card can no longer be answered.
var settled = map[CardState]string{
	CardConfirmed: "You have confirmed this already.",
	CardCorrected: "You have said already that this is not quite it.",
	CardAccepted:  "You have accepted this already.",
	CardAsked:     "You have asked something about this already. Just write to us.",
	CardDeclined:  "You have said no to this already. Just write to us if you think otherwise now.",
	CardReplaced:  "There is a newer card in place of this one.",
	CardWithdrawn: "This card was taken back.",
}

// option finds an option by its key; nil if there is none.
func (c *Card) option(key string) *CardOption {
	for i := range c.Options {
		if c.Options[i].Key == key {
			return &c.Options[i]
		}
	}
	return nil
}

// Promises are the commitments of both sides that accepting this card makes.
// The caller fills in whom and what they belong to.
func (c *Card) Promises() (list []Promise) {
	if c.OurPart != "" {
		list = append(list, Promise{Whose: Ours, Text: c.OurPart, DueAt: c.OurDue, CardID: c.ID, ClientID: OwnID("ours", c.ID)})
	}
	if c.YourPart != "" {
		list = append(list, Promise{Whose: Theirs, Text: c.YourPart, DueAt: c.YourDue, CardID: c.ID, ClientID: OwnID("theirs", c.ID)})
	}
	return list
}

// Due is between a minute and about a year from now.
const (
	MinDue = time.Minute
	MaxDue = 400 * 24 * time.Hour
)

func checkDue(field string, due, now Time) error {
	if due < now.Add(MinDue) || due > now.Add(MaxDue) {
		return FailField(field, "Choose a time between a minute and 400 days from now.")
	}
	return nil
}
