package wire

import "rapport/hub/chat"

// Protocol is the version of this package's shapes.
const Protocol = 1

// Limits that a hello states.
type Limits struct {
	Text  int `json:"text"`
	Frame int `json:"frame"`
}

// StatedLimits are those of every hello.
var StatedLimits = Limits{Text: chat.MaxText, Frame: 64 << 10}

// Features that this server speaks; clients send only what is listed.
var Features = []string{"post", "typing", "marks", "pages", "resume", "cards", "files"}

// VisitorFrame is any frame from a visitor; Type says which fields count.
type VisitorFrame struct {
	Type           string           `json:"type"`
	Protocol       int              `json:"protocol"`
	Token          string           `json:"token"`
	Epoch          string           `json:"epoch"`
	Resume         map[string]int64 `json:"resume"`
	Ref            string           `json:"ref"`
	ConversationID string           `json:"conversation_id"`
	ClientID       string           `json:"client_id"`
	Text           string           `json:"text"`
	On             bool             `json:"on"`
	Seq            int64            `json:"seq"`
	After          int64            `json:"after"`
	URL            string           `json:"url"`
	Title          string           `json:"title"`
	CardID         string           `json:"card_id"`
	Choice         chat.CardChoice  `json:"choice"`
	Option         string           `json:"option"`
	Files          []string         `json:"files"`
	Read           []string         `json:"read"`
	Form           *chat.FormAnswer `json:"form"`
}

// AgentFrame is any frame from an agent; Type says which fields count.
type AgentFrame struct {
	Type           string           `json:"type"`
	Protocol       int              `json:"protocol"`
	CSRF           string           `json:"csrf"`
	Epoch          string           `json:"epoch"`
	Sites          map[string]int64 `json:"sites"`
	Open           map[string]int64 `json:"open"`
	Status         string           `json:"status"`
	Ref            string           `json:"ref"`
	ConversationID string           `json:"conversation_id"`
	ClientID       string           `json:"client_id"`
	Kind           chat.MessageKind `json:"kind"`
	Text           string           `json:"text"`
	TemplateID     string           `json:"template_id"`
	OtherTemplates []string         `json:"other_templates"`
	On             bool             `json:"on"`
	Seq            int64            `json:"seq"`
	Seqs           map[string]int64 `json:"seqs"`
	After          int64            `json:"after"`
	Files          []string         `json:"files"`
	Watch          bool             `json:"watch"`
}

// VisitorHello answers a visitor's hello.
type VisitorHello struct {
	Type          string                `json:"type"`
	Protocol      int                   `json:"protocol"`
	Epoch         string                `json:"epoch"`
	ServerTime    chat.Time             `json:"server_time"`
	Features      []string              `json:"features"`
	Limits        Limits                `json:"limits"`
	BeatMS        int64                 `json:"beat_ms"`
	Person        PersonCard            `json:"person"`
	Conversations []VisitorConversation `json:"conversations"`
	Presence      Presence              `json:"presence"`
}

// PersonCard is what a visitor is told of themselves.
type PersonCard struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Email    string `json:"email,omitempty"`
	Verified bool   `json:"verified"`
	Asked    bool   `json:"asked,omitempty"` // they have answered the site's form as it is now
}

// Presence tells visitors whether somebody is there.
type Presence struct {
	Status string           `json:"status"` // online, away
	Agents []chat.AgentCard `json:"agents"`
}

// AgentHello answers an agent's hello.
type AgentHello struct {
	Type       string           `json:"type"`
	Protocol   int              `json:"protocol"`
	Epoch      string           `json:"epoch"`
	ServerTime chat.Time        `json:"server_time"`
	Features   []string         `json:"features"`
	Limits     Limits           `json:"limits"`
	BeatMS     int64            `json:"beat_ms"`
	Agent      AgentSelf        `json:"agent"`
	Sites      map[string]int64 `json:"sites"`
	Waits      map[string]Waits `json:"waits"`
	Team       []TeamMember     `json:"team"`
}

// Waits is who waits on a site, as an agent hears of it who looks at another.
type Waits struct {
	Queue int64    `json:"queue"`
	Mine  []string `json:"mine"` // conversations of theirs in which the customer spoke last
}

// AgentSelf is the agent a socket belongs to.
type AgentSelf struct {
	chat.AgentCard
	Role chat.Role `json:"role"`
}

// TeamMember is a connected agent.
type TeamMember struct {
	chat.AgentCard
	Standing
}

type ackFrame struct {
	Type           string   `json:"type"`
	Ref            string   `json:"ref"`
	ConversationID string   `json:"conversation_id"`
	Message        *Message `json:"message,omitempty"`
}

// Ack says that what ref named is stored.
func Ack(ref, conversationID string, m *Message) []byte {
	return Encode(ackFrame{"ack", ref, conversationID, m})
}

type errorFrame struct {
	Type string `json:"type"`
	Ref  string `json:"ref,omitempty"`
	*chat.Failure
}

// Error says that what ref named was refused, and why.
func Error(ref string, f *chat.Failure) []byte {
	return Encode(errorFrame{"error", ref, f})
}

type marksFrame struct {
	Type           string `json:"type"`
	ConversationID string `json:"conversation_id"`
	Marks          Marks  `json:"marks"`
}

// MarksFrame tells how far each side has read.
func MarksFrame(conversationID string, m Marks) []byte {
	return Encode(marksFrame{"marks", conversationID, m})
}

type reloadFrame struct {
	Type           string `json:"type"`
	SiteID         string `json:"site_id,omitempty"`
	ConversationID string `json:"conversation_id,omitempty"`
	Reason         string `json:"reason"`
}

// Why a client must fetch anew.
const (
	OtherEpoch = "epoch"
	TooFar     = "too_far"
	Ahead      = "ahead"
)

// Reload tells a client to fetch a conversation (or a site's lists) anew, and
// why.
func Reload(siteID, conversationID, reason string) []byte {
	return Encode(reloadFrame{"reload", siteID, conversationID, reason})
}

type changedFrame struct {
	Type   string `json:"type"`
	SiteID string `json:"site_id"`
	What   string `json:"what"`
}

// Changed tells consoles that site data is to be fetched again.
func Changed(siteID, what string) []byte { return Encode(changedFrame{"changed", siteID, what}) }

type siteFrame struct {
	Type string `json:"type"`
}

// SiteChanged tells visitors' browsers that the site's settings have changed: each
// asks for its configuration anew, a moment later.
func SiteChanged() []byte { return Encode(siteFrame{"site"}) }

type pageFrame struct {
	Type           string   `json:"type"`
	ConversationID string   `json:"conversation_id"`
	Page           PageView `json:"page"`
}

// Page tells agents where the customer is now.
func Page(conversationID string, p PageView) []byte {
	return Encode(pageFrame{"page", conversationID, p})
}
