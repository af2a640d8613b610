package chat

import (
	"cmp"

	"rapport/hub/sorted"
)

// WaitRules are what a site says and does by itself while one side waits for the
// other. Texts may hold variables as a template does, and hours.opens, queue.place
// and queue.estimate; one that is "" stands for the product's own words in the
// customer's language, and so does one with a variable that has no value. Zero
// switches a rule off.
type WaitRules struct {
	Silent       bool        `json:"silent"`        // no first words: what stands in the next three is kept for later
	ClosedText   string      `json:"closed_text"`   // first words outside hours
	AwayText     string      `json:"away_text"`     // first words within them when nobody is there
	PromiseHours int64       `json:"promise_hours"` // open hours within which first words promise an answer
	Stages       []WaitStage `json:"stages"`        // what whoever waits in the queue is told, in order

	AskAfter    int64  `json:"ask_after"`    // minutes without a word of the customer's after an agent's
	AskText     string `json:"ask_text"`     // what they are asked then
	CloseAfter  int64  `json:"close_after"`  // minutes after that, when the conversation is closed
	CloseText   string `json:"close_text"`   // what they are told then
	RemindAfter int64  `json:"remind_after"` // open minutes in which the agent who has it does not answer, before they are reminded
	ReturnAfter int64  `json:"return_after"` // open minutes after that, when it goes back into the queue
}

// WaitStage is what a customer is told who has waited for so long.
type WaitStage struct {
	After int64  `json:"after"` // minutes
	Text  string `json:"text"`
}

// Bounds of WaitRules.
const (
	MaxStages       = 5
	maxPromiseHours = 80
	maxWaitMinutes  = 7 * 24 * 60
	maxWaitText     = 1000
)

// DefaultWaiting is that of a new site.
func DefaultWaiting() WaitRules {
	return WaitRules{PromiseHours: 2, Stages: []WaitStage{{After: 1}, {After: 3}, {After: 8}}, RemindAfter: 5}
}

// Off reports whether nothing is ever done.
func (w *WaitRules) Off() bool {
	return w.Silent && len(w.Stages) == 0 && w.AskAfter == 0 && w.RemindAfter == 0
}

// Texts are all that may be said, by the names of their fields.
func (w *WaitRules) Texts() map[string]*string {
	out := map[string]*string{
		"waiting.closed_text": &w.ClosedText, "waiting.away_text": &w.AwayText,
		"waiting.ask_text": &w.AskText, "waiting.close_text": &w.CloseText,
	}
	for i := range w.Stages {
		out[stageFields[i]] = &w.Stages[i].Text
	}
	return out
}

var stageFields = [MaxStages]string{"waiting.stages.0", "waiting.stages.1", "waiting.stages.2", "waiting.stages.3", "waiting.stages.4"}

func (w *WaitRules) clean() (err error) {
	if len(w.Stages) > MaxStages {
		return FailField("waiting.stages", "At most %d of these.", MaxStages)
	}
	for field, text := range w.Texts() {
		if *text, err = CleanMaybe(field, *text, maxWaitText); err != nil {
			return err
		}
	}
	if w.PromiseHours < 0 || w.PromiseHours > maxPromiseHours {
		return FailField("waiting.promise_hours", "An answer is promised within 1 to %d open hours, or 0 for never.", maxPromiseHours)
	}
	for field, minutes := range map[string]int64{
		"waiting.ask_after": w.AskAfter, "waiting.close_after": w.CloseAfter, "waiting.remind_after": w.RemindAfter, "waiting.return_after": w.ReturnAfter,
	} {
		if minutes < 0 || minutes > maxWaitMinutes {
			return FailField(field, "Between 1 minute and 7 days, or 0 for never.")
		}
	}
	if w.Stages == nil {
		w.Stages = []WaitStage{}
	}
	sorted.By(w.Stages, func(a, b WaitStage) int { return cmp.Compare(a.After, b.After) })
	for i, s := range w.Stages {
		if s.After < 1 || s.After > maxWaitMinutes || i > 0 && s.After == w.Stages[i-1].After {
			return FailField("waiting.stages", "Each comes at a minute of its own, between 1 minute and 7 days.")
		}
	}
	return nil
}
