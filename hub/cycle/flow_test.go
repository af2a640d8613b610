package cycle

import (
	"slices"
	"testing"

	"rapport/hub/chat"
)

// What an agent says after a first reply, and the step that it leads to.
func TestMovesByAnAgentsWords(t *testing.T) {
	hello := says(chat.ByAgent, "Hello, I'm Ana.", 1)
	for text, want := range map[string]chat.Step{
		"I can send you a new one today.":                         chat.Agreeing,
		"I could put you by the window.":                          chat.Agreeing,
		"Would you prefer a refund?":                              chat.Agreeing,
		"Shall I book it for you?":                                chat.Agreeing,
		"I have Tuesday at nine or Wednesday at five.":            chat.Agreeing,
		"What I can do is waive the fee.":                         chat.Agreeing,
		"How about Friday?":                                       chat.Agreeing,
		"I've refunded the second payment.":                       chat.Delivering,
		"It's all sorted now.":                                    chat.Delivering,
		"I can see your order.":                                   chat.Understanding,
		"I can offer you nothing more, I'm afraid.":               chat.Understanding,
		"I can't send another one.":                               chat.Understanding,
		"Would you like to tell me what happened?":                chat.Understanding,
		"Could you send me a picture?":                            chat.Understanding,
		"I have one question for you.":                            chat.Understanding,
		"You can have a look at the page yourself.":               chat.Understanding,
		"How about your printer, is it on?":                       chat.Understanding,
		"Shall I explain how it works?":                           chat.Understanding,
		"Which browser do you use?":                               chat.Understanding,
		"Once I've refunded it, you get a mail.":                  chat.Understanding,
		"I haven't cancelled anything.":                           chat.Understanding,
		"It looks as if the courier has cancelled the pick-up.":   chat.Understanding,
		"Have you booked it by card?":                             chat.Understanding,
		"They told you “I can send a new one today”, is that so?": chat.Understanding,
		"We open at nine.":                                        chat.Understanding,
	} {
		if got := after(hello, says(chat.ByAgent, text, 2)).Step; got != want {
			t.Errorf("%q leads to %s, want %s", text, got, want)
		}
	}
}

// What a customer says to an offer, and the step that it leads to.
func TestAcceptingIsPlain(t *testing.T) {
	offer := []Event{says(chat.ByAgent, "Hello, I'm Ana.", 1), says(chat.ByAgent, "I can send a new one or refund you. Which would you prefer?", 2)}
	for text, want := range map[string]chat.Step{
		"Yes please.":                       chat.Delivering,
		"The refund please":                 chat.Delivering,
		"I'd prefer the refund.":            chat.Delivering,
		"Let's do that.":                    chat.Delivering,
		"That would be lovely":              chat.Delivering,
		"Yes please. When will it come?":    chat.Delivering,
		"Yes, but only if it comes today.":  chat.Agreeing,
		"I'm not sure.":                     chat.Agreeing,
		"No thanks.":                        chat.Agreeing,
		"Neither, I want to speak to Ben.":  chat.Agreeing,
		"How long would a new one take?":    chat.Agreeing,
		"Let me think about it.":            chat.Agreeing,
		"Thanks!":                           chat.Agreeing,
		"I'd like to know what it costs.":   chat.Agreeing,
		"Could you ask my husband instead?": chat.Agreeing,
	} {
		events := append(slices.Clone(offer), says(chat.ByPerson, text, 3))
		if got := after(events...).Step; got != want {
			t.Errorf("%q leads to %s, want %s", text, got, want)
		}
	}
}

// What ends a matter, and what only sounds like it.
func TestEndingIsPlain(t *testing.T) {
	asks, hello := says(chat.ByPerson, "Where is the manual?", 1), says(chat.ByAgent, "Hello, I'm Ana.", 2)
	for _, c := range []struct {
		agent, customer string
		ends            bool
	}{
		{"It is under Help.", "Thank you!", true},
		{"It is under Help.", "Thanks Ana, have a nice day", true},
		{"It is under Help.", "Found, it works now", true},
		{"Has that solved it?", "Yes", true},
		{"Is there anything else I can do?", "No, that's all.", true},
		{"It is under Help.", "Thanks. And where is the invoice?", false},
		{"It is under Help.", "Thanks, I'll try that.", false},
		{"Let me check that for you.", "Thanks", false},
		{"Is there anything else I can do?", "Yes, one more thing.", false},
		{"Has that solved it?", "No", false},
		{"It is under Help.", "It still doesn't work, thanks", false},
		{"It is under Help.", "Thanks for nothing!", false},
		{"What is your order number?", "Thanks, it's 4411", false},
	} {
		s := after(asks, hello, says(chat.ByAgent, c.agent, 3), says(chat.ByPerson, c.customer, 4))
		if ends := s.Step == chat.Closing; ends != c.ends {
			t.Errorf("%q after %q ends: %v, want %v", c.customer, c.agent, ends, c.ends)
		}
	}
}
