package console

import (
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// TestRulesAreSavedAndCounted: they stand in the site's settings and its audit, let the
// site look around, and show what came of them.
func TestRulesAreSavedAndCounted(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Owner", chat.Owner))
	path, id := "/sites/"+w.site.ID, chat.NewID()
	rule := object{"id": id, "name": "Prices", "on": true, "on_page": 20, "text": "Can we help?"}
	b.fails(patch, path, object{"inviting": object{"rules": []object{{"id": id, "name": "", "on": true, "text": "x", "on_page": 20}}}}, 422, chat.Invalid)
	b.fails(patch, path, object{"inviting": object{"rules": []object{{"id": id, "color": "red"}}}}, 422, chat.UnknownField)
	var saved chat.SiteSettings
	b.do(patch, path, object{"inviting": object{"rules": []object{rule}}}, &saved)
	if len(saved.Inviting.Rules) != 1 || saved.Inviting.Times != 1 || saved.Inviting.Days != 7 {
		t.Errorf("saved: %+v", saved.Inviting)
	}
	written := false
	w.must(w.store.AuditEntries(t.Context(), func(e chat.AuditEntry) error {
		written = written || e.Action == "site.changed" && e.Detail == "inviting"
		return nil
	}))
	if !written {
		t.Error("the audit does not say that rules were changed")
	}
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		return tx.CountInvites(w.site.ID, chat.InviteUse{RuleID: id, Day: w.door.Desk.DayBefore(w.site, w.door.Clock(), 1), Shown: 3, Answered: 1})
	}))
	var got struct {
		Since, Until string
		Uses         []wire.InviteUse
	}
	b.do(get, path+"/inviting/results", nil, &got)
	if len(got.Uses) != 1 || got.Uses[0].Rule != id || got.Uses[0].Shown != 3 || got.Uses[0].Answered != 1 || got.Since >= got.Until {
		t.Errorf("results: %+v", got)
	}
	w.seat(w.hire("Ana", chat.AgentRole)).fails(get, path+"/inviting/results", nil, 403, chat.Forbidden)
	b.fails(get, "/sites/"+chat.NewID()+"/inviting/results", nil, 404, chat.NotFound)
}
