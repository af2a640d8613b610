package proof

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	netmail "net/mail"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
	"rapport/storage/storagetest/cluster"
)

// TestForemanKillLoop: what is due is done once, whoever does it. Of two servers it kills
// the one that does the jobs, again and again, sometimes at the worst moment there is: a
// letter has been handed in, and is not noted. Now and then it cuts that server off the
// database instead, so that two hold themselves for the foreman.
//
// Never and twice are counted where they can be: in the database for what stays inside,
// at the mail server for what leaves, at a console for what is told to whoever is there.
func TestForemanKillLoop(t *testing.T) {
	t.Parallel() // it waits, mostly
	box := startBox(t)
	f := &foremen{box: box, rounds: rounds(5, 10, 50)}
	f.pair = newPair(t, plan{args: []string{"--smtp", "smtp://" + box.addr, "--mail-from", "hello@shop.example"}}, cluster.Database(t))
	f.w = f.pair.w
	f.open()
	f.appoint(dutiesPerRound * f.rounds)
	for n := range f.rounds {
		f.kill(n%strikeEvery == strikeEvery-1)
		if n%cutEvery == cutEvery-1 {
			f.cut()
		}
	}
	f.finish()
}

const (
	// dutiesPerRound is how many conversations fall due for each kill, dutyEvery apart:
	// about as long as it takes.
	dutiesPerRound = 5
	dutyEvery      = 220 * time.Millisecond
	// strikeEvery is how many kills there are to one with a letter in the hand, for which
	// it is asked first whether the customer is at the other server, and cutEvery to a cut.
	strikeEvery, cutEvery = 5, 10
	// letterWithin is how long until a letter goes out.
	letterWithin = 25 * time.Second
)

// foremen are two servers of which one does what is done once.
type foremen struct {
	*pair
	w      *world
	box    *box
	rounds int
	db     *sql.DB
	duties []duty
	last   time.Time // when the last of them is due

	struck int // kills while a letter was being handed in

	mu   sync.Mutex
	told map[string]int // reminders that a console heard, by promise
}

// duty is a conversation in which something is due.
type duty struct{ conversation, promise string }

// open reaches the database, past the servers.
func (f *foremen) open() {
	var err error
	f.db, err = sql.Open("pgx", f.store)
	f.w.must(err)
	f.w.t.Cleanup(func() { _ = f.db.Close() })
}

// ear hears a server say that it is the foreman.
type ear struct{ atomic.Bool }

func (e *ear) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("this server does now what one of several has to do")) {
		e.Store(true)
	} else if bytes.Contains(line, []byte("another server does now")) {
		e.Store(false)
	}
	return len(line), nil
}

// foreman waits until one of the servers says that it is.
func (f *foremen) foreman() (i int) {
	f.w.t.Helper()
	if !until(10*time.Second, func() bool {
		for i = range f.leads {
			if f.leads[i].Load() {
				return true
			}
		}
		return false
	}) {
		f.w.tellLog()
		f.w.t.Fatal("nobody does the jobs")
	}
	return i
}

// appoint lets a promise, a follow-up, which goes out as a letter too, and a sleep fall
// due in each of so many conversations, one after the other.
func (f *foremen) appoint(n int) {
	f.w.t.Helper()
	f.told = map[string]int{}
	f.listen()
	first := time.Now().Add(8 * time.Second)
	for i := range n {
		f.last = first.Add(time.Duration(i) * dutyEvery)
		if soonest := time.Now().Add(6 * time.Second); f.last.Before(soonest) {
			f.last = soonest
		}
		f.duties = append(f.duties, f.duty(i, f.last))
	}
}

func (f *foremen) duty(i int, due time.Time) duty {
	f.w.t.Helper()
	ctx := f.w.t.Context()
	f.w.guest(i)
	d := duty{conversation: f.w.convs[i]}
	at := "/v1/console/conversations/" + d.conversation
	ask := func(method, path string, in, out any) {
		f.w.t.Helper()
		f.w.must(f.w.owner.Call(ctx, method, at+path, in, out))
	}
	ask("POST", "/take", struct{}{}, nil)
	var made struct{ ID string }
	ask("POST", "/promises", map[string]any{"client_id": "promise-0001", "text": "Call back", "due_at": due.Add(time.Hour).UnixMilli()}, &made)
	d.promise = made.ID
	// From now on they are written to: of the promise there is no letter.
	f.w.must(f.w.guests[i].Call(ctx, "POST", "/v1/widget/attributes", map[string]string{"email": fmt.Sprintf("guest-%d@example.org", i)}, nil))
	ask("PUT", "/follow-up", map[string]any{"text": fmt.Sprintf("Is all well with duty-%04d by now?", i), "due_at": due.UnixMilli()}, nil)
	ask("PUT", "/snooze", map[string]any{"until": due.UnixMilli()}, nil)
	// No promise can be made that is due so soon.
	f.set(1, `UPDATE promise SET due_at = $1, remind_at = $1 WHERE id = $2`, due.UnixMilli(), d.promise)
	return d
}

