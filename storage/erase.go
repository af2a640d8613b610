package storage

import (
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// eraseAtOnce is how many events one erasing deletes within its transaction,
// about 40 ms of the writer's time. What is more goes in steps afterwards, when
// no conversation leads to it any more.
const eraseAtOnce = 5000

// erasing is one erasing under way.
type erasing struct {
	t    *tx
	out  *chat.Erased
	room int64 // events that may still go within this transaction
}

func (t *tx) ErasePerson(id string) (*chat.Erased, error) {
	p, err := personByID(t.q, id)
	if err == nil && p.MergedInto != "" {
		p, err = personByID(t.q, p.MergedInto)
	}
	if err != nil {
		return nil, err
	}
	e := erasing{t, &chat.Erased{SiteID: p.SiteID}, eraseAtOnce}
	if e.out.People, err = t.ids(`SELECT id FROM person WHERE id = $1 UNION ALL SELECT id FROM person WHERE merged_into = $2 AND merged_into <> ''`, p.ID, p.ID); err != nil {
		return nil, fmt.Errorf("erase person: %w", err)
	}
	if err := e.person(); err != nil {
		return nil, fmt.Errorf("erase person: %w", err)
	}
	return e.out, nil
}

func (t *tx) EraseProfile(id string) (*chat.Erased, error) {
	p, err := personByID(t.q, id)
	if err != nil {
		return nil, err
	}
	// Whoever leads there without a merge on record leads nowhere from now on.
	if err := t.exec(`UPDATE person SET merged_into = '' WHERE merged_into = $1 AND merged_into <> ''`, id); err != nil {
		return nil, fmt.Errorf("erase profile: %w", err)
	}
	e := erasing{t, &chat.Erased{SiteID: p.SiteID, People: []string{id}}, eraseAtOnce}
	if err := e.person(); err != nil {
		return nil, fmt.Errorf("erase profile: %w", err)
	}
	return e.out, nil
}

func (t *tx) EraseConversation(id string) (*chat.Erased, error) {
	c, err := t.conversation(id)
	if err != nil {
		return nil, err
	}
	e := erasing{t, &chat.Erased{SiteID: c.SiteID}, eraseAtOnce}
	if err := e.conversations([]string{id}); err != nil {
		return nil, fmt.Errorf("erase conversation: %w", err)
	}
	// What was split off is beside the chat that this one went on in, if any.
	if err := t.exec(`UPDATE conversation SET previous_id = CASE WHEN channel = '`+chat.ChannelAside+`' THEN $1 ELSE '' END WHERE person_id = $2 AND previous_id = $3`, c.MergedInto, c.PersonID, id); err != nil {
		return nil, fmt.Errorf("erase conversation: %w", err)
	}
	e.forget()
	return e.out, t.remember(chat.ErasedConversation, id)
}

// ids runs a query for one column of texts.
func (t *tx) ids(query string, args ...any) ([]string, error) {
	rows, err := t.q.Query(query, args...)
	return collect(rows, err, scanString)
}

func (e *erasing) person() error {
	var own []string
	for _, id := range e.out.People {
		theirs, err := e.t.ids(`SELECT id FROM conversation WHERE person_id = $1 ORDER BY started_at, id`, id)
		if err != nil {
			return err
		}
		devices, err := e.t.ids(`SELECT id FROM device WHERE person_id = $1`, id)
		if err != nil {
			return err
		}
		own, e.out.Devices = append(own, theirs...), append(e.out.Devices, devices...)
		if err := e.unstop(id); err != nil {
			return err
		}
		if err := forgetName(watched{e.t}, id); err != nil {
			return fmt.Errorf("search: %w", err)
		}
	}
	if err := e.blobs(`SELECT blob FROM file WHERE by_id = $1`, e.out.People); err != nil {
		return err
	}
	if err := e.conversations(own); err != nil {
		return err
	}
	if err := e.remove(map[owner][]string{ofPerson: e.out.People, ofDevice: e.out.Devices}); err != nil {
		return err
	}
	for _, id := range e.out.People {
		if err := e.t.remember(chat.ErasedPerson, id); err != nil {
			return err
		}
	}
	e.forget()
	return nil
}

// conversations takes some away with all that belongs to them.
func (e *erasing) conversations(ids []string) error {
	var matters []string
	lasts := make([]int64, 0, len(ids))
	for _, id := range ids {
		last, err := e.end(id)
		if err != nil {
			return err
		}
		own, err := e.t.ids(`SELECT id FROM matter WHERE conversation_id = $1`, id)
		if err != nil {
			return err
		}
		if err := e.anonymous(id, own); err != nil {
			return err
		}
		if err := e.t.exec(`UPDATE tag SET uses = uses - 1 WHERE id IN (SELECT tag_id FROM conversation_tag WHERE conversation_id = $1)`, id); err != nil {
			return fmt.Errorf("tag: %w", err)
		}
		if err := forgetWords(watched{e.t}, id, 0); err != nil {
			return fmt.Errorf("search: %w", err)
		}
		lasts, matters = append(lasts, last), append(matters, own...)
	}
	if err := e.blobs(`SELECT blob FROM file WHERE conversation_id = $1`, ids); err != nil {
		return err
	}
	if err := e.remove(map[owner][]string{ofConversation: ids, ofMatter: matters}); err != nil {
		return err
	}
	for i, id := range ids {
		delete(e.t.conversations, id)
		if err := e.events(id, lasts[i]); err != nil {
			return err
		}
	}
	for _, m := range matters {
		delete(e.t.matters, m)
	}
	e.out.Conversations = ids
	return nil
}

// end says on the site's stream that a conversation is erased, in the only event
// of it that stays, and takes it out of the counters. It returns the number of the
// event before.
func (e *erasing) end(id string) (last int64, err error) {
	c, err := e.t.conversation(id)
	if err != nil {
		return 0, err
	}
	head, err := e.t.head(c.SiteID)
	if err != nil {
		return 0, err
	}
	head.tally(c, -1)
	last = c.Seq
	return last, e.t.Append(c, &chat.Event{Type: chat.ConversationErased, At: e.t.now, By: chat.BySystem})
}

// remove deletes the rows that belong to these, in the order of theirs.
func (e *erasing) remove(of map[owner][]string) error {
	for _, r := range theirs {
		for _, id := range of[r.of] {
			if err := e.t.exec(r.query(), id); err != nil {
				return fmt.Errorf("%s: %w", r.table, err)
			}
		}
	}
	return nil
}

// events deletes the events up to last, and leaves to later steps what has no
// room in this transaction.
func (e *erasing) events(conversationID string, last int64) error {
	now := min(last, e.room)
	e.room -= now
	if err := e.t.exec(eraseEvents, conversationID, 0, now); err != nil || now == last {
		return err
	}
	return e.t.exec(`INSERT INTO erasure_rest (conversation_id, gone, last) VALUES ($1,$2,$3)`, conversationID, now, last)
}

const eraseEvents = `DELETE FROM event WHERE conversation_id = $1 AND seq > $2 AND seq <= $3`

// anonymous gives the facts of a conversation and its matters ids that lead
// nowhere: what belongs together still does.
func (e *erasing) anonymous(conversationID string, matters []string) error {
	for _, m := range matters {
		if err := e.t.exec(`UPDATE fact SET matter_id = $1 WHERE conversation_id = $2 AND matter_id = $3`, chat.NewID(), conversationID, m); err != nil {
			return fmt.Errorf("fact: %w", err)
		}
	}
	nowhere := chat.NewID()
	if err := e.t.exec(`UPDATE fact SET conversation_id = $1 WHERE conversation_id = $2`, nowhere, conversationID); err != nil {
		return fmt.Errorf("fact: %w", err)
	}
	return e.t.eraseRelays(conversationID, nowhere)
}

// blobs notes the bytes behind files that are about to go; which of them nothing
// else leads to is asked when they are deleted.
func (e *erasing) blobs(query string, ids []string) error {
	for _, id := range ids {
		names, err := e.t.ids(query, id)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := e.t.exec(`INSERT INTO erased_blob (blob) VALUES ($1) ON CONFLICT DO NOTHING`, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// unstop forgets that an address is not asked how it was and gets no copies, unless somebody else on
// the site has it, or whoever has it may have typed somebody else's: that one's no still stands. So does
// the no to copies of a mailbox of which the address is only one: nobody knows who said it.
func (e *erasing) unstop(personID string) error {
	p, err := personByID(e.t.q, personID)
	if err != nil || !p.EmailSigned() {
		return err
	}
	with, err := e.t.ids(`SELECT id FROM person WHERE site_id = $1 AND email = $2 AND email <> ''`, p.SiteID, p.Email)
	if err != nil {
		return err
	}
	for _, id := range with {
		if !slices.Contains(e.out.People, id) {
			return nil
		}
	}
	if p.Email == chat.Mailbox(p.Email) {
		if err := e.t.exec(`DELETE FROM transcript_stop WHERE site_id = $1 AND address_hash = $2`, p.SiteID, e.t.w.s.seal.address(p.SiteID, p.Email)); err != nil {
			return err
		}
	}
	return e.t.exec(`DELETE FROM survey_stop WHERE site_id = $1 AND address_hash = $2`, p.SiteID, chat.HashSecret(p.Email))
}

// forget drops what the writer holds in memory.
func (e *erasing) forget() {
	e.t.changedAll()
}

func (t *tx) RememberErasure(e *chat.Erasure) error { return t.remember(e.Kind, e.ID) }

func (t *tx) remember(kind chat.ErasureKind, id string) error {
	return t.exec(`INSERT INTO erasure (object_id, kind, at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, id, kind, t.now)
}
