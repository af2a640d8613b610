package storagetest

import (
	"reflect"
	"slices"
	"time"

	"rapport/hub/chat"
)

// authority: what stands on a site is kept whole, and so is who has read it and
// what they wish.
func authority(w *world) {
	a, err := w.store.Authority(w.ctx, w.site.ID)
	w.must(err)
	if !reflect.DeepEqual(a, chat.DefaultAuthority(w.site.ID)) {
		w.Errorf("before anybody set one: %+v", a)
	}
	for version := range int64(2) {
		a.Version, a.Currency, a.AnswerWithin, a.ChangedAt, a.ChangedBy = version+1, "CHF", 90*time.Second, 7, w.agent.ID
		a.Limits = []chat.Limit{{Who: w.agent.ID, Kind: "credit", Each: 1, Day: 2 + version, Month: 9}}
		read := chat.LimitsRead{AgentID: w.agent.ID, Version: version, At: 8}
		w.write(func(tx chat.Tx) error {
			w.must(tx.SaveLimitsRead(w.site.ID, &read))
			return tx.SaveAuthority(a)
		})
		w.write(func(tx chat.Tx) error {
			if got, err := tx.ReadVersion(w.site.ID, w.agent.ID); err != nil || got != version {
				w.Errorf("read version %d: %v", got, err)
			}
			for _, step := range [][3]int64{{version, 9, 9}, {version, 7, 9}, {9, version, version}} {
				w.must(tx.KeepLimitsRead(w.site.ID, step[0], step[1]))
				if got, err := tx.ReadVersion(w.site.ID, w.agent.ID); err != nil || got != step[2] {
					w.Errorf("from %d to %d: %d %v", step[0], step[1], got, err)
				}
			}
			if got, err := tx.Authority(w.site.ID); err != nil || !reflect.DeepEqual(got, a) {
				w.Errorf("got %+v, want %+v: %v", got, a, err)
			}
			return nil
		})
		if list, err := w.store.LimitsRead(w.ctx, w.site.ID); err != nil || len(list) != 1 || list[0] != read {
			w.Errorf("read by %+v: %v", list, err)
		}
	}
	w.write(func(tx chat.Tx) error {
		none, err := tx.ReadVersion(w.site.ID, chat.NewID())
		if none != 0 {
			w.Errorf("nobody has read %d", none)
		}
		return err
	})
	teamsAgain(w, a)
	wish := chat.LimitWish{ID: chat.NewID(), SiteID: w.site.ID, By: chat.AgentCard{ID: w.agent.ID, Name: w.agent.Name, Picture: w.agent.Picture}, Text: "More, please.", At: 9}
	w.write(func(tx chat.Tx) error { return tx.InsertLimitWish(&wish) })
	if list, err := w.store.LimitWishes(w.ctx, w.site.ID); err != nil || len(list) != 1 || list[0] != wish {
		w.Errorf("wishes %+v: %v", list, err)
	}
	wish.SettledAt, wish.SettledBy = 10, w.agent.ID
	w.write(func(tx chat.Tx) error {
		w.must(tx.SettleLimitWish(&wish))
		if got, err := tx.LimitWish(wish.ID); err != nil || *got != wish {
			w.Errorf("wish %+v: %v", got, err)
		}
		return tx.Audit(w.agent.ID, "authority.wish_settled", wish.ID, w.site.ID)
	})
	if list, err := w.store.LimitWishes(w.ctx, w.site.ID); err != nil || len(list) != 0 {
		w.Errorf("settled and still there: %+v: %v", list, err)
	}
	if n, err := w.store.CheckAudit(w.ctx); err != nil || n != 1 {
		w.Errorf("%d good lines of the audit log: %v", n, err)
	}
}

