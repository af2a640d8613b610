package proof

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"rapport/cmd/rapport/bench/drive"
)

// page is what both doors answer about a stretch of a conversation.
type page struct {
	Messages []drive.Message `json:"messages"`
	More     bool            `json:"more"`
	Seq      int64           `json:"seq"`
}

// TeamPages reads a whole conversation over the console's HTTP interface, and
// returns its head.
func TeamPages(ctx context.Context, a *drive.Account, conversation string) (Reading, int64, error) {
	r := Reading{Reader: "agent, pages at the end", Wire: ByTeam, Principal: a.AgentID, Conversation: conversation}
	at := "/v1/console/conversations/" + conversation
	return readPages(r, func(before int64) (page, error) {
		var p page
		path := at
		if before > 0 {
			path = fmt.Sprintf("%s/messages?before=%d", at, before)
		}
		return p, a.Call(ctx, http.MethodGet, path, nil, &p)
	})
}

// PersonPages reads a whole conversation over the widget's HTTP interface, and
// returns its public head.
func PersonPages(ctx context.Context, v *drive.Visitor, conversation string) (Reading, int64, error) {
	r := Reading{Reader: "visitor, pages at the end", Wire: ByPerson, Principal: v.PersonID, Conversation: conversation}
	return readPages(r, func(before int64) (page, error) {
		var p page
		path := "/v1/widget/conversations/" + conversation + "/messages"
		if before > 0 {
			path += fmt.Sprintf("?before=%d", before)
		}
		return p, v.Call(ctx, http.MethodGet, path, nil, &p)
	})
}

// readPages walks from the newest page to the oldest; before is 0 first.
func readPages(r Reading, get func(before int64) (page, error)) (Reading, int64, error) {
	r.Complete, r.MessagesOnly = true, true
	var head, before int64
	for {
		p, err := get(before)
		if err != nil {
			return r, 0, fmt.Errorf("%s of %s: %w", r.Reader, r.Conversation, err)
		}
		if before == 0 {
			head = p.Seq
		}
		for _, m := range slices.Backward(p.Messages) {
			r.Events = append(r.Events, SeenOf(drive.Event{Seq: m.Seq, Type: messageEvent(m), Message: &m}))
		}
		if !p.More || len(p.Messages) == 0 {
			slices.Reverse(r.Events)
			return r, head, nil
		}
		before = p.Messages[0].Seq
	}
}

func messageEvent(m drive.Message) string {
	if m.Kind == "note" {
		return "note.posted"
	}
	return "message.posted"
}

// freshSpan is how far back a fresh socket asks: the server continues at most
// 1,000 events.
const freshSpan = 900

// Fresh reads the end of conversations over a socket that was never open
// before, from up to freshSpan events back until it has every head.
func Fresh(r Reading, open func(after map[string]int64) (*drive.Socket, error), heads map[string]int64) ([]Reading, error) {
	after, readings := map[string]int64{}, map[string]*Reading{}
	for id, head := range heads {
		one := r
		one.Reader, one.Conversation, one.From = "fresh socket at the end", id, max(0, head-freshSpan)
		after[id], readings[id] = one.From, &one
	}
	s, err := open(after)
	if err != nil {
		return nil, err
	}
	defer s.Leave()
	left := len(heads)
	for id, head := range heads {
		if head == after[id] {
			left--
		}
	}
	for left > 0 {
		f, _, err := s.Await("events", nil)
		if err != nil {
			return nil, fmt.Errorf("fresh socket, %d conversations short: %w", left, err)
		}
		one := readings[f.ConversationID]
		if one == nil {
			return nil, fmt.Errorf("fresh socket: events of %s, which was not asked for", f.ConversationID)
		}
		for _, e := range f.Events {
			one.Events = append(one.Events, SeenOf(e))
			if e.Seq == heads[f.ConversationID] {
				left--
			}
		}
	}
	var out []Reading
	for _, one := range readings {
		out = append(out, *one)
	}
	return out, nil
}
