package console

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// verdictOfToken is what the tester says of a token.
type verdictOfToken struct {
	Customer *struct{ Sub, Name, Email string }
	KID      string `json:"kid"`
	Why      string
	Said     string
	Seconds  int64
}

func TestATokenIsTriedAndNotKept(t *testing.T) {
	var ahead atomic.Int64
	now := chat.SystemClock() // stands, so that nothing depends on how long this takes
	w := newWorld(t, func(o *Options) {
		o.Rates.Link = door.Rate{Burst: 5, Every: 100 * time.Hour, Keys: 100}
		o.Clock = func() chat.Time { return now.Add(time.Duration(ahead.Load())) }
	})
	ana := w.hire("Ana", chat.Owner)
	b := w.seat(ana)
	path := "/sites/" + w.site.ID + "/identity-secret"
	var sample struct{ Token string }
	b.do(post, path+"/sample", nil, &sample)
	var v verdictOfToken
	b.do(post, path+"/try", object{"token": sample.Token}, &v)
	if v.Why != "" || v.Customer == nil || v.Customer.Sub != "test-customer" || v.KID == "" {
		t.Fatalf("our own sample: %+v", v)
	}
	w.later(time.Hour)
	ahead.Store(int64(time.Hour))
	v = verdictOfToken{}
	b.do(post, path+"/try", object{"token": sample.Token}, &v)
	if v.Customer != nil || v.Why != "expired" || v.Seconds != 50*60 {
		t.Errorf("an hour later: %+v", v)
	}
	w.wroteDown("identity_secret.sampled", ana.ID+" identity_secret.sampled "+w.site.ID+" ")
	w.wroteDown("identity_secret.tried", ana.ID+" identity_secret.tried "+w.site.ID+" ", ana.ID+" identity_secret.tried "+w.site.ID+" ")
	if strings.Contains(w.log.String(), sample.Token[:40]) {
		t.Error("the log has the token")
	}
	b.fails(post, path+"/try", object{"token": strings.Repeat("x", 40_000)}, 413, chat.TooLarge)
	b.do(post, path+"/try", object{"token": "x"}, nil)
	b.fails(post, path+"/try", object{"token": "x"}, 429, chat.RateLimited)
}

func TestGraceTimeIsSeenAndEnded(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.Owner)
	b := w.seat(ana)
	path := "/sites/" + w.site.ID + "/identity-secret"
	var made struct{ KID string }
	b.do(post, path, nil, &made)
	var list struct{ Secrets []secretShape }
	b.do(get, path, nil, &list)
	if len(list.Secrets) != 2 || list.Secrets[0].KID != made.KID || list.Secrets[1].RetiresAt == 0 || list.Secrets[1].Uses != 0 {
		t.Fatalf("got %+v", list)
	}
	old := list.Secrets[1].KID
	w.must(w.store.CountRetiringSecret(t.Context(), old))
	b.do(get, path, nil, &list)
	if s := list.Secrets[1]; s.Uses != 1 || s.UsedAt == 0 {
		t.Errorf("used once: %+v", s)
	}
	b.fails(del, path+"/"+made.KID, nil, 404, chat.NotFound)
	b.fails(del, "/sites/"+w.newSite("Elsewhere").ID+"/identity-secret/"+old, nil, 404, chat.NotFound)
	b.do(del, path+"/"+old, nil, nil)
	b.fails(del, path+"/"+old, nil, 404, chat.NotFound)
	b.do(get, path, nil, &list)
	if len(list.Secrets) != 1 {
		t.Errorf("it works on: %+v", list)
	}
	w.wroteDown("identity_secret.ended", ana.ID+" identity_secret.ended "+w.site.ID+" "+old)
}
