package intake

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// thing is how one is written as JSON; at and amount are a text or a number.
type thing struct {
	Reference  string            `json:"reference"`
	Customer   string            `json:"customer"`
	Name       string            `json:"name"`
	Email      string            `json:"email"`
	Segment    string            `json:"segment"`
	Locale     string            `json:"locale"`
	Attributes map[string]string `json:"attributes"`
	At         loose             `json:"at"`
	Amount     loose             `json:"amount"`
	Currency   string            `json:"currency"`
	State      string            `json:"state"`
	By         string            `json:"by"`
	Text       string            `json:"text"`
	Messages   []thing           `json:"messages"`
}

// loose is a text, or a number as it is written.
type loose string

func (l *loose) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, (*string)(l))
	}
	var n json.Number
	err := json.Unmarshal(raw, &n)
	*l = loose(n)
	return err
}

func (t *thing) cell(name string) string {
	switch name {
	case "reference":
		return t.Reference
	case "customer":
		return t.Customer
	case "name":
		return t.Name
	case "email":
		return t.Email
	case "segment":
		return t.Segment
	case "locale":
		return t.Locale
	case "at":
		return string(t.At)
	case "amount":
		return string(t.Amount)
	case "currency":
		return t.Currency
	case "state":
		return t.State
	case "by":
		return t.By
	case "text":
		return t.Text
	}
	return ""
}

// readJSON reads a list of things; a conversation has its messages in it. A problem's
// line is the place in the list, from 1.
func (f *File) readJSON(kind chat.ImportKind, text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	var all []thing
	if err := d.Decode(&all); err != nil {
		return chat.FailField("text", "This file cannot be read as a list: %v.", err)
	}
	for n := range all {
		t := &all[n]
		i, wrong := t.item(kind, n+1)
		if wrong != nil {
			f.wrong(n+1, wrong)
			continue
		}
		f.Items = append(f.Items, i)
	}
	return nil
}

func (t *thing) item(kind chat.ImportKind, line int) (chat.Item, *chat.Failure) {
	if kind != chat.ImportTalks {
		i, wrong := item(kind, line, t.cell)
		if kind == chat.ImportPeople {
			for _, key := range slices.Sorted(maps.Keys(t.Attributes)) {
				i.Person.Attributes = append(i.Person.Attributes, chat.Attribute{Key: key, Value: t.Attributes[key]})
			}
		}
		return i, wrong
	}
	i := chat.Item{Line: line, Reference: strings.TrimSpace(t.Reference), Customer: t.Customer}
	for m := range t.Messages {
		l, wrong := talkLine(t.Messages[m].cell)
		if wrong != nil {
			return i, wrong
		}
		i.Talk = append(i.Talk, l)
	}
	return i, nil
}
