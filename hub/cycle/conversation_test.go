package cycle_test

import (
	"encoding/json"
	"flag"
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
// agent, note, auto, closed or reopened (by the customer), or an agent's word:
// move:STEP, tick:PROMPT, undo:PROMPT or undo:step; agent:STEP is a reply from a
// template of that step.
type conversation struct {
	Name  string  `json:"name"`
	Lines []*line `json:"lines"`
}

type line struct {
	Who  string    `json:"who"`
	Text string    `json:"text,omitempty"`
	Step chat.Step `json:"step"`
	// Gives are the prompts ticked and the step moved to, with why.
	Gives []string `json:"gives,omitempty"`
}

// talk runs one conversation over the starter prompts.
type talk struct {
	t      *testing.T
	guide  *cycle.Guide
	matter chat.Matter
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
			gives := run.line(l, chat.Time(i+1))
			if *update {
				l.Gives, l.Step = gives, run.matter.Step
			}
			if !slices.Equal(gives, l.Gives) || run.matter.Step != l.Step {
				t.Errorf("%s, line %d %q\n\tgives %q in %s\n\twant  %q in %s", c.Name, i+1, l.Text, gives, run.matter.Step, l.Gives, l.Step)
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

// line applies one line and says what it gave.
func (r *talk) line(l *line, at chat.Time) []string {
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
