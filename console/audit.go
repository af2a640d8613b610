package console

import "context"

// audit writes down what somebody did; by is their id, "" for the server
// itself. What was done stands already, so a line that cannot be written is
// logged and the answer stays.
func (d *Door) audit(ctx context.Context, by, action, object, detail string) {
	if err := d.Store.Audit(ctx, by, action, object, detail); err != nil {
		d.Log.Error("audit line not written", "action", action, "object", object, "error", err)
	}
}
