package visitors

import "rapport/hub/chat"

// What has become of an invitation.
const (
	Sent     = "sent"     // it waits for the page to ask
	Shown    = "shown"    // it stands on the page
	Answered = "answered" // they opened the chat
	Declined = "declined" // they closed it, which counts for the whole visit
)

// Invitation is a short word of an agent's, or of a rule of the site's, to somebody who
// looks around.
type Invitation struct {
	AgentID string // "" where a rule invites
	RuleID  string // "" where an agent does
	Rule    string // the rule's name
	From    string // the agent's name, or the site's
	Text    string
	Token   string // by which the page says that a rule's is answered
	State   string // "" for no invitation
}

// waits reports whether a page is to show it.
func (i *Invitation) waits() bool { return i.State == Sent || i.State == Shown }

// Invite sends an agent's invitation to a visitor, one in a visit; a rule's that no page
// has shown yet gives way. NotFound where the visit is over, Conflict where they were
// invited already, or have a conversation to write in.
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
	case v.Invitation.State != "" && !v.Invitation.givesWay():
		return chat.Fail(chat.Conflict, "They were invited in this visit already.")
	case v.Known.ConversationID != "":
		return chat.Fail(chat.Conflict, "They have a conversation. Write to them there.")
	}
	p.invite(v, i)
	return nil
}

// givesWay reports whether an agent's word may take its place.
func (i *Invitation) givesWay() bool { return i.RuleID != "" && i.State == Sent }

func (p *place) invite(v *Visit, i Invitation) {
	i.State = Sent
	p.held += len(i.Text) - len(v.Invitation.Text)
	v.Invitation = i
	p.touch(v)
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
// answered or declined stays so. It returns the invitation as it is now; news is false
// where that was known before, or there is none.
func (l *List) Say(siteID, key, state string) (i Invitation, news bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil {
		return Invitation{}, false
	}
	v := p.byKey[key]
	if v == nil || !v.Invitation.waits() || v.Invitation.State == state {
		return Invitation{}, false
	}
	v.Invitation.State = state
	if state == Declined && !v.near && len(p.declined) < maxVisits {
		p.declined[v.network] = l.clock()
	}
	p.touch(v)
	return v.Invitation, true
}
