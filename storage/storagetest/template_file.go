package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// filesKept: a template keeps what its writer uploaded for it, past every sweep and
// import; what an earlier version kept is kept with that version, and comes back with
// it. All of it is forgotten once the template is deleted, and the bytes go with the
// sweep's next round.
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
	versions, err := w.store.TemplateVersions(w.ctx, v.ID)
	w.must(err)
	for i, version := range versions {
		if len(version.Files) != 2 || version.Files[0].ID != one.ID || version.Files[1].Name != two.Name {
			w.Errorf("version %d of %d kept %+v", i, len(versions), version.Files)
		}
	}
	now.Version, now.Files = now.Version+1, versions[0].Files
	w.must(w.store.SaveTemplate(w.ctx, now))
	w.keeps(v.ID, one, two)
	now.Version, now.Files = now.Version+1, nil
	w.must(w.store.SaveTemplate(w.ctx, now))
	w.keeps(v.ID)
	for n := now.Version + 1; n < now.Version+51; n++ {
		again := *now
		again.Version = n
		w.must(w.store.SaveTemplate(w.ctx, &again))
	}
	for _, f := range []*chat.File{one, two} {
		if used, err := w.store.BlobUsed(w.ctx, f.Blob); err != nil || used {
			w.Errorf("what no version names is used: %v, %v", used, err)
		}
	}
	last := w.uploaded(chat.ByAgent, w.agent.ID)
	now.Version, now.Files = now.Version+51, []chat.File{{ID: last.ID}}
	w.must(w.store.SaveTemplate(w.ctx, now))
	w.must(w.store.DeleteTemplate(w.ctx, v.ID))
	if _, err := w.store.File(w.ctx, last.ID); !chat.Is(err, chat.NotFound) {
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
