package storagetest

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
)

// agents: found by id and address, changed, and each address belongs to one.
func agents(w *world) {
	a := w.newAgent(chat.Supervisor)
	got, err := w.store.AgentByEmail(w.ctx, a.Email)
	w.must(err)
	if !reflect.DeepEqual(*got, a) {
		w.Errorf("got %+v, want %+v", got, a)
	}
	w.seenInside(a)
	a.Name, a.Picture, a.Role, a.DisabledAt = "Benjamin", "b.png", chat.Admin, 7
	a.Work = chat.Work{Capacity: 6, Languages: []string{"de", "en"}}
	stale := a
	stale.PasswordHash = "before" // as read before another process changed it
	w.must(w.store.SaveAgent(w.ctx, &stale))
	w.seenInside(a)
	for _, step := range []struct {
		proven string
		same   bool
	}{{"before", false}, {"hash", true}, {"hash", false}} {
		if same, err := w.store.Rehash(w.ctx, a.ID, step.proven, "fresh"); err != nil || same != step.same {
			w.Errorf("rehashed over %s: %t %v", step.proven, same, err)
		}
	}
	a.PasswordHash = "fresh"
	w.seenInside(a)
	if got, err := w.store.Agent(w.ctx, a.ID); err != nil || !reflect.DeepEqual(*got, a) {
		w.Errorf("got %+v, want %+v: %v", got, a, err)
	}
	double := chat.Agent{ID: chat.NewID(), Email: a.Email, Role: chat.AgentRole}
	w.refused(w.store.InsertAgent(w.ctx, &double), chat.Conflict)
	list, err := w.store.Agents(w.ctx)
	w.must(err)
	if len(list) != 2 || list[0].ID != w.agent.ID {
		w.Errorf("agents %+v", list)
	}
	_, err = w.store.AgentByEmail(w.ctx, "nobody@example.org")
	w.refused(err, chat.NotFound)
}

// told: what is done on the command line stands in the audit log, and what was
// refused does not; a new password ends all sign-ins.
func told(w *world) {
	a := chat.Agent{ID: chat.NewID(), Email: "cli@example.org", Name: "Cli", Role: chat.Admin, PasswordHash: "old"}
	line := chat.AuditEntry{Action: "agent.created", Object: a.ID}
	w.must(w.store.InsertAgent(w.ctx, &a, line))
	w.must(w.store.InsertSession(w.ctx, w.session(a.ID), chat.Proof{Password: "old"}))
	double := chat.Agent{ID: chat.NewID(), Email: a.Email, Name: "Other", Role: chat.AgentRole}
	w.refused(w.store.InsertAgent(w.ctx, &double, line), chat.Conflict)
	line.Action = "agent.password_set"
	w.must(w.store.SetPassword(w.ctx, a.ID, "new", line))
	a.PasswordHash = "new"
	w.seenInside(a)
	if live, err := w.store.LiveSessions(w.ctx, a.ID); err != nil || len(live) != 0 {
		w.Errorf("%d sign-ins outlive the password: %v", len(live), err)
	}
	var actions []string
	w.must(w.store.AuditEntries(w.ctx, func(e chat.AuditEntry) error {
		actions = append(actions, e.Action+" by "+e.By)
		return nil
	}))
	if !slices.Equal(actions, []string{"agent.created by ", "agent.password_set by "}) {
		w.Errorf("the audit log tells %q", actions)
	}
}

// names: nobody may look like a colleague who can sign in, however they come by
// the name.
func names(w *world) {
	ana := chat.Agent{ID: chat.NewID(), Email: "ana@example.org", Name: "Ana Ruiz", Role: chat.AgentRole}
	w.must(w.store.InsertAgent(w.ctx, &ana))
	twin := chat.Agent{ID: chat.NewID(), Email: "twin@example.org", Name: "\u0410na  ru\u00edz", Role: chat.AgentRole}
	w.refused(w.store.InsertAgent(w.ctx, &twin), chat.Conflict)
	if _, err := w.store.Agent(w.ctx, twin.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("the refused one is here: %v", err)
	}
	twin.Name = "Ana Ortiz"
	w.must(w.store.InsertAgent(w.ctx, &twin))
	twin.Name = "ANA RUIZ"
	w.refused(w.store.SaveAgent(w.ctx, &twin), chat.Conflict)

	ana.DisabledAt = 7
	w.must(w.store.SaveAgent(w.ctx, &ana))
	w.must(w.store.SaveAgent(w.ctx, &twin)) // who cannot sign in leaves the name
	ana.DisabledAt = 0
	w.refused(w.store.SaveAgent(w.ctx, &ana), chat.Conflict)
	ana.Name = "Ana R."
	w.must(w.store.SaveAgent(w.ctx, &ana))
	twin.Picture = "twin.png"
	w.must(w.store.SaveAgent(w.ctx, &twin))
}

