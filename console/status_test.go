package console

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// member waits until the team's frame shows this agent so.
func (l *line) member(id string, ok func(wire.TeamMember) bool) {
	l.t.Helper()
	for {
		var f struct{ Team []wire.TeamMember }
		l.JSON(l.t, "team", &f)
		for _, m := range f.Team {
			if m.ID == id && ok(m) {
				return
			}
		}
	}
}

// A status is the agent's and not the browser's: it is on every device, and there
// when they come back.
func TestAStatusIsTheSameEverywhere(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	ana := w.hire("Ana", chat.AgentRole)
	b := w.seat(ana)
	laptop, phone := b.connect(), w.seat(ana).connect()
	s.fits(t, "Standing", b.raw(put, "/me/status", object{"status": "away", "reason": " Lunch\n"}))
	lunch := func(m wire.TeamMember) bool { return m.Status == chat.Away && m.Reason == "Lunch" }
	laptop.member(ana.ID, lunch)
	phone.member(ana.ID, lunch)
	later := w.seat(ana).connect()
	if len(later.hello.Team) != 1 || !lunch(later.hello.Team[0]) {
		t.Errorf("a new window shows %+v", later.hello.Team)
	}
	before := chat.SystemClock()
	b.raw(put, "/me/status", object{"status": "online", "no_new_minutes": 10})
	phone.member(ana.ID, func(m wire.TeamMember) bool {
		return m.Status == chat.Online && m.Reason == "" && m.NoNewUntil.Sub(before) >= 10*time.Minute
	})
	later.send(object{"type": "status", "status": "offline"})
	phone.member(ana.ID, func(m wire.TeamMember) bool { return m.Status == chat.Offline && m.NoNewUntil == 0 })
	for field, body := range map[string]object{
		"status":         {"status": "asleep"},
		"no_new_minutes": {"status": "online", "no_new_minutes": 241},
	} {
		if a := b.fails(put, "/me/status", body, 422, chat.Invalid); !strings.Contains(a.body, `"`+field+`"`) {
			t.Errorf("%s: %s", field, a.body)
		}
	}
}

// What a console says by itself never overrules its agent.
func TestAConsoleThatIsAlone(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.AgentRole)
	b := w.seat(ana)
	b.connect()
	says := func(status string, auto bool) any {
		return b.raw(put, "/me/status", object{"status": status, "auto": auto})["status"]
	}
	if got := says("away", true); got != "online" {
		t.Errorf("at work a moment ago on another device: %v", got)
	}
	says("away", false)
	if got := says("online", true); got != "away" {
		t.Errorf("who left on purpose was brought back: %v", got)
	}
	w.must(w.store.SaveAgentStatus(t.Context(), &chat.AgentStatus{AgentID: ana.ID, Status: chat.Away, Auto: true}))
	if got := says("online", true); got != "online" {
		t.Errorf("who is back: %v", got)
	}
}
