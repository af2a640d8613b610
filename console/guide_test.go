package console

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/wire"
)

func TestAPromptIsWrittenAndShownToEverybody(t *testing.T) {
	w := newWorld(t)
	admin, ana := w.seat(w.hire("Boss", chat.Admin)), w.seat(w.hire("Ana", chat.AgentRole))
	path := "/sites/" + w.site.ID + "/prompts"
	text := object{"step": "closing", "text": " Wave\tgoodbye ", "help": "With both hands.", "evidence": "thanked", "fit": object{"moods": []string{"fine"}}, "position": 99}
	ana.fails(post, path, text, 403, chat.Forbidden)
	var made, changed wire.Prompt
	admin.do(post, path, text, &made)
	if made.Text != "Wave goodbye" || made.Evidence != "thanked" || len(made.Fit.Moods) != 1 || !strings.HasPrefix(made.Key, "own_") {
		t.Fatalf("got %+v", made)
	}
	text["text"] = "Wave twice"
	admin.do(put, path+"/"+made.ID, text, &changed)
	if changed.ID != made.ID || changed.Key != made.Key || changed.Text != "Wave twice" {
		t.Fatalf("got %+v", changed)
	}
	has := func(b *browser) bool { return strings.Contains(b.api(get, path, nil).body, "Wave twice") }
	if !has(ana) {
		t.Error("an agent does not see it")
	}
	for field, value := range map[string]any{"step": "waving", "text": " ", "evidence": "magic", "position": -1} {
		bad := object{"step": "closing", "text": "x", "help": "", "evidence": "", "fit": object{}, "position": 1, field: value}
		if a := admin.fails(post, path, bad, 422, chat.Invalid); !strings.Contains(a.body, `"field":"`+field+`"`) {
			t.Errorf("%s: %s", field, a.body)
		}
	}
	text["fit"] = object{"moods": []string{"grumpy"}}
	admin.fails(put, path+"/"+made.ID, text, 422, chat.Invalid)
	elsewhere := "/sites/" + w.newSite("Elsewhere").ID + "/prompts/"
	text["fit"] = object{}
	admin.fails(put, elsewhere+made.ID, text, 404, chat.NotFound)
	admin.fails(del, elsewhere+made.ID, nil, 404, chat.NotFound)
	ana.fails(del, path+"/"+made.ID, nil, 403, chat.Forbidden)
	admin.do(del, path+"/"+made.ID, nil, nil)
	if has(ana) {
		t.Error("it is still there")
	}
	if rules := admin.api(get, "/rules", nil).body; !strings.Contains(rules, `{"name":"thanked","why":"Thanked them","means":"They are thanked`) {
		t.Errorf("rules %s", rules)
	}
}

func TestAnswersAndStandardsAreTheOwners(t *testing.T) {
	w := newWorld(t)
	admin, ana := w.seat(w.hire("Boss", chat.Admin)), w.seat(w.hire("Ana", chat.AgentRole))
	site := "/sites/" + w.site.ID
	answer := object{"title": "Do you repair?", "shortcut": "/Repair", "text": "Yes, within a week.", "link": "https://shop.example/repair", "words": []string{"Repair", "repair", " "}, "pages": []string{"/care"}, "quick": false}
	ana.fails(post, site+"/answers", answer, 403, chat.Forbidden)
	var a wire.Answer
	admin.do(post, site+"/answers", answer, &a)
	if a.Shortcut != "repair" || len(a.Pages) != 1 || a.UpdatedAt == 0 {
		t.Fatalf("got %+v", a)
	}
	if body := ana.api(get, site+"/answers", nil).body; !strings.Contains(body, "Do you repair?") {
		t.Error("an agent does not see the answer")
	}
	answer["link"] = "javascript:alert(1)"
	admin.fails(put, site+"/answers/"+a.ID, answer, 422, chat.Invalid)
	admin.fails(put, site+"/answers/"+chat.NewID(), answer, 404, chat.NotFound)
	admin.do(del, site+"/answers/"+a.ID, nil, nil)
	admin.fails(del, site+"/answers/"+a.ID, nil, 404, chat.NotFound)

	standard := object{"text": "We wave", "why": "It is kind.", "shown": "A hand.", "steps": []string{"closing"}, "position": 1}
	ana.fails(post, site+"/standards", standard, 403, chat.Forbidden)
	var s wire.Standard
	admin.do(post, site+"/standards", standard, &s)
	var before, after struct{ Standards []wire.Standard }
	admin.do(get, site+"/standards", nil, &before)
	ids := []string{s.ID}
	for _, one := range before.Standards {
		if one.ID != s.ID {
			ids = append(ids, one.ID)
		}
	}
	ana.fails(post, site+"/standards/order", object{"ids": ids}, 403, chat.Forbidden)
	admin.do(post, site+"/standards/order", object{"ids": ids}, &after)
	if len(after.Standards) != len(before.Standards) || after.Standards[0].ID != s.ID || after.Standards[1].Position != 2 {
		t.Errorf("ordered %+v", after.Standards[:2])
	}
	admin.fails(post, site+"/standards/order", object{"ids": ids[1:]}, 409, chat.Conflict)
	standard["why"] = ""
	admin.fails(put, site+"/standards/"+s.ID, standard, 422, chat.Invalid)
	admin.do(del, site+"/standards/"+s.ID, nil, nil)
}

