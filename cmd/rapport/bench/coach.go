package bench

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/cycle/starter"
	"rapport/hub/cycle/when"
)

// runCoach measures how fast and how well conversations are read. It needs no
// server: the cycle is a pure function.
func runCoach(ctx context.Context, r *run) error {
	set, err := starter.Load("shop")
	if err != nil {
		return err
	}
	guide := cycle.NewGuide(set.For("site", set.Origin(), 0).Prompts)
	apply, err := applyTime(ctx, guide)
	if err != nil {
		return err
	}
	r.result.atMost("apply_us", "one event on a stored matter, median", "µs", apply, 50)
	r.result.atMost("replay_ms", "replay of 500 messages", "ms", replayTime(guide), 5)
	if err := r.costsNothing(); err != nil {
		return err
	}
	return r.readingWell()
}

//go:embed coach-cost.json
var coachCost []byte

// costsNothing adds how many more keys and clicks a whole conversation takes with
// the coach than without. A browser test counts them and holds the file to it.
func (r *run) costsNothing() error {
	var counted struct {
		Actions int `json:"actions"`
		Extra   int `json:"extra_actions"`
	}
	if err := json.Unmarshal(coachCost, &counted); err != nil {
		return fmt.Errorf("read coach-cost.json: %w", err)
	}
	r.result.atMost("extra_actions", fmt.Sprintf("keys and clicks beside the %d that a conversation takes anyway", counted.Actions), "", float64(counted.Extra), 0)
	return nil
}

// readingWell adds how well the labelled conversations and replies are read:
// all of them, and apart those whose authors had not seen the rules. They lie in the
// repository; whoever has only the program is told where.
func (r *run) readingWell() error {
	set := os.DirFS(cmp.Or(r.set, "hub/cycle"))
	all, err := cycle.Measure(set, cycle.Seen, cycle.Unseen)
	if r.set == "" && errors.Is(err, fs.ErrNotExist) {
		r.result.note("How well it reads was not measured: run this in the repository, where the labelled conversations lie, or name its folder hub/cycle with --set.")
		return nil
	}
	if err != nil {
		return err
	}
	unseen, err := cycle.Measure(set, cycle.Unseen)
	if err != nil {
		return err
	}
	r.result.param("conversations", all.Conversations)
	r.result.param("lines", all.Lines)
	r.result.param("unseen_lines", unseen.Lines)
	r.result.atLeast("move_precision", "automatic moves by words that are right, all lines", "", all.Moves.Precision(), 0.95)
	r.reading("", "all lines", all)
	r.result.atLeast("unseen_move_precision", "automatic moves by words that are right, unseen lines", "", unseen.Moves.Precision(), 0.95)
	r.reading("unseen_", "unseen lines", unseen)
	besides, err := cycle.Measure(set, cycle.Seen, cycle.Besides)
	if err != nil {
		return err
	}
	r.besides("concern", "second concerns", &besides.Seconds)
	r.besides("detail", "personal details", &besides.Details)
	replies, err := fs.Sub(set, "when")
	if err != nil {
		return err
	}
	precision, recall, n, err := when.Measure(replies)
	if err != nil {
		return err
	}
	r.result.figure("promise_precision", fmt.Sprintf("commitments found in %d replies that are right", n), "", precision)
	r.result.figure("promise_recall", "commitments that were found", "", recall)
	r.result.note("All: %d conversations, %d lines, labelled for this; %s.", all.Conversations, all.Lines, moves(all))
	r.result.note("Unseen: %d conversations, %d lines by people who had not seen the rules; %s.", unseen.Conversations, unseen.Lines, moves(unseen))
	return nil
}

// besides adds how well something is found that is offered beside the steps.
func (r *run) besides(key, what string, t *cycle.Tally) {
	r.result.figure(key+"_precision", what+" offered that are right", "", t.Precision())
	r.result.figure(key+"_recall", what+" that were offered", "", t.Recall())
	r.result.note("%s, on lines that the rules were corrected on: %s.", what, interval(t))
}

