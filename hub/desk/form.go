package desk

import (
	"maps"
	"time"

	"rapport/hub/chat"
)

// fillIn takes in what a customer wrote into the form before the first message of a
// conversation, and refuses one that came without a form it needed. Whom the site
// vouches for is asked nothing, and nobody the same twice.
func (d *Desk) fillIn(tx chat.Tx, c *chat.Conversation, who chat.Actor, name *chat.AgentCard, a *chat.FormAnswer) error {
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	person, err := profile(tx, who.ID)
	if err != nil {
		return err
	}
	form := &site.Form
	if a == nil {
		return needsNone(tx, form, person)
	}
	said, err := form.Read(a)
	if err != nil {
		return err
	}
	consent, err := form.Agreed(a)
	if err != nil {
		return err
	}
	if consent != "" {
		said[chat.ConsentKey] = tx.Now().Std().UTC().Format(time.RFC3339) + " " + consent
	}
	before := *person
	change := answersOf(said)
	if err := apply(person, who, PersonChange{Name: change.Name, Email: change.Email}); err != nil {
		return err
	}
	person.Attributes = chat.LayAnswers(person.Attributes, change.Attributes)
	given := chat.FormGiven{PersonID: person.ID, Form: form.Version(), Consent: consent, Link: form.Link}
	if err := tx.SaveFormGiven(&given); err != nil {
		return err
	}
	// The profile tells the conversation that is open, which must be there for it.
	if err := tx.SaveConversation(c); err != nil {
		return err
	}
	name.Name = person.Name
	if err := d.savePerson(tx, person, &before, who, *name); err != nil {
		return err
	}
	told, err := tx.Conversation(c.ID)
	if err == nil {
		*c = *told
	}
	return err
}

func needsNone(tx chat.Tx, form *chat.Form, person *chat.Person) error {
	if !form.Ask || person.Verified {
		return nil
	}
	given, err := tx.FormGiven(person.ID, form.Version())
	if err != nil || given {
		return err
	}
	return chat.FailField("form", "Before the first message this site asks for a few things.")
}

// answersOf parts name and address from what is kept as attributes.
func answersOf(said map[string]string) PersonChange {
	change := PersonChange{Attributes: maps.Clone(said)}
	for key, to := range map[string]**string{"name": &change.Name, "email": &change.Email} {
		if v, ok := said[key]; ok {
			*to = &v
			delete(change.Attributes, key)
		}
	}
	return change
}
