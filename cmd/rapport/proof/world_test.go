package proof

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rapport/cmd/rapport/bench/drive"
)

// plan says who lives in a world.
type plan struct {
	conversations int
	tabs          int           // sockets per visitor
	agents        int           // sockets of the owner, each listening to everything
	pace          time.Duration // of every visitor's socket
	agentPace     time.Duration
	data          string // data folder; "" makes one
	args          []string
	heal          bool
	viaVisitors   drive.Through                // nil: straight to the server
	begin         func(w *world) *drive.Server // starts what there is; nil: one server
}

// world is a running server with people who talk on it.
type world struct {
	t       *testing.T
	plan    plan
	server  *drive.Server
	owner   *drive.Account
	crowd   *drive.Crowd
	guests  []*drive.Visitor // one per conversation
	convs   []string         // the same order
	clients []*Client
	history string
	journal *Journal
	log     *os.File

	stop func() // ends the clients and waits for them
}

const ownerEmail, ownerPassword = "owner@example.com", "correct horse battery staple"

// newWorld starts a server, sets it up, and begins the talk.
func newWorld(t *testing.T, p plan) *world {
	t.Helper()
	w := &world{t: t, plan: p, history: filepath.Join(t.TempDir(), "history")}
	if w.plan.data == "" {
		w.plan.data = filepath.Join(t.TempDir(), "data")
	}
	var err error
	if w.log, err = os.Create(filepath.Join(t.TempDir(), "server.log")); err != nil {
		t.Fatal(err)
	}
	if w.journal, err = CreateJournal(w.history); err != nil {
		t.Fatal(err)
	}
	w.start()
	t.Cleanup(func() {
		if w.stop != nil {
			w.stop()
		}
		w.server.Kill()
		w.journal.Close()
		w.log.Close()
		if t.Failed() {
			w.tellLog()
		}
	})
	if w.owner, err = drive.SetUp(t.Context(), w.server.Place, w.server.SetupToken, "Olga Owner", ownerEmail, ownerPassword); err != nil {
		t.Fatalf("set-up: %v", err)
	}
	w.crowd = drive.NewCrowd(w.owner.Place)
	w.crowd.Via = p.viaVisitors
	for n := range p.conversations {
		w.guest(n)
	}
	w.talk()
	return w
}

// tellLog shows the end of the server's log.
func (w *world) tellLog() {
	data, err := os.ReadFile(w.log.Name())
	if err != nil {
		w.t.Log(err)
		return
	}
	w.t.Logf("the server's last words:\n%s", data[max(0, len(data)-4000):])
}

// start starts the server, on the same port as before.
func (w *world) start() {
	w.t.Helper()
	if w.plan.begin != nil {
		w.server = w.plan.begin(w)
		return
	}
	o := drive.Options{Binary: rapport(w.t), Data: w.plan.data, Args: w.plan.args, Log: w.log}
	if w.server != nil {
		o.Port = w.server.Port
	}
	s, err := drive.Start(w.t.Context(), o)
	if err != nil {
		w.tellLog()
		w.t.Fatalf("start: %v", err)
	}
	w.server = s
}

// guest makes a visitor with a conversation, through one first message.
func (w *world) guest(n int) {
	w.t.Helper()
	v, err := w.crowd.Visitor(w.t.Context(), n)
	if err != nil {
		w.t.Fatalf("session: %v", err)
	}
	conversation := uuid.Must(uuid.NewV7()).String()
	rec := Record{Op: Invoke, Conversation: conversation, Author: v.PersonID, ClientID: "first-" + rand.Text(), Wire: ByPerson}
	if err := w.journal.Append(rec); err != nil {
		w.t.Fatal(err)
	}
	m, err := postByHTTP(w.t.Context(), v, conversation, rec.ClientID, "Hello, is anybody there?")
	if err != nil {
		w.t.Fatalf("first message: %v", err)
	}
	rec.Op, rec.MessageID, rec.Seq = Ack, m.ID, m.Seq
	if err := w.journal.Append(rec); err != nil {
		w.t.Fatal(err)
	}
	w.guests, w.convs = append(w.guests, v), append(w.convs, conversation)
}

// postByHTTP posts as a visitor over HTTP.
func postByHTTP(ctx context.Context, v *drive.Visitor, conversation, client, text string) (drive.Message, error) {
	var answer struct {
		ConversationID string        `json:"conversation_id"`
		Message        drive.Message `json:"message"`
	}
	err := v.Call(ctx, "POST", "/v1/widget/conversations/"+conversation+"/messages",
		map[string]string{"client_id": client, "text": text}, &answer)
	if err == nil && answer.ConversationID != conversation {
		err = fmt.Errorf("posted to %s, stored in %s", conversation, answer.ConversationID)
	}
	return answer.Message, err
}

// talk begins all clients.
func (w *world) talk() {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for n, v := range w.guests {
		for tab := range w.plan.tabs {
			w.clients = append(w.clients, &Client{
				Name: fmt.Sprintf("visitor-%d-%d", n, tab), Wire: ByPerson, Principal: v.PersonID,
				Homes: w.convs[n : n+1], Pace: w.plan.pace, Open: v.Socket,
			})
		}
	}
	for n := range w.plan.agents {
		w.clients = append(w.clients, &Client{
			Name: fmt.Sprintf("agent-%d", n), Wire: ByTeam, Principal: w.owner.AgentID,
			Homes: w.deskOf(n), Pace: w.plan.agentPace, Open: w.owner.Socket,
		})
	}
	for _, c := range w.clients {
		c.Journal, c.Heal = w.journal, w.plan.heal
		c.Begin()
		wg.Go(func() { c.Run(ctx) })
	}
	w.stop = func() { cancel(); wg.Wait() }
}

