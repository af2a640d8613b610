package wire

import "rapport/hub/chat"

// Stage is one stage of a complaint on the team's wire.
type Stage struct {
	Stage chat.Stage       `json:"stage"`
	State chat.PromptState `json:"state"`
	By    chat.Kind        `json:"by"`
	Cause string           `json:"cause"`
	Why   string           `json:"why"`
	At    chat.Time        `json:"at"`
}

// Complaint is a complaint's track on the team's wire, with all seven stages.
type Complaint struct {
	ID             string          `json:"id"`
	ConversationID string          `json:"conversation_id"`
	MatterID       string          `json:"matter_id"`
	State          chat.TrackState `json:"state"`
	Stage          chat.Stage      `json:"stage"`
	Stages         []Stage         `json:"stages"`
	Hard           bool            `json:"hard"`
	Expectation    string          `json:"expectation"`
	Solution       string          `json:"solution"`
	Confirmation   string          `json:"confirmation"`
	RootCause      string          `json:"root_cause"`
	CauseWords     string          `json:"cause_words"`
	CauseSkipped   string          `json:"cause_skipped"`
	FollowUpAt     chat.Time       `json:"follow_up_at"`
	FollowUpID     string          `json:"follow_up_id"`
	OpenedBy       chat.AgentCard  `json:"opened_by"`
	OpenedAt       chat.Time       `json:"opened_at"`
	EndedAt        chat.Time       `json:"ended_at"`
}

// NewComplaint shows a track.
func NewComplaint(t *chat.Track) *Complaint {
	w := &Complaint{
		ID: t.ID, ConversationID: t.ConversationID, MatterID: t.MatterID, State: t.State, Stage: t.Stage(), Hard: t.Hard,
		Expectation: t.Expectation, Solution: t.Solution, Confirmation: t.Confirmation,
		RootCause: t.RootCause, CauseWords: t.CauseWords, CauseSkipped: t.CauseSkipped,
		FollowUpAt: t.FollowUpAt, FollowUpID: t.FollowUpID, OpenedBy: t.OpenedBy, OpenedAt: t.OpenedAt, EndedAt: t.EndedAt,
	}
	for _, s := range chat.Stages {
		m := t.Mark(s)
		w.Stages = append(w.Stages, Stage{m.Stage, m.State, m.By, m.Cause, m.Why, m.At})
	}
	return w
}

// ComplaintRow is a complaint in the supervisors' list: whose it is, who has it,
// and what is due next.
type ComplaintRow struct {
	*Complaint
	Person  rowPerson       `json:"person"`
	Holder  *chat.AgentCard `json:"holder"`
	Closed  bool            `json:"closed"`
	NextDue chat.Time       `json:"next_due"`
}

// NewComplaintRow shows a track in the list; holder is zero while nobody has the
// conversation, and next while nothing is promised in it.
func NewComplaintRow(t *chat.Track, personID, name string, verified bool, holder chat.AgentCard, closed bool, next chat.Time) ComplaintRow {
	r := ComplaintRow{NewComplaint(t), rowPerson{personID, name, verified}, nil, closed, next}
	if holder.ID != "" {
		r.Holder = &holder
	}
	return r
}
