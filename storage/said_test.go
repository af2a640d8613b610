package storage

import (
	"errors"
	"testing"

	"rapport/hub/chat"
)

// What a new customer has said is known without a look, and is never held for unsaid:
// not in the transaction that stores it, not after it, not after one that was undone, not
// after a restart.
func TestWhatANewCustomerHasSaidIsKnown(t *testing.T) {
	path := newFile(t)
	s := openSQLite(t, path)
	conversation, person := storedTalk(t, s)
	// stands checks whether a client id is held for unsaid without a look, and whether
	// its message is found.
	stands := func(of chat.Tx, client string, unsaid, found bool) {
		t.Helper()
		if got := of.(*tx).neverSaid(person, client); got != unsaid {
			t.Errorf("%s is held for unsaid: %v, want %v", client, got, unsaid)
		}
		if m, err := of.MessageByPerson(person, client); (err == nil) != found || !found && !chat.Is(err, chat.NotFound) || found && m.ClientID != client {
			t.Errorf("%s is %v, %v; want found %v", client, m, err, found)
		}
	}
	say := func(client string, then error) error {
		return s.Write(t.Context(), func(of chat.Tx) error {
			c, err := of.Conversation(conversation)
			if err != nil {
				return err
			}
			m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, ClientID: client, Kind: chat.Reply, By: chat.ByPerson, ByID: person, Text: "Hello.", At: of.Now()}
			err = of.Append(c, &chat.Event{Type: chat.MessagePosted, At: of.Now(), By: chat.ByPerson, ByID: person, MessageID: m.ID, Message: m})
			if err == nil {
				err = of.SaveConversation(c)
			}
			if err == nil {
				stands(of, client, false, true) // it stands in this transaction
				err = then
			}
			return err
		})
	}
	look := func(client string, unsaid, found bool) {
		t.Helper()
		if err := s.Write(t.Context(), func(of chat.Tx) error { stands(of, client, unsaid, found); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	look("client-0001", true, false)
	if err := say("client-0001", nil); err != nil {
		t.Fatal(err)
	}
	look("client-0001", false, true)
	look("client-0002", true, false)
	undone := errors.New("undone")
	if err := say("client-0002", undone); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	look("client-0002", false, false) // nothing is known any more, and it is looked up
	if err := say("client-0002", nil); err != nil {
		t.Fatal(err)
	}
	look("client-0002", false, true)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openSQLite(t, path)
	look("client-0001", false, true)
	look("client-0003", false, false)
}

// What is remembered of what people say has an end.
func TestWhatIsSaidIsNotRememberedForEver(t *testing.T) {
	c := newCache()
	c.hear([]string{"ada"}, nil)
	e := chat.Event{Message: &chat.Message{By: chat.ByPerson, ByID: "ada"}}
	for range maxSaid + 1 {
		e.Message.ClientID = chat.NewID()
		c.hear(nil, []chat.Event{e})
	}
	if len(c.said) != 0 || c.saids != 0 {
		t.Errorf("%d people and %d client ids are remembered", len(c.said), c.saids)
	}
}
