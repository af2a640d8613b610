package intake

import (
	"encoding/json"
	"errors"
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
	Messages   json.RawMessage   `json:"messages"`
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
	n := 0
	return each(text, chat.MaxImportItems, func(t *thing) error {
		n++
		i, wrong, err := t.item(kind, n)
		if wrong != nil {
			f.wrong(n, wrong)
		} else {
			f.Items = append(f.Items, i)
		}
		return err
	})
}

// each reads the things of a list one by one. A list that is too long is not read to
// its end: a few bytes of it may become hundreds.
func each(list string, most int, hear func(*thing) error) error {
	d := json.NewDecoder(strings.NewReader(list))
	d.DisallowUnknownFields()
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return unlisted(errors.New("it does not begin with ["))
	}
	for n := 0; d.More(); n++ {
		if n == most {
			return tooLong()
		}
		var t thing
		if err := d.Decode(&t); err != nil {
			return unlisted(err)
		}
		if err := hear(&t); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return unlisted(err)
	}
	return nil
}

func unlisted(err error) error {
	return chat.FailField("text", "This file cannot be read as a list: %v.", err)
}

func (t *thing) item(kind chat.ImportKind, line int) (i chat.Item, wrong *chat.Failure, err error) {
	if kind != chat.ImportTalks {
		i, wrong = item(kind, line, t.cell)
		if kind == chat.ImportPeople {
			for _, key := range slices.Sorted(maps.Keys(t.Attributes)) {
				i.Person.Attributes = append(i.Person.Attributes, chat.Attribute{Key: key, Value: t.Attributes[key]})
			}
		}
		return i, wrong, nil
	}
	i = chat.Item{Line: line, Reference: strings.TrimSpace(t.Reference), Customer: t.Customer}
	if len(t.Messages) == 0 {
		return i, nil, nil
	}
	err = each(string(t.Messages), chat.MaxImportLines, func(m *thing) error {
		l, bad := talkLine(m.cell)
		if bad != nil && wrong == nil {
			wrong = bad
		}
		i.Talk = append(i.Talk, l)
		return nil
	})
	return i, wrong, err
}
