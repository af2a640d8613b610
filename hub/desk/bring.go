package desk

import (
	"context"
	"errors"
	"slices"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Brought is what became of a file.
type Brought struct {
	ImportID string // "" of a dry run, or where nothing was new
	Added    int64
	Same     int64 // had come before
	Problems []chat.ImportProblem
}

// together is how many things are stored in one unit of work, so that nobody waits
// long for it; conversations are longer.
var together = map[chat.ImportKind]int{chat.ImportPeople: 50, chat.ImportOrders: 50, chat.ImportTalks: 5}

// errDry undoes the units of work of a dry run.
var errDry = errors.New("nothing of a dry run stays")

// Bring brings in people, orders or past conversations. What came before, by its
// reference, stays as it is, and so does all that has a problem: the rest comes in. A
// dry run does all the same and stores nothing. in needs SiteID, Kind, Name and By, zero
// for the command line. One that is cut short leaves what had come, counted and in the
// log. Conflict where it was taken away meanwhile.
func (d *Desk) Bring(ctx context.Context, in chat.Import, items []chat.Item, dry bool) (Brought, error) {
	in.ID = chat.NewID()
	var all Brought
	for chunk := range slices.Chunk(items, together[in.Kind]) {
		var out Brought
		err := d.store.Write(ctx, func(tx chat.Tx) (err error) {
			if out, err = d.bringSome(tx, &in, all.Added, dry, chunk); err == nil && dry {
				err = errDry
			}
			return err
		})
		if err != nil && !(dry && errors.Is(err, errDry)) {
			return all, err
		}
		all.Added, all.Same, all.Problems = all.Added+out.Added, all.Same+out.Same, append(all.Problems, out.Problems...)
	}
	if !dry && all.Added > 0 {
		all.ImportID = in.ID
	}
	return all, nil
}

// bringSome brings some in, of which so many had come before.
func (d *Desk) bringSome(tx chat.Tx, in *chat.Import, before int64, dry bool, items []chat.Item) (out Brought, err error) {
	if before > 0 && !dry {
		now, err := tx.Import(in.ID)
		if err != nil {
			return out, err
		}
		if now.UndoneAt > 0 {
			return out, chat.Fail(chat.Conflict, "This was taken away again while it came in.")
		}
	} else {
		in.MadeAt = tx.Now()
	}
	for k := range items {
		item := items[k]
		known, personID, problem := place(tx, in, &item)
		if problem != nil {
			var f *chat.Failure
			if !errors.As(problem, &f) {
				return out, problem
			}
			out.Problems = append(out.Problems, chat.ImportProblem{Line: item.Line, Field: f.Field, Message: f.Message})
			continue
		}
		if known {
			out.Same++
			continue
		}
		if (before == 0 || dry) && out.Added == 0 {
			if err := tx.InsertImport(in); err != nil {
				return out, err
			}
			if err := tx.Audit(in.By.ID, "import.made", in.ID, string(in.Kind)); err != nil {
				return out, err
			}
		}
		came := &chat.Imported{SiteID: in.SiteID, Kind: in.Kind, Reference: item.Reference, ImportID: in.ID, PersonID: personID, ObjectID: chat.NewID()}
		if err := d.bring(tx, in, came, &item); err != nil {
			return out, err
		}
		if err := tx.NoteImported(came); err != nil {
			return out, err
		}
		out.Added++
	}
	if out.Added == 0 {
		return out, nil
	}
	in.Added = before + out.Added
	return out, tx.SaveImport(in)
}

// place says whether an item is known already, and otherwise whose it is. What is
// wrong with it is a Failure.
func place(tx chat.Tx, in *chat.Import, item *chat.Item) (known bool, personID string, err error) {
	if err := item.Clean(in.Kind, tx.Now()); err != nil {
		return false, "", err
	}
	if known, err := tx.Imported(in.SiteID, in.Kind, item.Reference); known || err != nil {
		return known, "", err
	}
	if err := kept(tx, in, item); err != nil {
		return false, "", err
	}
	sub := item.Customer
	if in.Kind == chat.ImportPeople {
		sub = item.Reference
	}
	identity, err := tx.Identity(in.SiteID, sub)
	switch {
	case err == nil && in.Kind == chat.ImportPeople:
		return true, "", nil
	case err == nil:
		// Under the profile itself: where a merge is undone, it takes its own along.
		return false, identity.PersonID, nil
	case !chat.Is(err, chat.NotFound):
		return false, "", err
	case in.Kind != chat.ImportPeople:
		return false, "", chat.FailField("customer", "Nobody has the reference %q yet. Bring the people in first.", sub)
	}
	return false, chat.NewID(), nil
}

// kept refuses a conversation that the site keeps no longer: it would go within the hour.
func kept(tx chat.Tx, in *chat.Import, item *chat.Item) error {
	if in.Kind != chat.ImportTalks {
		return nil
	}
	site, err := tx.Site(in.SiteID)
	if err != nil {
		return err
	}
	if last := item.Talk[len(item.Talk)-1].At; last < site.Retention.Before(tx.Now()) {
		return chat.FailField("at", "The site keeps conversations for %d months, and this one ended before.", site.Retention.Months)
	}
	return nil
}

// bring stores one thing.
func (d *Desk) bring(tx chat.Tx, in *chat.Import, came *chat.Imported, item *chat.Item) error {
	switch in.Kind {
	case chat.ImportPeople:
		p := *item.Person
		p.ID, p.SiteID, p.CreatedAt, p.Verified = came.PersonID, in.SiteID, tx.Now(), false
		came.ObjectID = p.ID
		if err := tx.InsertPerson(&p); err != nil {
			return err
		}
		return tx.InsertIdentity(&chat.Identity{SiteID: in.SiteID, Sub: item.Reference, PersonID: p.ID, CreatedAt: tx.Now()})
	case chat.ImportOrders:
		p := *item.Purchase
		p.ID, p.SiteID, p.PersonID = came.ObjectID, in.SiteID, came.PersonID
		return tx.InsertPurchase(&p)
	}
	return d.bringTalk(tx, came, item.Talk)
}

// bringTalk stores a conversation from elsewhere, closed. What was answered there is
// no answer of ours: it is automatic, with the name of who gave it.
func (d *Desk) bringTalk(tx chat.Tx, came *chat.Imported, talk []chat.TalkLine) error {
	first, last := talk[0], talk[len(talk)-1]
	c := &chat.Conversation{
		ID: came.ObjectID, SiteID: came.SiteID, PersonID: came.PersonID, Channel: chat.ChannelImport, State: chat.Closed, MatterID: chat.NewID(),
		StartedAt: first.At, LastAt: last.At, LastBy: chat.BySystem, LastKind: chat.Auto, LastText: chat.Preview(first.Text), ClosedAt: last.At,
	}
	if err := tx.InsertConversation(c); err != nil {
		return err
	}
	m := chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, OpenedAt: first.At}
	state := cycle.Start()
	state.Save(&m)
	if err := tx.InsertMatter(&m); err != nil {
		return err
	}
	who := chat.Actor{Kind: chat.ByPerson, ID: came.PersonID}
	for _, l := range talk {
		m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, Kind: chat.Auto, By: chat.BySystem, Text: l.Text, At: l.At}
		m.ClientID = chat.OwnID("import", m.ID)
		e := event(tx, chat.MessagePosted, chat.System, chat.AgentCard{})
		if l.ByCustomer {
			m.Kind, m.By, m.ByID = chat.Reply, who.Kind, who.ID
			e = event(tx, chat.MessagePosted, who, chat.AgentCard{ID: who.ID})
		} else if l.Name != "" {
			m.Text = l.Name + ": " + l.Text
		}
		e.At, e.MessageID, e.Message = l.At, m.ID, m
		if err := tx.Append(c, &e); err != nil {
			return err
		}
	}
	return tx.SaveConversation(c)
}

