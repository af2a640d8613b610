package chat

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// Form is what a site asks of those whom nobody has vouched for: before their first
// message, or when nobody is there to answer it.
type Form struct {
	Ask     bool        `json:"ask"`  // before a first message
	Away    string      `json:"away"` // one of Aways: what happens while nobody is there
	Intro   string      `json:"intro"`
	Fields  []FormField `json:"fields"`
	Consent string      `json:"consent"` // what they agree to before they write, "" for nothing
	Link    string      `json:"link"`    // to the whole of it, "" for none

	// Words are what is said in other languages, by their tag; what is absent there
	// is said as here.
	Words map[string]FormWords `json:"words"`
}

// FormField is one question. Its key is the name of the attribute that holds what
// is answered, and what it says in the site's own language.
type FormField struct {
	Kind     string   `json:"kind"` // one of FieldKinds
	Key      string   `json:"key"`  // "name" and "email" for those kinds
	Required bool     `json:"required"`
	Options  []string `json:"options"` // of a choice
}

// FormWords say a form in another language, each beside what it says for.
type FormWords struct {
	Intro   string            `json:"intro"`
	Consent string            `json:"consent"`
	Said    map[string]string `json:"said"` // for keys and options of fields
}

// FormAnswer is what somebody wrote into a form. It goes with their first message.
type FormAnswer struct {
	Answers map[string]string `json:"answers"` // by the key of the field
	Version string            `json:"version"` // of the form that stood there, see Form.VersionIn; "" where nothing was to agree to
	Agreed  bool              `json:"agreed"`  // to the consent that stood there
	Away    bool              `json:"away"`    // it stood there because nobody was
}

// FormGiven is what is remembered of a form that was answered, beside the answers.
type FormGiven struct {
	PersonID string
	Form     string // Form.Version
	Consent  string // what they agreed to, in the words that they were shown, "" for nothing
	Link     string
	At       Time
}

// What a field may be, and what happens while nobody is there: the chat as always,
// the form with an address, or no chat at all.
var (
	FieldKinds = []string{"name", "email", "text", "choice", "check"}
	Aways      = []string{"chat", "form", "hide"}
)

// ConsentKey is the attribute under which agents see what a customer agreed to, and
// when. No page can write it.
const ConsentKey = "consent"

// Checked is the value of a check that was ticked.
const Checked = "yes"

// Bounds of a form, in fields, options, and code points.
const (
	maxFields  = 8
	maxOptions = 20
	maxIntro   = 300
	maxConsent = 500
)

// DefaultForm asks nothing.
func DefaultForm() Form {
	return Form{Away: Aways[0], Fields: []FormField{}, Words: map[string]FormWords{}}
}

func (f *Form) clean() (err error) {
	if !slices.Contains(Aways, f.Away) {
		return FailField("away", "%q is not among %v.", f.Away, Aways)
	}
	f.Intro, f.Consent = CleanLine(f.Intro, maxIntro), CleanLine(f.Consent, maxConsent)
	if f.Link, err = cleanLink(f.Link); err != nil {
		return err
	}
	if f.Fields == nil {
		f.Fields = []FormField{}
	}
	if len(f.Fields) > maxFields {
		return FailField("fields", "Ask at most %d things. The fewer, the more people write.", maxFields)
	}
	for i := range f.Fields {
		if err := f.Fields[i].clean(); err != nil {
			return err
		}
		if slices.ContainsFunc(f.Fields[:i], func(o FormField) bool { return o.Key == f.Fields[i].Key }) {
			return FailField("fields", "%q is asked twice.", f.Fields[i].Key)
		}
	}
	if f.Ask && len(f.Fields) == 0 && f.Consent == "" {
		return FailField("fields", "Ask something, or nothing to agree to stands before the chat.")
	}
	return f.cleanWords()
}

func (f *FormField) clean() error {
	if !slices.Contains(FieldKinds, f.Kind) {
		return FailField("fields", "%q is not among %v.", f.Kind, FieldKinds)
	}
	if f.Kind == "name" || f.Kind == "email" {
		f.Key = f.Kind
	}
	f.Key = CleanLine(f.Key, MaxKey)
	switch {
	case f.Key == "":
		return FailField("fields", "Each question needs words.")
	case f.Kind != f.Key && (f.Key == "name" || f.Key == "email"):
		return FailField("fields", "%q is a kind of field of its own.", f.Key)
	case strings.HasPrefix(f.Key, "event:") || f.Key == "delay" || strings.EqualFold(f.Key, ConsentKey):
		return FailField("fields", "%q means something else here. Ask it in other words.", f.Key)
	}
	if f.Kind != "choice" || f.Options == nil {
		f.Options = []string{}
	}
	if f.Kind == "choice" && (len(f.Options) < 2 || len(f.Options) > maxOptions) {
		return FailField("fields", "%q needs 2 to %d answers to choose from.", f.Key, maxOptions)
	}
	for i, o := range f.Options {
		if f.Options[i] = CleanLine(o, MaxName); f.Options[i] == "" || slices.Contains(f.Options[:i], f.Options[i]) {
			return FailField("fields", "Each answer to %q stands there once, with words.", f.Key)
		}
	}
	return nil
}

