package chat

import (
	"slices"

	"rapport/hub/sorted"
)

// Stage of the complaint track.
type Stage string

const (
	StageListen   Stage = "listen"    // let them finish, ask openly
	StageFeel     Stage = "feel"      // feelings first, then facts
	StageRecord   Stage = "record"    // said back, and they confirmed it
	StageExpect   Stage = "expect"    // what they expect
	StageSolve    Stage = "solve"     // a solution that they take
	StageConfirm  Stage = "confirm"   // it is solved, they say so
	StageFollowUp Stage = "follow_up" // asked again a day or two later
)

// Stages in their order.
var Stages = []Stage{StageListen, StageFeel, StageRecord, StageExpect, StageSolve, StageConfirm, StageFollowUp}

// TrackState says where a complaint stands.
type TrackState string

const (
	TrackOpen    TrackState = "open"    // until it was followed up
	TrackEnded   TrackState = "ended"   // followed up
	TrackDropped TrackState = "dropped" // it was no complaint after all
)

// StageMark is what settled a stage, or opened it again, and why in one line.
type StageMark struct {
	Stage Stage       `json:"stage"`
	State PromptState `json:"state"`
	By    Kind        `json:"by"`
	ByID  string      `json:"by_id"`
	Cause string      `json:"cause"` // the message or card that caused it, or ""
	Why   string      `json:"why"`
	At    Time        `json:"at"`
}

// Track is the seven-stage track of one matter, with what is recorded of it.
type Track struct {
	ID             string
	SiteID         string
	ConversationID string
	MatterID       string
	State          TrackState
	Marks          []StageMark // of the stages that something was said about, in their order
	Asked          bool        // what they expect was asked and is not answered yet
	Hard           bool        // they were upset when it was opened
	Expectation    string
	Solution       string
	Confirmation   string
	RootCause      string // one of RootCauses or of the site's own, "" until recorded
	CauseWords     string // in the agent's own words
	CauseSkipped   string // why no cause was recorded
	FollowUpAt     Time   // when to follow up; zero for the next working day
	FollowUpID     string // the promise to do so, "" until the conversation was closed
	OpenedBy       AgentCard
	OpenedAt       Time
	EndedAt        Time
}

// RootCauses are those that every site can choose from.
var RootCauses = []string{"product", "delivery", "information", "price", "service", "waiting", "promise", "website", "rules", "misunderstanding", "other"}

// Bounds of what a site adds to RootCauses.
const (
	MaxRootCauses = 30
	maxRootCause  = 60
)

// Mark returns what was said of a stage; the zero value, which is open, for
// nothing.
func (t *Track) Mark(s Stage) StageMark {
	for _, m := range t.Marks {
		if m.Stage == s {
			return m
		}
	}
	return StageMark{Stage: s, State: PromptOpen}
}

// Settled reports whether a stage is done or was not needed.
func (t *Track) Settled(s Stage) bool { return t.Mark(s).State != PromptOpen }

// Stage is the first that is not settled, "" when all are.
func (t *Track) Stage() Stage {
	for _, s := range Stages {
		if !t.Settled(s) {
			return s
		}
	}
	return ""
}

// Put lays a mark over what was said of its stage before.
func (t *Track) Put(m StageMark) {
	t.Marks = slices.DeleteFunc(slices.Clone(t.Marks), func(x StageMark) bool { return x.Stage == m.Stage })
	t.Marks = append(t.Marks, m)
	sorted.By(t.Marks, func(a, b StageMark) int { return slices.Index(Stages, a.Stage) - slices.Index(Stages, b.Stage) })
}

// Forget takes back what was said of a stage, so that it is open to evidence.
func (t *Track) Forget(s Stage) {
	t.Marks = slices.DeleteFunc(slices.Clone(t.Marks), func(x StageMark) bool { return x.Stage == s })
}

// CauseKnown reports whether the root cause was recorded, or why it was not.
func (t *Track) CauseKnown() bool { return t.RootCause != "" || t.CauseSkipped != "" }

// TrackRecord is what an agent writes down of a complaint; nil leaves a part
// alone. When to follow up is theirs to say until it is promised.
type TrackRecord struct {
	Expectation  *string
	Solution     *string
	Confirmation *string
	RootCause    *string
	CauseWords   *string
	CauseSkipped *string
	FollowUpAt   *Time
}

// AnswersCause reports whether it names both a cause and why there is none, one of
// them empty: that is the answer to what closing asks.
func (r *TrackRecord) AnswersCause() bool {
	return r.RootCause != nil && r.CauseSkipped != nil && (*r.RootCause != "" || *r.CauseSkipped != "")
}

// Lay writes a record into the complaint and reports the first field that is out
// of its bounds. own are the causes that the site has added.
func (t *Track) Lay(r TrackRecord, own []string, now Time) (err error) {
	for _, part := range []struct {
		name string
		to   *string
		text *string
	}{
		{"expectation", &t.Expectation, r.Expectation}, {"solution", &t.Solution, r.Solution}, {"confirmation", &t.Confirmation, r.Confirmation},
		{"cause_words", &t.CauseWords, r.CauseWords}, {"cause_skipped", &t.CauseSkipped, r.CauseSkipped},
	} {
		if part.text == nil {
			continue
		}
		if *part.to, err = CleanMaybe(part.name, *part.text, MaxPart); err != nil {
			return err
		}
	}
	if r.RootCause != nil {
		if *r.RootCause != "" && !slices.Contains(RootCauses, *r.RootCause) && !slices.Contains(own, *r.RootCause) {
			return FailField("root_cause", "This cause is not on the list. Choose one that is, and say more in words.")
		}
		t.RootCause = *r.RootCause
	}
	if r.FollowUpAt != nil {
		if t.FollowUpID != "" {
			return FailField("follow_up_at", "The follow-up is promised already. Move that promise, and the customer hears of it.")
		}
		if err := checkDue("follow_up_at", *r.FollowUpAt, now); err != nil {
			return err
		}
		t.FollowUpAt = *r.FollowUpAt
	}
	return nil
}

// CleanRootCauses brings the causes that a site adds into their form: one line
// each, every one once, none of them one of ours.
func CleanRootCauses(list []string) ([]string, error) {
	var out []string
	for _, text := range list {
		text = CleanLine(text, maxRootCause)
		if text != "" && !slices.Contains(out, text) && !slices.Contains(RootCauses, text) {
			out = append(out, text)
		}
	}
	if len(out) > MaxRootCauses {
		return nil, FailField("root_causes", "At most %d causes of your own.", MaxRootCauses)
	}
	return out, nil
}

// ComplaintMark says whether a conversation is shown and queued as a complaint.
type ComplaintMark string

const (
	NoComplaint      ComplaintMark = ""
	ReadComplaint    ComplaintMark = "read"    // its current matter was read as one
	TrackedComplaint ComplaintMark = "tracked" // the track is open
)

// ComplaintHeadStart is how much longer than it has a waiting complaint counts
// as waiting. It puts complaints in front, and nobody starves: whoever has waited
// that much longer than a complaint comes before it.
const ComplaintHeadStart = 30 * 60_000 // ms
