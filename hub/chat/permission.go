package chat

import (
	"math/bits"
	"slices"
)

// Permission is one thing that somebody who answers may do. The words are stored
// and stand in the protocol: one is never given another meaning.
type Permission string

const (
	ReadConversations Permission = "conversation.read"      // see conversations, customers and promises; colleagues anybody sees
	AnswerCustomers   Permission = "conversation.answer"    // write, take, close; cards, promises, complaints, files
	TakeOver          Permission = "conversation.take_over" // put back what a colleague has
	OverseeComplaints Permission = "complaint.oversee"      // see all of them, and give up a follow-up
	GiveGrants        Permission = "grant.give"             // goodwill and decisions within one's limits, and asking above them
	DecideGrants      Permission = "grant.decide"           // answer what agents ask, and see what everybody gave
	ChangePeople      Permission = "person.change"          // what is known of a customer, and notes of one's own
	RemoveNotes       Permission = "note.remove"            // that a colleague wrote about a customer
	SensitiveNotes    Permission = "note.sensitive"         // write and read what a customer agreed to have noted of a delicate kind
	MergePeople       Permission = "person.merge"           // bring two profiles of one customer together, and apart again
	ErasePeople       Permission = "person.erase"           // a customer with all that is known of them
	MakeTags          Permission = "tag.make"               // a new one, while tagging
	KeepTags          Permission = "tag.keep"               // rename, merge and delete them
	OwnTemplates      Permission = "template.own"           // keep personal templates
	ChangeTemplates   Permission = "template.change"        // those of teams and of the whole site
	ShareViews        Permission = "view.share"             // keep searches for the whole team
	ChangeGuide       Permission = "guide.change"           // prompts, answers, standards, and bringing a file in
	SetAuthority      Permission = "authority.change"       // what may be given on a site; whoever sets it has no limits
	ManagePeople      Permission = "people.manage"          // colleagues, invitations, roles, teams, absences
	ChangeSite        Permission = "site.change"            // settings of a site
	ManageKeys        Permission = "key.manage"             // identity secrets and API keys
	ReadReports       Permission = "report.read"            // measures of everybody's work
	ReadAudit         Permission = "audit.read"             // who changed what
	SetSecurity       Permission = "security.change"        // who must sign in with a second step
)

// Permissions are all there are, in the order in which a role shows them.
var Permissions = []Permission{
	ReadConversations, AnswerCustomers, TakeOver, OverseeComplaints, GiveGrants, DecideGrants, ChangePeople, RemoveNotes, SensitiveNotes, MergePeople, ErasePeople,
	MakeTags, KeepTags,
	OwnTemplates, ChangeTemplates, ShareViews, ChangeGuide, SetAuthority, ManagePeople, ChangeSite, ManageKeys, ReadReports, ReadAudit, SetSecurity,
}

// Rights is a set of permissions: a bit for each, in the order of Permissions. It
// is never stored; Words are.
type Rights uint32

// RightsOf is the set of these permissions.
func RightsOf(list ...Permission) Rights {
	var r Rights
	for _, p := range list {
		if i := slices.Index(Permissions, p); i >= 0 {
			r |= 1 << i
		}
	}
	return r
}

// ParseRights is the set of these words, or a Failure about the first that is none.
func ParseRights(words []string) (Rights, error) {
	var r Rights
	for _, word := range words {
		one := RightsOf(Permission(word))
		if one == 0 {
			return 0, FailField("permissions", "%q is not a permission.", CleanLine(word, MaxKey))
		}
		r |= one
	}
	return r, nil
}

// Has reports whether p is in the set.
func (r Rights) Has(p Permission) bool { return r&RightsOf(p) != 0 }

// Covers reports whether all of other is in the set.
func (r Rights) Covers(other Rights) bool { return r&other == other }

// Count is how many permissions there are in the set.
func (r Rights) Count() int { return bits.OnesCount32(uint32(r)) }

// List is the set in the order of Permissions.
func (r Rights) List() []Permission {
	list := []Permission{}
	for i, p := range Permissions {
		if r&(1<<i) != 0 {
			list = append(list, p)
		}
	}
	return list
}
