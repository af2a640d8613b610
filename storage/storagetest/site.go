package storagetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// sites: found by id and by key, changed, and begun with prompts in the order of
// the steps and with templates.
func sites(w *world) {
	v := w.site
	for _, find := range []func() (*chat.Site, error){
		func() (*chat.Site, error) { return w.store.Site(w.ctx, v.ID) },
		func() (*chat.Site, error) { return w.store.SiteByKey(w.ctx, v.Key) },
	} {
		if got, err := find(); err != nil || !reflect.DeepEqual(*got, v) {
			w.Errorf("got %+v, want %+v: %v", got, v, err)
		}
	}
	v.Name, v.AllowedOrigins = "Shop Ω", []string{"https://shop.example"}
	w.must(w.store.SaveSite(w.ctx, &v))
	w.write(func(tx chat.Tx) error {
		if got, err := tx.Site(v.ID); err != nil || !reflect.DeepEqual(*got, v) {
			w.Errorf("got %+v, want %+v: %v", got, v, err)
		}
		guide, err := tx.Guide(v.ID)
		if err == nil && (len(guide) != 3 || guide[0].Key != "hello" || guide[1].Key != "name" || guide[2].Key != "thanks") {
			w.Errorf("the guide is %+v", guide)
		}
		return err
	})
	other := w.newSite()
	if list, err := w.store.Sites(w.ctx); err != nil || len(list) != 2 || list[1].ID != other.ID {
		w.Errorf("sites %+v: %v", list, err)
	}
	prompts, err := w.store.Prompts(w.ctx, other.ID)
	w.must(err)
	if len(prompts) != 3 || prompts[0].SiteID != other.ID || prompts[0].Text != "Greet them" {
		w.Errorf("prompts %+v", prompts)
	}
	_, err = w.store.SiteByKey(w.ctx, "nobody")
	w.refused(err, chat.NotFound)
	double := chat.Site{ID: chat.NewID(), Key: v.Key}
	if err := w.store.InsertSite(w.ctx, &double, &chat.IdentitySecret{KID: chat.NewID()}, chat.Guide{}); err == nil {
		w.Error("two sites have one key")
	}
	if n := w.count(`SELECT count(*) FROM site_head`); n != 2 {
		w.Errorf("a refused site left %d heads", n)
	}
}

// templates: a new version replaces the one that was read and no other; an
// agent's own are theirs; what is used most comes first.
func templates(w *world) {
	own := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, AgentID: w.agent.ID, Title: "Mine", Shortcut: "m", Body: "Hi", Steps: []chat.Step{chat.Agreeing, chat.Closing}}
	w.must(w.store.SaveTemplate(w.ctx, &own))
	got, err := w.store.Template(w.ctx, own.ID)
	w.must(err)
	if got.Version != 1 || got.Title != "Mine" || got.UpdatedAt != chat.Time(w.clock.Load()) || len(got.Steps) != 2 {
		w.Errorf("got %+v", got)
	}
	stale := *got
	got.Body = "Hello"
	w.must(w.store.SaveTemplate(w.ctx, got))
	w.refused(w.store.SaveTemplate(w.ctx, &stale), chat.Conflict)
	c := w.started(nil)
	w.write(func(tx chat.Tx) error {
		if err := tx.AddUse(&chat.TemplateUse{ConversationID: c.ID, Seq: 1, SiteID: w.site.ID, MatterID: c.MatterID, TemplateID: own.ID, Version: 2}); err != nil {
			return err
		}
		v, err := tx.Template(own.ID)
		if err == nil && (v.Body != "Hello" || v.Version != 2 || v.Uses != 1) {
			w.Errorf("got %+v", v)
		}
		return err
	})
	list, err := w.store.Templates(w.ctx, w.site.ID, w.agent.ID)
	w.must(err)
	if len(list) != 2 || list[0].ID != own.ID {
		w.Errorf("templates %+v", list)
	}
	if list, err := w.store.Templates(w.ctx, w.site.ID, w.newAgent(chat.AgentRole).ID); err != nil || len(list) != 1 {
		w.Errorf("a colleague sees %+v: %v", list, err)
	}
	w.must(w.store.DeleteTemplate(w.ctx, own.ID))
	_, err = w.store.Template(w.ctx, own.ID)
	w.refused(err, chat.NotFound)
	w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { _, err := tx.Template(own.ID); return err }), chat.NotFound)
	stale.Version = 2
	w.refused(w.store.SaveTemplate(w.ctx, &stale), chat.Conflict)
}

