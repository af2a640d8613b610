package cycle_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/cycle/starter"
)

var update = flag.Bool("update", false, "write what the conversations give into testdata/conversations.json")

// conversation is a whole talk with what each line gives. who is customer,
// agent, colleague, note, auto, closed or reopened (by the customer), or an
// agent's word: move:STEP, tick:PROMPT, undo:PROMPT or undo:step, type:TYPE,
// mood:MOOD, wave:WHAT or offer:WHAT (concern or detail), matter (a second one, its need as text) or back (to the one before);
// agent:STEP is a reply from a template of that step. summary and proposal are
// cards, answer:STATE the customer's answer to the last one.
type conversation struct {
	Name  string  `json:"name"`
	Lines []*line `json:"lines"`
}

type line struct {
	Who  string    `json:"who"`
	Text string    `json:"text,omitempty"`
	Step chat.Step `json:"step"`
	// Read is what is known of type and mood, and the open question, where this
	// line changed it.
	Read string `json:"read,omitempty"`
	// Gives are the prompts ticked and the step moved to, with why.
	Gives []string `json:"gives,omitempty"`
}

// talk runs one conversation over the starter prompts.
type talk struct {
	t      *testing.T
	guide  *cycle.Guide
	matter chat.Matter
	before chat.Matter // the one that a second matter came after
	card   chat.Card
	rows   []chat.Progress
}

func TestConversations(t *testing.T) {
	const path = "testdata/conversations.json"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []conversation
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	set, err := starter.Load("shop")
	if err != nil {
		t.Fatal(err)
	}
	prompts := set.For("site", "", 0).Prompts
	for _, c := range all {
		run := talk{t: t, guide: cycle.NewGuide(prompts), matter: chat.Matter{ID: "m", Step: chat.Greeting}}
		for i, l := range c.Lines {
			was := run.matter.Reading()
			got := line{Who: l.Who, Text: l.Text, Gives: run.line(l, chat.Time(i+1)), Step: run.matter.Step, Read: reads(was, run.matter.Reading())}
			if *update {
				*l = got
			}
			if !slices.Equal(got.Gives, l.Gives) || got.Step != l.Step || got.Read != l.Read {
				t.Errorf("%s, line %d %q\n\tgives %q in %s, %s\n\twant  %q in %s, %s", c.Name, i+1, l.Text, got.Gives, got.Step, got.Read, l.Gives, l.Step, l.Read)
			}
		}
	}
	if *update {
		out, err := json.MarshalIndent(all, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// reads says what is read now, where it is not what was read before.
func reads(was, now chat.Reading) string {
	if was == now {
		return ""
	}
	text := fmt.Sprintf("%s, %s %+d", cmp.Or(string(now.Type), "?"), cmp.Or(string(now.Mood), "?"), now.Trend)
	if now.Need != was.Need {
		text += "; need " + now.Need
	}
	if now.Question != was.Question {
		text += "; asks " + now.Question
	}
	if now.Concern != was.Concern {
		text += "; and besides " + cmp.Or(now.Concern.Text, "nothing")
	}
	if now.Detail != was.Detail {
		text += "; to keep " + cmp.Or(now.Detail.Text, "nothing")
	}
	if now.Declined != was.Declined {
		text += map[bool]string{true: "; declined", false: "; nothing declined"}[now.Declined != 0]
	}
	return text
}

// line applies one line and says what it gave.
func (r *talk) line(l *line, at chat.Time) []string {
	switch l.Who {
	case "matter":
		state, err := cycle.Load(r.matter)
		if err != nil {
			r.t.Fatal(err)
		}
		r.before = r.matter
		r.matter = chat.Matter{ID: "m2", Number: 2}
		cycle.Second(state, l.Text).Save(&r.matter)
		return nil
	case "back":
		r.matter, r.before = r.before, r.matter
		return nil
	}
	next, changes, changed, err := cycle.Advance(r.guide, r.matter, r.event(l, at))
	if err != nil {
		r.t.Fatal(err)
	}
	if !changed && next != r.matter {
		r.t.Errorf("%q changed the matter unsaid", l.Text)
	}
	r.matter = next
	var gives []string
	for _, c := range changes {
		r.rows = append(r.rows, c.Progress("p"+strconv.Itoa(len(r.rows)), "m"))
		gives = append(gives, strings.TrimPrefix(c.What, chat.PromptPrefix)+" "+c.To+" — "+c.Why)
	}
	return gives
}

func (r *talk) event(l *line, at chat.Time) cycle.Event {
	who, arg, _ := strings.Cut(l.Who, ":")
	m := chat.Message{ID: "m" + strconv.Itoa(int(at)), Kind: chat.Reply, By: chat.ByAgent, Text: l.Text, At: at}
	hand := cycle.Hand{ID: "a1", Name: "Ana Reis", At: at}
	customer := chat.Actor{Kind: chat.ByPerson, ID: "c1"}
	switch who {
	case "customer":
		m.By = chat.ByPerson
	case "note":
		m.Kind = chat.Note
	case "auto":
		m.By, m.Kind = chat.BySystem, chat.Auto
	case "closed":
		return cycle.Closed(chat.Actor{Kind: chat.ByAgent, ID: "a1"}, at)
	case "reopened":
		return cycle.Reopened(customer, m.ID, at)
	case "move":
		return cycle.Moved(chat.Step(arg), hand)
	case "tick":
		return cycle.Ticked(arg, chat.PromptDone, hand)
	case "undo":
		return cycle.Undone(r.row(arg), hand)
	case "type":
		kind := chat.InteractionType(arg)
		return cycle.Corrected(cycle.Correction{Type: &kind}, hand)
	case "mood":
		mood := chat.Mood(arg)
		return cycle.Corrected(cycle.Correction{Mood: &mood}, hand)
	case "wave", "offer":
		again := who == "offer"
		c := cycle.Correction{Concern: &again}
		if arg == "detail" {
			c = cycle.Correction{Detail: &again}
		}
		return cycle.Corrected(c, hand)
	case "summary", "proposal":
		r.card = chat.Card{ID: m.ID, Kind: chat.CardKind(who), By: chat.AgentCard{ID: "a1", Name: "Ana Reis"}, SentAt: at, Text: l.Text}
		return cycle.CardSent(r.card)
	case "answer":
		r.card.State, r.card.Answer = chat.CardState(arg), chat.CardAnswer{At: at, Text: l.Text}
		return cycle.CardAnswered(r.card, "Maria Lopez")
	case "colleague":
		return cycle.Posted(m, "Maria Lopez", "Ben Carter", nil)
	}
	var template *chat.Template
	if arg != "" {
		template = &chat.Template{ID: "t", Title: "A good start", Steps: []chat.Step{chat.Step(arg)}}
	}
	return cycle.Posted(m, "Maria Lopez", "Ana Reis", template)
}

// row is the latest one about a prompt or the step.
func (r *talk) row(about string) chat.Progress {
	for _, p := range slices.Backward(r.rows) {
		if p.What == about || p.What == chat.PromptPrefix+about {
			return p
		}
	}
	r.t.Fatalf("nothing about %s to undo", about)
	return chat.Progress{}
}
