package console

import (
	"testing"

	"rapport/hub/chat"
)

// Whoever may change a site and erase customers says how long conversations are kept;
// when it was said is the server's word. A preview tells how many would go.
func TestWhoSaysHowLongConversationsAreKept(t *testing.T) {
	w := newWorld(t)
	adam := w.seat(w.hire("Adam", chat.Admin))
	path := "/sites/" + w.site.ID
	v := w.arrives("Hello")
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(v.id)
		if err != nil {
			return err
		}
		c.State, c.ClosedAt = chat.Closed, chat.SystemClock().Add(-40*24*3600*1e9)
		return tx.SaveConversation(c)
	}))
	for months, want := range map[string]int{"1": 1, "2": 0, "0": 0} {
		var got struct {
			Conversations int
			More          bool
		}
		adam.do(get, path+"/retention?months="+months, nil, &got)
		if got.Conversations != want || got.More {
			t.Errorf("%s months: %+v", months, got)
		}
	}
	for _, bad := range []string{"", "x", "-1", "121", "99999999999999999999"} {
		adam.fails(get, path+"/retention?months="+bad, nil, 422, chat.Invalid)
	}
	adam.fails(patch, path, object{"retention": object{"months": 121}}, 422, chat.Invalid)
	before := chat.SystemClock()
	adam.do(patch, path, object{"retention": object{"months": 6, "set_at": 1}}, nil)
	site, err := w.store.Site(t.Context(), w.site.ID)
	w.must(err)
	if r := site.Retention; r.Months != 6 || r.SetAt < before {
		t.Errorf("kept is %+v", r)
	}
	adam.do(patch, path, object{"retention": object{"months": 6}, "name": "Lumen"}, nil)
	again, err := w.store.Site(t.Context(), w.site.ID)
	w.must(err)
	if again.Retention != site.Retention {
		t.Errorf("said again it is %+v", again.Retention)
	}

	var made struct{ ID string }
	owner := w.seat(w.hire("Olga", chat.Owner))
	owner.do(post, "/roles", object{"name": "Decorator", "permissions": []string{"conversation.read", "site.change"}}, &made)
	dora := w.seat(w.hire("Dora", chat.Role(made.ID)))
	dora.fails(patch, path, object{"retention": object{"months": 1}}, 403, chat.Forbidden)
	dora.fails(del, path+"/imports/"+chat.NewID(), object{}, 403, chat.Forbidden)
	dora.do(patch, path, object{"name": "Lumen & Clay"}, nil)
}
