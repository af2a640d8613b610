package storagetest

import (
	"reflect"
	"slices"

	"rapport/hub/chat"
)

// teams: kept with their skills and members, under a name of their own, and gone
// without taking anybody along.
func teams(w *world) {
	noor := w.newAgent(chat.AgentRole)
	v := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{noor.ID, w.agent.ID},
		Skills: chat.Skills{Sites: []string{w.site.ID}, Types: []string{"complaint"}, Languages: []string{"de"}}}
	w.must(v.Clean())
	w.must(w.store.InsertTeam(w.ctx, &v))
	w.sees(v)

	double := chat.Team{ID: chat.NewID(), Name: "repairs"}
	w.refused(w.store.InsertTeam(w.ctx, &double), chat.Conflict)
	for field, spoil := range map[string]func(*chat.Team){
		"members": func(v *chat.Team) { v.Members = []string{chat.NewID()} },
		"sites":   func(v *chat.Team) { v.Skills.Sites = []string{chat.NewID()} },
	} {
		bad := chat.Team{ID: chat.NewID(), Name: "Spares"}
		spoil(&bad)
		err := w.store.InsertTeam(w.ctx, &bad)
		if w.refused(err, chat.Invalid); err.(*chat.Failure).Field != field {
			w.Errorf("got %v, want it about %s", err, field)
		}
	}
	absent := chat.Team{ID: chat.NewID(), Name: "Nobody's"}
	w.refused(w.store.SaveTeam(w.ctx, &absent, nil), chat.NotFound)

	was := v.Members
	v.Name, v.Skills, v.Members = "Repairs and spares", chat.Skills{}, []string{noor.ID}
	w.refused(w.store.SaveTeam(w.ctx, &v, []string{noor.ID}), chat.Conflict) // not who was in it
	w.must(w.store.SaveTeam(w.ctx, &v, was))
	w.sees(v)
	if of, err := w.store.TeamsOf(w.ctx, noor.ID); err != nil || !slices.Equal(of, []string{v.ID}) {
		w.Errorf("teams of a member: %q %v", of, err)
	}
	if of, err := w.store.TeamsOf(w.ctx, w.agent.ID); err != nil || len(of) != 0 {
		w.Errorf("teams of who has left it: %q %v", of, err)
	}

	inviter, now := w.host(), chat.Time(w.clock.Load())
	invited := chat.Invitation{ID: chat.NewID(), TokenHash: "into-teams", Email: "new@example.org", Role: chat.AgentRole, Teams: []string{v.ID, chat.NewID()},
		CreatedBy: inviter.ID, CreatedAt: now, ExpiresAt: now + 1_000}
	w.must(w.store.InsertInvitation(w.ctx, &invited))
	newcomer := chat.Agent{ID: chat.NewID(), Name: "New"}
	w.must(w.store.AcceptInvitation(w.ctx, "into-teams", &newcomer, w.session(newcomer.ID)))
	if of, err := w.store.TeamsOf(w.ctx, newcomer.ID); err != nil || !slices.Equal(of, []string{v.ID}) {
		w.Errorf("who joined is in %q: %v", of, err)
	}

	t := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, TeamID: v.ID, Title: "Spares", Body: "We have it.", Steps: []chat.Step{chat.Agreeing}, ByID: noor.ID}
	w.must(w.store.SaveTemplate(w.ctx, &t))
	w.offers(noor.ID, t.ID, true)
	w.offers(w.agent.ID, t.ID, false)
	w.offers("", t.ID, false)
	if list, err := w.store.TeamTemplates(w.ctx, w.site.ID); err != nil || len(list) != 1 || list[0].TeamName != v.Name {
		w.Errorf("templates of teams %+v: %v", list, err)
	}

	w.must(w.store.DeleteTeam(w.ctx, v.ID))
	for _, of := range []string{noor.ID, newcomer.ID, w.agent.ID} {
		w.offers(of, t.ID, true) // what the team wrote is lost to nobody
	}
	w.refused(w.store.DeleteTeam(w.ctx, v.ID), chat.NotFound)
	if list, err := w.store.Teams(w.ctx); err != nil || len(list) != 0 {
		w.Errorf("teams %+v: %v", list, err)
	}
	_, err := w.store.Agent(w.ctx, noor.ID)
	w.must(err)
}

// offers compares whether an agent is offered a template.
func (w *world) offers(agentID, templateID string, want bool) {
	w.Helper()
	list, err := w.store.Templates(w.ctx, w.site.ID, agentID)
	w.must(err)
	if got := slices.ContainsFunc(list, func(t chat.Template) bool { return t.ID == templateID }); got != want {
		w.Errorf("%q is offered it: %t, want %t", agentID, got, want)
	}
}

// sees compares a team with what the store has of it, alone and among all.
func (w *world) sees(v chat.Team) {
	w.Helper()
	got, err := w.store.Team(w.ctx, v.ID)
	w.must(err)
	if !reflect.DeepEqual(*got, v) {
		w.Errorf("got %+v, want %+v", *got, v)
	}
	if list, err := w.store.Teams(w.ctx); err != nil || len(list) != 1 || !reflect.DeepEqual(list[0], v) {
		w.Errorf("all are %+v, want %+v: %v", list, v, err)
	}
}
