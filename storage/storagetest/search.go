package storagetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/search"
	"rapport/storage"

	"pgregory.net/rapid"
)

// tells is a unit of work that adds a message with these words.
func tells(c chat.Conversation, kind chat.MessageKind, by chat.Kind, byID, text string) func(chat.Tx) error {
	return func(tx chat.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, ClientID: chat.NewID(), Kind: kind, By: by, ByID: byID, Text: text, At: tx.Now()}
		e := chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: by, ByID: byID, MessageID: m.ID, Message: m}
		if kind == chat.Note {
			e.Type = chat.NotePosted
		}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		c.LastAt = tx.Now()
		return tx.SaveConversation(c)
	}
}

func (w *world) hears(c chat.Conversation, text string) {
	w.Helper()
	w.write(tells(c, chat.Reply, chat.ByPerson, c.PersonID, text))
}

func (w *world) answersWith(c chat.Conversation, kind chat.MessageKind, text string) {
	w.Helper()
	w.write(tells(c, kind, chat.ByAgent, w.agent.ID, text))
}

// indexed reads everything into the index.
func (w *world) indexed() {
	w.Helper()
	for {
		more, err := w.store.IndexNext(w.ctx)
		w.must(err)
		if !more {
			return
		}
	}
}

// asks searches as the world's agent does, page by page, and returns the words of
// what is found.
func (w *world) asks(query string, limit int) (texts []string) {
	w.Helper()
	q, err := search.Parse(query, chat.Time(w.clock.Load()).Std(), time.UTC)
	w.must(err)
	ask := storage.Search{Query: q, AgentID: w.agent.ID, Limit: limit}
	for {
		found, err := w.store.Search(w.ctx, ask)
		w.must(err)
		for _, h := range found.Hits {
			if h.Row.ID != h.Message.ConversationID {
				w.Errorf("a hit of %s stands beside the row of %s", h.Message.ConversationID, h.Row.ID)
			}
			texts = append(texts, h.Message.Text)
		}
		if ask.Cursor = found.Next; ask.Cursor == "" {
			return texts
		}
	}
}

func (w *world) finds(query string, want ...string) {
	w.Helper()
	if got := w.asks(query, 2); !slices.Equal(got, want) {
		w.Errorf("%s finds %q, want %q", query, got, want)
	}
}

