package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// Merged is who two profiles are now, as the doors need to know it.
type Merged struct {
	Merge  chat.Merge
	Person chat.Person // the one who stays, or stayed
	Other  chat.Person // the one who leads there, or did
	// Changed are the profiles whose browsers show something else now.
	Changed []string
}

// MergePeople brings two profiles of one customer together by an agent's hand: goes
// leads to stays from now on, and fills in what that one lacks. The browsers of both
// show what was said in either, so that the caller ends their sockets. It can be undone
// for chat.MergeUndoFor.
//
// Failures: NotFound, Invalid (chat.MayMerge).
func (d *Desk) MergePeople(ctx context.Context, who chat.Actor, stays, goes string) (*Merged, error) {
	var out Merged
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		into, from, err := both(tx, stays, goes)
		if err != nil {
			return err
		}
		touched, err := talkingBoth(tx, from, into)
		if err != nil {
			return err
		}
		before := *into
		out = Merged{Merge: chat.Merge{FromID: from.ID, IntoID: into.ID, ByID: who.ID, Filled: into.Fill(from)}, Other: *from}
		if err := tx.MergePerson(&out.Merge); err != nil {
			return err
		}
		out.Person, out.Changed = *into, []string{from.ID, into.ID}
		if err := d.tellTogether(tx, who, touched, into, &before); err != nil {
			return err
		}
		return tx.AuditChange(mergeLine(who, "person.merged", &out.Merge))
	})
	return &out, err
}

// both are the profiles that are to come together, if they may.
func both(tx chat.Tx, stays, goes string) (into, from *chat.Person, err error) {
	if into, err = profile(tx, stays); err != nil {
		return nil, nil, err
	}
	if from, err = profile(tx, goes); err != nil {
		return nil, nil, err
	}
	site, err := tx.Site(into.SiteID)
	if err != nil {
		return nil, nil, err
	}
	a, err := asAccount(tx, from)
	if err != nil {
		return nil, nil, err
	}
	b, err := asAccount(tx, into)
	if err != nil {
		return nil, nil, err
	}
	return into, from, chat.MayMerge(site, a, b)
}

// asAccount is a profile as a merge has to see it.
func asAccount(tx chat.Tx, p *chat.Person) (*chat.Person, error) {
	has, err := tx.HasIdentity(p.ID)
	return p.AsAccount(has), err
}

// talkingBoth are the open conversations of two profiles, if any.
func talkingBoth(tx chat.Tx, one, other *chat.Person) ([]chat.Conversation, error) {
	list, err := talking(tx, nil, one.SiteID, one.ID)
	if err != nil || one.ID == other.ID {
		return list, err
	}
	return talking(tx, list, other.SiteID, other.ID)
}

// tellTogether stores what became of a profile and tells the team in whose
// conversations it is.
func (d *Desk) tellTogether(tx chat.Tx, who chat.Actor, touched []chat.Conversation, p, before *chat.Person) error {
	name, err := card(tx, who)
	if err != nil {
		return err
	}
	if err := d.savePerson(tx, p, before, who, name); err != nil {
		return err
	}
	return announce(tx, touched, p, who, name)
}

// mergeLine is what the audit log keeps of a merge, or of its end: its id and the profile
// that led on, to whom that led before and after, and which fields it gave the other.
// There are ids and names of fields in it; keys of attributes are a page's words.
func mergeLine(who chat.Actor, action string, m *chat.Merge) chat.AuditEntry {
	from, to := m.FromID, m.IntoID
	if m.UndoneAt > 0 {
		from, to = to, from
	}
	list := []changed{{"leads_to", from, to}}
	if filled := fieldsFilled(m.Filled); filled != "" && m.UndoneAt > 0 {
		list = append(list, changed{"filled", filled, ""})
	} else if filled != "" {
		list = append(list, changed{"filled", "", filled})
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic("desk: texts have no JSON: " + err.Error())
	}
	return chat.AuditEntry{By: who.ID, Action: action, Object: m.IntoID, Detail: m.ID + " " + m.FromID, Change: string(text)}
}

// changed is a field before and after, as the audit log holds it.
type changed struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// fieldsFilled names the fields that a merge filled, each once.
func fieldsFilled(filled []string) string {
	var names []string
	for _, name := range filled {
		if strings.Contains(name, ":") {
			name = "attributes"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
