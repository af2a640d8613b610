package console

import (
	"context"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// toldOnes stands for what sends.
type toldOnes struct{ nudged int }

func (s *toldOnes) Nudge() { s.nudged++ }

func (s *toldOnes) Try(_ context.Context, w *chat.Webhook) (*chat.WebhookAttempt, error) {
	return &chat.WebhookAttempt{WebhookID: w.ID, Number: 1, EventID: "test_1", Kind: chat.WebhookTest, Status: 204}, nil
}

// A webhook shows its secret twice at most: when it is made, and when that is made anew.
// What is changed stands in the audit log, without secrets.
func TestWebhooks(t *testing.T) {
	w := newWorld(t)
	told := &toldOnes{}
	w.door.Webhooks = told
	owner := w.hire("Ana", chat.Owner)
	b := w.seat(owner)
	place := "/sites/" + w.site.ID + "/webhooks"
	var made webhookShape
	b.do(post, place, object{"url": "https://shop.example/told?key=geheim", "kinds": []string{"promise.made", "message.posted"}}, &made)
	if !strings.HasPrefix(made.Secret, "whsec_") || made.By.Name != "Ana" || made.Kinds[0] != chat.MessagePosted || made.Paused != "" || told.nudged != 1 {
		t.Fatalf("made %+v", made)
	}
	b.fails(post, place, object{"url": "http://shop.example/", "kinds": []string{"message.posted"}}, 422, chat.Invalid)
	b.fails(post, place, object{"url": "https://shop.example/", "kinds": []string{"note.posted"}}, 422, chat.Invalid)
	b.fails(post, place, object{"url": "https://169.254.169.254/", "kinds": []string{"message.posted"}}, 422, chat.Invalid)
	own := place + "/" + made.ID
	var now webhookShape
	b.do(patch, own, object{"paused": true}, &now)
	if now.Paused != chat.WebhookStopped || now.Secret != "" || now.URL != made.URL || len(now.Kinds) != 2 {
		t.Errorf("paused %+v", now)
	}
	b.do(patch, own, object{"paused": false, "kinds": []string{"message.posted"}}, &now)
	if now.Paused != "" || len(now.Kinds) != 1 {
		t.Errorf("goes on %+v", now)
	}
	b.fails(patch, own, object{"url": "https://localhost/"}, 422, chat.Invalid)
	var fresh webhookShape
	b.do(post, own+"/secret", nil, &fresh)
	if fresh.Secret == "" || fresh.Secret == made.Secret || fresh.OldUntil == 0 {
		t.Errorf("rotated %+v", fresh)
	}
	var list struct{ Webhooks []webhookShape }
	b.do(get, place, nil, &list)
	if len(list.Webhooks) != 1 || list.Webhooks[0].Secret != "" || list.Webhooks[0].OldUntil != fresh.OldUntil {
		t.Errorf("listed %+v", list)
	}
	var tried attemptShape
	if b.do(post, own+"/test", nil, &tried); tried.Status != 204 || tried.Again {
		t.Errorf("tried %+v", tried)
	}
	w.must(w.store.NoteWebhookAttempt(t.Context(), &chat.WebhookAttempt{WebhookID: made.ID, SiteSeq: 3, EventID: "evt_1", Kind: chat.MessagePosted, Status: 500, Reason: chat.AttemptRefused}))
	var seen struct{ Attempts []attemptShape }
	b.do(get, own+"/attempts", nil, &seen)
	if len(seen.Attempts) != 1 || !seen.Attempts[0].Again || seen.Attempts[0].Reason != chat.AttemptRefused {
		t.Fatalf("attempts %+v", seen)
	}
	b.fails(post, own+"/again", object{"from": 99}, 422, chat.Invalid)
	b.do(post, own+"/again", object{"from": 1}, nil)
	if got, err := w.store.Webhook(t.Context(), made.ID); err != nil || got.Done != 2 {
		t.Errorf("sent again from %+v: %v", got, err)
	}
	b.do(post, own+"/again", object{}, nil)

	elsewhere := "/sites/" + w.newSite("Elsewhere").ID + "/webhooks/"
	foreign := b.fails(get, elsewhere+made.ID+"/attempts", nil, 404, chat.NotFound)
	if absent := b.fails(get, elsewhere+chat.NewID()+"/attempts", nil, 404, chat.NotFound); absent.body != foreign.body {
		t.Errorf("foreign %s, absent %s", foreign.body, absent.body)
	}
	b.fails(del, elsewhere+made.ID, nil, 404, chat.NotFound)
	b.do(del, own, nil, nil)
	b.fails(del, own, nil, 404, chat.NotFound)

	var lines []string
	w.must(w.store.AuditEntries(t.Context(), func(e chat.AuditEntry) error {
		if strings.HasPrefix(e.Action, "webhook.") {
			lines = append(lines, e.Action+" "+e.Change)
		}
		return nil
	}))
	all := strings.Join(lines, "\n")
	for _, want := range []string{"webhook.made", `{"field":"paused","from":"","to":"stopped"}`, `"to":["message.posted"]`, "webhook.rotated", "webhook.resent", "webhook.removed", "https://shop.example/told?…"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in the audit log:\n%s", want, all)
		}
	}
	for _, secret := range []string{"geheim", made.Secret, fresh.Secret, "whsec_"} {
		if strings.Contains(all, secret) {
			t.Errorf("%s stands in the audit log", secret)
		}
	}
}
