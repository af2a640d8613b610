package bench

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// runHold fills a store, in which three of a hundred conversations go on, and keeps its server running, for measures that
// need a browser: it prints where the server is and how to sign in, one JSON object on
// a line, and ends when its standard input does.
func runHold(ctx context.Context, r *run) error {
	if r.target != "" {
		return errors.New("hold starts a server of its own; leave --target out")
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	if err := r.fillStore(ctx, longPast); err != nil {
		return err
	}
	r.result.param("conversations", r.conversations)
	r.progress.done()
	err := json.NewEncoder(r.out).Encode(map[string]string{
		"console": r.owner.Console, "widget": r.owner.Widget, "site_key": r.owner.SiteKey,
		"email": ownerEmail, "password": ownerPassword,
	})
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, os.Stdin)
		ended <- err
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
