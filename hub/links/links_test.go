package links

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// talk is one conversation of a real desk and store, on a site that shows previews,
// with a finder that hears what is said and opens links of the test's own internet.
type talk struct {
	*testing.T
	net    *internet
	store  *storage.Store
	desk   *desk.Desk
	finder *Finder
	site   chat.Site
	maria  chat.Actor
	ben    chat.Actor
	id     string
	clock  atomic.Int64
	mu     sync.Mutex
	told   []chat.LinkPreview
	toldOf []string // messages
}

func newTalk(t *testing.T) *talk {
	v := &talk{T: t, net: newInternet(t), id: chat.NewID()}
	v.clock.Store(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC).UnixMilli())
	clock := func() chat.Time { return chat.Time(v.clock.Load()) }
	store, err := storage.Open(t.Context(), storage.Options{
		DSN: ready.File(t, filepath.Join(t.TempDir(), "rapport.db")), Key: make([]byte, 32), Clock: clock,
		Publish: func(events []chat.Event) {
			if v.finder != nil {
				v.finder.Hear(events)
			}
		},
	})
	v.must(err)
	t.Cleanup(func() { _ = store.Close() })
	v.store, v.desk = store, desk.New(store, time.UTC, nil)
	v.site = chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Shop")}
	v.site.LinkPreviews = true
	v.must(store.InsertSite(t.Context(), &v.site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	agent := chat.Agent{ID: chat.NewID(), Email: "ben@shop.example", Name: "Ben", Role: chat.AgentRole}
	v.must(store.InsertAgent(t.Context(), &agent))
	v.ben = chat.Actor{Kind: chat.ByAgent, ID: agent.ID, Role: agent.Role}
	visitor, err := v.desk.Visit(t.Context(), desk.Visit{SiteID: v.site.ID})
	v.must(err)
	v.maria = chat.Actor{Kind: chat.ByPerson, ID: visitor.Person.ID, Site: v.site.ID}
	v.finder = New(Options{
		Store: store, Keeper: v.desk, Client: v.net.client(), Own: []string{"chat.example"}, Clock: clock, Log: slog.New(slog.DiscardHandler),
		Tell: func(message string, l *chat.LinkPreview) {
			v.mu.Lock()
			defer v.mu.Unlock()
			v.told, v.toldOf = append(v.told, *l), append(v.toldOf, message)
		},
	})
	v.net.pages["shop.example/lamp"] = says("text/html; charset=utf-8", lamp)
	return v
}

func (v *talk) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// posts says something and returns the message's id.
func (v *talk) posts(who chat.Actor, text string, kind chat.MessageKind) string {
	v.Helper()
	p := desk.Posting{ConversationID: v.id, ClientID: chat.NewID(), Text: text}
	if who.Kind == chat.ByPerson {
		posted, err := v.desk.Post(v.Context(), who, p)
		v.must(err)
		return posted.Message.ID
	}
	p.Kind = kind
	posted, err := v.desk.Post(v.Context(), who, p)
	v.must(err)
	return posted.Message.ID
}

// finds does what is due.
func (v *talk) finds() {
	v.Helper()
	for j, ok := v.finder.due.take(); ok; j, ok = v.finder.due.take() {
		v.must(v.finder.find(v.Context(), j))
		v.finder.due.done(j)
	}
}

// shown is the preview that a message has, as either side reads it.
func (v *talk) shown(message string) *chat.LinkPreview {
	v.Helper()
	list, _, err := v.store.Messages(v.Context(), v.id, 0, 100)
	v.must(err)
	i := slices.IndexFunc(list, func(m storage.NamedMessage) bool { return m.ID == message })
	return list[i].Link
}

func TestBothSidesLinksAreShown(t *testing.T) {
	v := newTalk(t)
	asked := v.posts(v.maria, "Is this one https://shop.example/lamp?", chat.Reply)
	answered := v.posts(v.ben, "Yes: https://shop.example/lamp", chat.Reply)
	if v.shown(asked) != nil || len(v.net.requests()) > 0 {
		t.Error("the message waited for its preview")
	}
	v.finds()
	for _, id := range []string{asked, answered} {
		if l := v.shown(id); l == nil || l.Title != "Aurora & friends" || l.Host != "shop.example" || l.URL != "https://shop.example/lamp" {
			t.Errorf("it shows %+v", l)
		}
	}
	if !slices.Equal(v.toldOf, []string{asked, answered}) || v.told[1].URL != "https://shop.example/lamp" || v.told[1].ConversationID != v.id {
		t.Errorf("told %v, %+v", v.toldOf, v.told)
	}
	if got := v.net.requests(); len(got) != 1 {
		t.Errorf("asked %v", got)
	}
	v.clock.Add(chat.KeepLink.Milliseconds() + 1)
	if l := v.shown(asked); l != nil {
		t.Errorf("a week later it shows %+v", l)
	}
	v.posts(v.maria, "And https://shop.example/lamp", chat.Reply)
	if v.finds(); len(v.net.requests()) != 2 || v.shown(asked) == nil {
		t.Errorf("asked %v", v.net.requests())
	}
}

// Nothing is opened that the owner has not asked for, or that could do harm.
func TestWhatIsNotOpened(t *testing.T) {
	v := newTalk(t)
	v.posts(v.maria, "Hello", chat.Reply)
	v.posts(v.ben, "https://shop.example/lamp", chat.Note)
	for _, link := range []string{"http://shop.example/lamp", "https://chat.example/console", "https://127.0.0.1/", "https://shop.example/reset/1234", "https://shop.example/?token=a"} {
		v.clock.Add(time.Minute.Milliseconds())
		v.posts(v.maria, link, chat.Reply)
	}
	v.finds()
	v.site.LinkPreviews = false
	v.must(v.store.SaveSite(t.Context(), &v.site))
	v.posts(v.maria, "https://shop.example/lamp", chat.Reply)
	v.posts(v.ben, "https://shop.example/lamp", chat.Reply)
	v.finds()
	if got := v.net.requests(); len(got) != 0 || len(v.told) != 0 {
		t.Errorf("asked %v, told %v", got, v.told)
	}
}

// The owner says no while a page is being read.
func TestAPreviewThatComesTooLate(t *testing.T) {
	v := newTalk(t)
	v.net.pages["shop.example/lamp"] = func(w http.ResponseWriter, r *http.Request) {
		v.site.LinkPreviews = false
		v.must(v.store.SaveSite(t.Context(), &v.site))
		says("text/html", lamp)(w, r)
	}
	id := v.posts(v.maria, "https://shop.example/lamp", chat.Reply)
	if v.finds(); v.shown(id) != nil || len(v.told) != 0 {
		t.Errorf("told %v", v.told)
	}
}

func TestWhatCannotBeReadIsAskedForOnceADay(t *testing.T) {
	v := newTalk(t)
	for range 3 {
		v.posts(v.maria, "https://shop.example/gone", chat.Reply)
		v.finds()
		v.clock.Add(time.Minute.Milliseconds())
	}
	if got := v.net.requests(); len(got) != 1 || len(v.told) != 0 {
		t.Errorf("asked %v, told %v", got, v.told)
	}
	v.clock.Add(chat.KeepFailedLink.Milliseconds())
	v.posts(v.maria, "https://shop.example/gone", chat.Reply)
	if v.finds(); len(v.net.requests()) != 2 {
		t.Errorf("asked %v", v.net.requests())
	}
}

// Many who write the same at once cause one request, and all of them get its answer.
func TestOneRequestForAllWhoAskAtOnce(t *testing.T) {
	v := newTalk(t)
	began, goOn := make(chan struct{}, 10), make(chan struct{})
	v.net.pages["shop.example/lamp"] = func(w http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		<-goOn
		says("text/html", lamp)(w, r)
	}
	for range 4 {
		v.posts(v.maria, "https://shop.example/lamp", chat.Reply)
	}
	first, _ := v.finder.due.take()
	done := make(chan error, 1)
	go func() { done <- v.finder.find(t.Context(), first) }()
	<-began
	v.finds() // they wait for nobody
	close(goOn)
	v.must(<-done)
	if len(v.net.requests()) != 1 || len(v.told) != 4 || len(v.finder.underWay) != 0 {
		t.Errorf("asked %v, told %d", v.net.requests(), len(v.told))
	}
}

func TestHowOftenAnybodyMayCauseIt(t *testing.T) {
	v := newTalk(t)
	for i := range 3 * perWriter.Burst {
		v.posts(v.maria, "https://shop.example/"+string(rune('a'+i)), chat.Reply)
	}
	v.finds()
	if got := len(v.net.requests()); got != perWriter.Burst {
		t.Errorf("one writer caused %d", got)
	}
	for i := range 3 * perSite.Burst {
		j := job{v.site.ID, v.id, chat.NewID(), chat.NewID(), "https://shop.example/x/" + string(rune('a'+i%26)) + string(rune('a'+i/26))}
		v.must(v.finder.find(t.Context(), j))
	}
	if got := len(v.net.requests()); got != perSite.Burst {
		t.Errorf("the site caused %d", got)
	}
	events := []chat.Event{{Type: chat.MessagePosted, Message: &chat.Message{Kind: chat.Reply, Text: "https://shop.example/lamp"}}}
	for range 2 * maxDue {
		v.finder.Hear(events) // never blocks
	}
	if v.finder.due.n != maxDueOf {
		t.Errorf("%d wait", v.finder.due.n)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	v := newTalk(t)
	id := v.posts(v.maria, "https://shop.example/lamp", chat.Reply)
	ended := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { defer close(ended); v.finder.Run(ctx) }()
	for deadline := time.Now().Add(10 * time.Second); v.shown(id) == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("there is no preview")
		}
	}
	cancel()
	<-ended
}