func (f *Form) cleanWords() error {
	if f.Words == nil {
		f.Words = map[string]FormWords{}
	}
	if len(f.Words) > maxLocales {
		return FailField("words", "At most %d languages.", maxLocales)
	}
	for tag, w := range f.Words {
		if !localeForm.MatchString(tag) {
			return FailField("words", "%q is not a language such as en or ar.", tag)
		}
		clean := FormWords{CleanLine(w.Intro, maxIntro), CleanLine(w.Consent, maxConsent), map[string]string{}}
		for _, field := range f.Fields {
			for _, said := range append([]string{field.Key}, field.Options...) {
				if v := CleanLine(w.Said[said], MaxName); v != "" {
					clean.Said[said] = v
				}
			}
		}
		f.Words[tag] = clean
	}
	return nil
}

// Version changes with what is asked and what is agreed to, in whichever language. Who
// answered another one is asked anew.
func (f *Form) Version() string {
	what := []any{f.Fields, f.Consent, f.Link}
	said := map[string]string{}
	for tag, w := range f.Words {
		if w.Consent != "" {
			said[tag] = w.Consent
		}
	}
	if len(said) > 0 {
		what = append(what, said)
	}
	b, err := json.Marshal(what)
	if err != nil {
		panic("chat: a form has no JSON: " + err.Error()) // plain fields only
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// VersionIn is Version with the language that a form is shown in: with both it is
// known what stood there.
func (f *Form) VersionIn(locale string) string {
	if _, ok := f.Words[locale]; !ok {
		return f.Version()
	}
	return f.Version() + "." + locale
}

// ConsentIn is what is agreed to in a language.
func (f *Form) ConsentIn(locale string) string {
	if w := f.Words[locale]; w.Consent != "" {
		return w.Consent
	}
	return f.Consent
}

// Agreed is what somebody agreed to in the words that stood there, "" for nothing. It
// is Invalid where they did not, or where the form is another by now.
func (f *Form) Agreed(a *FormAnswer) (string, error) {
	if f.Consent == "" {
		return "", nil
	}
	if !a.Agreed {
		return "", FailField("form.consent", "Please agree first: nothing is kept without it.")
	}
	_, locale, _ := strings.Cut(a.Version, ".")
	if a.Version != f.VersionIn(locale) {
		return "", FailField("form.version", "What is agreed to here has changed. Load the page again and read it.")
	}
	return f.ConsentIn(locale), nil
}

// Read holds what somebody wrote to the form, and returns it clean: what was left
// empty is absent. Failures are Invalid, their field "form." and the key.
func (f *Form) Read(a *FormAnswer) (map[string]string, error) {
	if _, err := f.Agreed(a); err != nil {
		return nil, err
	}
	fields := f.Fields
	if a.Away && !slices.ContainsFunc(fields, func(o FormField) bool { return o.Kind == "email" }) {
		fields = append(slices.Clone(fields), FormField{Kind: "email", Key: "email"})
	}
	out := map[string]string{}
	for i := range fields {
		v, err := fields[i].read(a.Answers[fields[i].Key], a.Away)
		if err != nil {
			return nil, err
		}
		if v != "" {
			out[fields[i].Key] = v
		}
	}
	for key := range a.Answers {
		if !slices.ContainsFunc(fields, func(o FormField) bool { return o.Key == key }) {
			return nil, FailField("form."+CleanLine(key, MaxKey), "Nobody asks this any more. Load the page again.")
		}
	}
	return out, nil
}

// read holds one answer to its field. While nobody is there an address is needed:
// how else would they hear.
func (f *FormField) read(said string, away bool) (string, error) {
	if !utf8.ValidString(said) || utf8.RuneCountInString(said) > MaxValue {
		return "", FailField("form."+f.Key, "At most %d characters, in valid UTF-8.", MaxValue)
	}
	v := CleanLine(said, MaxValue)
	switch {
	case v == "" && (f.Required || away && f.Kind == "email"):
		return "", FailField("form."+f.Key, "This is needed.")
	case v == "":
		return "", nil
	case f.Kind == "email":
		return CleanEmail("form.email", v)
	case f.Kind == "name":
		return CleanLine(v, MaxName), nil
	case f.Kind == "choice" && !slices.Contains(f.Options, v), f.Kind == "check" && v != Checked:
		return "", FailField("form."+f.Key, "This is not one of the answers.")
	}
	return v, nil
}

// FormTx reads and writes who answered a form.
type FormTx interface {
	// FormGiven reports whether a customer, on any profile that was merged into
	// theirs, has answered this form.
	FormGiven(personID, form string) (bool, error)
	// SaveFormGiven stores it, once per form.
	SaveFormGiven(g *FormGiven) error
}
