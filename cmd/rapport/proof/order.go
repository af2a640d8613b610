package proof

// checkOrder wants the logs of any two readers of a conversation to be prefixes
// of one order: event by event among readers of the same sort, and message by
// message between visitors and agents.
func checkOrder(readings []Reading) []Fault {
	var faults []Fault
	reference := map[string]map[Wire]*Reading{}
	for i := range readings {
		r := &readings[i]
		if r.MessagesOnly {
			continue
		}
		byWire := reference[r.Conversation]
		if byWire == nil {
			byWire = map[Wire]*Reading{}
			reference[r.Conversation] = byWire
		}
		if best := byWire[r.Wire]; r.From == 0 && (best == nil || len(r.Events) > len(best.Events)) {
			byWire[r.Wire] = r
		}
	}
	for i := range readings {
		r := &readings[i]
		if ref := reference[r.Conversation][r.Wire]; ref != nil && ref != r {
			faults = append(faults, compare(ref, r)...)
		}
	}
	for _, byWire := range reference {
		if team, person := byWire[ByTeam], byWire[ByPerson]; team != nil && person != nil {
			faults = append(faults, comparePublic(team, person)...)
		}
	}
	return faults
}

// compare wants r to agree with ref at every number that both have.
func compare(ref, r *Reading) []Fault {
	at := make(map[int64]Seen, len(ref.Events))
	for _, e := range ref.Events {
		at[e.Seq] = e
	}
	for _, e := range r.Events {
		if known, ok := at[e.Seq]; ok && (known.Type != e.Type || known.MessageID != e.MessageID) {
			return []Fault{fault(OtherOrder, "%s has %s %s at %d of %s, %s has %s %s",
				r.Reader, e.Type, e.MessageID, e.Seq, r.Conversation, ref.Reader, known.Type, known.MessageID)}
		}
	}
	return nil
}

// comparePublic wants the messages that both sides see in one order.
func comparePublic(team, person *Reading) []Fault {
	a, b := publicMessages(team), publicMessages(person)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return []Fault{fault(OtherOrder, "message %d of %s: %s has %s, %s has %s",
				i+1, team.Conversation, team.Reader, a[i], person.Reader, b[i])}
		}
	}
	return nil
}

func publicMessages(r *Reading) []string {
	var ids []string
	for _, e := range r.Events {
		if e.Type == "message.posted" {
			ids = append(ids, e.MessageID)
		}
	}
	return ids
}