func TestATemplateKeepsWhatItSaid(t *testing.T) {
	w := newWorld(t)
	admin, ana := w.seat(w.hire("Boss", chat.Admin)), w.seat(w.hire("Ana", chat.AgentRole))
	path := "/sites/" + w.site.ID + "/templates"
	text := object{"title": "Thanks", "shortcut": "", "body": "Thank you!", "steps": []string{"closing"}, "fit": object{"types": []string{"compliment"}}, "scope": "site"}
	var made wire.Template
	admin.do(post, path, text, &made)
	text["body"] = "Many thanks!"
	admin.do(put, path+"/"+made.ID, text, nil)
	var list struct {
		Current  wire.TemplateVersion
		Versions []wire.TemplateVersion
	}
	ana.do(get, path+"/"+made.ID+"/versions", nil, &list)
	if list.Current.Version != 2 || list.Current.Body != "Many thanks!" || list.Current.ByName != "Boss" {
		t.Errorf("in use %+v", list.Current)
	}
	if len(list.Versions) != 1 || list.Versions[0].Body != "Thank you!" || list.Versions[0].ByName != "Boss" || len(list.Versions[0].Fit.Types) != 1 {
		t.Errorf("versions %+v", list)
	}
	var own wire.Template
	text["scope"] = "personal"
	ana.do(post, path, text, &own)
	admin.fails(get, path+"/"+own.ID+"/versions", nil, 404, chat.NotFound)
}

func TestAGuideGoesOutAndComesIn(t *testing.T) {
	w := newWorld(t)
	boss := w.hire("Boss", chat.Admin)
	admin, ana := w.seat(boss), w.seat(w.hire("Ana", chat.AgentRole))
	from, to := "/sites/"+w.site.ID+"/guide", "/sites/"+w.newSite("Elsewhere").ID+"/guide"
	ana.fails(get, from, nil, 403, chat.Forbidden)
	var answer wire.Answer
	admin.do(post, "/sites/"+w.site.ID+"/answers", object{"title": "Do you repair?", "shortcut": "repair", "text": "Yes.", "link": "", "words": []string{}, "pages": []string{}, "quick": false}, &answer)
	for _, as := range []string{"json", "csv"} {
		var file struct{ Name, Text string }
		admin.do(get, from+"?as="+as, nil, &file)
		if file.Name != "rapport-guide."+as || !strings.Contains(file.Text, "Do you repair?") {
			t.Fatalf("%s: %s", file.Name, file.Text[:200])
		}
		var landed chat.Landed
		admin.do(post, to, object{"as": as, "text": file.Text}, &landed)
		want := map[string]int{"json": 1, "csv": 0}[as]
		if landed.Added != want || landed.Changed != 0 || landed.Same < 100 {
			t.Errorf("%s: landed %+v", as, landed)
		}
	}
	for _, bad := range []object{{"as": "xml", "text": ""}, {"as": "csv", "text": "kind\nriddle"}, {"as": "json", "text": `{"format":"rapport.guide","version":9}`}} {
		admin.fails(post, to, bad, 422, chat.Invalid)
	}
	admin.fails(get, from+"?as=xml", nil, 422, chat.Invalid)
	line := boss.ID + " guide.exported " + w.site.ID + " "
	w.wroteDown("guide.exported", line+"json", line+"csv")
	var landed chat.Landed
	admin.do(post, from+"/starter", object{"trade": "clinic"}, &landed)
	if landed.Added < 20 || landed.Changed != 0 {
		t.Errorf("a clinic's set brought %+v", landed)
	}
}

