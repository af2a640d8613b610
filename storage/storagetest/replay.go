package storagetest

import (
	"strings"

	"rapport/hub/chat"
)

// replay: what was missed comes in pages whose size does not follow from what
// was written, and one after the other they leave nothing out.
func replay(w *world) {
	c := w.started(nil)
	long := strings.Repeat("😀", chat.MaxText)
	const many = 12
	for range many {
		w.write(func(tx chat.Tx) error {
			c, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, ClientID: chat.NewID(), Kind: chat.Reply, By: chat.ByPerson, ByID: c.PersonID, Text: long}
			if err := tx.Append(c, &chat.Event{Type: chat.MessagePosted, By: m.By, ByID: m.ByID, MessageID: m.ID, Message: m}); err != nil {
				return err
			}
			return tx.SaveConversation(c)
		})
	}
	for range 300 {
		w.write(customerSays(c, chat.NewID()))
	}
	head := w.conversation(c.ID)
	for name, next := range map[string]func(after int64) ([]chat.Event, error){
		"team":   func(after int64) ([]chat.Event, error) { return w.store.NextEvents(w.ctx, c.ID, after) },
		"public": func(after int64) ([]chat.Event, error) { return w.store.NextPublicEvents(w.ctx, c.ID, after) },
	} {
		after, most := int64(0), 0
		for {
			page, err := next(after)
			w.must(err)
			if len(page) == 0 {
				break
			}
			size := 0
			for i := range page {
				if after++; page[i].Seq != after {
					w.Fatalf("%s: number %d after %d", name, page[i].Seq, after-1)
				}
				size += page[i].Weight()
			}
			most = max(most, size)
		}
		if after != head.Seq {
			w.Errorf("%s: read up to %d of %d", name, after, head.Seq)
		}
		if most > 128<<10 {
			w.Errorf("%s: a page holds %d bytes", name, most)
		}
	}
}