// grants: each is kept as it was given or asked for, is found while it waits,
// follows its customer through a merge, and counts where nobody was asked.
func grants(w *world) {
	c := w.started(nil)
	by := chat.AgentCard{ID: w.agent.ID, Name: w.agent.Name, Picture: w.agent.Picture}
	other := w.newAgent(chat.Supervisor)
	grant := func(clientID string, amount int64, at chat.Time) chat.Grant {
		return chat.Grant{
			ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, MatterID: c.MatterID, PersonID: c.PersonID, ClientID: clientID,
			Kind: "credit", Name: "Credit", Unit: chat.UnitMoney, Currency: "EUR", Amount: amount, Reason: "late", Note: "Late again.", Summary: "A lamp.",
			State: chat.GrantGiven, By: by, Passed: []string{}, At: at,
		}
	}
	first, second, asked := grant("client-1", 100, 1_000), grant("client-2", 20, 2_000), grant("client-3", 3_000, 3_000)
	asked.State, asked.AskedOf, asked.AskedAt, asked.AnswerBy = chat.GrantAsked, chat.AgentCard{ID: other.ID, Name: other.Name, Picture: other.Picture}, 3_000, 5_000
	w.write(func(tx chat.Tx) error {
		for _, g := range []chat.Grant{first, second, asked} {
			w.must(tx.InsertGrant(&g))
		}
		got, err := tx.GrantByClientID(c.ID, by.ID, "client-3")
		w.must(err)
		asked.PersonName, asked.PersonVerified = got.PersonName, got.PersonVerified
		if !reflect.DeepEqual(*got, asked) {
			w.Errorf("got %+v, want %+v", got, asked)
		}
		_, err = tx.GrantByClientID(c.ID, other.ID, "client-3")
		w.refused(err, chat.NotFound)
		if n, err := tx.CountWaitingGrants(c.ID); err != nil || n != 1 {
			w.Errorf("%d wait: %v", n, err)
		}
		if list, err := tx.WaitingGrants(c.ID); err != nil || len(list) != 1 || list[0].ID != asked.ID {
			w.Errorf("waiting here %+v: %v", list, err)
		}
		a := chat.DefaultAuthority(w.site.ID)
		for since, want := range map[chat.Time]int64{0: 120, 1_001: 20, 2_001: 0} {
			if sum, err := tx.SumGrants(a, by.ID, "credit", since); err != nil || sum != want {
				w.Errorf("since %d: %d, want %d: %v", since, sum, want, err)
			}
		}
		a.Currency = "CHF"
		if sum, err := tx.SumGrants(a, by.ID, "credit", 0); err != nil || sum != 0 {
			w.Errorf("%d francs were given: %v", sum, err)
		}
		a.Currency, a.Kinds[0].Unit = "EUR", chat.UnitDays
		if sum, err := tx.SumGrants(a, by.ID, "credit", 0); err != nil || sum != 0 {
			w.Errorf("%d days were given: %v", sum, err)
		}
		return nil
	})
	for now, want := range map[chat.Time]int{4_999: 0, 5_000: 1} {
		if due, err := w.store.DueGrants(w.ctx, now); err != nil || len(due) != want {
			w.Errorf("due at %d: %v %v", now, due, err)
		}
	}
	if list, err := w.store.WaitingGrants(w.ctx, w.site.ID); err != nil || len(list) != 1 || list[0].ID != asked.ID {
		w.Errorf("waiting %+v: %v", list, err)
	}
	asked.Decide(asked.AskedOf, true, "Yes.", 4_000)
	asked.Passed, asked.PromiseID = []string{chat.NewID()}, chat.NewID()
	w.write(func(tx chat.Tx) error { return tx.SaveGrant(&asked) })
	into := w.newPerson()
	w.write(func(tx chat.Tx) error { return tx.MergePerson(&chat.Merge{FromID: c.PersonID, IntoID: into.ID}) })
	list, err := w.store.GrantsOfPerson(w.ctx, into.ID)
	w.must(err)
	if len(list) != 3 || list[0].ID != asked.ID || list[0].DecidedBy.Name != other.Name || list[0].PromiseID != asked.PromiseID || list[0].Words != "Yes." {
		w.Errorf("after a merge: %+v", list)
	}
	totals, err := w.store.GrantTotals(w.ctx, w.site.ID, "", 1_000, 4_001)
	w.must(err)
	want := []chat.GrantTotal{{Agent: by, Kind: "credit", Name: "Credit", Unit: chat.UnitMoney, Currency: "EUR", Reason: "late", Count: 3, Amount: 3_120}}
	if !reflect.DeepEqual(totals, want) {
		w.Errorf("totals %+v", totals)
	}
	if totals, err = w.store.GrantTotals(w.ctx, w.site.ID, other.ID, 0, 9_000); err != nil || len(totals) != 0 {
		w.Errorf("a colleague's %+v: %v", totals, err)
	}
}