// undoneTogether is how many things are taken away in one unit of work.
const undoneTogether = 20

// UndoImport takes away all that came with an import, but for what others have added to
// since. It returns what was erased, and how many things stay; undoing it again changes
// nothing. NotFound for an import of another site.
func (d *Desk) UndoImport(ctx context.Context, who chat.Actor, siteID, importID string) (gone []chat.Erased, stay int64, err error) {
	for {
		var left int
		var some []chat.Erased
		var kept int64
		err := d.store.Write(ctx, func(tx chat.Tx) (err error) {
			left, some, kept, err = d.undoSome(tx, who, siteID, importID)
			return err
		})
		if err != nil {
			return gone, stay, err
		}
		gone, stay = append(gone, some...), stay+kept
		if left == 0 {
			return gone, stay, nil
		}
	}
}

func (d *Desk) undoSome(tx chat.Tx, who chat.Actor, siteID, importID string) (left int, gone []chat.Erased, kept int64, err error) {
	in, err := tx.Import(importID)
	if err != nil {
		return 0, nil, 0, err
	}
	if in.SiteID != siteID {
		return 0, nil, 0, chat.ErrNotFound
	}
	if in.UndoneAt > 0 {
		return 0, nil, 0, nil
	}
	list, err := tx.ImportedWith(in.ID, undoneTogether)
	if err != nil {
		return 0, nil, 0, err
	}
	for k := range list {
		erased, stays, err := d.takeOut(tx, &list[k])
		if err != nil {
			return 0, nil, 0, err
		}
		if stays {
			kept++
		}
		if erased != nil {
			gone = append(gone, *erased)
		}
	}
	if len(list) > 0 {
		return len(list), gone, kept, nil
	}
	in.UndoneAt = tx.Now()
	if err := tx.SaveImport(in); err != nil {
		return 0, nil, 0, err
	}
	return 0, gone, kept, tx.Audit(who.ID, "import.undone", in.ID, string(in.Kind))
}

// takeOut takes one thing away that came with an import; a person whom somebody has met
// stays, and a conversation in which a colleague has left something.
func (d *Desk) takeOut(tx chat.Tx, came *chat.Imported) (erased *chat.Erased, stays bool, err error) {
	if err := tx.ForgetImported(came); err != nil {
		return nil, false, err
	}
	switch came.Kind {
	case chat.ImportOrders:
		return nil, false, tx.DeletePurchase(came.ObjectID)
	case chat.ImportTalks:
		asItCame, err := tx.AsItCame(came.ObjectID)
		if err != nil || !asItCame {
			return nil, !asItCame, err
		}
		erased, err = tx.EraseConversation(came.ObjectID)
		if !chat.Is(err, chat.NotFound) {
			return erased, false, err
		}
	default:
		bare, err := tx.Bare(came.ObjectID)
		if err != nil || !bare {
			return nil, !bare, err
		}
		if err := tx.ForgetIdentity(came.SiteID, came.Reference); err != nil {
			return nil, false, err
		}
		erased, err = tx.ErasePerson(came.ObjectID)
		if !chat.Is(err, chat.NotFound) {
			return erased, false, err
		}
	}
	if chat.Is(err, chat.NotFound) { // erased meanwhile
		return nil, false, nil
	}
	return erased, false, err
}
