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
		out.Person = *into
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

// asAccount is a profile as a merge has to see it: whom the site brought in is an
// account of its own, signed in or not.
func asAccount(tx chat.Tx, p *chat.Person) (*chat.Person, error) {
	has, err := tx.HasIdentity(p.ID)
	account := *p
	account.Verified = p.Verified || has
	return &account, err
}

// UnmergePeople takes apart what an agent brought together: the profile gets back its
// browsers and everything that belonged to it, and the one that stayed loses what it was
// given, as far as it still stands so. What was begun since stays with the one that
// stayed. personID is that one's, or whom they lead to by now.
//
// Failures: NotFound (no such merge of theirs), Conflict (it was undone, or a later one
// stands upon it), Invalid (too long ago).
func (d *Desk) UnmergePeople(ctx context.Context, who chat.Actor, personID, mergeID string) (*Merged, error) {
	var out Merged
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		m, err := undoable(tx, personID, mergeID)
		if err != nil {
			return err
		}
		from, err := tx.Person(m.FromID)
		if err != nil {
			return err
		}
		if err := tx.UnmergePerson(m); err != nil {
			return err
		}
		from.MergedInto = ""
		theirs, err := talkingBoth(tx, from, from)
		if err != nil {
			return err
		}
		if err := d.tellTogether(tx, who, theirs, from, from); err != nil {
			return err
		}
		into, err := d.unfill(tx, who, m, from)
		if err != nil {
			return err
		}
		out = Merged{Merge: *m, Person: *into, Other: *from}
		return tx.AuditChange(mergeLine(who, "person.unmerged", m))
	})
	return &out, err
}

// unfill takes away what a profile was given by a merge that is undone, and returns the
// customer whose profile it is: where they have signed in since, another leads on.
func (d *Desk) unfill(tx chat.Tx, who chat.Actor, m *chat.Merge, from *chat.Person) (*chat.Person, error) {
	into, err := tx.Person(m.IntoID)
	if err != nil {
		return nil, err
	}
	before := *into
	into.Unfill(from, m.Filled)
	now, was := into, &before
	if into.MergedInto != "" {
		if err := tx.SavePerson(into); err != nil {
			return nil, err
		}
		if now, err = tx.Person(into.MergedInto); err != nil {
			return nil, err
		}
		was = now
	}
	touched, err := talkingBoth(tx, now, now)
	if err != nil {
		return nil, err
	}
	return now, d.tellTogether(tx, who, touched, now, was)
}

// undoable is a merge by an agent that can be taken back now.
func undoable(tx chat.Tx, personID, mergeID string) (*chat.Merge, error) {
	m, err := tx.Merge(mergeID)
	if err != nil {
		return nil, err
	}
	stayed, err := profile(tx, m.IntoID)
	if err != nil {
		return nil, err
	}
	self, err := profile(tx, personID)
	if err != nil {
		return nil, err
	}
	switch {
	case m.ByID == "" || stayed.ID != self.ID:
		return nil, chat.ErrNotFound
	case m.UndoneAt > 0:
		return nil, chat.Fail(chat.Conflict, "They were taken apart already.")
	case tx.Now() > m.UndoUntil():
		return nil, chat.FailField("merge", "This was too long ago to be undone.")
	}
	return m, topmost(tx, m)
}

// topmost refuses a merge upon which an agent has made another since. One by signing in
// is never undone, so it is in nobody's way.
func topmost(tx chat.Tx, m *chat.Merge) error {
	for id := m.IntoID; ; {
		next, err := tx.MergeOf(id)
		switch {
		case chat.Is(err, chat.NotFound):
			return nil
		case err != nil:
			return err
		case next.ByID != "":
			return chat.Fail(chat.Conflict, "They were brought together with somebody else since. Undo that first.")
		}
		id = next.IntoID
	}
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
