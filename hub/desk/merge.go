package desk

import "rapport/hub/chat"

// blockCarried is why a known customer is blocked whom no colleague has blocked.
const blockCarried = "carried over by signing in from a blocked browser"

// merge lets an anonymous profile lead to a known customer, who was given these fields of
// it so far; what else goes over is noted, and for the caller to store. It returns the
// conversations, as they were, whose customer is another now or blocked by it: what
// the anonymous one was talking in, and what the known one is where a block goes over.
func merge(tx chat.Tx, anonymous *chat.Person, into string, given ...string) ([]chat.Conversation, error) {
	known, err := tx.Person(into)
	if err != nil {
		return nil, err
	}
	given = append(given, known.FillSigned(anonymous)...)
	touched, err := talking(tx, nil, anonymous.SiteID, anonymous.ID)
	if err != nil {
		return nil, err
	}
	if anonymous.Blocked() {
		if touched, err = carryBlock(tx, touched, anonymous, into); err != nil {
			return nil, err
		}
	}
	return touched, tx.MergePerson(&chat.Merge{FromID: anonymous.ID, IntoID: into, Filled: given})
}

// deviceBeside makes the device of a browser that was another customer's so far, who
// keeps theirs, for a person or with a new one, who is blocked where that customer is. It
// returns what they are talking in then.
func deviceBeside(tx chat.Tx, v Visit, was *chat.Person, personID string) (*chat.Device, []chat.Conversation, error) {
	device, err := newDevice(tx, v, personID)
	if err != nil || !was.Blocked() {
		return device, nil, err
	}
	touched, err := carryBlock(tx, nil, was, device.PersonID)
	return device, touched, err
}

// carryBlock blocks a customer as somebody is who used their browser before, and writes
// it down, unless they were blocked already; and adds what they are talking in.
func carryBlock(tx chat.Tx, touched []chat.Conversation, from *chat.Person, personID string) ([]chat.Conversation, error) {
	p, err := tx.Person(personID)
	if err != nil || p.Blocked() {
		return touched, err
	}
	p.BlockedAt = from.BlockedAt
	if err := tx.SavePerson(p); err != nil {
		return nil, err
	}
	if err := tx.Audit("", "person.blocked", p.ID, blockCarried); err != nil {
		return nil, err
	}
	return talking(tx, touched, p.SiteID, p.ID)
}

// talking adds the open conversation of a customer, if any.
func talking(tx chat.Tx, list []chat.Conversation, siteID, personID string) ([]chat.Conversation, error) {
	c, err := tx.LiveConversation(siteID, personID, chat.ChannelChat)
	if chat.Is(err, chat.NotFound) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	return append(list, *c), nil
}

// announce tells the team who the customer of these conversations turned out to be, by
// whom, unless a change of the profile has told them already.
func announce(tx chat.Tx, touched []chat.Conversation, p *chat.Person, who chat.Actor, name chat.AgentCard) error {
	for i := range touched {
		c, err := tx.Conversation(touched[i].ID)
		if err != nil {
			return err
		}
		if c.Seq > touched[i].Seq {
			continue
		}
		if err := updated(tx, c, p, who, name); err != nil {
			return err
		}
	}
	return nil
}
