package console

import (
	"slices"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

type sameAnswer struct {
	People  []sideShape
	Sides   []sideShape
	Problem string
}

func (a sameAnswer) ids() (ids []string) {
	for _, s := range a.People {
		ids = append(ids, s.Person.ID)
	}
	return ids
}

func (w *world) personWith(text string) (*visitor, string) {
	w.t.Helper()
	v := w.arrives(text)
	row, err := w.store.RowByID(w.t.Context(), v.id)
	w.must(err)
	return v, row.PersonID
}

// Whoever may be the same is found by name, address and id, on the same site alone.
func TestWhoMayBeTheSameIsFound(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Sue", chat.Supervisor))
	_, maria := w.personWith("On my laptop")
	phone, mari := w.personWith("On my phone")
	_, tom := w.personWith("Somebody else")
	b.do(patch, "/people/"+mari, object{"name": "Mari Lopez"}, nil)
	find := func(q string) []string {
		var got sameAnswer
		b.do(get, "/people/"+maria+"/same?q="+q, nil, &got)
		return got.ids()
	}
	for _, q := range []string{"lop", mari, "https%3A%2F%2Fx.example%2Fconsole%2Fopen%2F" + phone.id} {
		if got := find(q); !slices.Equal(got, []string{mari}) {
			t.Errorf("%s finds %v, want %s", q, got, mari)
		}
	}
	for _, q := range []string{"", maria, "nobody", chat.NewID()} {
		if got := find(q); len(got) != 0 {
			t.Errorf("%q finds %v", q, got)
		}
	}
	for _, id := range []string{maria, tom} {
		b.do(patch, "/people/"+id, object{"email": "maria@example.org"}, nil)
	}
	if got := find(""); !slices.Equal(got, []string{tom}) {
		t.Errorf("the same address finds %v", got)
	}
	var both sameAnswer
	b.do(get, "/people/"+maria+"/same/"+mari, nil, &both)
	if s := both.Sides; len(s) != 2 || s[0].Person.ID != maria || s[1].Last.Text != "On my phone" || s[1].Conversations != 1 || s[1].Browsers != 1 || !s[0].MayStay || !s[1].MayStay {
		t.Errorf("compared they are %+v", s)
	}
	elsewhere := w.newSite("Elsewhere")
	stranger := &chat.Person{ID: chat.NewID(), SiteID: elsewhere.ID, Name: "Mari Lopez"}
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error { return tx.InsertPerson(stranger) }))
	if got := find(stranger.ID); len(got) != 0 {
		t.Errorf("another site's is found: %v", got)
	}
	b.fails(post, "/people/"+maria+"/same/"+stranger.ID, object{"both_see": true}, 422, chat.Invalid)
}

// Whom the site brought in is an account before they sign in, so that nobody is offered
// what would be refused.
func TestNobodyIsOfferedToLeadAnAccountAway(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Sue", chat.Supervisor))
	_, stranger := w.personWith("On my phone")
	var accounts []string
	for _, sub := range []string{"c-1", "c-2"} {
		p := &chat.Person{ID: chat.NewID(), SiteID: w.site.ID, Name: sub}
		accounts = append(accounts, p.ID)
		w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
			if err := tx.InsertPerson(p); err != nil {
				return err
			}
			return tx.InsertIdentity(&chat.Identity{SiteID: w.site.ID, Sub: sub, PersonID: p.ID})
		}))
	}
	var one sameAnswer
	b.do(get, "/people/"+stranger+"/same/"+accounts[0], nil, &one)
	if len(one.Sides) != 2 || one.Sides[0].MayStay || !one.Sides[1].MayStay || one.Problem != "" {
		t.Errorf("a stranger and an account: %+v", one)
	}
	var two sameAnswer
	b.do(get, "/people/"+accounts[0]+"/same/"+accounts[1], nil, &two)
	if len(two.Sides) != 2 || two.Sides[0].MayStay || two.Sides[1].MayStay || two.Problem == "" {
		t.Errorf("two accounts: %+v", two)
	}
}

// Bringing together wants to be meant; the sockets of both come back, the card tells of
// it for a month, and an agent without the right reads it and cannot undo it.
func TestTwoProfilesAreBroughtTogether(t *testing.T) {
	w := newWorld(t)
	sue, ben := w.seat(w.hire("Sue", chat.Supervisor)), w.seat(w.hire("Ben", chat.AgentRole))
	laptop, maria := w.personWith("On my laptop")
	phone, mari := w.personWith("On my phone")
	path := "/people/" + maria + "/same/" + mari
	sue.fails(post, path, object{"both_see": false}, 422, chat.Invalid)
	sue.fails(post, path, object{}, 422, chat.Invalid)
	ben.fails(post, path, object{"both_see": true}, 403, chat.Forbidden)
	one, two := laptop.connect(), phone.connect()
	var merge mergeShape
	sue.do(post, path, object{"both_see": true}, &merge)
	one.ends(hub.Merged)
	two.ends(hub.Merged)
	if again := phone.connect(); again == nil {
		t.Error("the phone does not come back")
	}
	sue.fails(post, path, object{"both_see": true}, 422, chat.Invalid) // they are one

	var view struct{ Merges []mergeShape }
	ben.do(get, "/conversations/"+phone.id, nil, &view)
	if len(view.Merges) != 1 || view.Merges[0] != merge || merge.By.Name != "Sue" || merge.Until != merge.At.Add(30*24*time.Hour) {
		t.Errorf("the card tells %+v, want %+v", view.Merges, merge)
	}
	undo := "/people/" + maria + "/merges/" + merge.ID
	ben.fails(del, undo, nil, 403, chat.Forbidden)
	sue.fails(del, "/people/"+w.someoneElse()+"/merges/"+merge.ID, nil, 404, chat.NotFound)
	line := phone.connect()
	sue.do(del, undo, nil, nil)
	line.ends(hub.Merged)
	sue.fails(del, undo, nil, 409, chat.Conflict)
	view.Merges = nil
	ben.do(get, "/conversations/"+laptop.id, nil, &view)
	if len(view.Merges) != 0 {
		t.Errorf("the card still tells %+v", view.Merges)
	}
}
