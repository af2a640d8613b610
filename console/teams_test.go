package console

import (
	"slices"
	"testing"

	"rapport/hub/chat"
)

func TestTeamsAreMadeChangedAndTakenAway(t *testing.T) {
	w := newWorld(t)
	admin, ben := w.seat(w.hire("Adam", chat.Admin)), w.hire("Ben", chat.AgentRole)
	var made, changed teamShape
	admin.do(post, "/teams", object{"name": " Repairs ", "skills": object{"sites": []string{w.site.ID}, "types": []string{"complaint"}}, "members": []string{ben.ID}}, &made)
	if made.Name != "Repairs" || !slices.Equal(made.Members, []string{ben.ID}) || made.MadeAt == 0 {
		t.Errorf("made %+v", made)
	}
	admin.fails(post, "/teams", object{"name": "REPAIRS", "skills": object{}, "members": []string{}}, 409, chat.Conflict)
	admin.fails(post, "/teams", object{"name": "Spares", "skills": object{}, "members": []string{chat.NewID()}}, 422, chat.Invalid)
	admin.fails(post, "/teams", object{"name": "Spares", "skills": object{"types": []string{"wish"}}, "members": []string{}}, 422, chat.Invalid)
	admin.do(put, "/teams/"+made.ID, object{"name": "Spares", "skills": object{}, "members": []string{}}, &changed)
	if changed.Name != "Spares" || changed.MadeAt != made.MadeAt {
		t.Errorf("changed to %+v", changed)
	}
	var list struct{ Teams []teamShape }
	w.seat(ben).do(get, "/teams", nil, &list)
	if len(list.Teams) != 1 || list.Teams[0].Name != "Spares" || list.Teams[0].Members == nil {
		t.Errorf("an agent sees %+v", list)
	}
	admin.do(del, "/teams/"+made.ID, nil, nil)
	admin.fails(del, "/teams/"+made.ID, nil, 404, chat.NotFound)
}

func TestHowAnAgentWorks(t *testing.T) {
	w := newWorld(t)
	boss, ben := w.hire("Adam", chat.Admin), w.hire("Ben", chat.AgentRole)
	admin, seat := w.seat(boss), w.seat(ben)
	var got agentShape
	for _, a := range []*chat.Agent{ben, boss} {
		admin.do(patch, "/agents/"+a.ID, object{"work": object{"capacity": 2, "languages": []string{"en", "de"}}}, &got)
		if got.Work.Capacity != 2 || !slices.Equal(got.Work.Languages, []string{"de", "en"}) {
			t.Errorf("%s works %+v", a.Name, got.Work)
		}
	}
	seat.do(get, "/me", nil, nil) // takes no right, so that nobody is signed out
	admin.fails(patch, "/agents/"+ben.ID, object{"work": object{"capacity": chat.MaxCapacity + 1}}, 422, chat.Invalid)
	admin.fails(patch, "/agents/"+ben.ID, object{"work": object{"languages": []string{"German"}}}, 422, chat.Invalid)
	var usual agentShape
	admin.do(patch, "/agents/"+ben.ID, object{"work": object{}}, &usual)
	if usual.Work.Room() != chat.DefaultCapacity {
		t.Errorf("as usual is %+v", usual.Work)
	}
}
