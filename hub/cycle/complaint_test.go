package cycle_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// complaintLine is one line of a complaint, with the stage that is next after it
// and those that it settled or opened again. who is customer, agent or proposal,
// answer:STATE for a card, hand:STAGE or hand:STAGE:STATE for an agent's word, open
// for the track, yes and not_yet for the customer's feedback, kept for the
// follow-up.
type complaintLine struct {
	Who     string       `json:"who"`
	Text    string       `json:"text"`
	Stage   chat.Stage   `json:"stage"`
	Settled []chat.Stage `json:"settled"`
	Opened  []chat.Stage `json:"opened"`
}

func TestAComplaintConversation(t *testing.T) {
	data, err := os.ReadFile("testdata/complaint.json")
	if err != nil {
		t.Fatal(err)
	}
	var lines []complaintLine
	if err := json.Unmarshal(data, &lines); err != nil {
		t.Fatal(err)
	}
	state, track := cycle.Start(), chat.Track{}
	for i, l := range lines {
		before := track
		state, track = l.lay(t, state, track, chat.Time(i+1))
		if track.State != "" && track.Stage() != l.Stage {
			t.Errorf("line %d %s %q: next is %q, want %q", i+1, l.Who, l.Text, track.Stage(), l.Stage)
		}
		for _, s := range chat.Stages {
			now, was := track.Settled(s), before.Settled(s)
			if settled, opened := now && !was, was && !now; settled != slices.Contains(l.Settled, s) || opened != slices.Contains(l.Opened, s) {
				t.Errorf("line %d %s %q: %s settled %t, opened %t: %+v", i+1, l.Who, l.Text, s, settled, opened, track.Mark(s))
			}
		}
	}
	if want := "I want a new one before Friday, and an apology from your boss."; track.Expectation != want {
		t.Errorf("they expect %q", track.Expectation)
	}
	if track.Solution != "Your money back, and a new bowl by courier on Thursday." || track.State != chat.TrackEnded || !track.Hard {
		t.Errorf("track %+v", track)
	}
}

// lay applies one line to both the matter and its track.
func (l complaintLine) lay(t *testing.T, s cycle.State, k chat.Track, at chat.Time) (cycle.State, chat.Track) {
	t.Helper()
	who, arg, _ := strings.Cut(l.Who, ":")
	hand := cycle.Hand{ID: "a1", Name: "Ana Reis", At: at}
	card := chat.Card{ID: "k", Kind: chat.ProposalCard, State: chat.CardState(arg), Text: l.Text, SentAt: at, Answer: chat.CardAnswer{At: at}}
	var e cycle.Event
	switch who {
	case "open":
		return s, cycle.OpenTrack(nil, s, hand)
	case "hand":
		stage, state, given := strings.Cut(arg, ":")
		if !given {
			state = string(chat.PromptDone)
		}
		k, err := cycle.SetStage(k, chat.Stage(stage), chat.PromptState(state), hand)
		if err != nil {
			t.Fatal(err)
		}
		return s, k
	case "yes", "not_yet":
		k, _ = cycle.SaidSolved(k, chat.Feedback{Solved: chat.Solved(who), At: at})
		return s, k
	case "kept":
		return s, cycle.FollowedUp(k, chat.Promise{Kind: chat.FollowUpPromise, State: chat.PromiseKept}, hand)
	case "proposal":
		e = cycle.CardSent(card)
	case "answer":
		e = cycle.CardAnswered(card, "Maria Lopez")
	default:
		m := chat.Message{ID: "m", Kind: chat.Reply, By: chat.ByAgent, Text: l.Text, At: at}
		if who == "customer" {
			m.By = chat.ByPerson
		}
		e = cycle.Posted(m, "Maria Lopez", "Ana Reis", nil)
	}
	k, _ = cycle.OnTrack(k, s, e)
	s, _, _ = cycle.Apply(nil, s, e)
	return s, k
}

// What an agent has said stands against evidence, and a track that is over hears
// nothing more.
func TestAnAgentsWordOnAStageStands(t *testing.T) {
	hand := cycle.Hand{ID: "a1", Name: "Ana Reis", At: 1}
	k, err := cycle.SetStage(cycle.OpenTrack(nil, cycle.Start(), hand), chat.StageFeel, chat.PromptOpen, hand)
	if err != nil {
		t.Fatal(err)
	}
	sorry := cycle.Posted(chat.Message{ID: "m", Kind: chat.Reply, By: chat.ByAgent, Text: "That must be really frustrating.", At: 2}, "", "Ana Reis", nil)
	if next, changed := cycle.OnTrack(k, cycle.Start(), sorry); changed || next.Settled(chat.StageFeel) {
		t.Errorf("overruled: %+v", next)
	}
	over := cycle.OpenTrack(nil, cycle.Start(), hand)
	over.State = chat.TrackDropped
	if _, changed := cycle.OnTrack(over, cycle.Start(), sorry); changed {
		t.Error("a dropped track goes on")
	}
}