// set changes so many rows past the servers.
func (f *foremen) set(rows int64, query string, args ...any) {
	f.w.t.Helper()
	res, err := f.db.Exec(query, args...)
	f.w.must(err)
	if n, err := res.RowsAffected(); err != nil || rows >= 0 && n != rows {
		f.w.t.Fatalf("%s: %d rows, %v", query, n, err)
	}
}

// count reads one number.
func (f *foremen) count(query string, args ...any) (n int) {
	f.w.t.Helper()
	f.w.must(f.db.QueryRow(query, args...).Scan(&n))
	return n
}

// listen counts the reminders at a console that comes back whenever its server is gone.
func (f *foremen) listen() {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		for ctx.Err() == nil {
			f.listenOnce(ctx)
			time.Sleep(20 * time.Millisecond)
		}
	})
	f.w.t.Cleanup(func() { cancel(); done.Wait() })
}

func (f *foremen) listenOnce(ctx context.Context) {
	s, err := f.w.owner.Socket(ctx, "", nil)
	if err != nil {
		return // both servers are away
	}
	defer context.AfterFunc(ctx, s.Cut)()
	defer s.Cut()
	for raw := []byte(nil); ; {
		if raw, err = s.Read(raw); err != nil {
			return
		}
		var frame struct {
			Type    string
			Promise struct{ ID string }
		}
		if json.Unmarshal(raw, &frame) == nil && frame.Type == "promise" {
			f.mu.Lock()
			f.told[frame.Promise.ID]++
			f.mu.Unlock()
		}
	}
}

// kill ends the foreman, with a letter in its hand where one comes soon enough.
func (f *foremen) kill(withLetter bool) {
	f.w.t.Helper()
	i := f.foreman()
	if withLetter {
		if struck := f.box.strike(f.servers[i].Kill); until(letterWithin, struck) {
			f.struck++
		} else if f.box.forget() {
			withLetter = false // none came
		} else {
			f.struck++
		}
	}
	if !withLetter {
		time.Sleep(rand.N(400 * time.Millisecond))
		f.servers[i].Kill()
	}
	f.start(i)
}

// cut ends the foreman's session in the database, with which the right to do the jobs
// ends, while it is at work.
func (f *foremen) cut() {
	f.w.t.Helper()
	f.leads[f.foreman()].Store(false)
	if n := f.count(`SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint << 32 | objid::bigint = 7261707074
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`); n != 1 {
		f.w.t.Errorf("%d servers were the foreman", n)
	}
}

// finish lets everything fall due and every lease end, and counts.
func (f *foremen) finish() {
	f.w.t.Helper()
	time.Sleep(time.Until(f.last))
	for i := range f.servers {
		f.servers[i].Kill()
	}
	// Whoever had these is dead: two minutes pass.
	for _, table := range []string{"promise", "follow_up", "mail"} {
		f.set(-1, `UPDATE `+table+` SET claimed_until = 0`)
	}
	for i := range f.servers {
		f.start(i)
	}
	left := map[string]string{
		"reminders":  `SELECT count(*) FROM promise WHERE told = 0`,
		"follow-ups": `SELECT count(*) FROM follow_up WHERE state = 'waiting'`,
		"sleeps":     `SELECT count(*) FROM conversation WHERE state = 'snoozed'`,
		"letters":    `SELECT count(*) FROM mail WHERE waiting = 1`,
	}
	until(40*time.Second, func() bool {
		for _, query := range left {
			if f.count(query) > 0 {
				return false
			}
		}
		return true
	})
	for what, query := range left {
		if n := f.count(query); n > 0 {
			f.w.t.Errorf("%d %s were never done", n, what)
		}
	}
	f.exactlyOnce("follow-up", `SELECT count(*) FROM message WHERE client_id LIKE 'follow-up-%' AND conversation_id = $1`)
	f.exactlyOnce("end of a sleep", `SELECT count(*) FROM event WHERE type = 'conversation.woken' AND conversation_id = $1`)
	f.exactlyOnce("letter", `SELECT count(*) FROM mail WHERE sent_at > 0 AND conversation_id = $1`)
	f.exactlyOnce("reminder", `SELECT count(*) FROM promise WHERE told > 0 AND conversation_id = $1`)
	reminded := f.heardTwice()
	f.w.t.Logf("%d duties; %d kills, %d of them with a letter handed in; %d letters went out again under the same id, %d reminders were heard again",
		len(f.duties), f.rounds, f.struck, f.sentTwice(), reminded)
}

