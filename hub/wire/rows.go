package wire

import "rapport/hub/chat"

// Row is a list row on the team's wire: a whole snapshot.
type Row struct {
	ID           string          `json:"id"`
	SiteID       string          `json:"site_id"`
	Channel      string          `json:"channel,omitempty"` // absent for a chat
	State        chat.State      `json:"state"`
	Person       rowPerson       `json:"person"`
	Assignee     *chat.AgentCard `json:"assignee"`
	Step         chat.Step       `json:"step"`
	Last         lastTeam        `json:"last"`
	Unread       int64           `json:"unread"`
	WaitingSince chat.Time       `json:"waiting_since"`
	Rank         int64           `json:"rank"`
	Seq          int64           `json:"seq"`
	// SnoozedUntil: it sleeps until then; absent while it does not.
	SnoozedUntil chat.Time `json:"snoozed_until,omitempty"`
	// PutBack: an agent put it back among the unread, or it woke by itself.
	PutBack bool           `json:"put_back,omitempty"`
	Tags    []chat.TagCard `json:"tags,omitempty"`
	// Complaint: it was read as one, or its track is open; absent for neither.
	Complaint chat.ComplaintMark `json:"complaint,omitempty"`
	// OfferedTo: the agent whose turn it is; absent for nobody.
	OfferedTo string `json:"offered_to,omitempty"`
	// Guests: who answers beside the assignee, in the order in which they joined; absent for nobody.
	Guests []string `json:"guests,omitempty"`
	// Public: everybody may read along where it is held.
	Public bool `json:"public,omitempty"`
	// MergedInto: the conversation that it goes on in; absent for none.
	MergedInto string `json:"merged_into,omitempty"`
	// SplitFrom: the chat beside which it is worked on; absent for what is no aside.
	SplitFrom string `json:"split_from,omitempty"`
}

type rowPerson struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Verified bool   `json:"verified"`
}

type lastTeam struct {
	By   chat.Kind        `json:"by"`
	Kind chat.MessageKind `json:"kind"`
	Text string           `json:"text"`
	At   chat.Time        `json:"at"`
}

// NewRow shows r.
func NewRow(r *chat.Row) Row {
	w := Row{
		ID: r.ID, SiteID: r.SiteID, State: r.State,
		Person: rowPerson{r.PersonID, r.PersonName, r.PersonVerified},
		Step:   r.Step,
		Last:   lastTeam{r.LastBy, r.LastKind, r.LastText, r.LastAt},
		Unread: r.Unread, WaitingSince: r.WaitingSince, Rank: r.Rank(), Seq: r.Seq, Complaint: r.Complaint,
		SnoozedUntil: r.SnoozedUntil, PutBack: r.PutBack, Tags: r.Tags, OfferedTo: r.OfferedTo, Guests: r.Guests.List(), Public: r.InPublic, MergedInto: r.MergedInto,
	}
	if r.Channel != chat.ChannelChat {
		w.Channel = r.Channel
	}
	if r.Channel == chat.ChannelAside {
		w.SplitFrom = r.PreviousID
	}
	if r.Assignee.ID != "" {
		a := r.Assignee
		w.Assignee = &a
	}
	return w
}

// NewRows shows a list of rows, never nil.
func NewRows(rows []chat.Row) []Row {
	out := make([]Row, 0, len(rows))
	for i := range rows {
		out = append(out, NewRow(&rows[i]))
	}
	return out
}

type rowsFrame struct {
	Type    string      `json:"type"`
	SiteID  string      `json:"site_id"`
	From    int64       `json:"from"`
	SiteSeq int64       `json:"site_seq"`
	Rows    []Row       `json:"rows"`
	Counts  chat.Counts `json:"counts"`
}

// Rows encodes changed rows of a site's lists. from is the site_seq that the
// frame before it ended with.
func Rows(siteID string, from, siteSeq int64, rows []chat.Row, counts chat.Counts) []byte {
	return Encode(rowsFrame{"rows", siteID, from, siteSeq, NewRows(rows), counts})
}

// Marks tell how far each side has got, in the numbers of one audience.
type Marks struct {
	PersonDelivered int64 `json:"person_delivered"`
	PersonRead      int64 `json:"person_read"`
	AgentDelivered  int64 `json:"agent_delivered"`
	AgentRead       int64 `json:"agent_read"`
}

// TeamMarks counts as agents count.
func TeamMarks(m chat.Marks) Marks {
	return Marks{m.PersonDelivered, m.PersonRead, max(m.AgentDelivered, m.AgentRead), m.AgentRead}
}

// PublicMarks counts as visitors count.
func PublicMarks(m chat.Marks) Marks {
	return Marks{m.PersonDeliveredPublic, m.PersonReadPublic, max(m.AgentDeliveredPublic, m.AgentReadPublic), m.AgentReadPublic}
}

// VisitorConversation is a conversation in its customer's list.
type VisitorConversation struct {
	ID     string          `json:"id"`
	State  chat.State      `json:"state"`
	Agent  *chat.AgentCard `json:"agent"`
	Last   lastPublic      `json:"last"`
	Unread int64           `json:"unread"`
	Seq    int64           `json:"seq"`
	Marks  Marks           `json:"marks"`
}

type lastPublic struct {
	By   chat.Kind `json:"by"`
	Text string    `json:"text"`
	At   chat.Time `json:"at"`
}

// NewVisitorConversation shows r to its customer. Notes never become the last
// word of a conversation, so LastText is safe here.
func NewVisitorConversation(r *chat.Row) VisitorConversation {
	w := VisitorConversation{
		ID: r.ID, State: r.PublicState(), Last: lastPublic{r.LastBy, r.LastText, r.LastAt},
		Unread: r.UnreadPublic, Seq: r.PublicSeq, Marks: PublicMarks(r.Marks),
	}
	if r.Assignee.ID != "" {
		a := r.Assignee
		w.Agent = &a
	}
	return w
}
