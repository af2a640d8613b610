package storagetest

import (
	"reflect"
	"slices"

	"rapport/hub/chat"
)

// answer keeps a new answer of a site.
func (w *world) answer(siteID, title string, quick bool) chat.Answer {
	w.Helper()
	a := chat.Answer{ID: chat.NewID(), SiteID: siteID, Title: title, Text: "So.", Words: []string{}, Quick: quick}
	w.must(w.store.SaveAnswer(w.ctx, &a))
	return a
}

func (w *world) titles(list []chat.Answer, err error) (out []string) {
	w.Helper()
	w.must(err)
	for _, a := range list {
		out = append(out, a.Title)
	}
	return out
}

// answerOrder: a new answer comes last, an order holds through a change of text,
// what it does not name comes behind, and another site's answer undoes it all.
func answerOrder(w *world) {
	a, b, c := w.answer(w.site.ID, "A", true), w.answer(w.site.ID, "B", false), w.answer(w.site.ID, "C", true)
	w.must(w.store.OrderAnswers(w.ctx, w.site.ID, []string{c.ID, b.ID}))
	b.Text = "Otherwise."
	w.must(w.store.SaveAnswer(w.ctx, &b))
	w.answer(w.site.ID, "Aa", true)
	if got := w.titles(w.store.Answers(w.ctx, w.site.ID)); !slices.Equal(got, []string{"C", "B", "A", "Aa"}) {
		w.Errorf("in order: %q", got)
	}
	other := w.newSite()
	if has, err := w.store.HasQuick(w.ctx, other.ID); err != nil || has {
		w.Errorf("a site without answers has quick ones: %v", err)
	}
	foreign := w.answer(other.ID, "Foreign", true)
	w.refused(w.store.OrderAnswers(w.ctx, w.site.ID, []string{a.ID, foreign.ID}), chat.NotFound)
	if got := w.titles(w.store.QuickAnswers(w.ctx, w.site.ID)); !slices.Equal(got, []string{"C", "A", "Aa"}) {
		w.Errorf("quick ones: %q", got)
	}
	if has, err := w.store.HasQuick(w.ctx, w.site.ID); err != nil || !has {
		w.Errorf("a site with quick answers has none: %v", err)
	}
	for range chat.MaxQuick {
		w.answer(w.site.ID, "More", true)
	}
	if got := w.titles(w.store.QuickAnswers(w.ctx, w.site.ID)); len(got) != chat.MaxQuick || got[0] != "C" {
		w.Errorf("%d quick answers, the first %q", len(got), got[0])
	}
}

// answerUses: counts add up over the days asked for, stay on their site, and go
// with their answer.
func answerUses(w *world) {
	a, b := w.answer(w.site.ID, "A", true), w.answer(w.newSite().ID, "B", true)
	w.write(func(tx chat.Tx) error {
		for _, d := range []struct {
			day string
			use chat.AnswerUse
		}{
			{"2026-10-01", chat.AnswerUse{AnswerID: a.ID, Opened: 100}},
			{"2026-11-01", chat.AnswerUse{AnswerID: a.ID, Opened: 1}},
			{"2026-11-01", chat.AnswerUse{AnswerID: a.ID, Opened: 1, Helped: 1}},
			{"2026-11-02", chat.AnswerUse{AnswerID: a.ID, Followed: 1}},
			{"2026-11-02", chat.AnswerUse{AnswerID: b.ID, Opened: 7}},
		} {
			if err := tx.CountAnswer(d.day, d.use); err != nil {
				return err
			}
		}
		if got, err := tx.Answer(a.ID); err != nil || !reflect.DeepEqual(got.Words, a.Words) || got.SiteID != w.site.ID {
			w.Errorf("got %+v: %v", got, err)
		}
		if _, err := tx.Answer(chat.NewID()); !chat.Is(err, chat.NotFound) {
			w.Errorf("an answer that nobody wrote: %v", err)
		}
		return nil
	})
	got, err := w.store.AnswerUses(w.ctx, w.site.ID, "2026-11-01")
	w.must(err)
	if want := []chat.AnswerUse{{AnswerID: a.ID, Opened: 2, Helped: 1, Followed: 1}}; !slices.Equal(got, want) {
		w.Errorf("got %+v, want %+v", got, want)
	}
	w.must(w.store.DeleteAnswer(w.ctx, w.site.ID, a.ID))
	if n := w.count(`SELECT count(*) FROM answer_day`); n != 1 {
		w.Errorf("%d days are left, want the other site's one", n)
	}
}

// readUps: what somebody had read keeps its titles, is a line for the team, and
// takes no public number.
func readUps(w *world) {
	a, c := w.answer(w.site.ID, "How?", true), w.started(nil)
	r := chat.ReadUp{ID: chat.NewID(), ConversationID: c.ID, Answers: []chat.ReadAnswer{{ID: a.ID, Title: a.Title}}}
	w.write(func(tx chat.Tx) error {
		v, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		if err := tx.InsertReadUp(&r); err != nil {
			return err
		}
		e := chat.Event{Type: chat.AnswersRead, By: chat.ByPerson, ByID: c.PersonID, ReadUpID: r.ID, ReadUp: &r}
		if err := tx.Append(v, &e); err != nil {
			return err
		}
		return tx.SaveConversation(v)
	})
	w.must(w.store.DeleteAnswer(w.ctx, w.site.ID, a.ID))
	lines, err := w.store.LinesBetween(w.ctx, c.ID, c.Seq+1, c.Seq+1)
	w.must(err)
	if len(lines) != 1 || lines[0].PublicSeq != 0 || lines[0].ReadUp == nil || !reflect.DeepEqual(*lines[0].ReadUp, r) {
		w.Errorf("got %+v", lines)
	}
}
