package dispatch_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage"

	"pgregory.net/rapid"
)

func pageOfQueue(site string) storage.Page {
	return storage.Page{SiteID: site, List: storage.Queue, Limit: 50}
}

// bounded is within what time a conversation must have been offered to somebody
// once there is one who may have it: an offer that runs out, and the minute after
// which who has passed on it is asked again, with what a look takes.
const bounded = (30 + 60 + 10) * time.Second

// leftFor is for how long a conversation may be somebody's who is gone: the grace,
// and until everything is read anew.
const leftFor = (120 + 10) * time.Second

// Random comings and goings, declines, takings, handovers, closings and restarts:
// nothing is stuck, and at no moment does anybody fall between two chairs. Once one
// agent stays and takes what they are offered, everything that waits is theirs in
// bounded time, one after the other as they close them.
func TestNothingIsEverStuck(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		mode := rapid.SampledFrom([]string{chat.RouteOffer, chat.RouteAssign, chat.RouteByHand}).Draw(r, "mode")
		w := newWorld(t, func(rules *chat.Routing) { rules.Mode = mode })
		agents := []string{w.agent("Ana"), w.agent("Ben"), w.agent("Noor", func(a *chat.Agent) { a.Work.Capacity = 1 })}
		team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: agents}
		w.must(w.store.InsertTeam(w.ctx(), &team))
		var ids []string
		open := map[string]bool{}
		by := func(id string) chat.Actor { return chat.Actor{Kind: chat.ByAgent, ID: id} }
		for range rapid.IntRange(5, 25).Draw(r, "deeds") {
			agent := rapid.SampledFrom(agents).Draw(r, "agent")
			switch rapid.IntRange(0, 15).Draw(r, "deed") {
			case 0, 1:
				id := w.writes(w.customer(), "Hello")
				ids, open[id] = append(ids, id), true
			case 2:
				w.says(agent, rapid.SampledFrom([]string{chat.Online, chat.Away, chat.Offline}).Draw(r, "status"))
			case 3:
				w.vanishes(agent)
			case 4:
				w.restart()
			case 5:
				for id := range open {
					if w.row(id).OfferedTo == agent {
						w.must(w.desk.Decline(w.ctx(), by(agent), id, "", nil))
					}
				}
			case 6:
				for id := range open {
					if row := w.row(id); row.OfferedTo == agent || mode == chat.RouteByHand && row.State == chat.Waiting {
						w.must(w.desk.Take(w.ctx(), by(agent), id, row.AssigneeID))
					}
				}
			case 7:
				for id := range open {
					if w.row(id).AssigneeID == agent {
						w.must(w.desk.CloseWith(w.ctx(), by(agent), id, desk.Parting{Why: "All is said."}))
						delete(open, id)
					}
				}
			case 8:
				w.wait(time.Duration(rapid.IntRange(1, 60).Draw(r, "seconds")) * time.Second)
			case 9, 10:
				h := desk.Handover{FromID: agent, TeamID: team.ID}
				if rapid.Bool().Draw(r, "to one") {
					h = desk.Handover{FromID: agent, ToID: rapid.SampledFrom(agents).Draw(r, "to")}
				}
				for id := range open {
					if w.row(id).AssigneeID == agent {
						ask := w.desk.HandOver
						if rapid.Bool().Draw(r, "to join") {
							ask = w.desk.Invite
						}
						err := ask(w.ctx(), by(agent), id, h, w.online())
						if err != nil && !chat.Is(err, chat.Conflict) {
							w.must(err)
						}
					}
				}
			case 11:
				for id := range open {
					if w.row(id).AssigneeID == agent {
						w.must(w.desk.Recall(w.ctx(), by(agent), id))
					}
				}
			case 13:
				for id := range open {
					if err := w.desk.Join(w.ctx(), by(agent), id); err != nil && !chat.Is(err, chat.Conflict) {
						w.must(err)
					}
				}
			case 14:
				for id := range open {
					w.must(w.desk.Leave(w.ctx(), by(agent), id, agent))
				}
			case 15:
				for id := range open {
					if w.row(id).AssigneeID == agent {
						w.must(w.desk.Release(w.ctx(), by(agent), id))
					}
				}
			case 12:
				for id := range open {
					if w.row(id).AssigneeID == agent {
						w.must(w.desk.PromiseAnswer(w.ctx(), by(agent), id, agent, false))
					}
				}
			}
			w.step()
			w.sound(r, ids)
		}
		for _, a := range agents[1:] {
			w.vanishes(a)
		}
		stays := agents[0]
		w.says(stays, chat.Online)
		w.wait(130 * time.Second) // the grace of those who are gone
		for id := range open {
			for _, guest := range w.row(id).Guests.List() {
				if guest != stays {
					r.Errorf("%s still counts on %s, who is gone", id, guest)
				}
			}
		}
		for len(open) > 0 {
			began := w.now()
			for moved := false; !moved; {
				if w.now().Sub(began) > bounded {
					for id := range open {
						r.Errorf("%s: %+v", id, w.row(id).Conversation)
					}
					r.Fatal("something is stuck")
				}
				w.wait(time.Second)
				for id := range open {
					row := w.row(id)
					if row.OfferedTo == stays || mode == chat.RouteByHand && row.State == chat.Waiting {
						w.must(w.desk.Take(w.ctx(), by(stays), id, row.AssigneeID))
						row = w.row(id)
					}
					if row.AssigneeID == stays {
						w.must(w.desk.CloseWith(w.ctx(), by(stays), id, desk.Parting{Why: "All is said."}))
						delete(open, id)
						moved = true
					}
				}
			}
		}
	})
}

