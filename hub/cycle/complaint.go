package cycle

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// The stages of the complaint track are settled by what happens, as prompts are;
// they need no prompt of the site. What an agent has set stands.

// stageRule names the rules that show a stage.
type stageRule struct {
	stage chat.Stage
	rules []Rule
}

// stageRules are what an agent's reply shows.
var stageRules = []stageRule{
	{chat.StageListen, []Rule{"open_question", "cause_asked", "more_asked"}},
	{chat.StageFeel, []Rule{"feeling_named"}},
}

// OpenTrack is a track that is opened on a matter now. What was shown before, as far
// as the site's prompts have kept it, counts.
func OpenTrack(g *Guide, s State, by Hand) chat.Track {
	c := chat.Track{State: chat.TrackOpen, Hard: s.Mood == chat.Upset, OpenedAt: by.At}
	for _, r := range append(slices.Clip(stageRules), stageRule{chat.StageRecord, []Rule{"confirmed"}}) {
		if g.anyDone(s, r.rules) {
			settle(&c, r.stage, chat.BySystem, "", "It was done before the track was opened.", by.At)
		}
	}
	return c
}

// Tracked is a matter that is a complaint since its track is open, whatever is read.
func Tracked(s State) State {
	if s.Fixed&fixedTrack == 0 {
		s.Before, s.Fixed = s.Type, s.Fixed|fixedTrack
	}
	s.Type = chat.Complaint
	return s
}

// Untracked is a matter whose track was dropped: of the type that it had before, and
// read on. What an agent has said of the type since then stands.
func Untracked(s State) State {
	if s.Fixed&fixedTrack == 0 {
		return s
	}
	s.Type, s.Before, s.Fixed = s.Before, "", s.Fixed&^fixedTrack
	return s
}

// anyDone reports whether a prompt of one of the rules is ticked.
func (g *Guide) anyDone(s State, rules []Rule) bool {
	for _, r := range rules {
		for _, key := range g.prompts(r) {
			if s.Marks[key].State == chat.PromptDone {
				return true
			}
		}
	}
	return false
}

// OnTrack lays an event over the complaint track of a matter and reports whether that
// changed it. before is the matter's state before the event.
func OnTrack(c chat.Track, before State, e Event) (next chat.Track, changed bool) {
	switch {
	case c.State != chat.TrackOpen:
	case e.Type == chat.MessagePosted && e.Message.Kind == chat.Reply && e.By == chat.ByAgent:
		return trackReply(c, before, e)
	case e.Type == chat.MessagePosted && e.Message.Kind == chat.Reply && e.By == chat.ByPerson:
		return trackPerson(c, before, e)
	case e.Type == chat.CardWasAnswered:
		return trackCard(c, e)
	case e.Type == chat.PromiseWasMade:
		return trackPromise(c, before, e)
	}
	return c, false
}

func trackReply(c chat.Track, before State, e Event) (chat.Track, bool) {
	t := listenTo(e.words().sentences, english().names(e.Customer, e.ByName), before.Step)
	changed := false
	for _, r := range stageRules {
		for _, name := range r.rules {
			if i := t.first(english().rules[name]); i >= 0 && shows(&c, r.stage, e, cite(english().rules[name].Why, t.sentences[i].raw)) {
				changed = true
			}
		}
	}
	if !c.Asked && t.first(english().rules["expectation_asked"]) >= 0 && !c.Settled(chat.StageExpect) {
		c.Asked, changed = true, true
	}
	return c, changed
}

func trackPerson(c chat.Track, before State, e Event) (chat.Track, bool) {
	w, text, changed := e.words(), e.Message.Text, false
	if c.Asked && !asksBack(w) {
		c.Asked, changed = false, true
		record(&c.Expectation, text)
		shows(&c, chat.StageExpect, e, cite("They said what they expect", text))
	}
	if before.Left == LeftSummary && plainYes(w) {
		changed = shows(&c, chat.StageRecord, e, cite("They confirmed what was said back", text)) || changed
	}
	if before.accepted(w) {
		changed = shows(&c, chat.StageSolve, e, cite("They took the offer", text)) || changed
	}
	if c.Settled(chat.StageSolve) && (before.Left == LeftSolved || w.has("solved")) && before.ended(w, text) {
		if shows(&c, chat.StageConfirm, e, cite("They say it is solved", text)) {
			record(&c.Confirmation, text)
			changed = true
		}
	}
	return c, changed
}

// asksBack reports whether a message is no more than a short question.
func asksBack(w words) bool {
	for _, s := range w.sentences {
		if !s.question {
			return false
		}
	}
	return w.count() <= briefWord
}

