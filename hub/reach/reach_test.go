package reach

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/wire"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// ecdsaKey reads a point of P-256.
func ecdsaKey(raw []byte) (*ecdsa.PublicKey, error) {
	return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
}

// world is a shop with a real store and desk, agents with phones, and a clock that
// only the test moves.
type world struct {
	*testing.T
	store   *storage.Store
	desk    *desk.Desk
	caller  *Caller
	service *service
	mail    posted
	clock   atomic.Int64
	site    chat.Site
	here    []hub.Here
}

func (w *world) Here() []hub.Here { return w.here }
func (w *world) now() chat.Time   { return chat.Time(w.clock.Load()) }

func newWorld(t *testing.T) *world {
	w := &world{T: t, service: newService(t)}
	w.clock.Store(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC).UnixMilli())
	var err error
	w.store, err = storage.Open(t.Context(), storage.Options{
		DSN: ready.File(t, filepath.Join(t.TempDir(), "rapport.db")), Key: make([]byte, 32), Clock: w.now,
		Publish: func(events []chat.Event) { w.caller.Hear(events) },
	})
	w.must(err)
	t.Cleanup(func() { _ = w.store.Close() })
	w.desk = desk.New(w.store, time.UTC, nil)
	w.restart()
	w.site = chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Lamp shop")}
	w.must(w.store.InsertSite(t.Context(), &w.site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	return w
}

func (w *world) restart() {
	secret := make([]byte, 32)
	secret[0] = 7
	pusher, err := NewPusher(secret, "https://console.example.com")
	w.must(err)
	pusher.client, w.service.key = w.service.Client(), pusher.Key()
	w.caller = New(Options{
		Store: w.store, Hub: w, Pusher: pusher, Post: w.mail.post, Origin: "https://console.example.com", Clock: w.now, Log: slog.New(slog.DiscardHandler),
	})
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// agent makes one with a phone of the same name; mail says whether letters go to them.
func (w *world) agent(name string, mail bool) *chat.Agent {
	w.Helper()
	a := &chat.Agent{ID: chat.NewID(), Email: strings.ToLower(name) + "@example.com", Name: name, Role: chat.AgentRole, PasswordHash: "h"}
	w.must(w.store.InsertAgent(w.Context(), a))
	w.must(w.store.SaveReach(w.Context(), &chat.Reach{AgentID: a.ID, Mail: mail}))
	w.phone(a, name)
	return a
}

// lasts is how long sign-ins last.
const lasts = 48 * time.Hour

func (w *world) phone(a *chat.Agent, name string) {
	w.Helper()
	session := &chat.AgentSession{ID: chat.NewID(), AgentID: a.ID, CreatedAt: w.now(), SeenAt: w.now(), ExpiresAt: w.now().Add(lasts)}
	w.must(w.store.InsertSession(w.Context(), session, chat.Proof{Password: "h"}))
	w.must(w.store.SavePushDevice(w.Context(), &chat.PushDevice{ID: chat.NewID(), AgentID: a.ID, SessionID: session.ID, Push: w.service.subscribe(name)}))
}

func (w *world) devices(a *chat.Agent) []chat.PushDevice {
	w.Helper()
	list, err := w.store.PushDevices(w.Context(), a.ID)
	w.must(err)
	return list
}

// asks has a customer write, in a conversation of their own.
func (w *world) asks(text string) (conversation string, who chat.Actor) {
	w.Helper()
	p := chat.Person{ID: chat.NewID(), SiteID: w.site.ID, Name: "Ada"}
	w.must(w.store.Write(w.Context(), func(tx chat.Tx) error { return tx.InsertPerson(&p) }))
	who = chat.Actor{Kind: chat.ByPerson, ID: p.ID, Site: w.site.ID}
	posted, err := w.desk.Post(w.Context(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: chat.NewID(), Text: text})
	w.must(err)
	return posted.Message.ConversationID, who
}

// wait lets time pass, with a look every few seconds.
func (w *world) wait(d time.Duration) {
	w.Helper()
	for left := d; left > 0; left -= 5 * time.Second {
		w.clock.Add(5000)
		w.must(w.caller.Step(w.Context()))
	}
}

// tells checks which phones were told what since the last look, by their titles.
func (w *world) tells(want ...string) {
	w.Helper()
	var got []string
	for _, n := range w.service.taken() {
		got = append(got, n.phone+": "+n.Title)
		if strings.Contains(fmt.Sprint(n), "secret lamp") {
			w.Errorf("what was written stands in %+v", n)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.Errorf("told %q, want %q", got, want)
	}
}

func TestWhoeverWaitsReachesAPhoneUntilSomebodyTakesThem(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	conversation, _ := w.asks("Where is my secret lamp?")
	w.wait(25 * time.Second)
	w.tells()
	w.wait(10 * time.Second)
	w.tells("Ana: Somebody is waiting")
	w.wait(110 * time.Second)
	w.tells()
	w.wait(20 * time.Second)
	w.tells("Ana: Somebody is waiting") // two minutes later
	w.wait(5 * time.Minute)
	w.tells("Ana: Somebody is waiting") // five
	w.wait(14 * time.Minute)
	w.tells()
	err := w.desk.Take(w.Context(), ana.Actor(), conversation, "")
	w.must(err)
	_, err = w.desk.Post(w.Context(), ana.Actor(), desk.Posting{ConversationID: conversation, ClientID: chat.NewID(), Kind: chat.Reply, Text: "On its way!"})
	w.must(err)
	w.wait(5 * time.Second)
	w.tells("Ana: Answered")
	w.wait(2 * time.Hour)
	w.tells()
}

func TestWhoWasCalledHearsWhoHasThem(t *testing.T) {
	w := newWorld(t)
	w.agent("Ana", false)
	ben := w.agent("Ben", false)
	conversation, _ := w.asks("Hello?")
	w.service.answer("Ben", http.StatusBadGateway) // no luck with his phone today
	w.wait(30 * time.Second)
	w.tells("Ana: Somebody is waiting")
	err := w.desk.Take(w.Context(), ben.Actor(), conversation, "")
	w.must(err)
	w.wait(5 * time.Second)
	w.tells("Ana: Ben has them now")
	w.service.answer("Ben", 0)
	w.wait(30 * time.Second)
	w.tells("Ben: Your customer is waiting") // his customer now, and he is at no console
}

func TestNobodyIsCalledWhileSomebodyIsThere(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	at := func(status string, connected bool) []hub.Here {
		return []hub.Here{{TeamMember: wire.TeamMember{AgentCard: chat.AgentCard{ID: ana.ID}, Standing: wire.Standing{Status: status}}, Connected: connected}}
	}
	w.asks("Hello?")
	w.here = at(chat.Online, true)
	w.wait(5 * time.Minute)
	w.tells()
	w.here = at(chat.Away, true)
	w.wait(70 * time.Second)
	w.tells("Ana: Somebody is waiting")
}

func TestNobodyIsCalledOutOfHoursWhenAbsentOrInQuietHours(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", true)
	w.must(w.store.SaveReach(t.Context(), &chat.Reach{AgentID: ana.ID, Mail: true, Quiet: true, Begins: 11 * 60, Ends: 13 * 60, Zone: "UTC"}))
	w.asks("Hello?")
	w.wait(30 * time.Minute)
	w.tells()
	if len(w.mail.letters) != 0 {
		t.Errorf("letters: %+v", w.mail.letters)
	}
	w.wait(31 * time.Minute) // it is 13:01
	w.tells("Ana: Somebody is waiting")
}

// TestKindsThatAreMutedCallNobody: by phone or e-mail, each kind for itself.
func TestKindsThatAreMutedCallNobody(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", true)
	mute := func(kinds ...string) {
		r := chat.UsualReach(ana.ID)
		r.Mutes = kinds
		w.must(w.store.SaveReach(t.Context(), &r))
	}
	mute("waiting.phone")
	w.asks("Hello?")
	w.wait(5 * time.Minute)
	w.tells()
	if len(w.mail.letters) != 0 {
		t.Errorf("letters: %+v", w.mail.letters)
	}
	mute("mine.phone", "waiting.sound")
	w.wait(2 * time.Minute)
	w.tells("Ana: Somebody is waiting")
}

func TestEmailGoesWhereNoPhoneIsReachedAndBesideItLater(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", true)
	w.asks("Where is my secret lamp?")
	w.wait(30 * time.Second)
	w.tells("Ana: Somebody is waiting")
	if len(w.mail.letters) != 0 {
		t.Fatalf("a letter beside the first call: %+v", w.mail.letters)
	}
	w.wait(130 * time.Second)
	w.tells("Ana: Somebody is waiting")
	if len(w.mail.letters) != 1 || w.mail.letters[0].To != ana.Email || strings.Contains(fmt.Sprint(w.mail.letters), "secret") {
		t.Fatalf("letters: %+v", w.mail.letters)
	}
	w.service.answer("Ana", http.StatusGone)
	w.mail.letters = nil
	w.asks("Hello?")
	w.wait(5*time.Minute + 5*time.Second) // not before their pause is over
	if len(w.mail.letters) != 1 {
		t.Errorf("without a phone: %+v", w.mail.letters)
	}
	if list, err := w.store.PushDevices(t.Context(), ana.ID); err != nil || len(list) != 0 {
		t.Errorf("a phone that is gone is still known: %v, %v", list, err)
	}
}

// A call that reaches nobody is tried again soon.
func TestCallsThatFailAreTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.agent("Ana", true)
	w.mail.err = errors.New("no mail today")
	w.service.answer("Ana", http.StatusServiceUnavailable)
	w.asks("Hello?")
	w.wait(40 * time.Second)
	w.tells()
	w.service.answer("Ana", 0)
	w.wait(60 * time.Second)
	w.tells("Ana: Somebody is waiting")
}

func TestARestartGoesOnCalling(t *testing.T) {
	w := newWorld(t)
	w.agent("Ana", false)
	w.asks("Hello?")
	w.wait(10 * time.Second)
	w.restart()
	w.wait(35 * time.Second)
	w.tells("Ana: Somebody is waiting")
}

func TestABrowserThatIsSetUpIsWelcomed(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	list, err := w.store.PushDevices(t.Context(), ana.ID)
	w.must(err)
	w.caller.Welcome(list[0])
	w.wait(5 * time.Second)
	w.tells("Ana: This device will be told")
}

func TestErrorsDoNotNameTheAddress(t *testing.T) {
	w := newWorld(t)
	to := w.service.subscribe("Ana")
	w.service.Close()
	if err := w.caller.Pusher.Send(t.Context(), to, welcomeNote()); err == nil || strings.Contains(err.Error(), "/push/") {
		t.Errorf("%v", err)
	}
}

// Nothing goes to what only this machine reaches, whatever a browser says.
func TestPushStaysOnThePublicInternet(t *testing.T) {
	w := newWorld(t)
	pusher, err := NewPusher(append(make([]byte, 31), 9), "https://console.example.com")
	w.must(err)
	if err := pusher.Send(t.Context(), w.service.subscribe("Ana"), welcomeNote()); err == nil || !strings.Contains(err.Error(), "public internet") {
		t.Errorf("%v", err)
	}
	w.tells()
}

func TestManyWhoWaitAreOneCall(t *testing.T) {
	w := newWorld(t)
	w.agent("Ana", true)
	for range 12 {
		w.asks("Hello?")
	}
	w.wait(30 * time.Second)
	w.tells("Ana: 12 customers are waiting")
	w.asks("Me, too")
	w.wait(100 * time.Second)
	w.tells()
	w.wait(50 * time.Second)
	w.tells("Ana: 13 customers are waiting")
}

// Who was called often and then took everybody is called for the next soon again: their
// long pause ends with those for whom it was.
func TestAPauseThatBecomesShorterIsSeen(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	first, _ := w.asks("Hello?")
	w.wait(8 * time.Minute) // called three times, so that the pause is a quarter of an hour
	w.service.taken()
	w.asks("Me, too")
	w.wait(time.Minute)
	w.must(w.desk.Take(t.Context(), ana.Actor(), first, ""))
	_, err := w.desk.Post(t.Context(), ana.Actor(), desk.Posting{ConversationID: first, ClientID: chat.NewID(), Kind: chat.Reply, Text: "On its way!"})
	w.must(err)
	w.wait(5 * time.Second)
	w.tells("Ana: Answered")
	w.wait(gaps[0] + nobodyFor)
	w.tells("Ana: Somebody is waiting")
}

func TestLettersOfADayAreBounded(t *testing.T) {
	w := newWorld(t)
	w.agent("Ana", true)
	for range 23 {
		w.asks("Hello?")
		w.wait(time.Hour)
	}
	w.service.taken()
	if n := len(w.mail.letters); n != maxLetters {
		t.Errorf("%d letters in a day, want %d", n, maxLetters)
	}
}

func TestOneWhoWaitsIsCalledForADayWithFewSteps(t *testing.T) {
	w := newWorld(t)
	w.agent("Ana", false)
	w.asks("Hello?")
	w.wait(23 * time.Hour)
	if n := len(w.service.taken()); n != 8 {
		t.Errorf("%d calls in 23 hours, want 5 in the first and one every 6 after it", n)
	}
	w.wait(3 * time.Hour)
	w.service.taken()
	if n := len(w.caller.waiting); n != 0 {
		t.Errorf("%d are called for after a day", n)
	}
}

func TestARestartLeavesConsolesTimeToComeBack(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	queued, _ := w.asks("Hello?")
	held, _ := w.asks("Hello again?")
	w.must(w.desk.Take(t.Context(), ana.Actor(), held, ""))
	w.clock.Add(time.Hour.Milliseconds())
	w.restart()
	w.wait(25 * time.Second)
	w.tells()
	w.wait(10 * time.Second)
	w.tells("Ana: 2 customers are waiting")
	if w.caller.waiting[queued] == nil || w.caller.waiting[held].holder != ana.ID {
		t.Errorf("found %+v", w.caller.waiting)
	}
}

func TestWhatAConsoleHeardIsForgottenAfterADay(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	w.here = []hub.Here{{TeamMember: wire.TeamMember{AgentCard: chat.AgentCard{ID: ana.ID}, Standing: wire.Standing{Status: chat.Online}}, Connected: true}}
	w.asks("Hello?")
	w.clock.Add(25 * time.Hour.Milliseconds())
	w.wait(5 * time.Second)
	if n := len(w.caller.waiting); n != 0 {
		t.Errorf("%d are remembered", n)
	}
}

func TestWhoWasCalledAndTakesThemLetsTheOthersRest(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", true)
	w.must(w.store.DeletePushDevice(t.Context(), ana.ID, w.devices(ana)[0].ID)) // reached by e-mail
	w.agent("Ben", false)
	conversation, _ := w.asks("Hello?")
	w.wait(30 * time.Second)
	w.tells("Ben: Somebody is waiting")
	w.must(w.desk.Take(t.Context(), ana.Actor(), conversation, ""))
	w.wait(5 * time.Second)
	w.tells("Ben: Ana has them now")
}

func TestADeviceThatFailsForLongIsForgotten(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	w.service.answer("Ana", http.StatusBadGateway)
	device := w.devices(ana)[0]
	for range maxFailures {
		w.caller.push(t.Context(), device, welcomeNote())
	}
	if len(w.devices(ana)) != 1 {
		t.Fatal("it is forgotten at once")
	}
	w.clock.Add(failingFor.Milliseconds())
	w.caller.push(t.Context(), device, welcomeNote())
	if n := len(w.devices(ana)); n != 0 {
		t.Errorf("%d are known still", n)
	}
}

func TestWhoseSignInRanOutIsNotTold(t *testing.T) {
	w := newWorld(t)
	ana := w.agent("Ana", false)
	device := w.devices(ana)[0]
	w.clock.Add(lasts.Milliseconds())
	if list := w.devices(ana); len(list) != 0 {
		t.Errorf("%d devices are told", len(list))
	}
	w.clock.Add(31 * 24 * time.Hour.Milliseconds())
	w.must(w.store.PruneSessions(t.Context()))
	if err := w.store.DeletePushDevice(t.Context(), ana.ID, device.ID); !chat.Is(err, chat.NotFound) {
		t.Errorf("it is kept: %v", err)
	}
}

func TestAKeyThatIsNoPointOfTheCurveIsRefused(t *testing.T) {
	w := newWorld(t)
	to := w.service.subscribe("Ana")
	to.Endpoint = "https://push.example.com/ana"
	if err := to.Validate(); err != nil {
		t.Error(err)
	}
	to.P256dh = "B" + strings.Repeat("A", 86)
	if err := to.Validate(); err == nil {
		t.Error("it is taken")
	}
}
