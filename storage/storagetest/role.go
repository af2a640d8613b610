package storagetest

import (
	"slices"

	"rapport/hub/chat"
)

// roles: kept under a name of their own, read with whoever has one, taken away once
// nobody does; another set of permissions ends the sign-ins of those.
func roles(w *world) {
	v := chat.OwnRole{ID: chat.NewID(), Name: "Reader", Rights: chat.RightsOf(chat.ReadConversations, chat.ReadReports)}
	w.must(w.store.InsertRole(w.ctx, &v))
	double := chat.OwnRole{ID: chat.NewID(), Name: "READER", Rights: v.Rights}
	w.refused(w.store.InsertRole(w.ctx, &double), chat.Conflict)
	if got, err := w.store.Role(w.ctx, v.ID); err != nil || *got != v {
		w.Errorf("got %+v, want %+v: %v", got, v, err)
	}

	rita := w.newAgent(chat.Role(v.ID))
	w.may(rita.ID, v.Rights)
	w.must(w.store.InsertSession(w.ctx, w.session(rita.ID), chat.Proof{Password: "hash"}))
	w.must(w.store.InsertSession(w.ctx, w.session(w.agent.ID), chat.Proof{Password: "hash"}))
	w.refused(w.store.DeleteRole(w.ctx, v.ID), chat.Conflict)

	v.Name = "Guest"
	w.ends(&v, 0) // another name signs nobody out
	v.Rights = chat.RightsOf(chat.ReadConversations)
	w.ends(&v, 1)
	w.may(rita.ID, v.Rights)
	if live, err := w.store.LiveSessions(w.ctx, w.agent.ID); err != nil || len(live) != 1 {
		w.Errorf("somebody else has %d sign-ins: %v", len(live), err)
	}

	rita.Role = chat.AgentRole
	w.must(w.store.SaveAgent(w.ctx, &rita))
	w.may(rita.ID, chat.AgentRole.Rights())
	w.invited("reader", "new@example.org", chat.Role(v.ID))
	w.refused(w.store.DeleteRole(w.ctx, v.ID), chat.Conflict)
	newcomer := chat.Agent{ID: chat.NewID(), Name: "New"}
	w.must(w.store.AcceptInvitation(w.ctx, "reader", &newcomer, w.session(newcomer.ID)))
	if !newcomer.May(chat.ReadConversations) || newcomer.May(chat.AnswerCustomers) {
		w.Errorf("who joined may %v", newcomer.Rights().List())
	}
	newcomer.Role = chat.AgentRole
	w.must(w.store.SaveAgent(w.ctx, &newcomer))
	w.must(w.store.DeleteRole(w.ctx, v.ID))
	w.refused(w.store.DeleteRole(w.ctx, v.ID), chat.NotFound)
	rita.Role = chat.Role(v.ID)
	w.refused(w.store.SaveAgent(w.ctx, &rita), chat.Invalid)
	_, err := w.store.SaveRole(w.ctx, &v)
	w.refused(err, chat.NotFound)
	if list, err := w.store.Roles(w.ctx); err != nil || len(list) != 0 {
		w.Errorf("roles %+v: %v", list, err)
	}
}

// ends saves a role and compares how many sign-ins that ended.
func (w *world) ends(v *chat.OwnRole, want int) {
	w.Helper()
	ended, err := w.store.SaveRole(w.ctx, v)
	if err != nil || len(ended) != want {
		w.Errorf("%q ended: %v", ended, err)
	}
}

// may compares what an agent may do, alone, among all and inside a unit of work.
func (w *world) may(id string, want chat.Rights) {
	w.Helper()
	got, err := w.store.Agent(w.ctx, id)
	w.must(err)
	all, err := w.store.Agents(w.ctx)
	w.must(err)
	i := slices.IndexFunc(all, func(a chat.Agent) bool { return a.ID == id })
	if got.Rights() != want || all[i].Rights() != want {
		w.Errorf("they may %v, among all %v, want %v", got.Rights().List(), all[i].Rights().List(), want.List())
	}
	w.seenInside(*got)
}
