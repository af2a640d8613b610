// Package storagetest is the conformance suite of package storage: one body of
// tests that every database must pass. What one database alone can show (pragmas,
// a killed connection) is tested beside the store itself.
package storagetest

import "testing"

// Run runs the suite. fresh makes an empty database for one test and returns its
// DSN for storage.Open; it removes the database when the test is over.
func Run(t *testing.T, fresh func(t *testing.T) string) {
	for _, test := range []struct {
		name string
		body func(*world)
	}{
		{"events are numbered without gaps", numbering},
		{"published is what is stored, in order, after the commit", publishing},
		{"a message is stored once", uniqueness},
		{"a failed unit leaves the others", failedUnit},
		{"a broken rule that wrote nothing undoes nothing", brokenRule},
		{"a panic answers only its own caller", panicking},
		{"a full queue refuses at once", fullQueue},
		{"closing finishes what is queued", closing},
		{"work that was given up before it began is not done", givenUp},
		{"counters are those of a recount", counters},
		{"lists are in order and page through changes", paging},
		{"each list holds its own", lists},
		{"rows by id and rows since a number", rows},
		{"a thread is read in pages", threads},
		{"lines and marks are found by number", numbers},
		{"what was missed comes in bounded pages", replay},
		{"an alias leads to its conversation", aliases},
		{"drafts are kept and forgotten", drafts},
		{"a matter keeps its progress", progress},
		{"facts are stored", facts},
		{"a card is answered as it was sent", cards},
		{"promises are kept and found", promises},
		{"the ledger is due first and pages through changes", ledger},
		{"a reminder is one server's and given once", reminders},
		{"feedback is one for each closing", feedback},
		{"delays stay with their customer", delays},
		{"promises that may be late are found", delayedPromises},
		{"a report is taken once", reports},
		{"keys of a site hold until they are revoked", apiKeys},
		{"what may be given is kept", authority},
		{"grants wait, count and follow their customer", grants},
		{"a complaint is kept, found and told", tracks},
		{"complaints go in front, and nobody starves", headStart},
		{"a file is sent along once", filesSent},
		{"a day's files have an end", fileQuotas},
		{"files that nobody used are swept away", filesSwept},
		{"people, notes and pages", people},
		{"a merge leads devices on and leaves conversations", merging},
		{"the oldest live conversation is the one", oldestLive},
		{"a resent message is found after a merge", resent},
		{"device secrets form a chain", secrets},
		{"an identity is one person's", identities},
		{"agents", agents},
		{"nobody looks like a colleague", names},
		{"a deed and its line in the audit log go together", told},
		{"one owner, however many set up at once", oneOwner},
		{"an invitation is used once", invitations},
		{"invitations of every kind", invitationKinds},
		{"invitations fall with their author", invitationsFall},
		{"sessions rotate and end", sessions},
		{"a session begins with the password that was checked", proven},
		{"a session is rotated by one of many", rotation},
		{"sites, prompts and templates", sites},
		{"a template's versions", templates},
		{"what a template said is kept", versions},
		{"prompts are edited", promptEdits},
		{"answers and standards", answersAndStandards},
		{"a guide lands whole", landing},
		{"identity secrets are sealed and rotate", identitySecrets},
		{"the audit log notices what is missing", auditing},
		{"the outbox tells each thing once", outbox},
		{"the outbox outlives a crash", outboxCrash},
		{"where nobody sends nothing is queued", outboxClosed},
		{"mailed links end", mailLinks},
		{"addresses that are not asked again", surveyStops},
		{"one follow-up waits, and is said once", followUps},
		{"the epoch outlives a restart", epoch},
		{"a newer database is refused and unchanged", newer},
		{"two opens at once migrate once", openTwice},
		{"a killed start goes on", killedStart},
		{"a bad key is refused", badKey},
	} {
		t.Run(test.name, func(t *testing.T) { test.body(newWorld(t, fresh(t))) })
	}
}
