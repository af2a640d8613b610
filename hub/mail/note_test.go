package mail

import (
	"strings"
	"testing"
)

// A note is a letter of plain text that no holiday reply answers.
func TestNoteIsPlainText(t *testing.T) {
	b := startBox(t, nil)
	n := Note{ID: "call-1", Thread: "talk", To: "ana@example.org", Subject: "Somebody is waiting: Shop · for a minute", Text: "Somebody is waiting.\nAnswer: https://console.example.org/\n"}
	if err := SendNote(t.Context(), b.server(), n); err != nil {
		t.Fatal(err)
	}
	got := b.one(t)
	if got.To != n.To || got.subject() != n.Subject || strings.TrimSpace(got.Text) != strings.TrimSpace(n.Text) || got.HTML != "" || got.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%+v", got)
	}
}
