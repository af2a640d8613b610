package chat

import (
	"slices"
	"testing"
)

// Each role may do what the one below it may and more, and the owner everything.
func TestTheFourRoles(t *testing.T) {
	ladder := []Role{AgentRole, Supervisor, Admin, Owner}
	for i, role := range ladder[1:] {
		below := ladder[i]
		if !role.Rights().Covers(below.Rights()) || below.Rights().Covers(role.Rights()) {
			t.Errorf("%s may %v, %s %v", role, role.Rights().List(), below, below.Rights().List())
		}
	}
	if !slices.Equal(Owner.Rights().List(), Permissions) {
		t.Errorf("an owner may only %v", Owner.Rights().List())
	}
	if Role("reader").BuiltIn() || Role("reader").Rights() != 0 || Role("").BuiltIn() {
		t.Error("a role that is not one of the four has rights by itself")
	}
}

func TestRightsAreASet(t *testing.T) {
	if len(Permissions) > 32 {
		t.Fatalf("%d permissions do not fit into Rights", len(Permissions))
	}
	seen := map[Permission]bool{}
	for _, p := range Permissions {
		if one := RightsOf(p); seen[p] || !one.Has(p) || one.Count() != 1 {
			t.Errorf("%s is %v", p, one.List())
		}
		seen[p] = true
	}
	r, err := ParseRights([]string{"note.remove", "conversation.read", "note.remove"})
	if err != nil || !slices.Equal(r.List(), []Permission{ReadConversations, RemoveNotes}) {
		t.Errorf("read %v, %v", r.List(), err)
	}
	if r.Has("conversation.fly") || r.Has("") || RightsOf("conversation.fly") != 0 {
		t.Error("a word that is no permission is in a set")
	}
	if f, ok := func() error { _, err := ParseRights([]string{"conversation.fly"}); return err }().(*Failure); !ok || f.Field != "permissions" {
		t.Errorf("an unknown word: %v", f)
	}
}

func TestARoleOfOnesOwn(t *testing.T) {
	good := OwnRole{Name: " Reader ", Rights: RightsOf(ReadConversations)}
	if err := good.Clean(); err != nil || good.Name != "Reader" {
		t.Errorf("%+v, %v", good, err)
	}
	for field, bad := range map[string]OwnRole{
		"name":        {Name: " ", Rights: RightsOf(ReadReports)},
		"permissions": {Name: "Idle"},
	} {
		if f, ok := bad.Clean().(*Failure); !ok || f.Field != field {
			t.Errorf("%+v: %v", bad, bad.Clean())
		}
	}
	for what, bad := range map[string]OwnRole{
		"the name of one of the four": {Name: "ADMIN", Rights: RightsOf(ReadReports)},
		"the owner's own":             {Name: "Guard", Rights: RightsOf(SetSecurity)},
		"answering without seeing":    {Name: "Blind", Rights: RightsOf(AnswerCustomers)},
	} {
		if bad.Clean() == nil {
			t.Errorf("%s was taken", what)
		}
	}
}

func TestOnlyAgentsHavePermissions(t *testing.T) {
	own := Agent{ID: "a", Role: "01977a10", Own: RightsOf(ReadConversations)}
	if !own.May(ReadConversations) || own.May(AnswerCustomers) || own.Actor().May(AnswerCustomers) || !own.Actor().May(ReadConversations) {
		t.Errorf("%+v may %v", own, own.Rights().List())
	}
	person := Actor{Kind: ByPerson, ID: "p", Role: Owner, Own: RightsOf(Permissions...)}
	if person.May(ReadConversations) || System.May(ReadConversations) {
		t.Error("a person or the system has a permission")
	}
}
