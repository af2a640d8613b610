package console

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
)

func TestARoleOfOnesOwnIsMadeGivenAndChanged(t *testing.T) {
	w := newWorld(t)
	owner, ben := w.hire("Olga", chat.Owner), w.hire("Ben", chat.AgentRole)
	top := w.seat(owner)
	var made roleShape
	top.do(post, "/roles", object{"name": "Reader", "permissions": []string{"report.read", "conversation.read"}}, &made)
	if made.Name != "Reader" || !made.Own || !slices.Equal(made.Permissions, []chat.Permission{chat.ReadConversations, chat.ReadReports}) {
		t.Fatalf("made %+v", made)
	}
	var got agentShape
	top.do(patch, "/agents/"+ben.ID, object{"role": made.ID}, &got)
	if got.Role != made.ID {
		t.Errorf("given %+v", got)
	}
	top.fails(del, "/roles/"+string(made.ID), nil, 409, chat.Conflict)

	seat := w.seat(ben)
	var me meShape
	seat.do(get, "/me", nil, &me)
	if !slices.Equal(me.May, made.Permissions) {
		t.Errorf("they may %v", me.May)
	}
	l := seat.connect()
	l.send(object{"type": "status", "status": "online", "ref": "1"})
	if e := l.gets("error"); e.Code != string(chat.Forbidden) {
		t.Errorf("a reader takes part: %+v", e)
	}
	// Another name is no other right; other permissions sign out, sockets too.
	top.do(put, "/roles/"+string(made.ID), object{"name": "Guest", "permissions": made.Permissions}, nil)
	seat.do(get, "/me", nil, nil)
	top.do(put, "/roles/"+string(made.ID), object{"name": "Guest", "permissions": []string{"conversation.read"}}, nil)
	l.ends(hub.Revoked)
	seat.fails(get, "/me", nil, 401, chat.Unauthorized)
	w.seat(ben).do(get, "/me", nil, &me)
	if !slices.Equal(me.May, []chat.Permission{chat.ReadConversations}) {
		t.Errorf("they may %v afterwards", me.May)
	}
	top.do(patch, "/agents/"+ben.ID, object{"role": "agent"}, nil)
	top.do(del, "/roles/"+string(made.ID), nil, nil)
	top.fails(patch, "/agents/"+ben.ID, object{"role": made.ID}, 422, chat.Invalid)
	w.wroteDown("role.changed",
		owner.ID+" role.changed "+string(made.ID)+" from conversation.read,report.read to conversation.read,report.read",
		owner.ID+" role.changed "+string(made.ID)+" from conversation.read,report.read to conversation.read")
	w.wroteDown("role.deleted", owner.ID+" role.deleted "+string(made.ID)+" conversation.read")
}