// exactlyOnce fails where something was done never or twice in a conversation.
func (f *foremen) exactlyOnce(what, query string) {
	f.w.t.Helper()
	for i, d := range f.duties {
		if n := f.count(query, d.conversation); n != 1 {
			f.w.t.Errorf("the %s of conversation %d was done %d times", what, i, n)
		}
	}
}

// heardTwice counts the reminders that a console heard twice: the most there may be.
func (f *foremen) heardTwice() (again int) {
	f.w.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.told) == 0 {
		f.w.t.Error("the console heard no reminder at all")
	}
	for i, d := range f.duties {
		if n := f.told[d.promise]; n > 2 {
			f.w.t.Errorf("the reminder of conversation %d was heard %d times", i, n)
		} else if n == 2 {
			again++
		}
	}
	return again
}

// sentTwice counts the letters that the mail server got twice: the most there may be,
// and under the same id, by which mail programs know that it is the same.
func (f *foremen) sentTwice() (again int) {
	f.w.t.Helper()
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	for i := range f.duties {
		ids := f.box.got[fmt.Sprintf("duty-%04d", i)]
		if len(ids) != 1 {
			f.w.t.Errorf("the letter of conversation %d came under %d ids: %v", i, len(ids), ids)
		}
		for id, n := range ids {
			if n > 2 {
				f.w.t.Errorf("the letter of conversation %d came %d times: %s", i, n, id)
			}
			again += n - 1
		}
	}
	if f.struck == 0 || again < f.struck {
		f.w.t.Errorf("%d letters were handed in and not noted, %d came again: the worst moment was not met", f.struck, again)
	}
	return again
}

// box is a mail server that takes everything.
type box struct {
	addr string

	mu   sync.Mutex
	got  map[string]map[string]int // how often each duty's letter came, by its id
	blow func()                    // what is done when the next has come, before that is said
}

func startBox(t *testing.T) *box {
	t.Helper()
	b := &box{got: map[string]map[string]int{}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return visit{b}, nil }))
	server.Domain, server.ErrorLog = "mail.shop.example", silent{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = l.Addr().String()
	ended := make(chan struct{})
	go func() { defer close(ended); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-ended })
	return b
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// strike does something when the next letter has come, before whoever has sent it
// hears so. struck reports that it is done.
func (b *box) strike(do func()) (struck func() bool) {
	var done atomic.Bool
	b.mu.Lock()
	defer b.mu.Unlock()
	b.blow = func() { do(); done.Store(true) }
	return done.Load
}

// forget reports whether there was something to be done still, which is not any more.
// Otherwise it is done by now.
func (b *box) forget() (armed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	armed = b.blow != nil
	b.blow = nil
	return armed
}

// visit is a connection to the box.
type visit struct{ box *box }

func (visit) Reset()                               {}
func (visit) Logout() error                        { return nil }
func (visit) Mail(string, *smtp.MailOptions) error { return nil }
func (visit) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (v visit) Data(r io.Reader) error             { return v.box.take(r) }

var dutyName = regexp.MustCompile(`duty-\d{4}`)

// take keeps a letter. What is done then happens under the lock, so that forget waits.
func (b *box) take(r io.Reader) error {
	m, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	name := dutyName.Find(text)
	if name == nil {
		return errors.New("a letter of nobody's")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	ids := b.got[string(name)]
	if ids == nil {
		ids = map[string]int{}
		b.got[string(name)] = ids
	}
	ids[m.Header.Get("Message-ID")]++
	// Each death costs a letter one repeat: who hands it in again lives.
	if do := b.blow; do != nil && len(ids) == 1 && ids[m.Header.Get("Message-ID")] == 1 {
		b.blow = nil
		do()
	}
	return nil
}
