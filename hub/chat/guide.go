package chat

import (
	"regexp"
	"strings"
)

// Prompt is one short aim for the agent in a step. It is data of the site, from
// the starter set or the owner's hand.
type Prompt struct {
	ID       string
	SiteID   string
	Key      string // stable name that ticks refer to
	Step     Step
	Text     string
	Help     string
	Evidence string // the rule of package cycle that ticks it, or ""
	Position int64
	Origin   string // where it came from: "starter:1", "" by hand
}

// Template is a reply to start from.
type Template struct {
	ID        string
	SiteID    string
	AgentID   string // its author when personal, "" for the whole site
	Title     string
	Shortcut  string
	Body      string
	Steps     []Step
	Uses      int64
	Origin    string
	Version   int64
	UpdatedAt Time
	DeletedAt Time
}

// MaxTemplate bounds a template's body, in code points.
const MaxTemplate = 4_000

var shortcutForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$`)

// Validate cleans the template in place and reports the first field that is out
// of its bounds.
func (t *Template) Validate() error {
	t.Title = CleanLine(t.Title, MaxName)
	if t.Title == "" {
		return FailField("title", "Give the template a title; agents search by it.")
	}
	t.Shortcut = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(t.Shortcut), "/"))
	if t.Shortcut != "" && !shortcutForm.MatchString(t.Shortcut) {
		return FailField("shortcut", "A shortcut is one word of letters, digits, - and _, at most 32 long.")
	}
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
	return nil
}
