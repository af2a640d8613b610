package console

import (
	"testing"

	"rapport/hub/chat"
)

// Consoles read their open questions again when somebody joins or leaves a team, or a
// role does not answer customers any more, and not when a team is only renamed.
func TestOpenQuestionsFollowTeamsAndRoles(t *testing.T) {
	w := newWorld(t)
	owner, ben, lea := w.seat(w.hire("Olga", chat.Owner)), w.hire("Ben", chat.AgentRole), w.hire("Lea", chat.AgentRole)
	var team teamShape
	owner.do(post, "/teams", object{"name": "Repairs", "skills": object{}, "members": []string{}}, &team)
	var answers, reads roleShape
	owner.do(post, "/roles", object{"name": "Answers", "permissions": []string{"conversation.read", "conversation.answer"}}, &answers)
	owner.do(post, "/roles", object{"name": "Reads", "permissions": []string{"conversation.read"}}, &reads)
	owner.do(patch, "/agents/"+lea.ID, object{"role": answers.ID}, nil)
	line := owner.connect()
	with := func(name string, members ...string) object {
		return object{"name": name, "skills": object{}, "members": append([]string{}, members...)}
	}
	for _, step := range []struct {
		what, method, path string
		body               object
		want               bool
	}{
		{"joins", put, "/teams/" + team.ID, with("Repairs", ben.ID), true},
		{"is renamed", put, "/teams/" + team.ID, with("Spares", ben.ID), false},
		{"leaves", put, "/teams/" + team.ID, with("Spares"), true},
		{"gets a role that only reads", patch, "/agents/" + ben.ID, object{"role": reads.ID}, true},
		{"may not answer any more", put, "/roles/" + string(answers.ID), object{"name": "Answers", "permissions": []string{"conversation.read"}}, true},
	} {
		owner.do(step.method, step.path, step.body, nil)
		owner.do(patch, "/sites/"+w.site.ID, object{"name": "Where somebody " + step.what}, nil)
		told := false
		for f := line.gets("changed"); f.What != "site"; f = line.gets("changed") {
			told = told || f.What == "consults"
		}
		if told != step.want {
			t.Errorf("somebody %s: told %t, want %t", step.what, told, step.want)
		}
	}
}
