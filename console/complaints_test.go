package console

import (
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// Agents lead a complaint, supervisors see all of a site's; who drops one or
// leaves its cause open is written down.
func TestComplaints(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	bens := w.hire("Ben", chat.AgentRole)
	ana, ben := w.seat(w.hire("Ana", chat.Supervisor)), w.seat(bens)
	v := w.arrives("This is unacceptable, my parcel is broken!")
	c := "/conversations/" + v.id + "/complaint"
	ben.fails(patch, c, object{"solution": "A new one"}, 404, chat.NotFound)
	ben.fails(post, "/conversations/"+chat.NewID()+"/complaint", object{}, 404, chat.NotFound)
	track := ben.raw(post, c, nil)
	s.fits(t, "Complaint", track)
	s.each(t, "ComplaintStage", track["stages"])
	if track["hard"] != true || track["stage"] != "listen" {
		t.Errorf("opened %v", track)
	}
	ben.fails(post, c+"/stages/listen", object{"state": "perhaps"}, 422, chat.Invalid)
	if staged := ben.raw(post, c+"/stages/listen", object{"state": "done"}); staged["stage"] != "feel" {
		t.Errorf("staged %v", staged)
	}
	ben.fails(patch, c, object{"root_cause": "moon"}, 422, chat.Invalid)
	ben.fails(post, "/conversations/"+v.id+"/close", object{}, 409, chat.CauseMissing)

	ben.fails(get, "/complaints?site="+w.site.ID, nil, 403, chat.Forbidden)
	ana.fails(get, "/complaints?site="+chat.NewID(), nil, 404, chat.NotFound)
	ana.fails(get, "/complaints?list=all&site="+w.site.ID, nil, 422, chat.Invalid)
	s.each(t, "ComplaintRow", ana.raw(get, "/complaints?site="+w.site.ID, nil)["complaints"], "holder")

	var closed wire.Row
	ben.do(patch, c, object{"cause_skipped": "They left"}, nil)
	ben.do(post, "/conversations/"+v.id+"/close", object{}, &closed)
	if closed.State != chat.Closed {
		t.Errorf("closed %+v", closed)
	}
	other := "/conversations/" + w.arrives("Where is my parcel?").id + "/complaint"
	ben.do(post, other, nil, nil)
	dropped := ben.raw(post, other+"/drop", nil)
	if dropped["state"] != "dropped" {
		t.Errorf("dropped %v", dropped)
	}
	w.wroteDown("complaint.cause_skipped", bens.ID+" complaint.cause_skipped "+track["id"].(string)+" ")
	w.wroteDown("complaint.dropped", bens.ID+" complaint.dropped "+dropped["id"].(string)+" ")
}

// Being trained for complaints is no right: it ends no session, and may be one's own.
func TestTrainedForComplaints(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.hire("Ana", chat.Owner), w.hire("Ben", chat.AgentRole)
	a, b := w.seat(ana), w.seat(ben)
	for _, id := range []string{ana.ID, ben.ID} {
		if got := a.raw(patch, "/agents/"+id, object{"complaints": true}); got["complaints"] != true {
			t.Errorf("trained %v", got)
		}
	}
	b.do(get, "/me", nil, nil)
	b.fails(patch, "/agents/"+ben.ID, object{"complaints": false}, 403, chat.Forbidden)
	a.fails(patch, "/agents/"+ana.ID, object{"complaints": false, "role": "agent"}, 403, chat.Forbidden)
	w.wroteDown("agent.complaints_changed", ana.ID+" agent.complaints_changed "+ana.ID+" true", ana.ID+" agent.complaints_changed "+ben.ID+" true")
}
