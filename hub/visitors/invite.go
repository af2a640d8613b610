package visitors

import "rapport/hub/chat"

// What has become of an invitation.
const (
	Sent     = "sent"     // it waits for the page to ask
	Shown    = "shown"    // it stands on the page
	Answered = "answered" // they opened the chat
	Declined = "declined" // they closed it, which counts for the whole visit
)

// Invitation is a short word of an agent's to somebody who looks around.
type Invitation struct {
	AgentID string
	From    string // the agent's name
	Text    string
	State   string // "" for no invitation
}

// waits reports whether a page is to show it.
func (i *Invitation) waits() bool { return i.State == Sent || i.State == Shown }

// Invite sends an invitation to a visitor, one in a visit. NotFound where the visit is
// over, Conflict where they were invited already, or have a conversation to write in.
func (l *List) Invite(siteID, id string, i Invitation) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil {
		return chat.ErrNotFound
	}
	v := p.byID[id]
	switch {
	case v == nil || v.left > 0 || v.over(l.clock()):
		return chat.ErrNotFound
	case v.Invitation.State != "":
		return chat.Fail(chat.Conflict, "They were invited in this visit already.")
	case v.Known.ConversationID != "":
		return chat.Fail(chat.Conflict, "They have a conversation. Write to them there.")
	}
	i.State = Sent
	v.Invitation = i
	p.held += len(i.Text)
	p.touch(v)
	return nil
}

// Waiting is the invitation that a page is to show, zero for none.
func (l *List) Waiting(siteID, key string) Invitation {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.sites[siteID]; p != nil {
		if v := p.byKey[key]; v != nil && v.Invitation.waits() {
			return v.Invitation
		}
	}
	return Invitation{}
}

// Say notes what has become of an invitation: Shown, Answered or Declined. What was
// answered or declined stays so.
func (l *List) Say(siteID, key, state string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil {
		return
	}
	if v := p.byKey[key]; v != nil && v.Invitation.waits() && v.Invitation.State != state {
		v.Invitation.State = state
		p.touch(v)
	}
}
