package console

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

func TestSiteSettingsChangeOneByOne(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Admin))
	path := "/sites/" + w.site.ID
	var s siteShape
	b.do(patch, path, object{"color": "#ABCDEF", "allowed_origins": []string{"https://Shop.example:443/", "https://*.shop.example"}}, &s)
	want := chat.DefaultSettings(w.site.Name)
	want.Color, want.AllowedOrigins = "#abcdef", []string{"https://shop.example", "https://*.shop.example"}
	if s.Color != want.Color || !slices.Equal(s.AllowedOrigins, want.AllowedOrigins) || s.Name != want.Name || s.Greeting != want.Greeting || !s.TrackPages {
		t.Fatalf("got %+v", s)
	}
	if s.Snippet != `<script async src="`+w.url+`/w.js" data-site="`+w.site.Key+`"></script>` {
		t.Errorf("snippet %s", s.Snippet)
	}
	b.do(patch, path, object{"track_pages": false, "reply_note": ""}, &s)
	if s.TrackPages || s.ReplyNote != "" || s.Color != "#abcdef" {
		t.Fatalf("got %+v", s)
	}
	for field, value := range map[string]any{"color": "red", "position": "top", "name": "  ", "allowed_origins": []string{"https://a.example/x"}} {
		if a := b.fails(patch, path, object{field: value}, 422, chat.Invalid); !strings.Contains(a.body, `"field":"`+field+`"`) {
			t.Errorf("%s: %s", field, a.body)
		}
	}
	b.fails(patch, path, object{"key": "mine"}, 422, chat.UnknownField)
	b.fails(patch, "/sites/"+chat.NewID(), object{"name": "x"}, 404, chat.NotFound)
}

func TestIdentitySecretOverlapsADay(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	before, err := w.store.IdentitySecrets(t.Context(), w.site.ID)
	w.must(err)
	var made struct{ KID, Secret string }
	b.do(post, "/sites/"+w.site.ID+"/identity-secret", nil, &made)
	kids := func() (out []string) {
		list, err := w.store.IdentitySecrets(t.Context(), w.site.ID)
		w.must(err)
		for _, s := range list {
			out = append(out, s.KID)
		}
		return out
	}
	if got := kids(); !slices.Equal(got, []string{made.KID, before[0].KID}) {
		t.Fatalf("got %v", got)
	}
	if a := b.api(get, "/sites", nil); strings.Contains(a.body, made.Secret) || !strings.Contains(a.body, made.KID) {
		t.Errorf("sites: %s", a.body)
	}
	w.later(secretOverlap + time.Second)
	if got := kids(); !slices.Equal(got, []string{made.KID}) {
		t.Fatalf("after a day: %v", got)
	}
}

func TestTemplatesOfSiteAndOfOneself(t *testing.T) {
	w := newWorld(t)
	boss := w.hire("Boss", chat.Admin)
	admin, ana, ben := w.seat(boss), w.seat(w.hire("Ana", chat.AgentRole)), w.seat(w.hire("Ben", chat.AgentRole))
	path := "/sites/" + w.site.ID + "/templates"
	text := func(scope string) object {
		return object{"title": "Thanks", "shortcut": "", "body": "Thank you!", "steps": []string{"closing"}, "scope": scope}
	}
	titles := func(b *browser) (n int) {
		var list struct{ Templates []wire.Template }
		b.do(get, path, nil, &list)
		for _, one := range list.Templates {
			if one.Title == "Thanks" {
				n++
			}
		}
		return n
	}
	var own, site wire.Template
	ana.do(post, path, text("personal"), &own)
	ana.fails(post, path, text("site"), 403, chat.Forbidden)
	admin.do(post, path, text("site"), &site)
	if titles(ana) != 2 || titles(ben) != 1 || titles(admin) != 1 {
		t.Fatalf("Ana sees %d, Ben %d, the admin %d", titles(ana), titles(ben), titles(admin))
	}
	ana.fails(put, path+"/"+own.ID, text("site"), 403, chat.Forbidden)
	ana.fails(put, path+"/"+site.ID, text("personal"), 403, chat.Forbidden)
	ana.fails(del, path+"/"+site.ID, nil, 403, chat.Forbidden)
	admin.fails(del, path+"/"+own.ID, nil, 404, chat.NotFound)
	ana.fails(post, path, text("mine"), 422, chat.Invalid)
	ana.do(del, path+"/"+own.ID, nil, nil)
	ana.fails(del, path+"/"+own.ID, nil, 404, chat.NotFound)
	admin.do(del, path+"/"+site.ID, nil, nil)
	if titles(ana)+titles(ben) != 0 {
		t.Error("a deleted template is listed")
	}
	var shared wire.Template
	admin.do(post, path, text("site"), &shared)
	admin.do(put, path+"/"+shared.ID, text("personal"), nil)
	w.wroteDown("template.saved", boss.ID+" template.saved "+site.ID+" ", boss.ID+" template.saved "+shared.ID+" ", boss.ID+" template.saved "+shared.ID+" "+boss.ID)
	w.wroteDown("template.deleted", boss.ID+" template.deleted "+site.ID+" ")
	w.must(w.store.AuditEntries(t.Context(), func(e chat.AuditEntry) error {
		if e.Action == "template.saved" && (e.Change == "") != (e.Detail == boss.ID) {
			t.Errorf("words of everybody's templates are written down, of one's own never: %+v", e)
		}
		return nil
	}))
}

func TestNotesAboutACustomer(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	person := w.someoneElse()
	path := "/people/" + person + "/notes"
	var n wire.PersonNote
	b.do(post, path, object{"text": " Has two cats\r\n"}, &n)
	if n.Text != "Has two cats" || n.By.Name != "Ana" || n.At == 0 {
		t.Fatalf("got %+v", n)
	}
	b.fails(post, path, object{"text": strings.Repeat("a", maxNote+1)}, 422, chat.Invalid)
	b.fails(post, "/people/"+chat.NewID()+"/notes", object{"text": "x"}, 404, chat.NotFound)
	b.do(del, path+"/"+n.ID, nil, nil)
	b.fails(del, path+"/"+n.ID, nil, 404, chat.NotFound)
	b.fails(patch, "/people/"+person, object{"segment": "vip"}, 422, chat.Invalid)
	b.fails(patch, "/people/"+person, object{"email": "x"}, 422, chat.Invalid)
	b.fails(patch, "/people/"+person, object{"verified": true}, 422, chat.UnknownField)
}

func TestPlainHTTPElsewhereIsCalledInsecure(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	for host, want := range map[string]string{
		"localhost:8080": "false", "127.0.0.1": "false", "[::1]:80": "false", "chat.localhost": "false",
		"192.168.1.20:8080": "true", "chat.lan": "true", "localhost.evil.example": "true",
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+apiPrefix+"/me", nil)
		w.must(err)
		req.Host = host
		req.Header.Set("Cookie", "rapport="+b.cookie)
		res, err := plainHTTP.Do(req)
		w.must(err)
		body := make([]byte, 4096)
		n, _ := res.Body.Read(body)
		_ = res.Body.Close()
		if !strings.Contains(string(body[:n]), `"insecure":`+want) {
			t.Errorf("%s: %s", host, body[:n])
		}
	}
}
