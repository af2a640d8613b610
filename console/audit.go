package console

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/storage"
)

// audit writes down what somebody did; by is their id, "" for the server
// itself. What was done stands already, so a line that cannot be written is
// logged and the answer stays.
func (d *Door) audit(ctx context.Context, by, action, object, detail string) {
	d.writeDown(ctx, chat.AuditEntry{By: by, Action: action, Object: object, Detail: detail})
}

// auditChange is audit with what was changed from and to, as clients see both. It
// is for words and settings of the team's: never a secret, nothing of a customer's.
func (d *Door) auditChange(ctx context.Context, by, action, object, detail string, before, after any) {
	d.writeDown(ctx, chat.AuditEntry{By: by, Action: action, Object: object, Detail: detail, Change: changeOf(before, after)})
}

func (d *Door) writeDown(ctx context.Context, e chat.AuditEntry) {
	if err := d.Store.AuditChange(ctx, e); err != nil {
		d.Log.Error("audit line not written", "action", e.Action, "object", e.Object, "error", err)
	}
}

// maxChanged bounds one side of a changed field, in bytes of JSON; what is longer is
// cut and ends with an ellipsis.
const maxChanged = 2_000

// change is a field before and after, as JSON; null for not there.
type change struct {
	Field string          `json:"field"`
	From  json.RawMessage `json:"from"`
	To    json.RawMessage `json:"to"`
}

// changeOf lists the fields in which two values differ, by name; "" for none.
func changeOf(before, after any) string {
	list := changes(nil, "", fieldsOf(before), fieldsOf(after))
	if len(list) == 0 {
		return ""
	}
	out, err := json.Marshal(list)
	if err != nil {
		panic("console: a change has no JSON: " + err.Error()) // made of JSON
	}
	return string(out)
}

// changes adds the fields in which two objects differ to list; those of an object in
// a field stand there one by one, as "look.icon".
func changes(list []change, within string, old, fresh map[string]json.RawMessage) []change {
	for _, name := range slices.Sorted(mapKeys(old, fresh)) {
		from, to := old[name], fresh[name]
		switch {
		case bytes.Equal(from, to):
		case bytes.HasPrefix(from, []byte("{")) && bytes.HasPrefix(to, []byte("{")):
			list = changes(list, within+name+".", fieldsOf(from), fieldsOf(to))
		default:
			list = append(list, change{within + name, bounded(from), bounded(to)})
		}
	}
	return list
}

// mapKeys are the names of both, each once.
func mapKeys(a, b map[string]json.RawMessage) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range a {
			if !yield(name) {
				return
			}
		}
		for name := range b {
			if _, twice := a[name]; !twice && !yield(name) {
				return
			}
		}
	}
}

func fieldsOf(v any) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic("console: what is audited has no JSON: " + err.Error()) // plain fields only
	}
	return out
}

func bounded(v json.RawMessage) json.RawMessage {
	if v == nil {
		return json.RawMessage("null")
	}
	if len(v) <= maxChanged {
		return v
	}
	cut, err := json.Marshal(chat.CleanLine(string(v), maxChanged/4) + "…")
	if err != nil {
		panic("console: a text has no JSON: " + err.Error())
	}
	return cut
}

// auditLimit is how many entries a page of the audit log has.
const auditLimit = 50

// auditShape is AuditEntry of the protocol.
type auditShape struct {
	Number int64           `json:"number"`
	At     chat.Time       `json:"at"`
	By     string          `json:"by"`
	Action string          `json:"action"`
	Object string          `json:"object"`
	Detail string          `json:"detail"`
	Change json.RawMessage `json:"change,omitempty"`
}

// auditLog shows who did what, latest first.
func (d *Door) auditLog(c *fiber.Ctx, _ *signedIn) (any, error) {
	list, more, err := d.Store.AuditPage(c.UserContext(), storage.AuditPage{
		Before: int64(c.QueryInt("before")), By: c.Query("by"), Noun: c.Query("noun"), Limit: auditLimit,
	})
	if err != nil {
		return nil, err
	}
	entries := make([]auditShape, 0, len(list))
	for _, e := range list {
		shape := auditShape{Number: e.Number, At: e.At, By: e.By, Action: e.Action, Object: e.Object, Detail: e.Detail}
		if e.Change != "" {
			shape.Change = json.RawMessage(e.Change)
		}
		entries = append(entries, shape)
	}
	return fiber.Map{"entries": entries, "more": more}, nil
}

// checkFor bounds a look through the whole audit log: some ten million entries.
const checkFor = 30 * time.Second

// checkAudit proves that no entry was changed or taken out.
func (d *Door) checkAudit(c *fiber.Ctx, _ *signedIn) (any, error) {
	if !d.checking.TryLock() {
		f := chat.Fail(chat.RateLimited, "Somebody is checking the log right now. Try again in a moment.")
		f.RetryAfter = 5
		return nil, f
	}
	defer d.checking.Unlock()
	ctx, cancel := context.WithTimeout(c.UserContext(), checkFor)
	defer cancel()
	good, err := d.Store.CheckAudit(ctx)
	var broken *storage.BrokenAudit
	switch {
	case errors.As(err, &broken):
		return fiber.Map{"whole": false, "good": good, "broken": broken.Line}, nil
	case ctx.Err() != nil:
		return nil, chat.Fail(chat.Overloaded, "The log is too long to be checked here. Check it on the server: rapport audit --check.")
	}
	return fiber.Map{"whole": true, "good": good, "broken": 0}, err
}
