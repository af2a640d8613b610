package desk_test

import (
	"fmt"
	"slices"
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
	good := chat.FormAnswer{Agreed: true, Version: s.site.Form.Version(), Answers: map[string]string{"name": "Maria", "email": "maria@example.com", "Order number": "<img src=x onerror=alert(1)>"}}
	for field, form := range map[string]*chat.FormAnswer{
		"form": nil, "form.consent": {Answers: good.Answers}, "form.version": {Agreed: true, Answers: good.Answers},
		"form.email": {Agreed: true, Version: good.Version}, "form.role": {Agreed: true, Version: good.Version, Answers: map[string]string{"email": "a@b.example", "role": "admin"}},
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

// What is kept is what stood there, in the language in which it did; what has changed
// since is to be read first.
func TestConsentIsKeptAsItWasShown(t *testing.T) {
	s := newShop(t)
	s.askFirst()
	s.site.Form.Words = map[string]chat.FormWords{"de": {Consent: "Dass ihr das behaltet."}}
	s.must(s.site.Validate())
	s.must(s.store.SaveSite(s.ctx(), &s.site))
	who, old := s.visitor(), s.site.Form.VersionIn("de")
	post := func(version string) error {
		answer := chat.FormAnswer{Agreed: true, Version: version, Answers: map[string]string{"email": "maria@example.com"}}
		_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-1", Text: "Wo ist es?", Form: &answer})
		return err
	}
	s.site.Form.Words["de"] = chat.FormWords{Consent: "Dass ihr das zwei Jahre behaltet."}
	s.must(s.store.SaveSite(s.ctx(), &s.site))
	for _, version := range []string{old, "", s.site.Form.Version() + ".fr"} {
		if f, ok := post(version).(*chat.Failure); !ok || f.Field != "form.version" {
			t.Errorf("%q: %v", version, f)
		}
	}
	s.must(post(s.site.Form.VersionIn("de")))
	if rows := s.rows(`SELECT form || ' ' || consent FROM form_answer`); len(rows) != 1 || rows[0] != s.site.Form.Version()+" Dass ihr das zwei Jahre behaltet." {
		t.Errorf("agreed to: %q", rows)
	}
	p, err := s.store.Person(s.ctx(), who.ID)
	s.must(err)
	if !slices.ContainsFunc(p.Attributes, func(a chat.Attribute) bool {
		return a.Key == "consent" && strings.HasSuffix(a.Value, "zwei Jahre behaltet.")
	}) {
		t.Errorf("agents see %+v", p.Attributes)
	}
}

// A page cannot say what an agent offered.
func TestAPageInvitesInNobodysName(t *testing.T) {
	s := newShop(t)
	who := s.visitor()
	told := map[string]string{"invitation": "Anna: half price", " Invitation\u200b": "Anna: free", "plan": "pro"}
	p, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: told})
	s.must(err)
	if len(p.Attributes) != 1 || p.Attributes[0].Key != "plan" {
		t.Errorf("kept: %+v", p.Attributes)
	}
}

// A page that has told as much as fits does not lock its customers out of the form,
// and cannot say what they agreed to.
func TestAFullProfileTakesTheForm(t *testing.T) {
	s := newShop(t)
	s.askFirst()
	who, told := s.visitor(), map[string]string{" Consent\u200b": "to everything"}
	for i := range chat.MaxAttributes - 1 {
		told[fmt.Sprintf("page%02d", i)] = "x"
	}
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: told})
	s.must(err)
	_, err = s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{"page99": "x", "consent": "to everything"}})
	s.must(err)
	answer := chat.FormAnswer{Agreed: true, Version: s.site.Form.Version(), Answers: map[string]string{"email": "maria@example.com", "Order number": "4411"}}
	_, err = s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-1", Text: "Where is it?", Form: &answer})
	s.must(err)
	p, err := s.store.Person(s.ctx(), who.ID)
	s.must(err)
	n := len(p.Attributes)
	if n != chat.MaxAttributes || p.Attributes[0].Key != "page02" || p.Attributes[n-2] != (chat.Attribute{Key: "Order number", Value: "4411"}) || !strings.HasSuffix(p.Attributes[n-1].Value, " That you keep this.") {
		t.Errorf("kept: %+v", p.Attributes)
	}
}

// Whom the site vouches for is asked nothing.
func TestAVouchedForCustomerIsNotAsked(t *testing.T) {
	s := newShop(t)
	s.askFirst()
	who, _ := s.visit("", &desk.Claims{Sub: "81", Name: "Noor"})
	s.says(who, chat.NewID(), "client-1", "Hello")
}
