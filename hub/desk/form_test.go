package desk_test

import (
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// askFirst lets the shop ask for an address and a consent.
func (s *shop) askFirst() {
	s.site.Form.Ask, s.site.Form.Consent, s.site.Form.Link = true, "That you keep this.", "https://shop.example/privacy"
	s.site.Form.Fields = []chat.FormField{{Kind: "name"}, {Kind: "email", Required: true}, {Kind: "text", Key: "Order number"}}
	s.must(s.site.Validate())
	s.must(s.store.SaveSite(s.ctx(), &s.site))
}

// A first message without the form, or with one that does not hold, stores nothing;
// with it answers and consent are there with their time, and nobody is asked again.
func TestAFormComesWithTheFirstMessage(t *testing.T) {
	s := newShop(t)
	s.askFirst()
	who, id := s.visitor(), chat.NewID()
	post := func(client string, form *chat.FormAnswer) error {
		_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: client, Text: "Where is it?", Form: form})
		return err
	}
	good := chat.FormAnswer{Agreed: true, Answers: map[string]string{"name": "Maria", "email": "maria@example.com", "Order number": "<img src=x onerror=alert(1)>"}}
	for field, form := range map[string]*chat.FormAnswer{
		"form": nil, "form.consent": {Answers: good.Answers}, "form.email": {Agreed: true}, "form.role": {Agreed: true, Answers: map[string]string{"email": "a@b.example", "role": "admin"}},
	} {
		err := post("client-1", form)
		if f, ok := err.(*chat.Failure); !ok || f.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if n := len(s.rows(`SELECT id FROM conversation`)); n != 0 {
		t.Fatalf("%d conversations were begun by what was refused", n)
	}
	s.must(post("client-1", &good))
	s.must(post("client-1", nil)) // the same once more
	s.must(post("client-2", nil))
	p, err := s.store.Person(s.ctx(), who.ID)
	s.must(err)
	if p.Name != "Maria" || p.Email != "maria@example.com" || p.Verified {
		t.Errorf("they are %+v", p)
	}
	said := map[string]string{}
	for _, a := range p.Attributes {
		if said[a.Key] = a.Value; a.Verified {
			t.Errorf("%s counts as verified", a.Key)
		}
	}
	if said["Order number"] != good.Answers["Order number"] || !strings.HasSuffix(said["consent"], " That you keep this.") {
		t.Errorf("kept: %q", said)
	}
	if rows := s.rows(`SELECT consent || ' ' || link FROM form_answer`); len(rows) != 1 || rows[0] != "That you keep this. https://shop.example/privacy" {
		t.Errorf("agreed to: %q", rows)
	}
}

// Whom the site vouches for is asked nothing.
func TestAVouchedForCustomerIsNotAsked(t *testing.T) {
	s := newShop(t)
	s.askFirst()
	who, _ := s.visit("", &desk.Claims{Sub: "81", Name: "Noor"})
	s.says(who, chat.NewID(), "client-1", "Hello")
}
