package chat

// ChannelAside is that of a matter that the team works on beside the chat it was split
// off from: PreviousID of its conversation. Nobody but the team reads there, and none of
// its events is public.
const ChannelAside = "aside"

// Bounds of an aside.
const (
	MaxAsides = 5  // that are not closed, of one customer
	MaxQuotes = 20 // messages of the chat that it shows
)

// Quote is a message of the chat as the aside shows it; it stays where it was said.
type Quote struct {
	ID   string
	By   Kind
	Name string // of who said it, or ""
	Text string
	At   Time
}

// NewQuote quotes m, which somebody of this name has said.
func NewQuote(m *Message, name string) Quote { return Quote{m.ID, m.By, name, m.Preview(), m.At} }

// AsideTx finds what was split off.
type AsideTx interface {
	// Asides returns what was split off this person's chats, or off those of who was
	// merged into them, oldest first: ID, SiteID, State and PreviousID of each.
	Asides(personID string) ([]Conversation, error)
}
