package widget

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/wire"
)

// send uploads bytes as a visitor.
func (w *world) send(token, name, kind string, content []byte) (int, []byte) {
	w.t.Helper()
	req, err := http.NewRequest(http.MethodPost, w.base+"/v1/widget/files", bytes.NewReader(content))
	w.must(err)
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Content-Disposition", "attachment; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
	if w.from != "" {
		req.Header.Set("X-Forwarded-For", w.from)
	}
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	w.must(err)
	return res.StatusCode, out
}

// sent is send that must succeed.
func (w *world) sent(token, name, kind string, content []byte) wire.File {
	w.t.Helper()
	status, body := w.send(token, name, kind, content)
	if status != 200 {
		w.t.Fatalf("upload: %d %s", status, body)
	}
	var a struct{ File wire.File }
	w.must(json.Unmarshal(body, &a))
	return a.File
}

// along posts a message of files alone, over HTTP.
func (w *world) along(token, conversation, clientID string, ids ...string) (int, []byte) {
	w.t.Helper()
	return w.call("POST", "/v1/widget/conversations/"+conversation+"/messages", token, m{"client_id": clientID, "text": "", "files": ids})
}

// links asks where to fetch files.
func (w *world) links(token string, ids ...string) map[string]string {
	w.t.Helper()
	status, body := w.call("GET", "/v1/widget/files?ids="+strings.Join(ids, ","), token, nil)
	if status != 200 {
		w.t.Fatalf("links: %d %s", status, body)
	}
	var a struct{ Links []wire.FileLink }
	w.must(json.Unmarshal(body, &a))
	out := map[string]string{}
	for _, l := range a.Links {
		out[l.ID] = l.URL
	}
	return out
}

