package wire

import "rapport/hub/chat"

// ShownForm is a site's form in one language.
type ShownForm struct {
	Ask     bool         `json:"ask"`
	Away    bool         `json:"away"`
	Intro   string       `json:"intro"`
	Fields  []ShownField `json:"fields"`
	Consent string       `json:"consent"`
	Link    string       `json:"link"`
	Version string       `json:"version"`
}

// ShownField is a question with its words.
type ShownField struct {
	Kind     string   `json:"kind"`
	Key      string   `json:"key"`
	Required bool     `json:"required"`
	Options  []string `json:"options"`
	Label    string   `json:"label"`
	Labels   []string `json:"labels"` // beside each of the options
}

// NewShownForm shows f to visitors; nil where nothing is ever asked.
func NewShownForm(f *chat.Form, locale string) *ShownForm {
	if !f.Ask && f.Away != "form" {
		return nil
	}
	w := f.Words[locale]
	say := func(own, other string) string {
		if other != "" {
			return other
		}
		return own
	}
	out := &ShownForm{Ask: f.Ask, Away: f.Away == "form", Intro: say(f.Intro, w.Intro), Consent: f.ConsentIn(locale), Link: f.Link, Version: f.VersionIn(locale), Fields: []ShownField{}}
	for _, field := range f.Fields {
		shown := ShownField{Kind: field.Kind, Key: field.Key, Required: field.Required, Options: field.Options, Label: say(field.Key, w.Said[field.Key]), Labels: []string{}}
		for _, o := range field.Options {
			shown.Labels = append(shown.Labels, say(o, w.Said[o]))
		}
		out.Fields = append(out.Fields, shown)
	}
	return out
}
