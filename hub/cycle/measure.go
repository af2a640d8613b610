package cycle

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"

	"rapport/hub/chat"
)

// The folders of the labelled set, which lies in testdata/labelled. The program does
// not carry it: a quarter of a megabyte that only who changes the rules reads.
const (
	// Seen conversations are those that rules were corrected on.
	Seen = "seen"
	// Unseen ones were written by people who have not seen the rules, and are
	// read by nobody who writes them.
	Unseen = "unseen"
	// Besides are labelled for further subjects and personal details alone.
	Besides = "besides"
)

// labelled is a conversation with what a careful reader says of its lines; see
// testdata/labelled/README.md.
type labelled struct {
	Name     string `json:"name"`
	Trade    string `json:"trade"`
	Customer string `json:"customer"`
	Agent    string `json:"agent"`
	Lines    []struct {
		By   string                `json:"by"`
		Text string                `json:"text"`
		Move chat.Step             `json:"move"`
		Type *chat.InteractionType `json:"type"`
		Mood *chat.Mood            `json:"mood"`
		// Second: a line of the customer's that brings up another subject. Detail:
		// one that mentions something personal that a note may keep.
		Second bool `json:"second"`
		Detail bool `json:"detail"`
	} `json:"lines"`
}

// Measured is how well labelled conversations were read.
type Measured struct {
	Conversations, Lines int
	// Moves by words; the first reply, closing and reopening need no reading.
	Moves Tally
	Steps map[chat.Step]*Tally
	Types map[chat.InteractionType]*Tally
	Moods map[chat.Mood]*Tally
	// Seconds are further subjects, Details personal ones; only seen lines are
	// labelled for them.
	Seconds, Details Tally
	// Wrong says each difference in one line.
	Wrong []string
}

// Tally counts what was found rightly, found wrongly, and missed.
// Late is a move that comes after its line, to where the matter really is: right
// for whoever sees it, and missed all the same.
type Tally struct{ Right, Late, Wrong, Missed int }

// Precision is the share of what was found that is right; 1 where nothing was.
func (t Tally) Precision() float64 { return share(t.Right+t.Late, t.Found()) }

// Found is how many were found, rightly or wrongly.
func (t Tally) Found() int { return t.Right + t.Late + t.Wrong }

