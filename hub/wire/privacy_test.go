package wire

import (
	"testing"

	"rapport/hub/chat"
)

// What an agent wrote of a call is the team's; words of a chat are its customer's too.
func TestCustomersDoNotReadWhatWasEnteredByHand(t *testing.T) {
	for channel, want := range map[string]string{chat.ChannelChat: "words", chat.ChannelImport: "words", chat.ChannelCall: "", chat.ChannelVisit: "", chat.ChannelAppointment: ""} {
		r := chat.Row{Conversation: chat.Conversation{Channel: channel, LastText: "words", LastAt: 7}}
		if got := NewKnownConversation(&r, nil).Last; got.Text != want || got.At != 7 {
			t.Errorf("of a %s they read %q", channel, got.Text)
		}
	}
}
