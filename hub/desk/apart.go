package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
)

// UnmergePeople takes apart what an agent brought together: the profile gets back its
// browsers and everything that belonged to it, and the one that stayed loses what it was
// given, as far as it still stands so. What was begun, said or changed since stays with
// the one that stayed, but whether they are blocked holds for both. Where one of the
// browsers has signed in since, its side alone stays with that customer. personID is the
// one's who stayed, or whom they lead to by now.
//
// Failures: NotFound (no such merge of theirs), Conflict (it was undone, or a later one
// stands upon it), Invalid (too long ago).
func (d *Desk) UnmergePeople(ctx context.Context, who chat.Actor, personID, mergeID string) (*Merged, error) {
	var out *Merged
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		m, err := undoable(tx, personID, mergeID)
		if err != nil {
			return err
		}
		if out, err = d.apart(tx, who, m); err != nil {
			return err
		}
		return tx.AuditChange(mergeLine(who, "person.unmerged", m))
	})
	return out, err
}

// undoable is a merge by an agent that can be taken back now. Its profiles are held
// before anything of them is looked at.
func undoable(tx chat.Tx, personID, mergeID string) (*chat.Merge, error) {
	m, err := tx.Merge(mergeID)
	if err != nil {
		return nil, err
	}
	if err := hold(tx, m); err != nil {
		return nil, err
	}
	if m, err = tx.Merge(mergeID); err != nil {
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

// hold keeps other servers from both profiles of a merge and from whom they lead to.
func hold(tx chat.Tx, m *chat.Merge) error {
	now, err := profile(tx, m.IntoID)
	if err != nil {
		return err
	}
	return tx.HoldPeople(m.FromID, m.IntoID, now.ID)
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

// apart undoes a merge.
func (d *Desk) apart(tx chat.Tx, who chat.Actor, m *chat.Merge) (*Merged, error) {
	from, err := tx.Person(m.FromID)
	if err != nil {
		return nil, err
	}
	before := *from
	if err := keepBlock(tx, who, m, from); err != nil {
		return nil, err
	}
	signIn, err := signInFrom(tx, m)
	if err != nil {
		return nil, err
	}
	if signIn != nil {
		if err := leave(tx, who, signIn); err != nil {
			return nil, err
		}
	}
	if err := tx.UnmergePerson(m); err != nil {
		return nil, err
	}
	from.MergedInto = ""
	theirs, err := talkingBoth(tx, from, from)
	if err != nil {
		return nil, err
	}
	if err := d.tellTogether(tx, who, theirs, from, &before); err != nil {
		return nil, err
	}
	into, err := d.unfill(tx, who, m, from)
	if err != nil {
		return nil, err
	}
	out := &Merged{Merge: *m, Person: *into, Other: *from, Changed: []string{m.FromID, m.IntoID, into.ID}}
	if signIn != nil {
		out.Changed = append(out.Changed, signIn.IntoID)
		err = d.comeAlone(tx, who, from, signIn.IntoID)
	}
	return out, err
}

// signInFrom is the sign-in by which the profile that stayed leads to a customer since,
// where a browser that the merge had brought there has signed in and none of the others
// has; nil for none.
func signInFrom(tx chat.Tx, m *chat.Merge) (*chat.Merge, error) {
	if m.ByID == "" {
		return nil, nil
	}
	s, err := tx.MergeOf(m.IntoID)
	if chat.Is(err, chat.NotFound) || err == nil && s.ByID != "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	signed, err := tx.SignedIn(s.IntoID)
	if err != nil {
		return nil, err
	}
	has := func(devices, without []string) bool {
		return slices.ContainsFunc(devices, func(id string) bool { return slices.Contains(signed, id) && !slices.Contains(without, id) })
	}
	if !has(m.Devices, nil) || has(s.Devices, m.Devices) {
		return nil, nil
	}
	return s, nil
}

// leave undoes a sign-in: the customer loses what they were given by it.
func leave(tx chat.Tx, who chat.Actor, s *chat.Merge) error {
	from, err := tx.Person(s.FromID)
	if err != nil {
		return err
	}
	if err := keepBlock(tx, who, s, from); err != nil {
		return err
	}
	if err := tx.SavePerson(from); err != nil {
		return err
	}
	if err := tx.UnmergePerson(s); err != nil {
		return err
	}
	account, err := tx.Person(s.IntoID)
	if err != nil {
		return err
	}
	account.Unfill(from, s.Filled)
	return tx.SavePerson(account)
}

// comeAlone lets a profile lead to the customer as whom its browser has signed in, without
// those with whom it was together then.
func (d *Desk) comeAlone(tx chat.Tx, who chat.Actor, from *chat.Person, account string) error {
	theirs, err := talking(tx, nil, from.SiteID, account)
	if err != nil {
		return err
	}
	touched, err := merge(tx, from, account)
	if err != nil {
		return err
	}
	p, err := tx.Person(account)
	if err != nil {
		return err
	}
	before := *p
	p.FillSigned(from)
	return d.tellTogether(tx, who, append(touched, theirs...), p, &before)
}

// unfill takes away what a profile was given by a merge that is undone, and returns the
// customer whose profile it is: where they have signed in since, another leads on, who
// loses it, too.
func (d *Desk) unfill(tx chat.Tx, who chat.Actor, m *chat.Merge, from *chat.Person) (*chat.Person, error) {
	into, err := tx.Person(m.IntoID)
	if err != nil {
		return nil, err
	}
	before := *into
	into.Unfill(from, m.Filled)
	now, was := into, before
	if into.MergedInto != "" {
		if err := tx.SavePerson(into); err != nil {
			return nil, err
		}
		if now, was, err = passedOn(tx, &before, m.Filled); err != nil {
			return nil, err
		}
	}
	touched, err := talkingBoth(tx, now, now)
	if err != nil {
		return nil, err
	}
	return now, d.tellTogether(tx, who, touched, now, &was)
}

// passedOn is the customer to whom a profile leads, without what it had been given and gave
// them when they signed in; and as they were.
func passedOn(tx chat.Tx, through *chat.Person, filled []string) (*chat.Person, chat.Person, error) {
	p, err := tx.Person(through.MergedInto)
	if err != nil {
		return nil, chat.Person{}, err
	}
	was := *p
	on, err := tx.MergeOf(through.ID)
	if chat.Is(err, chat.NotFound) {
		return p, was, nil
	}
	if err != nil {
		return nil, was, err
	}
	given := slices.DeleteFunc(slices.Clone(filled), func(name string) bool { return !slices.Contains(on.Filled, name) })
	p.Unfill(through, given)
	return p, was, nil
}

// blockedTogether is why somebody is blocked who was one with another then.
const blockedTogether = "blocked while brought together with another"

// keepBlock gives the profile that goes the block that was laid, or lifted, while it was one
// with the other: it was meant for both.
func keepBlock(tx chat.Tx, who chat.Actor, m *chat.Merge, from *chat.Person) error {
	now, err := profile(tx, m.IntoID)
	if err != nil {
		return err
	}
	switch {
	case !from.Blocked() && now.BlockedAt > m.At:
		from.BlockedAt = now.BlockedAt
		return tx.Audit(who.ID, "person.blocked", from.ID, blockedTogether)
	case from.Blocked() && !now.Blocked():
		from.BlockedAt = 0
		return tx.Audit(who.ID, "person.unblocked", from.ID, "")
	}
	return nil
}
