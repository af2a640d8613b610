package console

import (
	"fmt"
	"testing"

	"rapport/hub/chat"
)

// BenchmarkOpenConversation is one call for a conversation with a full page,
// notes, pages and twenty earlier conversations, HTTP on loopback included.
func BenchmarkOpenConversation(b *testing.B) {
	w := newWorld(b)
	agent := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("message 0")
	c := "/conversations/" + v.id
	agent.do(post, c+"/take", nil, nil)
	for i := range 60 {
		v.says(fmt.Sprint("message ", i))
	}
	row, err := w.store.RowByID(b.Context(), v.id)
	w.must(err)
	for range 20 {
		w.earlier(row.PersonID)
		w.must(w.store.AddPageView(b.Context(), &chat.PageView{ID: chat.NewID(), PersonID: row.PersonID, URL: "https://shop.example/", Title: "Shop"}))
		agent.do(post, "/people/"+row.PersonID+"/notes", object{"text": "Has two cats"}, nil)
	}
	for b.Loop() {
		agent.do(get, c, nil, nil)
	}
}