// openAtOnce is how many conversations one agent's socket may listen to.
const openAtOnce = 50

// deskOf returns the conversations of an agent's socket: all where they fit,
// else its share.
func (w *world) deskOf(agent int) []string {
	if len(w.convs) <= openAtOnce {
		return w.convs
	}
	var share []string
	for i := agent; i < len(w.convs); i += w.plan.agents {
		share = append(share, w.convs[i])
	}
	return share
}

// acked counts the acknowledgements of all clients so far.
func (w *world) acked() (n int) {
	for _, c := range w.clients {
		n += c.Counted().Acked
	}
	return n
}

// until waits for a condition, at most this long.
func until(limit time.Duration, ok func() bool) bool {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return true
		}
	}
	return ok()
}

// finish lets everything come to rest, reads the world in every way there is,
// and compares it with the history.
func (w *world) finish() {
	w.t.Helper()
	w.judge(w.collect())
}

// settle lets the talk end, every message answered.
func (w *world) settle() {
	w.t.Helper()
	for _, c := range w.clients {
		c.quiet.Store(true)
	}
	if !until(40*time.Second, func() bool { return every(w.clients, (*Client).Settled) }) {
		w.t.Error("some messages never got an answer")
	}
}

// collect ends the talk and reads everything back.
func (w *world) collect() History {
	w.t.Helper()
	w.settle()
	h := History{Owners: map[string]string{}}
	teamHeads, personHeads := map[string]int64{}, map[string]int64{}
	for n, id := range w.convs {
		h.Owners[id] = w.guests[n].PersonID
		team, head, err := TeamPages(w.t.Context(), w.owner, id)
		w.must(err)
		person, publicHead, err := PersonPages(w.t.Context(), w.guests[n], id)
		w.must(err)
		teamHeads[id], personHeads[id] = head, publicHead
		h.Readings = append(h.Readings, team, person)
	}
	w.catchUp(teamHeads, personHeads)
	h.Readings = append(h.Readings, w.fresh(teamHeads, personHeads)...)
	w.stop()
	w.stop = nil
	w.must(w.journal.Close())
	var err error
	h.Records, err = ReadJournal(w.history)
	w.must(err)
	for _, c := range w.clients {
		h.Readings = append(h.Readings, c.Readings()...)
	}
	return h
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func every(clients []*Client, ok func(*Client) bool) bool {
	for _, c := range clients {
		if !ok(c) {
			return false
		}
	}
	return true
}

// catchUp waits until every live client has every head.
func (w *world) catchUp(team, person map[string]int64) {
	w.t.Helper()
	behind := ""
	if !until(30*time.Second, func() bool {
		behind = ""
		for _, c := range w.clients {
			heads := team
			if c.Wire == ByPerson {
				heads = person
			}
			for _, id := range c.Homes {
				if c.Head(id) < heads[id] {
					behind = fmt.Sprintf("%s has %d of %d in %s", c.Name, c.Head(id), heads[id], id)
				}
			}
		}
		return behind == ""
	}) {
		w.t.Errorf("a live reader stays behind: %s", behind)
	}
}

// fresh reads over new sockets.
func (w *world) fresh(team, person map[string]int64) []Reading {
	w.t.Helper()
	epoch, _ := w.clients[0].held()
	var out []Reading
	add := func(more []Reading, err error) {
		w.t.Helper()
		w.must(err)
		out = append(out, more...)
	}
	for some := range slices.Chunk(w.convs, openAtOnce) {
		heads := map[string]int64{}
		for _, id := range some {
			heads[id] = team[id]
		}
		add(Fresh(Reading{Wire: ByTeam, Principal: w.owner.AgentID}, func(after map[string]int64) (*drive.Socket, error) {
			return w.owner.Socket(w.t.Context(), epoch, after)
		}, heads))
	}
	for n, id := range w.convs {
		add(Fresh(Reading{Wire: ByPerson, Principal: w.guests[n].PersonID}, func(after map[string]int64) (*drive.Socket, error) {
			return w.guests[n].Socket(w.t.Context(), epoch, after)
		}, map[string]int64{id: person[id]}))
	}
	return out
}

// judge reports every fault and every oddity.
func (w *world) judge(h History) {
	w.t.Helper()
	sum := Count{Closes: map[int]int{}, Codes: map[string]int{}}
	for _, c := range w.clients {
		n := c.Counted()
		sum.Acked, sum.Unknown, sum.Refused = sum.Acked+n.Acked, sum.Unknown+n.Unknown, sum.Refused+n.Refused
		sum.Connects, sum.Reloads, sum.Healed = sum.Connects+n.Connects, sum.Reloads+n.Reloads, sum.Healed+n.Healed
		for code, times := range n.Closes {
			sum.Closes[code] += times
		}
		for code, times := range n.Codes {
			sum.Codes[code] += times
		}
		for _, p := range n.Problems {
			w.t.Errorf("%s: %s", c.Name, p)
		}
	}
	line, err := json.Marshal(sum)
	w.must(err)
	w.t.Logf("%s", line)
	if sum.Acked == 0 {
		w.t.Error("nothing was acknowledged: the proof proves nothing")
	}
	if sum.Reloads > 0 && !w.plan.heal {
		w.t.Errorf("%d times a client was told to reload", sum.Reloads)
	}
	faults := Check(h)
	var shown strings.Builder
	for _, f := range faults[:min(len(faults), 20)] {
		fmt.Fprintln(&shown, f)
	}
	if len(faults) > 0 {
		w.t.Errorf("%d faults; the first:\n%s", len(faults), &shown)
	}
}

// marker is a word that stands in one message only.
func marker() string { return "marker-" + rand.Text() }
