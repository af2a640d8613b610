package console

import (
	"context"
	"time"

	"rapport/hub/door"
)

// Counter counts what may be tried over all servers of an installation.
type Counter interface {
	// Spend takes one of what a key may spend, burst at once and one more for each every;
	// where nothing is left it takes nothing and returns how long to wait.
	Spend(ctx context.Context, key string, burst int, every time.Duration) (wait time.Duration, err error)
}

// guarding are the rates that guard passwords and codes. They hold exactly over all
// servers, so they are asked for in the database; their names there stay as they are.
var guarding = map[rate]string{
	perLogin: "login", perAddress: "address", perAccount: "account", perSecret: "secret", perCode: "code",
}

// refuse is nil, or rate_limited with the time to wait. This server's own count comes
// first: whoever is far too quick does not come as far as the database.
func (d *Door) refuse(ctx context.Context, r rate, key string) error {
	l := d.rates[r]
	if err := l.Refuse(key); err != nil {
		return err
	}
	name, ok := guarding[r]
	if !ok || d.Counter == nil || l.Rate().Every < time.Millisecond {
		return nil
	}
	wait, err := d.Counter.Spend(ctx, name+" "+key, l.Rate().Burst, l.Rate().Every)
	if err == nil && wait > 0 {
		err = door.TooQuick(wait)
	}
	return err
}
