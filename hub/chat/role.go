package chat

// Role of somebody who answers: one of the four that every installation has, or
// the id of one of its own.
type Role string

const (
	Owner      Role = "owner"
	Admin      Role = "admin"
	Supervisor Role = "supervisor"
	AgentRole  Role = "agent"
)

// rights of the four roles. Each has those of the one before; an owner has all,
// so that nothing can lock them out.
var rights = func() map[Role]Rights {
	agent := RightsOf(ReadConversations, AnswerCustomers, GiveGrants, ChangePeople, MakeTags, OwnTemplates)
	supervisor := agent | RightsOf(TakeOver, OverseeComplaints, DecideGrants, RemoveNotes, SensitiveNotes, MergePeople, KeepTags, ReadReports, ShareViews)
	admin := supervisor | RightsOf(ErasePeople, ChangeTemplates, ChangeGuide, SetAuthority, ManagePeople, ChangeSite, ManageKeys, ReadAudit)
	return map[Role]Rights{AgentRole: agent, Supervisor: supervisor, Admin: admin, Owner: RightsOf(Permissions...)}
}()

// BuiltIn reports whether r is one of the four roles.
func (r Role) BuiltIn() bool { return rights[r] != 0 }

// Rights of one of the four roles; none for one of the installation's own, whose
// rights come with the agent.
func (r Role) Rights() Rights { return rights[r] }

// OwnRole is a role that an installation makes from permissions.
type OwnRole struct {
	ID     string
	Name   string
	Rights Rights
	MadeAt Time
}

// MaxRoles bounds the roles of an installation beside the four.
const MaxRoles = 50

// Clean makes a role fit to keep and reports the first field that is out of its
// bounds.
func (r *OwnRole) Clean() error {
	r.Name = CleanLine(r.Name, MaxName)
	switch {
	case r.Name == "":
		return FailField("name", "Give the role a name.")
	case looksBuiltIn(r.Name):
		return FailField("name", "Every installation has a role of this name already.")
	case r.Rights == 0:
		return FailField("permissions", "Choose what they may do.")
	case r.Rights.Has(SetSecurity):
		return FailField("permissions", "Who signs in how is for the owner alone.")
	case !r.Rights.Has(ReadConversations) && r.Rights&needReading != 0:
		return FailField("permissions", "Whoever answers customers or looks after them must see conversations.")
	}
	return nil
}

// looksBuiltIn reports whether a name would be taken for one of the four roles.
func looksBuiltIn(name string) bool {
	for role := range rights {
		if SameName(name, string(role)) {
			return true
		}
	}
	return false
}

// needReading are permissions that nobody can use who does not see conversations.
var needReading = RightsOf(AnswerCustomers, TakeOver, OverseeComplaints, GiveGrants, DecideGrants, ChangePeople, RemoveNotes, SensitiveNotes, MergePeople, ErasePeople)