// searching: messages are found by their words in any script, by who wrote them
// and by what their conversation is.
func searching(w *world) {
	maria := chat.Person{ID: chat.NewID(), SiteID: w.site.ID, Name: "Maria López", Email: "maria@shop.example", Attributes: []chat.Attribute{{Key: "Order", Value: "A-4411"}}}
	w.write(func(tx chat.Tx) error { return tx.InsertPerson(&maria) })
	first, second := w.startedBy(maria, nil), w.started(func(c *chat.Conversation) { c.State, c.AssigneeID = chat.Open, w.agent.ID })
	for _, text := range []string{"Where is my Päckchen?", "أين الطَّلَب؟", "我要退款", "返品したいです", "ขอบคุณมากครับ", "so angry 😡"} {
		w.later(time.Hour)
		w.hears(first, text)
	}
	w.later(24 * time.Hour)
	w.answersWith(second, chat.Reply, "The package is on its way")
	w.answersWith(second, chat.Note, "This package is lost")
	w.hears(second, "My package is late, and late again")
	w.write(saved(second.ID, func(c *chat.Conversation) {}))
	w.indexed()

	w.finds("packchen", "Where is my Päckchen?")
	w.finds("الطلب", "أين الطَّلَب؟")
	w.finds("退款", "我要退款")
	w.finds("品", "返品したいです")
	w.finds("ขอบคุณ", "ขอบคุณมากครับ")
	w.finds("😡", "so angry 😡")
	w.finds("package", "My package is late, and late again", "This package is lost", "The package is on its way")
	w.finds(`"package is l"`)
	w.finds(`"package is l*"`, "My package is late, and late again", "This package is lost")
	w.finds("package -late", "This package is lost", "The package is on its way")
	w.finds("pack*", "My package is late, and late again", "This package is lost", "The package is on its way", "Where is my Päckchen?")
	w.finds("package in:note", "This package is lost")
	w.finds("package -in:note from:me", "The package is on its way")
	w.finds("package from:customer", "My package is late, and late again")
	w.finds("package to:customer", "The package is on its way")
	w.finds("package to:me", "My package is late, and late again")
	w.finds("from:maria 退", "我要退款")
	w.finds("-from:maria 退")
	w.finds("from:4411 angry", "so angry 😡")
	w.finds("package from:maria@shop.example")
	w.finds("angry from:mar", "so angry 😡")
	w.finds("package state:open site:shop", "My package is late, and late again", "This package is lost", "The package is on its way")
	w.finds("package state:waiting")
	team := chat.Team{ID: chat.NewID(), Name: "Returns and repairs", Members: []string{w.agent.ID}}
	w.must(w.store.InsertTeam(w.ctx, &team))
	w.finds("package team:repairs in:note", "This package is lost")
	w.finds("package -team:repairs")
	w.write(func(tx chat.Tx) error {
		tag := chat.Tag{ID: chat.NewID(), SiteID: w.site.ID, Name: "VIP guest", MadeBy: w.agent.ID}
		if err := tx.InsertTag(&tag); err != nil {
			return err
		}
		return tx.AddTag(second.ID, tag.ID)
	})
	w.finds(`package tag:"vip guest" in:note`, "This package is lost")
	w.finds(`-tag:"vip guest"`, "so angry 😡")
	w.finds("package has:file")
	w.finds("package step:greeting -mood:upset -has:file before:today")
	// Without words a conversation is found once.
	w.finds("state:open", "My package is late, and late again")
	w.finds("state:waiting,open", "My package is late, and late again", "so angry 😡")
	w.finds("step:greeting", "My package is late, and late again", "so angry 😡")
	w.finds("step:closing")
	w.finds("in:note", "This package is lost")
	w.finds("-late", "This package is lost", "so angry 😡")
	w.finds("from:maria", "so angry 😡")
	for _, unknown := range []string{"from:zoe", "from:m", "tag:vip", "team:lawyers", "site:elsewhere"} {
		q, err := search.Parse(unknown, time.Now(), time.UTC)
		w.must(err)
		_, err = w.store.Search(w.ctx, storage.Search{Query: q, Limit: 5})
		w.refused(err, chat.Invalid)
	}
	people, err := w.store.PeopleNamed(w.ctx, "", "lopez mar", 5)
	w.must(err)
	if len(people) != 1 || people[0].ID != maria.ID {
		w.Errorf("by name: %+v", people)
	}
	w.namedOnOneSite(maria.ID)
}

// namedOnOneSite: whom others elsewhere are called alike is found among their own.
func (w *world) namedOnOneSite(id string) {
	w.Helper()
	here := w.site
	w.site = w.newSite()
	for range 3 {
		w.later(time.Second)
		p := w.newPerson()
		p.Name = "Maria Lopez"
		w.write(func(tx chat.Tx) error { return tx.SavePerson(&p) })
	}
	w.indexed()
	for site, want := range map[string]int{"": 2, here.ID: 1, w.site.ID: 2, chat.NewID(): 0} {
		got, err := w.store.PeopleNamed(w.ctx, site, "lopez mar", 2)
		w.must(err)
		if len(got) != want || site == here.ID && got[0].ID != id {
			w.Errorf("on %q: %+v, want %d", site, got, want)
		}
	}
	w.site = here
}