// The starter set that comes with a newer binary adds what it has, and leaves what an
// owner has made of it.
func TestAStarterSetLeavesWhatWasEdited(t *testing.T) {
	w := newWorld(t)
	admin := w.seat(w.hire("Boss", chat.Admin))
	path := "/sites/" + w.site.ID
	prompt := func(key string) (found wire.Prompt) {
		var list struct{ Prompts []wire.Prompt }
		admin.do(get, path+"/prompts", nil, &list)
		for _, p := range list.Prompts {
			if p.Key == key {
				found = p
			}
		}
		return found
	}
	p := prompt("at_ease")
	admin.do(put, path+"/prompts/"+p.ID, object{"step": p.Step, "text": "Let them look", "help": p.Help, "evidence": "greeted", "fit": p.Fit, "position": p.Position}, nil)
	admin.do(del, path+"/prompts/"+prompt("right_for_them").ID, nil, nil)
	admin.do(post, path+"/guide/starter", object{"trade": "shop"}, nil)
	if got := prompt("at_ease"); got.Text != "Let them look" || got.Evidence != "greeted" {
		t.Errorf("the owner's words are gone: %+v", got)
	}
	if prompt("right_for_them").ID == "" {
		t.Error("what was missing did not come")
	}
}

// Prompts, standards and answers are put into order by one hand: each once, by those
// who may, and in the audit log.
func TestGuidesArePutInOrder(t *testing.T) {
	w := newWorld(t)
	boss := w.hire("Boss", chat.Admin)
	admin, ana := w.seat(boss), w.seat(w.hire("Ana", chat.AgentRole))
	for _, what := range []string{"prompts", "standards", "answers"} {
		path := "/sites/" + w.site.ID + "/" + what
		ids := func() (ids []string) {
			for _, row := range admin.raw(get, path, nil)[what].([]any) {
				ids = append(ids, row.(map[string]any)["id"].(string))
			}
			return ids
		}
		wanted := ids()
		wanted[0], wanted[1] = wanted[1], wanted[0]
		ana.fails(post, path+"/order", object{"ids": wanted}, 403, chat.Forbidden)
		admin.fails(post, path+"/order", object{"ids": []string{wanted[0], wanted[0]}}, 422, chat.Invalid)
		admin.do(post, path+"/order", object{"ids": wanted}, nil)
		if got := ids(); !slices.Equal(got, wanted) {
			t.Errorf("%s: %v, want %v", what, got[:2], wanted[:2])
		}
		w.wroteDown(what+".ordered", boss.ID+" "+what+".ordered "+w.site.ID+" ")
	}
}