func trackCard(c chat.Track, e Event) (next chat.Track, changed bool) {
	k := e.Card
	switch k.State {
	case chat.CardConfirmed:
		changed = shows(&c, chat.StageRecord, e, cite("They confirmed the card", k.Text))
	case chat.CardAccepted:
		solution := k.Text
		for _, o := range k.Options {
			if o.Key == k.Answer.Option {
				solution = o.Title
			}
		}
		changed = record(&c.Solution, solution)
		changed = shows(&c, chat.StageSolve, e, cite("They accepted the proposal", solution)) || changed
	}
	return c, changed
}

// trackPromise takes what is promised once the need is understood for the
// solution; a promise to look into it, made before, is none.
func trackPromise(c chat.Track, before State, e Event) (chat.Track, bool) {
	if e.Promise.Whose != chat.Ours || e.Promise.Kind != chat.PlainPromise || before.Step.Index() < chat.Agreeing.Index() {
		return c, false
	}
	changed := record(&c.Solution, e.Promise.Text)
	changed = shows(&c, chat.StageSolve, e, cite("It was promised", e.Promise.Text)) || changed
	return c, changed
}

// SaidSolved lays the customer's own word over the track: it confirms the
// solution, or opens it again, whatever an agent has set.
func SaidSolved(c chat.Track, f chat.Feedback) (next chat.Track, changed bool) {
	if c.State == chat.TrackDropped {
		return c, false
	}
	if f.Solved == chat.SolvedYes {
		if c.Mark(chat.StageConfirm).State == chat.PromptDone {
			return c, false
		}
		record(&c.Confirmation, f.Comment)
		settle(&c, chat.StageConfirm, chat.ByPerson, "", "They say that it is solved.", f.At)
		return c, true
	}
	for _, stage := range []chat.Stage{chat.StageSolve, chat.StageConfirm} {
		c.Put(chat.StageMark{Stage: stage, State: chat.PromptOpen, By: chat.ByPerson, Why: "They say that it is not solved yet.", At: f.At})
	}
	if c.State == chat.TrackEnded {
		c.State, c.EndedAt, c.FollowUpID, c.FollowUpAt = chat.TrackOpen, 0, "", 0
		c.Forget(chat.StageFollowUp)
	}
	return c, true
}

// FollowedUp ends the track by what became of the promise to follow up: kept, or
// given up with a reason.
func FollowedUp(c chat.Track, p chat.Promise, by Hand) chat.Track {
	state, why := chat.PromptDone, byHand("Followed up", by.Name)
	if p.State != chat.PromiseKept {
		state, why = chat.PromptNotNeeded, cite("Given up", p.Why)
	}
	c.Put(chat.StageMark{Stage: chat.StageFollowUp, State: state, By: chat.ByAgent, ByID: by.ID, Why: why, At: by.At})
	c.State, c.EndedAt = chat.TrackEnded, by.At
	return c
}

// SetStage sets a stage by an agent's hand, which evidence then leaves alone. It
// reports a Failure for a stage or state that does not exist, and for the
// follow-up: that is settled by the promise to do it.
func SetStage(c chat.Track, stage chat.Stage, state chat.PromptState, by Hand) (chat.Track, error) {
	switch {
	case !slices.Contains(chat.Stages, stage):
		return c, chat.FailField("stage", "%q is not a stage of a complaint.", string(stage))
	case !state.Valid():
		return c, chat.FailField("state", "%q is not a state of a stage.", string(state))
	case stage == chat.StageFollowUp:
		return c, chat.Fail(chat.Conflict, "Following up is settled by keeping the promise to do so.")
	}
	c.Put(chat.StageMark{Stage: stage, State: state, By: chat.ByAgent, ByID: by.ID, Why: byHand(tickWord(state), by.Name), At: by.At})
	return c, nil
}

// shows settles a stage by evidence, unless an agent has set it or it is settled.
// What the customer has opened again is settled by what comes after.
func shows(c *chat.Track, stage chat.Stage, e Event, why string) bool {
	m := c.Mark(stage)
	if m.State != chat.PromptOpen || m.By == chat.ByAgent {
		return false
	}
	settle(c, stage, chat.BySystem, e.Message.ID, why, e.At)
	return true
}

func settle(c *chat.Track, stage chat.Stage, by chat.Kind, cause, why string, at chat.Time) {
	c.Put(chat.StageMark{Stage: stage, State: chat.PromptDone, By: by, Cause: cause, Why: why, At: at})
}

// record writes down what was said, unless something stands there already.
func record(to *string, text string) bool {
	text = shorten(strings.TrimSpace(text), chat.MaxPart)
	if *to != "" || text == "" {
		return false
	}
	*to = text
	return true
}
