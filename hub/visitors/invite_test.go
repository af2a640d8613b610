package visitors

import (
	"testing"

	"rapport/hub/chat"
)

func TestAVisitIsInvitedOnce(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k", "/"))
	v, hello := a.one(), Invitation{From: "Ana", Text: "Can I help?"}
	if err := a.Invite(shop, chat.NewID(), hello); !chat.Is(err, chat.NotFound) {
		t.Errorf("nobody: %v", err)
	}
	if err := a.Invite("another site", v.ID, hello); !chat.Is(err, chat.NotFound) {
		t.Errorf("on another site: %v", err)
	}
	if err := a.Invite(shop, v.ID, hello); err != nil {
		t.Fatal(err)
	}
	if i := a.Waiting(shop, "k"); i.Text != hello.Text || i.State != Sent {
		t.Errorf("waiting: %+v", i)
	}
	head := a.Since(shop, 0).Now
	a.Say(shop, "k", Shown)
	if c := a.Since(shop, head); len(c.Seen) != 1 || c.Seen[0].Invitation.State != Shown {
		t.Errorf("shown: %+v", c)
	}
	a.Say(shop, "k", Declined)
	a.Say(shop, "k", Answered)
	a.Say(shop, "somebody else", Answered)
	if i := a.one().Invitation; i.State != Declined || a.Waiting(shop, "k") != (Invitation{}) {
		t.Errorf("after a no: %+v", i)
	}
	if err := a.Invite(shop, v.ID, hello); !chat.Is(err, chat.Conflict) {
		t.Errorf("again after a no: %v", err)
	}
}

// The next page shows what was not answered on the one before.
func TestAnInvitationGoesAlongToTheNextPage(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k1", "/"))
	if err := a.Invite(shop, a.one().ID, Invitation{Text: "Hello"}); err != nil {
		t.Fatal(err)
	}
	a.Say(shop, "k1", Shown)
	a.Left(shop, "k1")
	next := at("k2", "/lamps")
	next.From = "/"
	a.see(next)
	if i := a.Waiting(shop, "k2"); i.State != Shown {
		t.Errorf("on the next page: %+v", i)
	}
}

func TestWhoHasAConversationIsNotInvited(t *testing.T) {
	a := newAround(t, 0)
	b := at("k", "/")
	b.Device, b.Known = "d", Known{ID: "p", ConversationID: "c"}
	a.see(b)
	if err := a.Invite(shop, a.one().ID, Invitation{Text: "Hello"}); !chat.Is(err, chat.Conflict) {
		t.Errorf("got %v", err)
	}
}
