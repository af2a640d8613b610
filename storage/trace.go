package storage

import (
	"time"

	"rapport/hub/chat"
	"rapport/hub/trace"
)

// tell tells who follows some of a batch what became of it: the transaction, with how
// many shared it and how long this one waited for it, and the hand-over of its events to
// whoever listens, here and on other servers. began is when the batch was begun; a batch
// that was not stored has no hand-over.
func (w *writer) tell(batch []*work, began time.Time) {
	if w.s.opt.Traces == nil {
		return
	}
	told := time.Now()
	stored, failed := w.stored, ""
	if stored.IsZero() {
		stored, failed = told, string(chat.StoreDown)
	}
	for _, u := range batch {
		if u.span == nil {
			continue
		}
		u.span.Add("transaction", trace.Inside, began, stored, failed,
			trace.Number("rapport.units", int64(len(batch))), trace.Number("rapport.waited_us", began.Sub(u.asked).Microseconds()))
		if failed == "" {
			u.span.Add("publish", trace.Telling, stored, told, "")
		}
	}
}