// identitySecrets: they come back as they were, stand nowhere in the database as
// they are, and the one before works until its time.
func identitySecrets(w *world) {
	first, err := w.store.IdentitySecrets(w.ctx, w.site.ID)
	w.must(err)
	if len(first) != 1 || first[0].Secret != "secret-of-"+w.site.ID {
		w.Fatalf("secrets %+v", first)
	}
	w.later(time.Minute)
	now := chat.Time(w.clock.Load())
	next := chat.IdentitySecret{KID: chat.NewID(), SiteID: w.site.ID, Secret: "the-second-secret"}
	w.must(w.store.RotateIdentitySecret(w.ctx, &next, now.Add(time.Hour)))
	both, err := w.store.IdentitySecrets(w.ctx, w.site.ID)
	w.must(err)
	if len(both) != 2 || both[0].KID != next.KID || both[0].Secret != "the-second-secret" || both[1].RetiresAt != now.Add(time.Hour) {
		w.Errorf("secrets %+v", both)
	}
	w.unreadable("secret-of-", "the-second-secret")
	w.must(w.store.CountRetiringSecret(w.ctx, both[1].KID))
	w.must(w.store.CountRetiringSecret(w.ctx, both[1].KID))
	if used, err := w.store.IdentitySecrets(w.ctx, w.site.ID); err != nil || used[1].Uses != 2 || used[1].UsedAt != now || used[0].Uses != 0 {
		w.Errorf("used: %+v, %v", used, err)
	}
	w.refused(w.store.EndIdentitySecret(w.ctx, w.site.ID, next.KID), chat.NotFound)
	w.refused(w.store.EndIdentitySecret(w.ctx, chat.NewID(), both[1].KID), chat.NotFound)
	w.later(time.Hour)
	if left, err := w.store.IdentitySecrets(w.ctx, w.site.ID); err != nil || len(left) != 1 || left[0].KID != next.KID {
		w.Errorf("after its time: %+v, %v", left, err)
	}
	w.refused(w.store.EndIdentitySecret(w.ctx, w.site.ID, both[1].KID), chat.NotFound)
	// Sealed values that changed places do not open.
	third := chat.IdentitySecret{KID: chat.NewID(), SiteID: w.site.ID, Secret: "the-third-secret"}
	w.must(w.store.RotateIdentitySecret(w.ctx, &third, chat.Time(w.clock.Load()).Add(time.Hour)))
	_, err = w.raw.Exec(`UPDATE identity_secret SET sealed = (SELECT sealed FROM identity_secret WHERE kid = $1) WHERE kid = $2`, next.KID, third.KID)
	w.must(err)
	if got, err := w.store.IdentitySecrets(w.ctx, w.site.ID); err == nil {
		w.Errorf("a swapped secret opened: %+v", got)
	}
	w.must(w.store.EndIdentitySecret(w.ctx, w.site.ID, next.KID))
	w.refused(w.store.EndIdentitySecret(w.ctx, w.site.ID, next.KID), chat.NotFound)
}

// unreadable fails if a value of identity_secret holds one of the words.
func (w *world) unreadable(words ...string) {
	w.Helper()
	rows, err := w.raw.Query(`SELECT sealed FROM identity_secret`)
	w.must(err)
	defer rows.Close()
	for rows.Next() {
		var sealed string
		w.must(rows.Scan(&sealed))
		for _, word := range words {
			if strings.Contains(sealed, word) {
				w.Errorf("%q stands in the database", word)
			}
		}
	}
	w.must(rows.Err())
}

// auditing: the chain holds over restarts, and a line that is changed, taken out
// or moved is noticed.
func auditing(w *world) {
	for i := range 6 {
		w.later(time.Second)
		w.must(w.store.Audit(w.ctx, w.agent.ID, "agent.invited", chat.NewID(), fmt.Sprint("role ", i)))
		if i == 2 {
			w.reopen()
		}
	}
	if n, err := w.store.CheckAudit(w.ctx); err != nil || n != 6 {
		w.Fatalf("%d lines: %v", n, err)
	}
	var numbers []int64
	w.must(w.store.AuditEntries(w.ctx, func(e chat.AuditEntry) error {
		if e.By != w.agent.ID || e.Action != "agent.invited" || e.Detail != fmt.Sprint("role ", e.Number-1) || e.At == 0 {
			w.Errorf("entry %+v", e)
		}
		numbers = append(numbers, e.Number)
		return nil
	}))
	if !slices.Equal(numbers, []int64{1, 2, 3, 4, 5, 6}) {
		w.Errorf("entries %v", numbers)
	}
	for _, harm := range []struct{ does, undoes string }{
		{`UPDATE audit SET by_id = by_id || 'x' WHERE number = 4`, `UPDATE audit SET by_id = substr(by_id, 1, 36) WHERE number = 4`},
		{`UPDATE audit SET at = at + 1 WHERE number = 4`, `UPDATE audit SET at = at - 1 WHERE number = 4`},
		{`UPDATE audit SET number = 9 WHERE number = 4`, `UPDATE audit SET number = 4 WHERE number = 9`},
		{`DELETE FROM audit WHERE number = 4`, ``},
	} {
		_, err := w.raw.Exec(harm.does)
		w.must(err)
		var broken *storage.BrokenAudit
		if n, err := w.store.CheckAudit(w.ctx); !errors.As(err, &broken) || broken.Line != 4 || n != 3 {
			w.Errorf("%s: %d lines are good, %v", harm.does, n, err)
		}
		if harm.undoes != "" {
			_, err = w.raw.Exec(harm.undoes)
			w.must(err)
		}
	}
	// Closing the gap by renumbering does not help either.
	_, err := w.raw.Exec(`UPDATE audit SET number = number - 1 WHERE number > 4`)
	w.must(err)
	if _, err := w.store.CheckAudit(w.ctx); err == nil {
		w.Error("a line was taken out unnoticed")
	}
}
