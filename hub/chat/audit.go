package chat

// AuditEntry is one line of the audit log: who did what to which object.
type AuditEntry struct {
	Number int64 // from 1, without gaps
	At     Time
	By     string // agent id; "" for the server itself
	Action string // past tense, noun.verb
	Object string // id
	Detail string // names of fields and ids, never anybody's words

	// Change is what was changed from and to, "" where there is nothing to say.
	Change string
}