// seenInside compares an agent with what a unit of work sees of them.
func (w *world) seenInside(a chat.Agent) {
	w.Helper()
	w.write(func(tx chat.Tx) error {
		got, err := tx.Agent(a.ID)
		if err == nil && !reflect.DeepEqual(*got, a) {
			w.Errorf("a unit of work sees %+v, want %+v", got, a)
		}
		return err
	})
}

// oneOwner: of twenty set-ups at once, one succeeds.
func oneOwner(w *world) {
	if exists, err := w.store.OwnerExists(w.ctx); err != nil || exists {
		w.Fatalf("an owner before the set-up: %v", err)
	}
	w.once(chat.SetupDone, func(i int) error {
		return w.store.InsertAgent(w.ctx, &chat.Agent{ID: chat.NewID(), Email: fmt.Sprint("owner", i, "@example.org"), Role: chat.Owner})
	})
	if exists, err := w.store.OwnerExists(w.ctx); err != nil || !exists {
		w.Errorf("no owner after the set-up: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM agent WHERE role = 'owner'`); n != 1 {
		w.Errorf("%d owners", n)
	}
}

// once runs try twenty times at once: one must succeed, the others be refused
// with the code.
func (w *world) once(code chat.Code, try func(i int) error) {
	w.Helper()
	var won atomic.Int32
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			err := try(i)
			if err == nil {
				won.Add(1)
			} else if !chat.Is(err, code) {
				w.Errorf("got %v, want %s", err, code)
			}
		})
	}
	wait.Wait()
	if won.Load() != 1 {
		w.Errorf("%d of 20 succeeded", won.Load())
	}
}

