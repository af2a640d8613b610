package console

import (
	"slices"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

type answerList struct {
	Answers []wire.Answer `json:"answers"`
}

func (l answerList) ids() (ids []string) {
	for _, a := range l.Answers {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestAnswersArePutInOrder(t *testing.T) {
	w := newWorld(t)
	admin, ana := w.seat(w.hire("Boss", chat.Admin)), w.seat(w.hire("Ana", chat.AgentRole))
	path := "/sites/" + w.site.ID + "/answers"
	var before, answered, after answerList
	ana.do(get, path, nil, &before)
	wanted := slices.Clone(before.ids())
	slices.Reverse(wanted)
	ana.fails(post, path+"/order", object{"ids": wanted}, 403, chat.Forbidden)
	admin.do(post, path+"/order", object{"ids": wanted}, &answered)
	ana.do(get, path, nil, &after)
	if !slices.Equal(answered.ids(), wanted) || !slices.Equal(after.ids(), wanted) {
		t.Errorf("answered %v, kept %v, want %v", answered.ids(), after.ids(), wanted)
	}
	admin.do(post, path+"/order", object{"ids": wanted[2:3]}, &answered)
	if want := append([]string{wanted[2], wanted[0], wanted[1]}, wanted[3:]...); !slices.Equal(answered.ids(), want) {
		t.Errorf("those not named: %v, want %v", answered.ids(), want)
	}
	admin.fails(post, path+"/order", object{"ids": []string{wanted[0], wanted[0]}}, 422, chat.Invalid)
	admin.fails(post, path+"/order", object{"ids": []string{chat.NewID()}}, 404, chat.NotFound)
	elsewhere := "/sites/" + w.newSite("Elsewhere").ID + "/answers/order"
	admin.fails(post, elsewhere, object{"ids": wanted}, 404, chat.NotFound)
}

func TestUsesOfAnswersAreShown(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	list, err := w.store.QuickAnswers(t.Context(), w.site.ID)
	w.must(err)
	id := list[0].ID
	w.must(w.desk.OpenAnswer(t.Context(), w.site.ID, id, false))
	w.must(w.desk.OpenAnswer(t.Context(), w.site.ID, id, true))
	var got struct {
		Since string           `json:"since"`
		Uses  []wire.AnswerUse `json:"uses"`
	}
	ana.do(get, "/sites/"+w.site.ID+"/answers/uses", nil, &got)
	if want := (wire.AnswerUse{ID: id, Opened: 1, Helped: 1}); len(got.Uses) != 1 || got.Uses[0] != want || got.Since != w.desk.DayBefore(w.site, chat.SystemClock(), 29) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
