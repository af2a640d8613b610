package chat

import "slices"

// EraseReason says why a customer was erased. The audit log holds no words of
// anybody's, so that it is one of a closed list.
type EraseReason string

const (
	EraseAsked    EraseReason = "asked"    // the customer wants it
	EraseUnneeded EraseReason = "unneeded" // nothing of it is needed any more
	EraseMistaken EraseReason = "mistaken" // a test, spam, or somebody else's data
	EraseByThem   EraseReason = "by_them"  // the customer did it themselves
	EraseByAge    EraseReason = "by_age"   // the site keeps nothing that long
	EraseAgain    EraseReason = "again"    // a backup from before was restored
)

// EraseReasons are those that an agent may give.
var EraseReasons = []EraseReason{EraseAsked, EraseUnneeded, EraseMistaken}

// CheckEraseReason refuses what is no agent's reason.
func CheckEraseReason(r EraseReason) error {
	if !slices.Contains(EraseReasons, r) {
		return FailField("reason", "Say why: asked, unneeded or mistaken.")
	}
	return nil
}

// Erased says what an erasing took away, by ids.
type Erased struct {
	SiteID        string
	People        []string // all profiles of the customer; none where only conversations went
	Devices       []string
	Conversations []string
}

// Erasure is what is remembered of an erasing, so that it is done again after a
// backup from before it was restored.
type Erasure struct {
	Kind ErasureKind
	ID   string // of a profile, or of a conversation that went alone
	At   Time
}

// ErasureKind says what an erasure's id is of.
type ErasureKind string

const (
	ErasedPerson       ErasureKind = "person"
	ErasedConversation ErasureKind = "conversation"
)

// PrivacyTx erases. Whatever it takes away is gone with the commit, whole: no
// reader ever finds half of it.
type PrivacyTx interface {
	// ErasePerson takes away a customer on all profiles that were merged into
	// theirs, with everything that is theirs; ErrNotFound if there is none.
	ErasePerson(id string) (*Erased, error)
	// EraseProfile takes away one profile that stands alone, and nobody who leads to it;
	// ErrNotFound if there is none.
	EraseProfile(id string) (*Erased, error)
	// EraseConversation takes away one conversation and leaves its customer.
	EraseConversation(id string) (*Erased, error)
	// Aged returns conversations of a site that were closed before a time, the one that was
	// closed first first. What is still open in one keeps it: a promise, a complaint, a
	// follow-up, a question of an agent's.
	Aged(siteID string, before Time, limit int) ([]string, error)
	// IsAged reports whether a conversation is one of them now.
	IsAged(id string, before Time) (bool, error)
	// RememberErasure notes one of another database, of which this one holds nothing.
	RememberErasure(e *Erasure) error
}
