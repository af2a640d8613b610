package console

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

func TestCommitmentsAreFoundWhileWriting(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ben", chat.AgentRole))
	path := "/sites/" + w.site.ID + "/when"
	var got struct{ Found []foundShape }
	b.do(post, path, object{"text": "Hallo Zoë 👋! I'll get back to you tomorrow at noon. Is that fine?", "zone": "Asia/Tokyo"}, &got)
	if len(got.Found) != 1 {
		t.Fatalf("got %+v", got)
	}
	f := got.Found[0]
	if due := f.DueAt.Std().In(time.FixedZone("Tokyo", 9*3600)); f.Text != "I'll get back to you" || f.Words != "tomorrow at noon" || due.Hour() != 12 || due.Minute() != 0 || f.Start != 14 || f.End != 52 {
		t.Errorf("got %+v, due %s", f, due)
	}
	before := w.door.Clock().Add(-10 * 24 * time.Hour)
	var then struct{ Found []foundShape }
	b.do(post, path, object{"text": "I'll get back to you tomorrow at noon.", "zone": "UTC", "at": before}, &then)
	if day := before.Std().UTC().AddDate(0, 0, 1); len(then.Found) != 1 || then.Found[0].DueAt.Std().UTC().Day() != day.Day() {
		t.Errorf("said ten days ago: %+v", then.Found)
	}
	for _, at := range []chat.Time{-1, w.door.Clock().Add(time.Hour)} {
		b.fails(post, path, object{"text": "I'll call.", "zone": "UTC", "at": at}, 422, chat.Invalid)
	}
	b.do(post, path, object{"text": "I'll keep you posted.", "zone": "Asia/Tokyo"}, &got)
	if len(got.Found) != 1 || got.Found[0].DueAt != 0 || got.Found[0].Words != "" {
		t.Errorf("got %+v", got)
	}
	b.do(post, path, object{"text": "Shall I call you tomorrow?", "zone": "Asia/Tokyo"}, &got)
	if got.Found == nil || len(got.Found) != 0 {
		t.Errorf("got %+v", got)
	}
	for _, zone := range []string{"", "Local", "../../etc/passwd", "Mars/Olympus", strings.Repeat("a", 100)} {
		b.fails(post, path, object{"text": "I'll call.", "zone": zone}, 422, chat.Invalid)
	}
	b.fails(post, path, object{"text": strings.Repeat("é", chat.MaxText+1), "zone": "UTC"}, 422, chat.Invalid)
	b.fails(post, "/sites/"+chat.NewID()+"/when", object{"text": "I'll call.", "zone": "UTC"}, 404, chat.NotFound)
	readShapes(t).each(t, "Commitment", b.raw(post, path, object{"text": "I'll keep you posted.", "zone": "UTC"})["found"])
}
