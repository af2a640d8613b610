package main

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

// An owner who has lost app and codes gets in again by the command line, and the audit
// log tells of it.
func TestTheCommandLineResetsASecondStep(t *testing.T) {
	dir := t.TempDir()
	if code, _, log := exec(t, "a long enough passphrase\n", "agent", "create", "--email", "ana@example.com", "--name", "Ana", "--role", "owner", "--data", dir); code != 0 {
		t.Fatal(log)
	}
	reset := []string{"agent", "reset-second-step", "--email", "ANA@example.com", "--data", dir}
	if code, _, log := exec(t, "", reset...); code != 1 || !strings.Contains(log, "password alone") {
		t.Errorf("with none: %d %s", code, log)
	}
	store, err := (&home{dir: dir}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a, err := store.AgentByEmail(t.Context(), "ana@example.com")
	if err == nil {
		err = store.BeginSecondStep(t.Context(), a.ID, "SECRET")
	}
	if err == nil {
		_, err = store.TurnOnSecondStep(t.Context(), a.ID, "SECRET", 1, []string{chat.HashRecoveryCode("x")}, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if code, _, log := exec(t, "", reset...); code != 0 {
		t.Fatal(log)
	}
	code, out, _ := exec(t, "", "audit", "--data", dir)
	if code != 0 || !strings.Contains(out, "second_step.off") {
		t.Errorf("the audit log tells %s", out)
	}
}