func (w *world) invited(hash, email string, role chat.Role) chat.Invitation {
	w.Helper()
	now := chat.Time(w.clock.Load())
	v := chat.Invitation{ID: chat.NewID(), TokenHash: hash, Email: email, Role: role, CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
	if role != chat.Owner {
		v.CreatedBy = w.host().ID
	}
	w.must(w.store.InsertInvitation(w.ctx, &v))
	return v
}

// host is an admin, who may invite.
func (w *world) host() *chat.Agent {
	w.Helper()
	a, err := w.store.AgentByEmail(w.ctx, "host@example.org")
	if chat.Is(err, chat.NotFound) {
		a, err = &chat.Agent{ID: chat.NewID(), Email: "host@example.org", Name: "Host", Role: chat.Admin}, nil
		w.must(w.store.InsertAgent(w.ctx, a))
	}
	w.must(err)
	return a
}

// invitationsFall: a link does not outlive the rights of whoever made it.
func invitationsFall(w *world) {
	w.invited("link", "new@example.org", chat.Admin)
	host := w.host()
	for _, change := range []func(*chat.Agent){
		func(a *chat.Agent) { a.Role = chat.Supervisor },
		func(a *chat.Agent) { a.Role, a.DisabledAt = chat.Admin, 1 },
	} {
		change(host)
		w.must(w.store.SaveAgent(w.ctx, host))
		_, err := w.store.Invitation(w.ctx, "link")
		w.refused(err, chat.LinkExpired)
		a := chat.Agent{ID: chat.NewID()}
		w.refused(w.store.AcceptInvitation(w.ctx, "link", &a, w.session(a.ID)), chat.LinkExpired)
	}
	host.DisabledAt = 0
	w.must(w.store.SaveAgent(w.ctx, host))
	_, err := w.store.Invitation(w.ctx, "link")
	w.must(err)
}

func (w *world) session(agentID string) *chat.AgentSession {
	now := chat.Time(w.clock.Load())
	return &chat.AgentSession{ID: chat.NewID(), AgentID: agentID, Generation: 1, UserAgent: "Firefox", IP: "127.0.0.1", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
}

// invitations: one of twenty who follow the link at once becomes an agent, with
// the role and address of the invitation, and with a session.
func invitations(w *world) {
	v := w.invited("hash", "new@example.org", chat.Supervisor)
	if got, err := w.store.Invitation(w.ctx, "hash"); err != nil || !reflect.DeepEqual(*got, v) {
		w.Errorf("got %+v, want %+v: %v", got, v, err)
	}
	w.once(chat.LinkExpired, func(int) error {
		a := chat.Agent{ID: chat.NewID(), Email: "else@example.org", Role: chat.Owner}
		return w.store.AcceptInvitation(w.ctx, "hash", &a, w.session(a.ID))
	})
	a, err := w.store.AgentByEmail(w.ctx, "new@example.org")
	w.must(err)
	if list, err := w.store.LiveSessions(w.ctx, a.ID); err != nil || len(list) != 1 || a.Role != chat.Supervisor {
		w.Errorf("the new agent %+v has %d sessions: %v", a, len(list), err)
	}
	if n := w.count(`SELECT count(*) FROM agent_session`); n != 1 {
		w.Errorf("%d sessions", n)
	}
	_, err = w.store.Invitation(w.ctx, "hash")
	w.refused(err, chat.LinkExpired)
	// An address that is taken leaves the invitation as it is.
	w.invited("second", "new@example.org", chat.AgentRole)
	b := chat.Agent{ID: chat.NewID()}
	w.refused(w.store.AcceptInvitation(w.ctx, "second", &b, w.session(b.ID)), chat.Conflict)
	_, err = w.store.Invitation(w.ctx, "second")
	w.must(err)
}

// invitationKinds: only the latest set-up link works and it is in no list; what
// has run out or was withdrawn is refused.
func invitationKinds(w *world) {
	w.invited("owner-1", "", chat.Owner)
	kept := w.invited("agent-1", "a@example.org", chat.AgentRole)
	w.invited("owner-2", "", chat.Owner)
	_, err := w.store.Invitation(w.ctx, "owner-1")
	w.refused(err, chat.LinkExpired)
	owner, err := w.store.Invitation(w.ctx, "owner-2")
	w.must(err)
	if list, err := w.store.Invitations(w.ctx); err != nil || len(list) != 1 || !reflect.DeepEqual(list[0], kept) {
		w.Errorf("invitations %+v: %v", list, err)
	}
	w.refused(w.store.DeleteInvitation(w.ctx, owner.ID), chat.NotFound)
	w.must(w.store.DeleteInvitation(w.ctx, kept.ID))
	w.refused(w.store.DeleteInvitation(w.ctx, kept.ID), chat.NotFound)
	_, err = w.store.Invitation(w.ctx, "agent-1")
	w.refused(err, chat.LinkExpired)
	w.later(time.Hour)
	_, err = w.store.Invitation(w.ctx, "owner-2")
	w.refused(err, chat.LinkExpired)
	a := chat.Agent{ID: chat.NewID(), Email: "late@example.org"}
	w.refused(w.store.AcceptInvitation(w.ctx, "owner-2", &a, w.session(a.ID)), chat.LinkExpired)
	_, err = w.store.AgentByEmail(w.ctx, "late@example.org")
	w.refused(err, chat.NotFound)
}

// sessions: kept, listed while they live, ended one by one or all but one.
func sessions(w *world) {
	other := w.newAgent(chat.AgentRole)
	var list []*chat.AgentSession
	for range 3 {
		v := w.session(w.agent.ID)
		w.must(w.store.InsertSession(w.ctx, v, chat.Proof{Password: "hash"}))
		list = append(list, v)
	}
	w.must(w.store.InsertSession(w.ctx, w.session(other.ID), chat.Proof{Password: "hash"}))
	if got, err := w.store.Session(w.ctx, list[0].ID); err != nil || *got != *list[0] {
		w.Errorf("got %+v: %v", got, err)
	}
	live, err := w.store.LiveSessions(w.ctx, w.agent.ID)
	w.must(err)
	if len(live) != 3 || live[0].ID != list[2].ID {
		w.Errorf("live %+v", live)
	}
	w.refused(w.store.RevokeSession(w.ctx, other.ID, list[0].ID), chat.NotFound)
	w.must(w.store.RevokeSession(w.ctx, w.agent.ID, list[0].ID))
	w.refused(w.store.RevokeSession(w.ctx, w.agent.ID, list[0].ID), chat.NotFound)
	ended, err := w.store.RevokeSessions(w.ctx, w.agent.ID, list[1].ID)
	w.must(err)
	if len(ended) != 1 || ended[0] != list[2].ID {
		w.Errorf("ended %v", ended)
	}
	if live, err := w.store.LiveSessions(w.ctx, w.agent.ID); err != nil || len(live) != 1 || live[0].ID != list[1].ID {
		w.Errorf("live %+v: %v", live, err)
	}
	w.later(2 * time.Hour)
	if live, err := w.store.LiveSessions(w.ctx, w.agent.ID); err != nil || len(live) != 0 {
		w.Errorf("a session that has run out lives: %+v, %v", live, err)
	}
	_, err = w.store.Session(w.ctx, chat.NewID())
	w.refused(err, chat.NotFound)
	for _, step := range []struct {
		after time.Duration
		left  int64
	}{{29 * 24 * time.Hour, 4}, {24 * time.Hour, 0}} {
		w.later(step.after)
		w.must(w.store.PruneSessions(w.ctx))
		if n := w.count(`SELECT count(*) FROM agent_session`); n != step.left {
			w.Errorf("%d sign-ins are remembered, want %d", n, step.left)
		}
	}
}

// proven: a sign-in begins only with the password that was checked, and another
// password ends them all but the one that it opens.
func proven(w *world) {
	first, second := w.session(w.agent.ID), w.session(w.agent.ID)
	w.must(w.store.InsertSession(w.ctx, first, chat.Proof{Password: "hash"}))
	w.refused(w.store.InsertSession(w.ctx, second, chat.Proof{Password: "another"}), chat.Unauthorized)
	_, err := w.store.ChangePassword(w.ctx, second, first.ID, "another", "fresh")
	w.refused(err, chat.Unauthorized)
	_, err = w.store.ChangePassword(w.ctx, second, chat.NewID(), "hash", "fresh")
	w.refused(err, chat.NotFound)
	ended, err := w.store.ChangePassword(w.ctx, second, first.ID, "hash", "fresh")
	w.must(err)
	if len(ended) != 1 || ended[0] != first.ID {
		w.Errorf("ended %v", ended)
	}
	if live, err := w.store.LiveSessions(w.ctx, w.agent.ID); err != nil || len(live) != 1 || live[0].ID != second.ID {
		w.Errorf("live %+v: %v", live, err)
	}
	a, err := w.store.Agent(w.ctx, w.agent.ID)
	w.must(err)
	if a.PasswordHash != "fresh" {
		w.Errorf("the hash is %q", a.PasswordHash)
	}
	w.refused(w.store.InsertSession(w.ctx, w.session(w.agent.ID), chat.Proof{Password: "hash"}), chat.Unauthorized)
	a.DisabledAt = 7
	w.must(w.store.SaveAgent(w.ctx, a))
	w.refused(w.store.InsertSession(w.ctx, w.session(w.agent.ID), chat.Proof{Password: "fresh"}), chat.Unauthorized)
	_, err = w.store.ChangePassword(w.ctx, w.session(w.agent.ID), second.ID, "fresh", "later")
	w.refused(err, chat.Unauthorized)
}

// rotation: of many who rotate the same generation at once one wins, and an
// ended session is not rotated.
func rotation(w *world) {
	v := w.session(w.agent.ID)
	w.must(w.store.InsertSession(w.ctx, v, chat.Proof{Password: "hash"}))
	w.later(time.Minute)
	var won atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			ok, err := w.store.RotateSession(w.ctx, v.ID, 1, v.ExpiresAt.Add(time.Hour))
			if err != nil {
				w.Error(err)
			}
			if ok {
				won.Add(1)
			}
		})
	}
	wait.Wait()
	got, err := w.store.Session(w.ctx, v.ID)
	w.must(err)
	now := chat.Time(w.clock.Load())
	if won.Load() != 1 || got.Generation != 2 || got.RotatedAt != now || got.SeenAt != now || got.ExpiresAt != v.ExpiresAt.Add(time.Hour) {
		w.Errorf("%d won, session %+v", won.Load(), got)
	}
	w.must(w.store.RevokeSession(w.ctx, w.agent.ID, v.ID))
	ok, err := w.store.RotateSession(w.ctx, v.ID, 2, v.ExpiresAt)
	w.must(err)
	if ok {
		w.Error("an ended session was rotated")
	}
}