// indexing: what was said before there was an index is read backwards behind what
// is new, a renamed customer is found by the new name alone, and a restart reads
// nothing twice.
func indexing(w *world) {
	c := w.started(nil)
	for i := range 300 {
		w.later(time.Millisecond)
		w.hears(c, fmt.Sprintf("old number%d", i))
	}
	_, err := w.store.IndexNext(w.ctx) // notes how much there is
	w.must(err)
	w.later(time.Second)
	w.hears(c, "brand new")
	unread, err := w.store.CatchUp(w.ctx)
	w.must(err)
	lag, err := w.store.IndexLag(w.ctx)
	w.must(err)
	if unread != 0 || lag.New != 0 || lag.Old < 300 || lag.All != lag.Old+1 {
		w.Errorf("unread %d, %+v", unread, lag)
	}
	w.finds("new", "brand new")
	w.reopen()
	w.indexed()
	w.reopen()
	w.indexed()
	w.finds("number7", "old number7")
	if got := w.asks("old", 50); len(got) != 300 || got[0] != "old number299" || got[299] != "old number0" {
		w.Errorf("%d old ones", len(got))
	}
	if n := w.count(`SELECT count(*) FROM search_doc`); n != 301 {
		w.Errorf("%d docs", n)
	}
	p, err := w.store.Person(w.ctx, c.PersonID)
	w.must(err)
	p.Name = "Grace"
	w.write(func(tx chat.Tx) error { return tx.SavePerson(p) })
	w.indexed()
	for name, want := range map[string]int{"grace": 1, "ada": 0} {
		if got, err := w.store.PeopleNamed(w.ctx, "", name, 5); err != nil || len(got) != want {
			w.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// found: in every world that chance makes, a search finds what reading all
// messages finds, in their order, in pages of any size.
func found(w *world) {
	vocabulary := []string{"red", "green", "blue", "款", "退款", "late", "Größe"}
	rapid.Check(w.T, func(r *rapid.T) {
		w.site = w.newSite()
		tag := "x" + strings.ReplaceAll(w.site.ID, "-", "")
		var talks []chat.Conversation
		for range rapid.IntRange(1, 3).Draw(r, "conversations") {
			talks = append(talks, w.started(nil))
		}
		var all []string
		for range rapid.IntRange(1, 12).Draw(r, "messages") {
			words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 4).Draw(r, "words")
			text := fmt.Sprint(tag, " ", strings.Join(words, " "), " ", len(all))
			w.clock.Add(rapid.Int64Range(0, 2).Draw(r, "later"))
			w.hears(rapid.SampledFrom(talks).Draw(r, "where"), text)
			all = append(all, text)
		}
		w.indexed()
		ask := tag
		for range rapid.IntRange(0, 2).Draw(r, "terms") {
			ask += " " + rapid.SampledFrom([]string{"", "-", `"`}).Draw(r, "how") + strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 1).Draw(r, "ask"), " ")
		}
		q, err := search.Parse(ask, time.Now(), time.UTC)
		w.must(err)
		var want []string
		for i := len(all) - 1; i >= 0; i-- {
			if q.In(search.Line(all[i])) {
				want = append(want, all[i])
			}
		}
		got := w.asks(ask, rapid.IntRange(1, 5).Draw(r, "page"))
		if !slices.Equal(got, want) {
			r.Fatalf("%s finds %q, want %q", ask, got, want)
		}
	})
}

// views: each agent has the team's and their own, in the order they gave them.
func views(w *world) {
	other := w.newAgent(chat.AgentRole)
	var ids []string
	for i := range chat.MaxViews {
		v := chat.SavedView{ID: chat.NewID(), AgentID: w.agent.ID, ByID: w.agent.ID, Name: fmt.Sprint(i), Query: "x"}
		w.must(w.store.SaveView(w.ctx, &v))
		ids = append(ids, v.ID)
	}
	w.refused(w.store.SaveView(w.ctx, &chat.SavedView{ID: chat.NewID(), AgentID: w.agent.ID, ByID: w.agent.ID, Name: "one more"}), chat.Invalid)
	slices.Reverse(ids)
	w.must(w.store.OrderViews(w.ctx, w.agent.ID, ids))
	w.refused(w.store.OrderViews(w.ctx, w.agent.ID, ids[1:]), chat.Conflict)
	v, err := w.store.View(w.ctx, w.agent.ID, ids[0])
	w.must(err)
	v.AgentID, v.Name = "", "For all"
	w.must(w.store.SaveView(w.ctx, v))
	list, err := w.store.Views(w.ctx, w.agent.ID)
	w.must(err)
	if len(list) != chat.MaxViews || list[0].Name != "For all" || list[1].ID != ids[1] {
		w.Errorf("%d views, first %+v", len(list), list[0])
	}
	_, err = w.store.View(w.ctx, other.ID, ids[1])
	w.refused(err, chat.NotFound)
	w.refused(w.store.DeleteView(w.ctx, other.ID, ids[1]), chat.NotFound)
	w.must(w.store.DeleteView(w.ctx, other.ID, ids[0]))
	if list, err := w.store.Views(w.ctx, other.ID); err != nil || len(list) != 0 {
		w.Errorf("%+v, %v", list, err)
	}
}
