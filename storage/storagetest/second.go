package storagetest

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// secondSteps: begun, turned on once, each code taken once; secrets are sealed, and
// whoever signs in another way from now on is signed out.
func secondSteps(w *world) {
	id := w.agent.ID
	_, err := w.store.SecondStep(w.ctx, id)
	w.refused(err, chat.NotFound)
	w.must(w.store.BeginSecondStep(w.ctx, id, "FIRST"))
	w.must(w.store.BeginSecondStep(w.ctx, id, "SECRET"))
	if n := w.count(`SELECT count(*) FROM second_step WHERE sealed LIKE '%SECRET%'`); n != 0 {
		w.Error("the secret lies open")
	}
	if taken, err := w.store.UseSecondStep(w.ctx, id, 5); err != nil || taken {
		w.Errorf("a code before it is on: %t %v", taken, err)
	}
	kept, other := w.session(id), w.session(id)
	w.must(w.store.InsertSession(w.ctx, kept, chat.Proof{Password: "hash"}))
	w.must(w.store.InsertSession(w.ctx, other, chat.Proof{Password: "hash"}))
	_, err = w.store.TurnOnSecondStep(w.ctx, id, "FIRST", 7, nil, kept.ID)
	w.refused(err, chat.Conflict) // another window has begun anew since
	ended, err := w.store.TurnOnSecondStep(w.ctx, id, "SECRET", 7, []string{"one", "two"}, kept.ID)
	if err != nil || !slices.Equal(ended, []string{other.ID}) {
		w.Errorf("ended %q: %v", ended, err)
	}
	_, err = w.store.TurnOnSecondStep(w.ctx, id, "SECRET", 8, nil, "")
	w.refused(err, chat.Conflict)
	w.refused(w.store.BeginSecondStep(w.ctx, id, "THIRD"), chat.Conflict)
	v, err := w.store.SecondStep(w.ctx, id)
	w.must(err)
	if v.Secret != "SECRET" || v.OnAt == 0 || v.LastStep != 7 || v.CodesLeft != 2 {
		w.Errorf("it stands %+v", v)
	}
	a, err := w.store.Agent(w.ctx, id)
	w.must(err)
	if !a.Second {
		w.Error("the agent does not show it")
	}
	w.seenInside(*a)
	for step, want := range map[int64]bool{6: false, 7: false} {
		if taken, err := w.store.UseSecondStep(w.ctx, id, step); err != nil || taken != want {
			w.Errorf("half minute %d: %t %v", step, taken, err)
		}
	}
	for _, want := range []bool{true, false} {
		if taken, err := w.store.UseSecondStep(w.ctx, id, 9); err != nil || taken != want {
			w.Errorf("half minute 9: %t %v", taken, err)
		}
		if taken, err := w.store.UseRecoveryCode(w.ctx, id, "one"); err != nil || taken != want {
			w.Errorf("recovery code: %t %v", taken, err)
		}
	}
	w.must(w.store.SaveRecoveryCodes(w.ctx, id, []string{"three"}))
	if taken, err := w.store.UseRecoveryCode(w.ctx, id, "two"); err != nil || taken {
		w.Errorf("a code from before: %t %v", taken, err)
	}

	secondStepShown(w, v.OnAt)
	codesMissed(w)
	ended, err = w.store.TurnOffSecondStep(w.ctx, id, "", chat.AuditEntry{Action: "second_step.off", Object: id})
	if err != nil || !slices.Equal(ended, []string{kept.ID}) {
		w.Errorf("ended %q: %v", ended, err)
	}
	_, err = w.store.TurnOffSecondStep(w.ctx, id, "")
	w.refused(err, chat.NotFound)
	if n := w.count(`SELECT count(*) FROM recovery_code`); n != 0 {
		w.Errorf("%d codes are left", n)
	}
	if n := w.count(`SELECT count(*) FROM setting WHERE name LIKE 'missed %'`); n != 0 {
		w.Error("wrong codes are still counted")
	}
}

// secondStepShown: a sign-in whose second step was checked begins only while the same
// one is on, and so does a password that is changed in a sign-in that this has ended.
func secondStepShown(w *world, since chat.Time) {
	id := w.agent.ID
	w.refused(w.store.InsertSession(w.ctx, w.session(id), chat.Proof{Password: "hash"}), chat.Unauthorized)
	w.refused(w.store.InsertSession(w.ctx, w.session(id), chat.Proof{Password: "hash", Second: since - 1}), chat.Unauthorized)
	v := w.session(id)
	w.must(w.store.InsertSession(w.ctx, v, chat.Proof{Password: "hash", Second: since}))
	w.must(w.store.RevokeSession(w.ctx, id, v.ID))
	_, err := w.store.ChangePassword(w.ctx, w.session(id), v.ID, "hash", "hash")
	w.refused(err, chat.NotFound)
}

// codesMissed: after so many wrong codes no right one is taken for the rest of the day,
// but a recovery code is; each stands in the audit log.
func codesMissed(w *world) {
	id := w.agent.ID
	for range chat.MaxMissedCodes {
		w.must(w.store.MissCode(w.ctx, id))
	}
	if n := w.count(`SELECT count(*) FROM audit WHERE action = 'second_step.wrong_code'`); n != chat.MaxMissedCodes {
		w.Errorf("%d wrong codes are written down", n)
	}
	if taken, err := w.store.UseSecondStep(w.ctx, id, 20); err != nil || taken {
		w.Errorf("a right code: %t %v", taken, err)
	}
	if taken, err := w.store.UseRecoveryCode(w.ctx, id, "three"); err != nil || !taken {
		w.Errorf("a recovery code: %t %v", taken, err)
	}
	w.later(chat.MissedCodesFor)
	if taken, err := w.store.UseSecondStep(w.ctx, id, 20); err != nil || !taken {
		w.Errorf("a day later: %t %v", taken, err)
	}
	w.must(w.store.MissCode(w.ctx, id))
	if v, err := w.store.SecondStep(w.ctx, id); err != nil || v.Missed.Count != 1 {
		w.Errorf("the new day counts %+v: %v", v, err)
	}
}

// secondStepRoles: kept, and whoever has one of them without a second step is signed
// out.
func secondStepRoles(w *world) {
	if roles, err := w.store.SecondStepRoles(w.ctx); err != nil || len(roles) != 0 {
		w.Errorf("roles %q: %v", roles, err)
	}
	boss := w.newAgent(chat.Admin)
	mine, theirs := w.session(w.agent.ID), w.session(boss.ID)
	w.must(w.store.InsertSession(w.ctx, mine, chat.Proof{Password: "hash"}))
	w.must(w.store.InsertSession(w.ctx, theirs, chat.Proof{Password: "hash"}))
	ended, err := w.store.SaveSecondStepRoles(w.ctx, []chat.Role{chat.Admin})
	if err != nil || !slices.Equal(ended, []string{theirs.ID}) {
		w.Errorf("ended %q: %v", ended, err)
	}
	_, err = w.store.SaveSecondStepRoles(w.ctx, []chat.Role{chat.Role(strings.Repeat("x", 36))})
	w.refused(err, chat.Invalid)
	if roles, err := w.store.SecondStepRoles(w.ctx); err != nil || !slices.Equal(roles, []chat.Role{chat.Admin}) {
		w.Errorf("roles %q: %v", roles, err)
	}
}
