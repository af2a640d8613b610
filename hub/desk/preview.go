package desk

import (
	"rapport/hub/chat"
	"rapport/hub/hours"
)

// WaitWords are what a site says by itself, as a customer would read it.
type WaitWords struct {
	Open   bool      // whether the site is open now
	Until  chat.Time // when that changes next, zero for never
	Closed string
	Away   string
	Stages []string
	Ask    string
	Close  string
}

// sampleWait stands for the estimate in a preview, and samplePlace for the place.
var sampleWait = Estimate{2, 4, 7}

const samplePlace = 2

// PreviewWords tells what a customer of this language and zone would read of a
// site with these settings. Where the site is open now, first words are those of
// its next closing.
func PreviewWords(site *chat.Site, reader *chat.Person, scene Scene, now chat.Time) WaitWords {
	c := hours.Of(site.Hours)
	v := &lull{
		c: &chat.Conversation{SiteID: site.ID, State: chat.Waiting}, l: &chat.Lull{Since: now}, site: site, rules: &site.Waiting,
		hours: c, person: reader, now: now, scene: scene, sample: true,
	}
	out := WaitWords{Open: c.OpenAt(now.Std()), Stages: []string{}}
	change := c.NextOpening
	if out.Open {
		change = c.NextClosing
	}
	if at, ok := change(now.Std()); ok {
		out.Until = chat.At(at)
	}
	out.Away = v.text(v.rules.AwayText, (*lullWords).away)
	for _, s := range v.rules.Stages {
		out.Stages = append(out.Stages, v.text(s.Text, (*lullWords).stage))
	}
	out.Ask = v.text(v.rules.AskText, (*lullWords).ask)
	out.Close = v.text(v.rules.CloseText, (*lullWords).close)
	if out.Open && out.Until != 0 {
		v.now = out.Until
	}
	out.Closed = v.text(v.rules.ClosedText, (*lullWords).closed)
	return out
}