// Nobody gives, makes or changes a role that may do more than they, nor their own.
func TestNobodyGivesWhatTheyDoNotHave(t *testing.T) {
	w := newWorld(t)
	owner, ben := w.hire("Olga", chat.Owner), w.hire("Ben", chat.AgentRole)
	top := w.seat(owner)
	var hr, keeper roleShape
	top.do(post, "/roles", object{"name": "Personnel", "permissions": []string{"people.manage", "conversation.read"}}, &hr)
	top.do(post, "/roles", object{"name": "Keeper", "permissions": []string{"key.manage"}}, &keeper)
	paul := w.hire("Paul", chat.Role(hr.ID))
	b := w.seat(paul)

	b.fails(post, "/roles", object{"name": "Keys", "permissions": []string{"key.manage"}}, 403, chat.Forbidden)
	b.fails(put, "/roles/"+string(keeper.ID), object{"name": "Keeper", "permissions": []string{"conversation.read"}}, 403, chat.Forbidden)
	b.fails(del, "/roles/"+string(keeper.ID), nil, 403, chat.Forbidden)
	b.fails(put, "/roles/"+string(hr.ID), object{"name": "Personnel", "permissions": []string{"people.manage"}}, 403, chat.Forbidden)
	b.fails(patch, "/agents/"+paul.ID, object{"role": "agent"}, 403, chat.Forbidden)
	for _, role := range []chat.Role{chat.Admin, chat.Supervisor, chat.AgentRole, keeper.ID} {
		b.fails(post, "/invitations", object{"email": "x@shop.example", "role": role}, 403, chat.Forbidden)
		b.fails(patch, "/agents/"+w.hire("Somebody "+string(role), chat.Role(hr.ID)).ID, object{"role": role}, 403, chat.Forbidden)
	}
	b.fails(patch, "/agents/"+ben.ID, object{"disabled": true}, 403, chat.Forbidden) // an agent may more than they
	b.fails(patch, "/agents/"+owner.ID, object{"disabled": true}, 403, chat.Forbidden)
	var boss, peer invitationShape
	top.do(post, "/invitations", object{"email": "boss@shop.example", "role": "admin"}, &boss)
	b.fails(del, "/invitations/"+boss.ID, nil, 403, chat.Forbidden)
	b.do(post, "/invitations", object{"email": "x@shop.example", "role": hr.ID}, &peer)
	b.do(del, "/invitations/"+peer.ID, nil, nil)
	b.fails(del, "/invitations/"+peer.ID, nil, 404, chat.NotFound)
	top.fails(post, "/roles", object{"name": "Guard", "permissions": []string{"security.change"}}, 422, chat.Invalid)
	w.seat(w.hire("Adam", chat.Admin)).fails(post, "/roles", object{"name": "Guard", "permissions": []string{"security.change"}}, 422, chat.Invalid)
}

func TestWhoeverSeesNoConversationsHearsOfNone(t *testing.T) {
	w := newWorld(t)
	v := w.arrives("Where is my parcel?")
	role := &chat.OwnRole{ID: chat.NewID(), Name: "Writer", Rights: chat.RightsOf(chat.ChangeGuide)}
	w.must(w.store.InsertRole(t.Context(), role))
	b := w.seat(w.hire("Wim", chat.Role(role.ID)))
	l := b.connect()
	if len(l.hello.Sites) != 0 {
		t.Errorf("they follow %v", l.hello.Sites)
	}
	l.send(object{"type": "open", "ref": "1", "conversation_id": v.id})
	if e := l.gets("error"); e.Code != string(chat.Forbidden) {
		t.Errorf("they opened it: %+v", e)
	}
	asked := w.seat(w.hire("Wyn", chat.Role(role.ID)))
	c, _ := asked.upgrade(apiPrefix+"/socket", w.url)
	other := &line{Client: c, t: t}
	other.send(asked.hello(func(f object) { f["open"] = object{v.id: 0}; f["sites"] = object{w.site.ID: 0} }))
	other.gets("hello")
	v.says("Hello?")
	other.send(object{"type": "nonsense", "ref": "end"})
	for heard := ""; !strings.Contains(heard, `"end"`); {
		f, err := other.Next()
		w.must(err)
		heard = string(f.Payload)
		if strings.Contains(heard, v.id) || strings.Contains(heard, w.site.ID) {
			t.Fatalf("they hear %s", heard)
		}
	}
}

func TestAnAdminSignsAColleagueOut(t *testing.T) {
	w := newWorld(t)
	owner, adam, ben := w.hire("Olga", chat.Owner), w.hire("Adam", chat.Admin), w.hire("Ben", chat.AgentRole)
	admin, seat := w.seat(adam), w.seat(ben)
	l := seat.connect()
	var list struct{ Sessions []sessionShape }
	admin.do(get, "/agents/"+ben.ID+"/sessions", nil, &list)
	if len(list.Sessions) != 1 || list.Sessions[0].Current {
		t.Errorf("they see %+v", list)
	}
	admin.do(del, "/agents/"+ben.ID+"/sessions", nil, nil)
	l.ends(hub.Revoked)
	seat.fails(get, "/me", nil, 401, chat.Unauthorized)
	w.wroteDown("agent.signed_out", adam.ID+" agent.signed_out "+ben.ID+" ")
	for _, method := range []string{get, del} {
		admin.fails(method, "/agents/"+owner.ID+"/sessions", nil, 403, chat.Forbidden)
		admin.fails(method, "/agents/"+chat.NewID()+"/sessions", nil, 404, chat.NotFound)
	}
}

