package chat

// TemplateUse is a reply that started from a template, and what came after it. It
// names no agent: it tells how well words work, never how well somebody does.
type TemplateUse struct {
	ConversationID string
	Seq            int64 // of the reply within its conversation
	SiteID         string
	MatterID       string
	TemplateID     string
	Version        int64  // of the template
	Reworded       bool   // its words were changed before they went out
	Ended          bool   // the conversation was closed after it
	Answered       bool   // and the customer had written after it
	Accepted       bool   // a proposal of its matter was accepted after it
	Reopened       bool   // the customer opened the conversation again
	Solved         Solved // the customer's word at the end of it, "" for none
	Past           bool   // opened again since: what is said from now on is about other replies
	At             Time
}

// MaxOtherTemplates bounds the templates of one reply beside the last.
const MaxOtherTemplates = 4

// MaxOpenUses bounds the uses of one conversation that are followed at a time; of
// more, the latest are.
const MaxOpenUses = 100

// Outcome counts what came after replies that started from a template.
type Outcome struct {
	Uses     int64 `json:"uses"`
	Ended    int64 `json:"ended"`    // of Uses: the conversation was closed since
	Answered int64 `json:"answered"` // of Ended
	Accepted int64 `json:"accepted"` // of Uses
	Reopened int64 `json:"reopened"` // of Ended
	Solved   int64 `json:"solved"`   // the customer said yes
	Unsolved int64 `json:"unsolved"` // the customer said not yet
}

// Outcome is what one use counts for.
func (u *TemplateUse) Outcome() Outcome {
	return Outcome{1, bit(u.Ended), bit(u.Answered), bit(u.Accepted), bit(u.Reopened), bit(u.Solved == SolvedYes), bit(u.Solved == SolvedNotYet)}
}

// Add returns o with times of p added.
func (o Outcome) Add(p Outcome, times int64) Outcome {
	return Outcome{
		o.Uses + times*p.Uses, o.Ended + times*p.Ended, o.Answered + times*p.Answered, o.Accepted + times*p.Accepted,
		o.Reopened + times*p.Reopened, o.Solved + times*p.Solved, o.Unsolved + times*p.Unsolved,
	}
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
