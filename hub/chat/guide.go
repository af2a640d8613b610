package chat

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prompt is one short aim for the agent in a step. It is data of the site, from
// the starter set or the owner's hand.
type Prompt struct {
	ID        string
	SiteID    string
	Key       string // stable name that ticks refer to
	Step      Step
	Text      string
	Help      string
	Evidence  string // the rule of package cycle that ticks it, or ""
	Fit       Fit    // when it is shown; shown always where nothing is asked for
	Position  int64
	Origin    string // where it came from: "starter:1", "" by hand
	ByID      string // who wrote this version, "" for the starter set
	Version   int64
	UpdatedAt Time
}

// PromptVersion is what a prompt said, and who had written it when.
type PromptVersion struct {
	Version  int64
	Step     Step
	Text     string
	Help     string
	Evidence string
	Fit      Fit
	ByID     string
	ByName   string
	At       Time
}

// Bounds of a prompt, in code points and in prompts of one site.
const (
	MaxAim     = 80
	MaxHelp    = 300
	MaxPrompts = 200
)

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// Validate cleans the prompt in place and reports the first field that is out of
// its bounds. Whether Evidence is a rule is for package cycle to say.
func (p *Prompt) Validate() error {
	p.Text, p.Help = CleanLine(p.Text, MaxAim), CleanLine(p.Help, MaxHelp)
	switch {
	case !keyForm.MatchString(p.Key):
		return FailField("key", "A key is small letters, digits and _, at most 64.")
	case !p.Step.Valid():
		return FailField("step", "%q is not a step.", string(p.Step))
	case p.Text == "":
		return FailField("text", "Say what the agent should aim for.")
	}
	return p.Fit.Validate()
}

// Template is a reply to start from.
type Template struct {
	ID        string
	SiteID    string
	AgentID   string // its author when personal, "" for a team's and the whole site's
	TeamID    string // whose members use it, "" for a personal one and the whole site's
	TeamName  string // of TeamID; read with it, and what a file has instead
	Title     string
	Shortcut  string
	Body      string
	Steps     []Step
	Fit       Fit    // for whom it is; ranked by it
	Files     []File // go with a reply that starts from it; in the order they came, at most MaxFiles
	Uses      int64
	AsIs      Outcome // of replies that kept its words
	Reworded  Outcome // of replies that changed them
	Worth     int64   // how it ranks by outcome, 0 to 1000; of package cycle, not stored
	Origin    string
	ByID      string // who wrote this version, "" for the starter set
	Version   int64
	UpdatedAt Time
	DeletedAt Time
}

// TemplateVersion is what a template said, and who had written it when.
type TemplateVersion struct {
	Version  int64
	Title    string
	Shortcut string
	Body     string
	Steps    []Step
	Fit      Fit
	Files    []File // that it kept
	ByID     string
	ByName   string
	At       Time
}

// MaxTemplate bounds a template's body, in code points; MaxTemplates a site's.
const (
	MaxTemplate  = 4_000
	MaxTemplates = 2_000
)

// maxShortcut bounds what is typed after "/", in code points.
const maxShortcut = 32

func isShortcut(s string) bool {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && (i == 0 || r != '_' && r != '-') {
			return false
		}
	}
	return utf8.RuneCountInString(s) <= maxShortcut
}

// Validate cleans the template in place and reports the first field that is out
// of its bounds.
func (t *Template) Validate() error {
	t.Title = CleanLine(t.Title, MaxName)
	if t.Title == "" {
		return FailField("title", "Give the template a title; agents search by it.")
	}
	shortcut, err := cleanShortcut(t.Shortcut)
	if err != nil {
		return err
	}
	t.Shortcut = shortcut
	body, err := CleanText("body", t.Body, MaxTemplate)
	if err != nil {
		return err
	}
	t.Body = body
	if len(t.Steps) == 0 {
		return FailField("steps", "Choose at least one step that this template belongs to.")
	}
	for _, s := range t.Steps {
		if !s.Valid() {
			return FailField("steps", "%q is not a step.", string(s))
		}
	}
	return t.Fit.Validate()
}

// cleanShortcut makes what is typed after "/" fit to store; "" is none.
func cleanShortcut(s string) (string, error) {
	s = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "/"))
	if !isShortcut(s) {
		return "", FailField("shortcut", "A shortcut is one word of letters, digits, - and _, at most %d long.", maxShortcut)
	}
	return s, nil
}