// sound is what holds at every moment: what waits, or is handed over, is offered to
// one agent who is there, and no more rows stand than that needs; and whatever is not
// closed is in the queue, or somebody's who is there or was until a moment ago.
func (w *world) sound(r *rapid.T, ids []string) {
	w.Helper()
	list, err := w.store.Offers(w.ctx(), "")
	w.must(err)
	offered := map[string]string{}
	for _, o := range list {
		if o.EndedAt == 0 {
			offered[o.ConversationID] = o.AgentID
		}
	}
	here := map[string]string{}
	for _, h := range w.Here() {
		here[h.ID] = h.Status
	}
	for _, id := range ids {
		row := w.row(id)
		if row.OfferedTo != offered[id] {
			r.Fatalf("%s says %q, its offer %q", id, row.OfferedTo, offered[id])
		}
		if row.OfferedTo != "" && (row.State == chat.Closed || row.OfferedTo == row.AssigneeID || here[row.OfferedTo] != chat.Online) {
			r.Fatalf("%s is %s and offered to who is %q", id, row.State, here[row.OfferedTo])
		}
		if row.State == chat.Waiting && row.AssigneeID != "" || row.State == chat.Open && row.AssigneeID == "" {
			r.Fatalf("%s is %s and %q's", id, row.State, row.AssigneeID)
		}
		if row.Guests != "" && row.AssigneeID == "" || row.Guests != "" && row.State == chat.Closed || row.Guests.Has(row.AssigneeID) {
			r.Fatalf("%s is %s, %q's, with the guests %q", id, row.State, row.AssigneeID, row.Guests)
		}
		for _, guest := range row.Guests.List() {
			if since := w.goneFor(guest); since > leftFor {
				r.Fatalf("%s counts on %s, who is gone for %s", id, guest, since)
			}
		}
		if row.State == chat.Waiting && row.WaitingSince == 0 {
			r.Fatalf("%s is in the queue, where nobody waits", id)
		}
		if since := w.goneFor(row.AssigneeID); row.State == chat.Open && since > leftFor {
			r.Fatalf("%s is %q's, who is gone for %s", id, row.AssigneeID, since)
		}
	}
}
