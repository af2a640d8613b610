package proof

// Check compares what clients were told with what readers saw, and returns
// every broken promise.
func Check(h History) []Fault {
	sent := outcomes(h.Records)
	var faults []Fault
	for i := range h.Readings {
		r := &h.Readings[i]
		faults = append(faults, checkNumbers(r)...)
		faults = append(faults, checkOnce(r)...)
		faults = append(faults, checkEntitled(r, h.Owners)...)
		faults = append(faults, checkSent(r, sent)...)
	}
	return append(faults, checkOrder(h.Readings)...)
}

// key names a message as its author does.
type key struct{ conversation, author, client string }

// outcome sums up all attempts to post one message.
type outcome struct {
	acks    []Record
	maybe   bool // some attempt ended without an answer
	refused bool
}

// outcomes folds the records. An invoke without an answer (the client itself
// ended) counts as unknown.
func outcomes(records []Record) map[key]*outcome {
	sent := map[key]*outcome{}
	pending := map[key]int{}
	for _, r := range records {
		k := key{r.Conversation, r.Author, r.ClientID}
		o := sent[k]
		if o == nil {
			o = &outcome{}
			sent[k] = o
		}
		switch r.Op {
		case Invoke:
			pending[k]++
			continue
		case Ack:
			o.acks = append(o.acks, r)
		case Unknown:
			o.maybe = true
		case Refused:
			o.refused = true
		}
		pending[k]--
	}
	for k, n := range pending {
		if n > 0 {
			sent[k].maybe = true
		}
	}
	return sent
}

// checkNumbers wants 1, 2, 3 … of live logs and rising numbers of pages.
func checkNumbers(r *Reading) []Fault {
	var faults []Fault
	last := r.From
	for _, e := range r.Events {
		switch {
		case e.Seq <= last:
			faults = append(faults, fault(Repeat, "%s: %d after %d in %s", r.Reader, e.Seq, last, r.Conversation))
		case !r.MessagesOnly && e.Seq != last+1:
			faults = append(faults, fault(Gap, "%s: %d after %d in %s", r.Reader, e.Seq, last, r.Conversation))
		}
		if !r.MessagesOnly && e.Prev != e.Seq-1 {
			faults = append(faults, fault(WrongPrev, "%s: %d says %d came before it in %s", r.Reader, e.Seq, e.Prev, r.Conversation))
		}
		last = max(last, e.Seq)
	}
	return faults
}

// checkOnce wants every message of an author's client at most once.
func checkOnce(r *Reading) []Fault {
	var faults []Fault
	byClient, byID := map[key]bool{}, map[string]bool{}
	for _, e := range r.Events {
		if e.MessageID == "" {
			continue
		}
		k := key{r.Conversation, e.Author, e.ClientID}
		if byClient[k] || byID[e.MessageID] {
			faults = append(faults, fault(Doubled, "%s: %s of %s in %s", r.Reader, e.ClientID, e.Author, r.Conversation))
		}
		byClient[k], byID[e.MessageID] = true, true
	}
	return faults
}

// publicTypes are the events that a visitor may see; all others are the team's.
var publicTypes = map[string]bool{
	"conversation.started": true, "message.posted": true, "conversation.taken": true,
	"conversation.closed": true, "conversation.reopened": true,
}

// checkEntitled wants a person to see only their own conversations, and of
// those nothing that belongs to the team.
func checkEntitled(r *Reading, owners map[string]string) []Fault {
	if r.Wire != ByPerson {
		return nil
	}
	var faults []Fault
	if owner, ok := owners[r.Conversation]; len(r.Events) > 0 && (!ok || owner != r.Principal) {
		faults = append(faults, fault(NotEntitled, "%s read %s, which is %s's", r.Reader, r.Conversation, owner))
	}
	for _, e := range r.Events {
		if !publicTypes[e.Type] || e.Kind == "note" {
			faults = append(faults, fault(NotEntitled, "%s was shown %s %s in %s", r.Reader, e.Type, e.Kind, r.Conversation))
		}
	}
	return faults
}

// checkSent compares a reading with the attempts to post.
func checkSent(r *Reading, sent map[key]*outcome) []Fault {
	var faults []Fault
	at := map[key]Seen{}
	for _, e := range r.Events {
		if e.MessageID == "" || e.Kind == "auto" {
			continue
		}
		k := key{r.Conversation, e.Author, e.ClientID}
		at[k] = e
		switch o := sent[k]; {
		case o == nil:
			faults = append(faults, fault(Invented, "%s: %s by %s in %s", r.Reader, e.ClientID, e.Author, r.Conversation))
		case o.refused && !o.maybe && len(o.acks) == 0:
			faults = append(faults, fault(RefusedPresent, "%s: %s by %s in %s", r.Reader, e.ClientID, e.Author, r.Conversation))
		}
	}
	if !r.Complete {
		return faults
	}
	for k, o := range sent {
		if k.conversation == r.Conversation {
			faults = append(faults, checkAcks(r, k, o, at)...)
		}
	}
	return faults
}

// checkAcks wants an acknowledged message in a complete reading, with the id
// that every acknowledgement named and, on the author's own wire, its number.
func checkAcks(r *Reading, k key, o *outcome, at map[key]Seen) []Fault {
	var faults []Fault
	for _, ack := range o.acks {
		e, ok := at[k]
		switch {
		case !ok && ack.Private && r.Wire == ByPerson:
		case !ok:
			faults = append(faults, fault(AckedMissing, "%s: %s by %s in %s", r.Reader, k.client, k.author, k.conversation))
		case e.MessageID != ack.MessageID, ack.Wire == r.Wire && e.Seq != ack.Seq:
			faults = append(faults, fault(AckedMoved, "%s: %s acknowledged as %s at %d, read as %s at %d",
				r.Reader, k.client, ack.MessageID, ack.Seq, e.MessageID, e.Seq))
		}
	}
	return faults
}
