package cycle

import (
	"testing"

	"rapport/hub/chat"
)

// A choice names what was offered and nothing else up to the end of its clause.
func TestAChoiceNamesWhatWasOffered(t *testing.T) {
	offer := "I can send a voucher by post today, or put 40 euros back on your card. A courier could collect the lamp on Thursday."
	for said, want := range map[string]bool{
		"Voucher.":         true,
		"the voucher then": true,
		"the card please":  true,
		"Fine. Thursday, and I'll be at home all day": true,
		"voucher and the courier":                     true,
		"Ok, 40 on the card":                          true,
		"Thursday I'm away":                           false, // names it, and says something else
		"The voucher has expired":                     false,
		"My card was stolen":                          false,
		"No voucher":                                  false, // refuses
		"The courier?":                                false, // asks
		"Thursday? Or is Friday possible":             false,
		"the bicycle":                                 false, // was never offered
		"you can":                                     false, // words of every offer
		"":                                            false,
	} {
		s := after(says(chat.ByAgent, "Hello Maria, what happened?", 1), says(chat.ByPerson, "The lamp came without a shade.", 2), says(chat.ByAgent, offer, 3))
		if s.Step != chat.Agreeing {
			t.Fatalf("the offer leads to %s", s.Step)
		}
		got, _, _ := Apply(guide(), s, says(chat.ByPerson, said, 4))
		if moved := got.Step == chat.Delivering; moved != want {
			t.Errorf("%q takes the offer: %v, want %v", said, moved, want)
		} else if moved && (got.Offered || got.Offer != "") {
			t.Errorf("%q leaves the offer on the table: %q", said, got.Offer)
		}
	}
}

// What is kept of an offer is short, however long it is.
func TestAnOfferIsKeptShort(t *testing.T) {
	long := make([]byte, 0, 4000)
	for i := range 200 {
		long = append(long, "word"...)
		long = append(long, byte('a'+i/26), byte('a'+i%26), ' ')
	}
	if got := english().choosing.names(read(string(long))); got == "" || len(got) > maxOffer {
		t.Errorf("%d bytes are kept", len(got))
	}
}

// Who was asked something else, or has asked something first, has not decided.
func TestAYesIsHeardAfterTheOffer(t *testing.T) {
	offer := says(chat.ByAgent, "I can send you a new lid today. Would that suit you?", 3)
	for _, c := range []struct {
		name string
		then []Event
		want chat.Step
	}{
		{"a plain yes", []Event{says(chat.ByPerson, "Yes please.", 4)}, chat.Delivering},
		{"a question first", []Event{says(chat.ByPerson, "When would it come? That sounds good.", 4)}, chat.Agreeing},
		{"a yes after an answer", []Event{
			says(chat.ByPerson, "When would it come?", 4), says(chat.ByAgent, "By Friday.", 5), says(chat.ByPerson, "Yes, do that.", 6),
		}, chat.Delivering},
		{"a yes to something else", []Event{
			says(chat.ByPerson, "When would it come?", 4), says(chat.ByAgent, "By Friday. Is the box still there?", 5), says(chat.ByPerson, "Yes.", 6),
		}, chat.Agreeing},
		{"no need", []Event{says(chat.ByPerson, "No, I don't want that.", 4)}, chat.Agreeing},
	} {
		s := after(append([]Event{says(chat.ByAgent, "Hello Maria, what happened?", 1), says(chat.ByPerson, "The lid is missing.", 2), offer}, c.then...)...)
		if s.Step != c.want {
			t.Errorf("%s: %s, want %s", c.name, s.Step, c.want)
		}
	}
}
