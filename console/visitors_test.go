package console

import (
	"strconv"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/visitors"
)

func TestTheTeamSeesWhoLooksAround(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Owner", chat.Owner))
	list := func(query string) (got visitorsShape) {
		t.Helper()
		b.do(get, "/visitors?site="+w.site.ID+query, nil, &got)
		return got
	}
	if got := list(""); got.On || len(got.Visitors) != 0 {
		t.Errorf("on a site that lists nobody: %+v", got)
	}
	b.do(patch, "/sites/"+w.site.ID, object{"visitors": object{"listed": true}}, nil)
	seen := visitors.Beacon{Key: "k", Network: "n", Page: visitors.Page{URL: "https://shop.example/", Title: "Shop"}, Known: visitors.Known{ID: chat.NewID(), Name: "Maria"}}
	w.must(w.door.Visitors.Seen(w.site.ID, seen))
	first := list("&since=0")
	if !first.On || !first.Whole || len(first.Visitors) != 1 || first.Visitors[0].Person.Name != "Maria" {
		t.Fatalf("got %+v", first)
	}
	id := first.Visitors[0].ID
	var path struct{ Pages []pageShape }
	b.do(get, "/visitors/"+id+"?site="+w.site.ID, nil, &path)
	if len(path.Pages) != 1 || path.Pages[0].Title != "Shop" {
		t.Errorf("the path: %+v", path)
	}
	invite := object{"site": w.site.ID, "text": "Can I help you choose?"}
	b.fails(post, "/visitors/"+id+"/invitation", object{"site": w.site.ID, "text": " "}, 422, chat.Invalid)
	b.fails(post, "/visitors/"+id+"/invitation", object{"site": w.site.ID, "text": strings.Repeat("a", chat.MaxInviteText+1)}, 422, chat.Invalid)
	b.do(post, "/visitors/"+id+"/invitation", invite, nil)
	b.fails(post, "/visitors/"+id+"/invitation", invite, 409, chat.Conflict)
	if got := list("&since=" + strconv.FormatInt(first.Since, 10)); got.Whole || len(got.Visitors) != 1 || *got.Visitors[0].Invitation != (invitedShape{"Owner", "Can I help you choose?", "sent", ""}) {
		t.Errorf("invited: %+v", got)
	}
	b.fails(get, "/visitors?site="+w.site.ID+"&since=x", nil, 422, chat.Invalid)
	b.fails(get, "/visitors/"+chat.NewID()+"?site="+w.site.ID, nil, 404, chat.NotFound)
	elsewhere := w.newSite("Elsewhere")
	b.fails(get, "/visitors/"+id+"?site="+elsewhere.ID, nil, 404, chat.NotFound)

	b.do(patch, "/sites/"+w.site.ID, object{"visitors": object{"listed": false}}, nil)
	b.fails(get, "/visitors/"+id+"?site="+w.site.ID, nil, 404, chat.NotFound)
	b.do(patch, "/sites/"+w.site.ID, object{"visitors": object{"listed": true}}, nil)
	if got := list(""); len(got.Visitors) != 0 {
		t.Errorf("what was listed before it was off: %+v", got)
	}
	w.must(w.door.Visitors.Seen(w.site.ID, seen))
	b.do(patch, "/sites/"+w.site.ID, object{"disabled": true}, nil)
	if err := w.door.Visitors.Seen(w.site.ID, seen); !chat.Is(err, chat.Forbidden) || len(list("").Visitors) != 0 {
		t.Errorf("on a site that is switched off: %v", err)
	}
}