// teamsAgain: whoever joins or leaves a team that has limits is asked again, nobody
// else is.
func teamsAgain(w *world, a *chat.Authority) {
	team := chat.Team{ID: chat.NewID(), Name: "Limits"}
	w.must(w.store.InsertTeam(w.ctx, &team))
	agree := func() {
		w.write(func(tx chat.Tx) error {
			return tx.SaveLimitsRead(w.site.ID, &chat.LimitsRead{AgentID: w.agent.ID, Version: a.Version, At: 8})
		})
	}
	asked := func(what string, want bool) {
		w.write(func(tx chat.Tx) error {
			got, err := tx.ReadVersion(w.site.ID, w.agent.ID)
			if (got == 0) != want {
				w.Errorf("%s: asked again %t, want %t", what, got == 0, want)
			}
			return err
		})
		agree()
	}
	members := func(ids ...string) {
		was := team.Members
		team.Members = ids
		w.must(w.store.SaveTeam(w.ctx, &team, was))
	}
	agree()
	members(w.agent.ID)
	asked("a team without limits", false)
	members()
	a.Limits = append(a.Limits, chat.Limit{Who: team.ID, Kind: "credit", Each: 5, Day: 5, Month: 5})
	w.write(func(tx chat.Tx) error { return tx.SaveAuthority(a) })
	members(w.agent.ID)
	asked("joined", true)
	members(w.agent.ID)
	asked("stayed", false)
	w.write(func(tx chat.Tx) error {
		teams, err := tx.TeamsOf(w.agent.ID)
		if len(teams) != 1 || teams[0] != team.ID {
			w.Errorf("in teams %v", teams)
		}
		for id, want := range map[string]bool{team.ID: true, w.agent.ID: true, chat.NewID(): false} {
			if got, err := tx.MayHaveLimits(id); got != want || err != nil {
				w.Errorf("%s may have limits: %t %v", id, got, err)
			}
		}
		return err
	})
	invitedToLimits(w, team.ID)
	w.must(w.store.DeleteTeam(w.ctx, team.ID))
	asked("its end", true)
}

// invitedToLimits: a team that has limits by the time that an invitation is accepted
// gets nobody by one whose author sets none.
func invitedToLimits(w *world, teamID string) {
	lead := chat.OwnRole{ID: chat.NewID(), Name: "Lead", Rights: chat.RightsOf(chat.ManagePeople) | chat.AgentRole.Rights()}
	w.must(w.store.InsertRole(w.ctx, &lead))
	free, now := chat.Team{ID: chat.NewID(), Name: "No limits"}, chat.Time(w.clock.Load())
	w.must(w.store.InsertTeam(w.ctx, &free))
	author := w.newAgent(chat.Role(lead.ID))
	for by, want := range map[string][]string{author.ID: {free.ID}, w.host().ID: {teamID, free.ID}} {
		v := chat.Invitation{ID: chat.NewID(), TokenHash: "limits " + by, Email: by + "@new.example.org", Role: chat.AgentRole, Teams: []string{teamID, free.ID},
			CreatedBy: by, CreatedAt: now, ExpiresAt: now + 1_000}
		w.must(w.store.InsertInvitation(w.ctx, &v))
		newcomer := chat.Agent{ID: chat.NewID(), Name: "New by " + by}
		w.must(w.store.AcceptInvitation(w.ctx, v.TokenHash, &newcomer, w.session(newcomer.ID)))
		if of, err := w.store.TeamsOf(w.ctx, newcomer.ID); err != nil || !slices.Equal(of, want) {
			w.Errorf("who joined is in %q: %v", of, err)
		}
	}
}