// Words about a delay are cleaned like a template's: what can never be filled is
// refused, the new time too where nobody knows it.
func TestWordsAboutADelayAreTheOwners(t *testing.T) {
	w := newWorld(t)
	admin, ana := w.seat(w.hire("Boss", chat.Admin)), w.seat(w.hire("Ana", chat.AgentRole))
	path := "/sites/" + w.site.ID
	late := func(known, open string) object {
		return object{"late": []object{{"language": "en", "known": known, "open": open}}}
	}
	ana.fails(patch, path, late("Late.", ""), 403, chat.Forbidden)
	for field, bad := range map[string]object{
		"late.known": late("Dear {{customer.age}}", ""), "late.open": late("", "It comes {{delay.until}}."), "late": {"late": []object{{"language": "tlh", "known": "x", "open": ""}}},
	} {
		if a := admin.fails(patch, path, bad, 422, chat.Invalid); !strings.Contains(a.body, `"field":"`+field+`"`) {
			t.Errorf("%v: refused %s", bad, a.body)
		}
	}
	admin.do(patch, path, late("Dear {{customer.first_name|you}}, {{delay.what}} comes {{delay.until}}.", "{{delay.reason|}} It is late."), nil)
	site, err := w.store.Site(t.Context(), w.site.ID)
	w.must(err)
	if len(site.Late) != 1 || site.Late[0].Open != "{{delay.reason|}} It is late." {
		t.Errorf("kept %+v", site.Late)
	}
	admin.do(patch, path, late("", ""), nil)
	if site, err = w.store.Site(t.Context(), w.site.ID); err != nil || site.Late != nil {
		t.Errorf("our own words are stored: %+v, %v", site.Late, err)
	}
}

func TestFactsFillTemplates(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Admin))
	facts := object{"returns": "Within 30 days.", "delivery": "", "price": "", "phone": "0123", "tone": "Warm\nwishes"}
	var s siteShape
	b.do(patch, "/sites/"+w.site.ID, object{"facts": facts, "trade": "clinic"}, &s)
	if s.Facts.Tone != "Warm wishes" || s.Trade != "clinic" {
		t.Fatalf("got %+v", s)
	}
	b.fails(patch, "/sites/"+w.site.ID, object{"trade": "bakery"}, 422, chat.Invalid)
	view := b.raw(get, "/conversations/"+w.arrives("Hello").id, nil)
	vars := view["variables"].(map[string]any)
	if vars["site.returns"] != "Within 30 days." || vars["site.phone"] != "0123" || vars["site.delivery"] != nil {
		t.Errorf("variables %v", vars)
	}
}

func TestALineIsTriedOnTheRules(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	if a := ana.api(post, "/rules/try", object{"text": "Hello, this is Ana!", "step": "greeting"}); !strings.Contains(a.body, `{"name":"introduced","words":"Hello, this is Ana!"}`) {
		t.Errorf("found %s", a.body)
	}
	ana.fails(post, "/rules/try", object{"text": "Hello!", "step": "waving"}, 422, chat.Invalid)
	ana.fails(post, "/rules/try", object{"text": " ", "step": "greeting"}, 422, chat.Invalid)
}

// What came after a template's replies is in the list, and ranks it.
func TestTemplatesTellWhatCameAfter(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	path := "/sites/" + w.site.ID + "/templates"
	var own, bare wire.Template
	text := object{"title": "Good", "shortcut": "", "body": "Good words", "steps": []string{"closing"}, "fit": object{}, "scope": "personal"}
	ana.do(post, path, text, &own)
	ana.do(post, path, object{"title": "New", "shortcut": "", "body": "New words", "steps": []string{"closing"}, "fit": object{}, "scope": "personal"}, &bare)
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		for i := range cycle.Said + 2 {
			u := chat.TemplateUse{ConversationID: v.id, Seq: int64(100 + i), SiteID: w.site.ID, MatterID: row.MatterID, TemplateID: own.ID, Solved: chat.SolvedYes}
			if i == 0 {
				u.Solved = chat.SolvedNotYet
			}
			if err := tx.AddUse(&u); err != nil {
				return err
			}
		}
		return nil
	}))
	var list struct{ Templates []wire.Template }
	ana.do(get, path, nil, &list)
	got := map[string]wire.Template{}
	for _, one := range list.Templates {
		got[one.ID] = one
	}
	if g := got[own.ID]; g.AsIs.Solved != cycle.Said+1 || g.AsIs.Unsolved != 1 || g.Worth <= got[bare.ID].Worth {
		t.Errorf("got %+v against %d", g, got[bare.ID].Worth)
	}
	var saved wire.Template
	ana.do(put, path+"/"+own.ID, text, &saved)
	if saved.AsIs != got[own.ID].AsIs {
		t.Errorf("saving forgets: %+v", saved)
	}
}