// Recall is the share of what is there that was found; 1 where nothing is.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of the two.
func (t Tally) F1() float64 { return share(2*t.Right, 2*t.Right+t.Wrong+t.Missed) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Wilson is the 95 % interval of a share of n.
func Wilson(part, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, m := float64(part)/float64(n), float64(n)
	mid, half := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return (mid - half) / (1 + z*z/m), (mid + half) / (1 + z*z/m)
}

// MacroF1 is the mean F1 over classes, so that rare ones count as much.
func MacroF1[K comparable](classes map[K]*Tally) float64 {
	sum := 0.0
	for _, t := range classes {
		sum += t.F1()
	}
	return sum / float64(max(len(classes), 1))
}

// Measure reads the named folders of the labelled set and compares. here is the folder
// of this package. A folder without conversations is an error of kind fs.ErrNotExist.
func Measure(here fs.FS, folders ...string) (*Measured, error) {
	out := newMeasured()
	for _, folder := range folders {
		files, err := fs.Glob(here, "testdata/labelled/"+folder+"/*.json")
		if err == nil && len(files) == 0 {
			err = fs.ErrNotExist
		}
		if err != nil {
			return nil, fmt.Errorf("find labelled %s: %w", folder, err)
		}
		for _, name := range files {
			if err := out.readFile(here, name); err != nil {
				return nil, fmt.Errorf("read labelled %s: %w", name, err)
			}
		}
	}
	return out, nil
}

func newMeasured() *Measured {
	return &Measured{
		Steps: tallies(chat.Agreeing, chat.Delivering, chat.Closing),
		Types: tallies(chat.Request, chat.Question, chat.Complaint, chat.Compliment),
		Moods: tallies(chat.Fine, chat.Unsure, chat.Upset),
	}
}

func (m *Measured) readFile(here fs.FS, name string) error {
	data, err := fs.ReadFile(here, name)
	if err != nil {
		return err
	}
	var all []labelled
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for _, c := range all {
		m.Conversations++
		m.read(&c)
	}
	return nil
}

func tallies[K comparable](classes ...K) map[K]*Tally {
	m := make(map[K]*Tally, len(classes))
	for _, k := range classes {
		m[k] = new(Tally)
	}
	return m
}

// read goes through one conversation line by line.
func (m *Measured) read(c *labelled) {
	s, kind, mood, step := Start(), chat.InteractionType(""), chat.Fine, chat.Greeting
	for i, l := range c.Lines {
		m.Lines++
		before := s
		e, ok := c.event(i)
		if !ok {
			continue
		}
		s, _, _ = Apply(nil, s, e)
		if l.Move != "" {
			step = l.Move
		}
		if e.Type == chat.MessagePosted && (e.By == chat.ByPerson || before.Replied) {
			m.move(c.Name, l.Text, before.Step, s.Step, l.Move, step)
		}
		if l.By != "customer" {
			continue
		}
		if l.Type != nil {
			kind = *l.Type
		}
		if l.Mood != nil {
			mood = *l.Mood
		}
		count(m, m.Types, c.Name, l.Text, s.Type, kind)
		count(m, m.Moods, c.Name, l.Text, s.Mood, mood)
		m.found(&m.Seconds, "a second concern", c.Name, l.Text, s.Concern != before.Concern, l.Second)
		m.found(&m.Details, "a personal detail", c.Name, l.Text, s.Detail != before.Detail, l.Detail)
		s.Detail.Waved = true // or nothing would be looked for any more
	}
}

// found compares whether something was found in a line with whether it is there.
func (m *Measured) found(t *Tally, what, name, text string, got, want bool) {
	switch {
	case got && want:
		t.Right++
		return
	case got:
		t.Wrong++
	case want:
		t.Missed++
	default:
		return
	}
	m.Wrong = append(m.Wrong, fmt.Sprintf("%s: %q holds %s: %t, want %t", name, text, what, got, want))
}

// event is line i as the cycle is told of it; false for an unknown author.
func (c *labelled) event(i int) (Event, bool) {
	l, at := &c.Lines[i], chat.Time(i+1)
	v := chat.Message{ID: fmt.Sprint("m", i), Kind: chat.Reply, Text: l.Text, At: at}
	switch l.By {
	case "customer":
		v.By = chat.ByPerson
		return Posted(v, c.Customer, "", nil), true
	case "agent":
		v.By = chat.ByAgent
		return Posted(v, c.Customer, c.Agent, nil), true
	case "auto":
		v.By, v.Kind = chat.BySystem, chat.Auto
		return Posted(v, c.Customer, "", nil), true
	case "note":
		v.By, v.Kind = chat.ByAgent, chat.Note
		return Posted(v, c.Customer, c.Agent, nil), true
	case "closed":
		return Closed(chat.Actor{Kind: chat.ByAgent}, at), true
	case "reopened":
		return Reopened(chat.Actor{Kind: chat.ByPerson}, "", at), true
	}
	return Event{}, false
}

// move compares a move with the labelled one; is is the step that the label says
// the matter is in after this line.
func (m *Measured) move(name, text string, before, after, want, is chat.Step) {
	got := after
	if after == before {
		got = ""
	}
	switch {
	case got == want && got != "":
		m.Moves.Right++
		m.Steps[got].Right++
		return
	case got == want:
		return
	}
	m.Wrong = append(m.Wrong, fmt.Sprintf("%s: %q moves %q, want %q", name, text, got, want))
	if t := m.Steps[got]; t != nil && got == is {
		m.Moves.Late++
		t.Late++
	} else if t != nil {
		m.Moves.Wrong++
		t.Wrong++
	}
	if t := m.Steps[want]; t != nil {
		m.Moves.Missed++
		t.Missed++
	}
}

// count compares a class with the labelled one.
func count[K ~string](m *Measured, classes map[K]*Tally, name, text string, got, want K) {
	if got == want {
		if t := classes[got]; t != nil {
			t.Right++
		}
		return
	}
	m.Wrong = append(m.Wrong, fmt.Sprintf("%s: %q is %q, want %q", name, text, got, want))
	if t := classes[got]; t != nil {
		t.Wrong++
	}
	if t := classes[want]; t != nil {
		t.Missed++
	}
}