// fetch follows a link.
func (w *world) fetch(url string) (*http.Response, string) {
	w.t.Helper()
	res, err := http.Get(url)
	w.must(err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	w.must(err)
	return res, string(b)
}

func smallPNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 6))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A file goes with a message, once, and comes back as it was under headers that let
// a browser do nothing with it but show a picture and save the rest.
func TestFileGoesWithAMessage(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	picture := smallPNG(t)
	f := w.sent(v.Token, "../my cup.png", "image/png", picture)
	if f.Name != "my cup.png" || f.Type != "image/png" || f.Width != 8 || f.Height != 6 || f.Size != int64(len(picture)) {
		t.Fatalf("%+v", f)
	}
	if got := w.links(v.Token, f.ID); len(got) != 0 {
		t.Errorf("a file that was not sent has a link: %v", got)
	}
	talk := chat.NewID()
	var first, again struct{ Message wire.Message }
	for i, to := range []*struct{ Message wire.Message }{&first, &again} {
		status, body := w.along(v.Token, talk, "client-1", f.ID)
		if status != 200 {
			t.Fatalf("try %d: %d %s", i, status, body)
		}
		w.must(json.Unmarshal(body, to))
	}
	if first.Message.ID != again.Message.ID || len(again.Message.Files) != 1 || again.Message.Files[0] != f {
		t.Errorf("sent again: %+v and %+v", first.Message, again.Message)
	}
	if status, body := w.along(v.Token, talk, "client-2", f.ID); status != 422 || w.failure(body).Field != "files" {
		t.Errorf("a second message with it: %d %s", status, body)
	}
	res, body := w.fetch(w.links(v.Token, f.ID)[f.ID])
	if res.StatusCode != 200 || body != string(picture) {
		t.Fatalf("%d, %d bytes", res.StatusCode, len(body))
	}
	for name, want := range map[string]string{
		"Content-Type": "image/png", "Content-Disposition": `attachment; filename="my cup.png"`, "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Resource-Policy": "cross-origin",
		"Referrer-Policy": "no-referrer", "Set-Cookie": "",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if last := w.page(v.Token, talk, 0).Messages; len(last) != 1 || len(last[0].Files) != 1 {
		t.Errorf("history has %+v", last)
	}
	if row, err := w.store.RowByID(context.Background(), talk); err != nil || row.LastText != "📎 my cup.png" {
		t.Errorf("the list says %q, %v", row.LastText, err)
	}
}

func TestNamesAndTypesOfFilesAreHarmlessInHeaders(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	talk := chat.NewID()
	html := w.sent(v.Token, "x\r\nSet-Cookie: a=b\".html", "text/html", []byte("<script>alert(1)</script>"))
	svg := w.sent(v.Token, "déjà.svg", "image/svg+xml", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`))
	if status, body := w.along(v.Token, talk, "client-1", html.ID, svg.ID); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	links := w.links(v.Token, html.ID, svg.ID)
	for id, want := range map[string]string{html.ID: `attachment; filename="x Set-Cookie_ a=b_.html"`, svg.ID: "attachment; filename*=utf-8''d%C3%A9j%C3%A0.svg"} {
		res, _ := w.fetch(links[id])
		if got := res.Header.Get("Content-Disposition"); got != want || res.Header.Get("Content-Type") != chat.OctetStream ||
			res.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" || res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q: %v", got, res.Header)
		}
	}
}

// Absent, foreign, used and pending elsewhere look the same, and store nothing.
func TestForeignFilesCannotBeSent(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.visit(m{}), w.visit(m{})
	hers := w.sent(ada.Token, "a.txt", "text/plain", []byte("ada's"))
	agents := chat.File{ID: chat.NewID(), SiteID: w.site.ID, By: chat.ByAgent, ByID: w.agent.ID, Name: "x", Type: chat.OctetStream, Size: 1, Blob: "b", State: chat.FilePending}
	w.must(w.store.AddFile(t.Context(), &agents, door.DefaultRates().Files))
	other := &chat.Site{ID: chat.NewID(), Key: "other", SiteSettings: chat.DefaultSettings("Other")}
	w.must(w.store.InsertSite(t.Context(), other, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	elsewhere := agents
	elsewhere.ID, elsewhere.SiteID, elsewhere.By, elsewhere.ByID = chat.NewID(), other.ID, chat.ByPerson, eve.Person.ID
	w.must(w.store.AddFile(t.Context(), &elsewhere, door.DefaultRates().Files))
	var answers []string
	for i, ids := range [][]string{{hers.ID}, {agents.ID}, {elsewhere.ID}, {chat.NewID()}, {"x"}, {"../../etc/passwd"}} {
		status, body := w.along(eve.Token, chat.NewID(), fmt.Sprintf("client-%d", i), ids...)
		if status != 422 {
			t.Errorf("%v: %d", ids, status)
		}
		answers = append(answers, string(body))
	}
	for _, a := range answers {
		if a != answers[0] {
			t.Errorf("%s differs from %s", a, answers[0])
		}
	}
	own := w.sent(eve.Token, "e.txt", "text/plain", []byte("eve's"))
	if status, _ := w.along(eve.Token, chat.NewID(), "client-twice", own.ID, own.ID); status != 422 {
		t.Errorf("one file twice: %d", status)
	}
	if status, body := w.along(eve.Token, chat.NewID(), "client-six", own.ID, own.ID, own.ID, own.ID, own.ID, own.ID); status != 422 {
		t.Errorf("six files: %d %s", status, body)
	}
	if rows, err := w.store.PersonRows(t.Context(), eve.Person.ID, 9); err != nil || len(rows) != 0 {
		t.Errorf("something was stored: %v, %v", rows, err)
	}
	if status, body := w.along(ada.Token, chat.NewID(), "client-hers", hers.ID); status != 200 {
		t.Errorf("ada's own: %d %s", status, body)
	}
	if got := w.links(eve.Token, hers.ID, chat.NewID()); len(got) != 0 {
		t.Errorf("eve gets %v", got)
	}
}

// A link opens one file for one reader for a while, and only while they may read it.
func TestFileLinksEnd(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	f := w.sent(v.Token, "a.txt", "text/plain", []byte("words"))
	talk := chat.NewID()
	if status, body := w.along(v.Token, talk, "client-1", f.ID); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	url := w.links(v.Token, f.ID)[f.ID]
	row, err := w.store.File(t.Context(), f.ID)
	w.must(err)
	eve := w.visit(m{})
	stranger, _ := w.door.Links.To(row, chat.Actor{Kind: chat.ByPerson, ID: eve.Person.ID}, w.door.Clock())
	nobody, _ := w.door.Links.To(row, chat.Actor{Kind: chat.ByAgent, ID: chat.NewID()}, w.door.Clock())
	otherKey, _ := files.NewLinks(bytes.Repeat([]byte{1}, 32), w.base).To(row, chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID}, w.door.Clock())
	for what, bad := range map[string]string{"another reader": stranger, "no agent": nobody, "another key": otherKey, "cut": url[:len(url)-1], "nothing": w.base + "/f/x", "a path": w.base + "/f/..%2f..%2fetc%2fpasswd"} {
		if res, body := w.fetch(bad); res.StatusCode != 404 || strings.Contains(body, "words") || res.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %s", what, res.StatusCode, body)
		}
	}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	w.must(err)
	req.Host = "console.example"
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	_ = res.Body.Close()
	if res.StatusCode != 404 {
		t.Errorf("under another host: %d", res.StatusCode)
	}
	if res, body := w.fetch(url); res.StatusCode != 200 || body != "words" {
		t.Errorf("the link itself: %d %s", res.StatusCode, body)
	}
	w.ahead.Add((2*files.LinkLife + time.Second).Milliseconds())
	if res, _ := w.fetch(url); res.StatusCode != 410 {
		t.Errorf("after its time: %d", res.StatusCode)
	}
}

// What came with a note is the team's: its customer gets no link, and a link made
// for them opens nothing.
func TestFilesOfNotesStayWithTheTeam(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	talk := chat.NewID()
	w.write(chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: w.site.ID}, talk, "hello")
	f, err := w.door.Files.Take(t.Context(), files.Upload{By: w.agent, SiteID: w.site.ID, ConversationID: talk, Name: "secret.txt", Body: strings.NewReader("canary"), Size: 6})
	w.must(err)
	_, err = w.desk.Post(t.Context(), w.agent, desk.Posting{ConversationID: talk, ClientID: "client-note", Kind: chat.Note, Files: []string{f.ID}})
	w.must(err)
	if got := w.links(v.Token, f.ID); len(got) != 0 {
		t.Errorf("the customer gets %v", got)
	}
	f, err = w.store.File(t.Context(), f.ID)
	w.must(err)
	forged, _ := w.door.Links.To(f, chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID}, w.door.Clock())
	if res, body := w.fetch(forged); res.StatusCode != 404 || strings.Contains(body, "canary") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	ours, _ := w.door.Links.To(f, w.agent, w.door.Clock())
	if res, body := w.fetch(ours); res.StatusCode != 200 || body != "canary" {
		t.Errorf("the team: %d %s", res.StatusCode, body)
	}
}

func TestUploadsAreBounded(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	for what, c := range map[string]struct {
		status  int
		content []byte
	}{"nothing": {422, nil}, "too much": {413, make([]byte, chat.MaxFile+1)}} {
		if status, body := w.send(v.Token, "x.bin", "application/zip", c.content); status != c.status {
			t.Errorf("%s: %d %s", what, status, body)
		}
	}
	if status, _ := w.send("", "x.txt", "text/plain", []byte("x")); status != 401 {
		t.Errorf("without a token: %d", status)
	}
	if status, body := w.call("POST", "/v1/widget/files", v.Token, m{}); status != 422 || w.failure(body).Field != "content-disposition" {
		t.Errorf("without a name: %d %s", status, body)
	}
	if status, body := w.call("GET", "/v1/widget/files?ids="+strings.Repeat(chat.NewID()+",", 40)+chat.NewID(), v.Token, nil); status != 422 {
		t.Errorf("too many ids: %d %s", status, body)
	}
	w.must(w.store.SaveSite(t.Context(), func() *chat.Site { s := *w.site; s.NoFiles = true; return &s }()))
	if status, _ := w.send(v.Token, "x.txt", "text/plain", []byte("x")); status != 403 {
		t.Errorf("where the owner wants none: %d", status)
	}
}

// Whoever sends files without end is stopped by the rate, then by the day.
func TestFilesWithoutEndAreStopped(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Rates.Files = chat.FileQuota{PersonFiles: 12, PersonBytes: 1 << 20, SiteFiles: 100, SiteBytes: 1 << 30}
	})
	v := w.visit(m{})
	passed := 0
	for range 30 {
		if status, body := w.send(v.Token, "x.txt", "text/plain", []byte("x")); status == 200 {
			passed++
		} else {
			w.tooQuick("a file", status, body)
		}
	}
	if passed != 10 {
		t.Errorf("%d passed at once", passed)
	}
	for range 10 {
		w.ahead.Add(6000)
		if status, body := w.send(v.Token, "x.txt", "text/plain", []byte("x")); status == 200 {
			passed++
		} else {
			w.tooQuick("a file", status, body)
		}
	}
	if passed != 12 {
		t.Errorf("%d passed in a day of 12", passed)
	}
}

// One network cannot use up the day of a whole site, whoever it says it is.
func TestOneNetworkHasAShareOfTheDay(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Rates.Files = chat.FileQuota{PersonFiles: 100, PersonBytes: 1 << 20, SiteFiles: 100, SiteBytes: 16_000}
	})
	send := func() (int, []byte) { return w.send(w.visit(m{}).Token, "x.txt", "text/plain", make([]byte, 400)) }
	for i := range 2 {
		if status, body := send(); status != 200 {
			t.Fatalf("file %d: %d %s", i, status, body)
		}
	}
	status, body := send()
	w.tooQuick("beyond the share", status, body)
	w.ahead.Add((12 * time.Hour).Milliseconds())
	if status, body := send(); status != 200 {
		t.Errorf("half a day later: %d %s", status, body)
	}
}

// A body that ends before its length is refused, and leaves nothing.
func TestAFileThatBreaksOffIsNotStored(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	w.must(err)
	defer func() { _ = c.Close() }()
	fmt.Fprintf(c, "POST /v1/widget/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=x.txt\r\nContent-Length: 100000\r\n\r\n%s", v.Token, strings.Repeat("x", 50_000))
	w.must(c.(*net.TCPConn).CloseWrite())
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	answer, _ := io.ReadAll(c)
	if len(answer) > 0 && !bytes.HasPrefix(answer, []byte("HTTP/1.1 422")) {
		t.Errorf("%.200s", answer)
	}
	n := 0
	w.must(w.files.Each(t.Context(), func(string, time.Time) error { n++; return nil }))
	if n != 0 {
		t.Errorf("%d blobs are stored", n)
	}
}

// The page behind a mailed link names what was sent along, and has it.
func TestAMailedPageHasTheFiles(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	f := w.sent(v.Token, "my cup.png", "image/png", smallPNG(t))
	talk := chat.NewID()
	if status, body := w.along(v.Token, talk, "client-1", f.ID); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	list, _, err := w.store.PublicMessages(t.Context(), talk, 0, 1)
	w.must(err)
	person, err := w.store.Person(t.Context(), v.Person.ID)
	w.must(err)
	found := w.door.attachments(&opened{person: person}, &list[0].Message)
	if len(found) != 1 || found[0].Name != "my cup.png" {
		t.Fatalf("the page has %+v", found)
	}
	if res, body := w.fetch(found[0].URL); res.StatusCode != 200 || body != string(smallPNG(t)) {
		t.Errorf("%d, %d bytes", res.StatusCode, len(body))
	}
}
