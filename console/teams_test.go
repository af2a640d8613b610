package console

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
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

func TestATemplateOfATeam(t *testing.T) {
	w := newWorld(t)
	admin, ben, carla := w.seat(w.hire("Adam", chat.Admin)), w.hire("Ben", chat.AgentRole), w.hire("Carla", chat.AgentRole)
	var team teamShape
	admin.do(post, "/teams", object{"name": "Repairs", "skills": object{}, "members": []string{ben.ID}}, &team)
	path := "/sites/" + w.site.ID + "/templates"
	text := func(scope, teamID string) object {
		return object{"title": "Spares", "shortcut": "spares", "body": "We have it.", "steps": []string{"agreeing"}, "scope": scope, "team_id": teamID}
	}
	admin.fails(post, path, text("team", ""), 422, chat.Invalid)
	admin.fails(post, path, text("site", team.ID), 422, chat.Invalid)
	admin.fails(post, path, text("team", chat.NewID()), 422, chat.Invalid)
	w.seat(ben).fails(post, path, text("team", team.ID), 403, chat.Forbidden)
	var made wire.Template
	admin.do(post, path, text("team", team.ID), &made)
	if made.Scope != wire.ScopeTeam || made.TeamID != team.ID || made.Team != "Repairs" {
		t.Errorf("made %+v", made)
	}
	for b, want := range map[*browser]bool{admin: true, w.seat(ben): true, w.seat(carla): false} {
		var list struct{ Templates []wire.Template }
		b.do(get, path, nil, &list)
		if got := slices.ContainsFunc(list.Templates, func(x wire.Template) bool { return x.ID == made.ID }); got != want {
			t.Errorf("offered: %t, want %t", got, want)
		}
	}
	w.seat(ben).do(get, path+"/"+made.ID+"/versions", nil, nil)
	w.seat(ben).fails(put, path+"/"+made.ID, text("team", team.ID), 403, chat.Forbidden)
	w.seat(carla).fails(get, path+"/"+made.ID+"/versions", nil, 404, chat.NotFound)
	w.seat(carla).fails(put, path+"/"+made.ID, text("personal", ""), 404, chat.NotFound)

	// A file names the team; where there is none of the name, nothing is brought in.
	guide := "/sites/" + w.site.ID + "/guide"
	for _, as := range []string{"json", "csv"} {
		var file struct{ Text string }
		admin.do(get, guide+"?as="+as, nil, &file)
		if !strings.Contains(file.Text, "Repairs") {
			t.Errorf("the %s does not name the team", as)
		}
		var landed chat.Landed
		admin.do(post, guide, object{"as": as, "text": file.Text}, &landed)
		if landed.Added != 0 || landed.Changed != 0 {
			t.Errorf("its own %s changes %+v", as, landed)
		}
		admin.do(post, guide, object{"as": as, "text": strings.ReplaceAll(file.Text, "We have it.", "It is here.")}, &landed)
		if landed.Changed != 1 {
			t.Errorf("another %s changes %+v", as, landed)
		}
		a := admin.fails(post, guide, object{"as": as, "text": strings.ReplaceAll(file.Text, "Repairs", "Nobody")}, 422, chat.Invalid)
		if !strings.Contains(a.body, "Make it first") {
			t.Errorf("an unknown team: %s", a.body)
		}
		admin.do(post, guide, object{"as": as, "text": file.Text}, nil)
	}
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

// A team's limits are its members', and nobody who sets none moves or invites anybody
// into larger ones, or moves anybody above them anywhere.
func TestATeamsLimits(t *testing.T) {
	w := newWorld(t)
	owner := w.hire("Olga", chat.Owner)
	top := w.seat(owner)
	var role roleShape
	top.do(post, "/roles", object{"name": "Lead", "permissions": []string{"people.manage", "conversation.read", "conversation.answer", "grant.give"}}, &role)
	ben, lea := w.hire("Ben", chat.AgentRole), w.hire("Lea", chat.AgentRole)
	top.do(patch, "/agents/"+lea.ID, object{"role": role.ID}, nil)
	ana, lead := w.seat(ben), w.seat(lea)
	var team teamShape
	top.do(post, "/teams", object{"name": "Repairs", "skills": object{}, "members": []string{}}, &team)

	place := "/sites/" + w.site.ID + "/authority"
	a := top.raw(get, place, nil)
	limit := func(who string, each int) object {
		return object{"who": who, "kind": "credit", "each": each, "day": each, "month": each}
	}
	set := func(limits ...object) object {
		return object{"version": a["version"], "currency": "EUR", "kinds": a["kinds"], "answer_within": 120, "limits": limits}
	}
	top.fails(put, place, set(limit(chat.NewID(), 10)), 422, chat.Invalid)
	a = top.raw(put, place, set(limit("agent", 10), limit(team.ID, 50), limit(string(role.ID), 20)))
	may := func(b *browser) any { return b.raw(get, place, nil)["left"].([]any)[0].(map[string]any)["each"] }
	if got := may(ana); got != 10.0 {
		t.Errorf("outside the team: %v", got)
	}
	if got := may(lead); got != 20.0 {
		t.Errorf("by a role of the installation's own: %v", got)
	}
	ana.raw(post, place+"/agree", object{"version": a["version"]})

	with := func(members ...string) object {
		return object{"name": "Repairs", "skills": object{}, "members": members}
	}
	invited := func(teams ...string) object {
		return object{"email": chat.NewID() + "@shop.example", "role": role.ID, "teams": teams}
	}
	lead.fails(put, "/teams/"+team.ID, with(lea.ID), 403, chat.Forbidden)
	lead.fails(put, "/teams/"+team.ID, with(ben.ID), 403, chat.Forbidden)
	lead.fails(post, "/invitations", invited(team.ID), 403, chat.Forbidden)
	top.do(post, "/invitations", invited(team.ID), nil)
	lead.do(post, "/invitations", invited(), nil)
	lead.fails(put, "/teams/"+team.ID, with(owner.ID), 403, chat.Forbidden)
	lead.fails(post, "/teams", object{"name": "Mine", "skills": object{}, "members": []string{owner.ID}}, 403, chat.Forbidden)
	lead.do(post, "/teams", object{"name": "Mine", "skills": object{}, "members": []string{lea.ID}}, nil)
	top.do(put, "/teams/"+team.ID, with(ben.ID, owner.ID), nil)
	if got := may(ana); got != 50.0 {
		t.Errorf("in the team: %v", got)
	}
	if got := ana.raw(get, place, nil)["read_version"]; got != 0.0 {
		t.Errorf("limits that a team brought count as agreed, version %v", got)
	}
	lead.fails(del, "/teams/"+team.ID, nil, 403, chat.Forbidden) // the owner is in it
	top.do(put, "/teams/"+team.ID, with(ben.ID), nil)
	lead.fails(put, "/teams/"+team.ID, with(), 403, chat.Forbidden)
	lead.fails(del, "/teams/"+team.ID, nil, 403, chat.Forbidden)
	top.do(del, "/teams/"+team.ID, nil, nil)
	if got := may(ana); got != 10.0 {
		t.Errorf("after the team: %v", got)
	}
	// What the form still holds of the team is left out.
	a = top.raw(put, place, set(limit("agent", 12), limit(team.ID, 50)))
	if got := a["limits"].([]any); len(got) != 1 {
		t.Errorf("limits of nobody stay: %v", got)
	}
}
