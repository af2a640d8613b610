package drive

import "encoding/json"

// Post is a message on its way, as both sockets take it.
type Post struct {
	Type           string `json:"type"` // "post"
	Ref            string `json:"ref"`
	ConversationID string `json:"conversation_id"`
	ClientID       string `json:"client_id"`
	Kind           string `json:"kind,omitempty"` // agents only: "reply" or "note"
	Text           string `json:"text"`
}

// Author of a message.
type Author struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Message as it comes back.
type Message struct {
	ID             string `json:"id"`
	ConversationID string `json:"conversation_id"`
	ClientID       string `json:"client_id"`
	Kind           string `json:"kind"`
	Author         Author `json:"author"`
	Text           string `json:"text"`
	Seq            int64  `json:"seq"`
}

// Event of a conversation, as far as a load or proof client looks at it.
type Event struct {
	Seq     int64    `json:"seq"`
	Prev    int64    `json:"prev"`
	Type    string   `json:"type"`
	Message *Message `json:"message"`
}

// Frame is anything that the server says on a socket: the union of the
// protocol's frames. Fields that a frame does not have stay zero.
type Frame struct {
	Type           string           `json:"type"`
	Ref            string           `json:"ref"`
	ConversationID string           `json:"conversation_id"`
	Code           string           `json:"code"`
	Reason         string           `json:"reason"`
	Epoch          string           `json:"epoch"`
	BeatMS         int64            `json:"beat_ms"`
	Answer         bool             `json:"answer"`
	Message        json.RawMessage  `json:"message"` // a Message in an ack, a sentence in an error
	Events         []Event          `json:"events"`
	Heads          map[string]int64 `json:"heads"`
	Sites          map[string]int64 `json:"sites"`
}

// Posted returns the stored message of an ack.
func (f Frame) Posted() (Message, error) {
	var m Message
	err := json.Unmarshal(f.Message, &m)
	return m, err
}
