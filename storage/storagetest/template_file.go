package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// filesKept: a template keeps what its writer uploaded for it, past every sweep and
// import; what it names no more, and all of it once the template is deleted, is
// forgotten, and the bytes go with the sweep's next round.
func filesKept(w *world) {
	c := w.started(nil)
	one, two := w.uploaded(chat.ByAgent, w.agent.ID), w.uploaded(chat.ByAgent, w.agent.ID)
	foreign := w.uploaded(chat.ByPerson, c.PersonID)
	v := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, Title: "Form", Shortcut: "form", Body: "Here it is.", Steps: []chat.Step{chat.Delivering}, ByID: w.agent.ID}
	v.Files = []chat.File{{ID: foreign.ID}}
	w.refused(w.store.SaveTemplate(w.ctx, &v), chat.Invalid)
	v.Files = []chat.File{{ID: one.ID}, {ID: two.ID}}
	w.must(w.store.SaveTemplate(w.ctx, &v))
	other := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, Title: "Thief", Body: "Mine.", Steps: v.Steps, ByID: w.agent.ID, Files: []chat.File{{ID: one.ID}}}
	w.refused(w.store.SaveTemplate(w.ctx, &other), chat.Invalid)

	w.later(25 * time.Hour)
	_, _, err := w.store.SweepFiles(w.ctx, chat.Time(w.clock.Load()).Add(-24*time.Hour))
	w.must(err)
	_, err = w.store.LandGuide(w.ctx, w.site.ID, w.agent.ID, chat.Guide{Templates: []chat.Template{{Title: "Form", Shortcut: "form", Body: "There it is.", Steps: v.Steps}}}, false)
	w.must(err)
	w.keeps(v.ID, one, two)

	now, err := w.store.Template(w.ctx, v.ID)
	w.must(err)
	now.ByID, now.Files = w.agent.ID, []chat.File{{ID: two.ID}}
	w.must(w.store.SaveTemplate(w.ctx, now))
	w.keeps(v.ID, two)
	if used, err := w.store.BlobUsed(w.ctx, one.Blob); err != nil || used {
		w.Errorf("what was taken out is used: %v, %v", used, err)
	}
	w.must(w.store.DeleteTemplate(w.ctx, v.ID))
	if _, err := w.store.File(w.ctx, two.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("a deleted template's file is still there: %v", err)
	}
}

// keeps holds every reader of a template to the files it has.
func (w *world) keeps(template string, files ...*chat.File) {
	w.Helper()
	alone, err := w.store.Template(w.ctx, template)
	w.must(err)
	list, err := w.store.Templates(w.ctx, w.site.ID, w.agent.ID)
	w.must(err)
	at := slices.IndexFunc(list, func(t chat.Template) bool { return t.ID == template })
	for _, got := range [][]chat.File{alone.Files, list[at].Files} {
		if !slices.EqualFunc(got, files, func(f chat.File, want *chat.File) bool {
			return f.ID == want.ID && f.TemplateID == template && f.State == chat.FileAttached && f.Name == want.Name
		}) {
			w.Errorf("the template keeps %+v", got)
		}
	}
}
