package main

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage"
)

// What a site keeps no longer goes by itself, in more than one step, and so does a
// sensitive note whose day has come; what is younger and its customer stay.
func TestWhatIsTooOldGoesByItself(t *testing.T) {
	srv := wholeServer(t)
	defer func() {
		if err := srv.stop(); err != nil {
			t.Error(err)
		}
	}()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, now, site := t.Context(), chat.SystemClock(), srv.demo
	person := chat.Person{ID: chat.NewID(), SiteID: site.ID, CreatedAt: now}
	young := ""
	must(srv.store.Write(ctx, func(tx chat.Tx) error {
		if err := tx.InsertPerson(&person); err != nil {
			return err
		}
		for i := range desk.AgedAtOnce + 2 {
			c := chat.Conversation{ID: chat.NewID(), SiteID: site.ID, PersonID: person.ID, Channel: chat.ChannelChat, State: chat.Closed, MatterID: chat.NewID(), ClosedAt: now.Add(-50 * 24 * time.Hour)}
			if i == 0 {
				c.ClosedAt, young = now, c.ID
			}
			if err := tx.InsertConversation(&c); err != nil {
				return err
			}
		}
		return nil
	}))
	site.Retention = chat.Retention{Months: 1, SetAt: now.Add(-chat.RetentionGrace)}
	must(srv.store.SaveSite(ctx, site))
	must(srv.eraseAgedOf(ctx, site.ID))
	if left, err := srv.store.PersonConversations(ctx, person.ID, 50); err != nil || len(left) != 1 || left[0] != young {
		t.Errorf("left are %v, want %s: %v", left, young, err)
	}
	for _, until := range []chat.Time{now.Add(-time.Hour), now.Add(time.Hour)} {
		note := chat.PersonNote{ID: chat.NewID(), PersonID: person.ID, AgentID: chat.NewID(), Text: "Asthma", Consent: "Yes", ExpiresAt: until}
		agent := chat.Agent{ID: note.AgentID, Email: note.AgentID + "@example.org", Name: "Ben " + note.AgentID, Role: chat.Supervisor}
		must(srv.store.InsertAgent(ctx, &agent))
		must(srv.store.AddPersonNote(ctx, &note))
	}
	must(srv.eraseOldNotes(ctx))
	if more, err := srv.store.EraseOldNotes(ctx); err != nil || more {
		t.Errorf("there are more: %v", err)
	}
	lines, _, err := srv.store.AuditPage(ctx, storage.AuditPage{Noun: "note", Limit: 10})
	must(err)
	if len(lines) != 3 || lines[0].Action != "note.expired" {
		t.Errorf("the log has %+v", lines)
	}
}