func TestAnInvitationLeadsIntoTeams(t *testing.T) {
	w := newWorld(t)
	admin := w.seat(w.hire("Adam", chat.Admin))
	var team teamShape
	admin.do(post, "/teams", object{"name": "Repairs", "skills": object{}, "members": []string{}}, &team)
	admin.fails(post, "/invitations", object{"email": "x@shop.example", "role": "agent", "teams": []string{chat.NewID()}}, 422, chat.Invalid)
	var v invitationShape
	admin.do(post, "/invitations", object{"email": "x@shop.example", "role": "agent", "teams": []string{team.ID}}, &v)
	_, token, _ := strings.Cut(v.Link, "#")
	var me meShape
	w.browser().do(post, "/invitations/accept", object{"token": token, "name": "Xenia", "password": goodPassword}, &me)
	var list struct{ Teams []teamShape }
	admin.do(get, "/teams", nil, &list)
	if len(list.Teams) != 1 || !slices.Equal(list.Teams[0].Members, []string{me.Agent.ID}) {
		t.Errorf("teams %+v", list)
	}
}

func TestSolo(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Olga", chat.Owner))
	var me meShape
	b.do(get, "/me", nil, &me)
	if !me.Solo {
		t.Error("one person is not alone")
	}
	ben := w.hire("Ben", chat.AgentRole)
	b.do(get, "/me", nil, &me)
	if me.Solo {
		t.Error("two people are alone")
	}
	b.do(patch, "/agents/"+ben.ID, object{"disabled": true}, nil)
	b.do(get, "/me", nil, &me)
	if !me.Solo {
		t.Error("one who may sign in is not alone")
	}
}

// The audit log is a permission of its own, which managing people does not bring.
func TestTheAuditLogIsForWhoeverMayReadIt(t *testing.T) {
	w := newWorld(t)
	holding := func(name string, p ...chat.Permission) *chat.OwnRole {
		role := &chat.OwnRole{ID: chat.NewID(), Name: name, Rights: chat.RightsOf(p...)}
		w.must(w.store.InsertRole(t.Context(), role))
		return role
	}
	reads := w.seat(w.hire("Rita", chat.Role(holding("Auditor", chat.ReadAudit).ID)))
	manages := w.seat(w.hire("Paul", chat.Role(holding("Personnel", chat.ManagePeople).ID)))
	for _, path := range []string{"/audit", "/audit/check"} {
		reads.do(get, path, nil, nil)
		manages.fails(get, path, nil, 403, chat.Forbidden)
	}
}

// The board's rows quote customers: reading reports alone shows none of them.
func TestTheBoardQuotesNobodyToThoseWhoMayNotRead(t *testing.T) {
	w := newWorld(t)
	w.arrives("Where is my parcel?")
	role := &chat.OwnRole{ID: chat.NewID(), Name: "Counter", Rights: chat.RightsOf(chat.ReadReports)}
	w.must(w.store.InsertRole(t.Context(), role))
	var counted, whole boardShape
	w.seat(w.hire("Cora", chat.Role(role.ID))).do(get, "/board?site="+w.site.ID, nil, &counted)
	w.seat(w.hire("Olga", chat.Owner)).do(get, "/board?site="+w.site.ID, nil, &whole)
	if len(counted.Rows) != 0 || counted.Waiting != whole.Waiting {
		t.Errorf("shown without conversation.read: %+v", counted)
	}
	if len(whole.Rows) != 1 {
		t.Errorf("the owner sees %+v", whole.Rows)
	}
}