// reading adds the figures of one set of lines under keys with a prefix.
func (r *run) reading(prefix, lines string, m *cycle.Measured) {
	r.result.figure(prefix+"move_recall", "automatic moves that were made in time, "+lines, "", m.Moves.Recall())
	r.result.figure(prefix+"step_f1", "moves, F1, "+lines, "", m.Moves.F1())
	r.result.figure(prefix+"type_f1", "interaction type, mean F1 of the four, "+lines, "", cycle.MacroF1(m.Types))
	r.result.figure(prefix+"mood_f1", "mood, mean F1 of the three, "+lines, "", cycle.MacroF1(m.Moods))
}

// moves says how well moves are read, together and per step.
func moves(m *cycle.Measured) string {
	out := []string{"moves: " + interval(&m.Moves)}
	for _, step := range []chat.Step{chat.Agreeing, chat.Delivering, chat.Closing} {
		out = append(out, string(step)+": "+interval(m.Steps[step]))
	}
	return strings.Join(out, "; ")
}

// interval says precision with its 95 % interval, and recall.
func interval(t *cycle.Tally) string {
	low, high := cycle.Wilson(t.Right+t.Late, t.Found())
	return fmt.Sprintf("precision %.3f (95 %%: %.3f to %.3f) of %d, recall %.3f", t.Precision(), low, high, t.Found(), t.Recall())
}

// applyTime is the median of one event on a stored matter, reading and
// writing its evidence included, in microseconds.
func applyTime(ctx context.Context, guide *cycle.Guide) (float64, error) {
	const rounds = 40
	var took []time.Duration
	for range rounds {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		m := chat.Matter{ID: "m", Step: chat.Greeting}
		for i := range 100 {
			e := spoken(i)
			began := time.Now()
			next, _, _, err := cycle.Advance(guide, m, e)
			took = append(took, time.Since(began))
			if err != nil {
				return 0, err
			}
			m = next
		}
	}
	slices.Sort(took)
	return float64(took[len(took)/2].Nanoseconds()) / 1e3, nil
}

// replayTime is the median of a replay of a whole matter of 500 messages, in
// milliseconds.
func replayTime(guide *cycle.Guide) float64 {
	events := make([]cycle.Event, 500)
	for i := range events {
		events[i] = spoken(i)
	}
	var took []time.Duration
	for range 15 {
		began := time.Now()
		cycle.Replay(guide, events)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return float64(took[len(took)/2].Microseconds()) / 1e3
}

// talked is what the two say in turn, again and again.
var talked = []string{
	"Hello, the vase arrived broken and I need it by Friday. What happens now?",
	"Hello Maria, I'm Ana. I'm sorry, that must have been annoying. What was it meant for?",
	"A birthday, and it was the second time. I was at home the whole day and nobody rang.",
	"So it came broken, nobody rang, and you need one by Friday. Is that right?",
	"Yes, exactly.",
	"I can send a new one by courier today, or refund you. Which would you prefer? The courier comes before noon, and you need not send anything back.",
	"The new one please. And could you add the small saucer?",
	"I've ordered both, they leave the house at four. I'll write to you on Thursday to hear whether everything has arrived.",
	"Great, thank you so much for your help!",
	strings.Repeat("Thank you for being our customer, and for telling us so openly. ", 3) + "Just write to us if anything comes up.",
}

func spoken(i int) cycle.Event {
	m := chat.Message{ID: fmt.Sprint("m", i), Kind: chat.Reply, By: chat.ByPerson, Text: talked[i%len(talked)], At: chat.Time(i + 1)}
	if i%2 == 1 {
		m.By = chat.ByAgent
		return cycle.Posted(m, "Maria Lopez", "Ana Reis", nil)
	}
	return cycle.Posted(m, "Maria Lopez", "", nil)
}
