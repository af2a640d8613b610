package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

type auditLine struct {
	Number int64     `json:"number"`
	At     chat.Time `json:"at"`
	By     string    `json:"by"`
	Action string    `json:"action"`
	Object string    `json:"object"`
	Detail string    `json:"detail"`
	Change string    `json:"change,omitempty"`
}

// audit is the command about who did what: it prints the audit log, or proves
// that nobody has changed it.
func audit(ctx context.Context, args []string, s streams) int {
	fs := flag.NewFlagSet("audit", flag.ContinueOnError)
	check := fs.Bool("check", false, "verify the chain of entries instead of printing them; exit code 1 if it is broken")
	asJSON := fs.Bool("json", false, "print JSON: an object per entry, or the verdict of --check")
	return command(ctx, fs, args, s, func(store *storage.Store) error {
		if *check {
			return checkAudit(ctx, store, s.out, *asJSON)
		}
		if *asJSON {
			return printAuditJSON(ctx, store, s.out)
		}
		return printAudit(ctx, store, s.out)
	})
}

// checkAudit prints how many entries are good. The number is worth keeping: cut
// off the end, a chain is still whole.
func checkAudit(ctx context.Context, store *storage.Store, out io.Writer, asJSON bool) error {
	good, err := store.CheckAudit(ctx)
	var broken *storage.BrokenAudit
	if err != nil && !errors.As(err, &broken) {
		return err
	}
	if asJSON {
		verdict := map[string]any{"whole": broken == nil, "good": good}
		if broken != nil {
			verdict["broken"] = broken.Line
		}
		return errors.Join(json.NewEncoder(out).Encode(verdict), err)
	}
	if broken == nil {
		fmt.Fprintf(out, "The audit log is whole. Entries: %d\n", good)
	}
	return err
}

func printAuditJSON(ctx context.Context, store *storage.Store, out io.Writer) error {
	encoder := json.NewEncoder(out)
	return store.AuditEntries(ctx, func(e chat.AuditEntry) error { return encoder.Encode(auditLine(e)) })
}

// printAudit shows agents by the names that they have now.
func printAudit(ctx context.Context, store *storage.Store, out io.Writer) error {
	agents, err := store.Agents(ctx)
	if err != nil {
		return err
	}
	names := map[string]string{"": "the server"}
	for _, a := range agents {
		names[a.ID] = a.Name
	}
	named := func(id string) string {
		if name, ok := names[id]; ok {
			return name
		}
		return id
	}
	return store.AuditEntries(ctx, func(e chat.AuditEntry) error {
		_, err := fmt.Fprintf(out, "%d  %s  %s  %s  %s  %s\n", e.Number, e.At.Std().Format(time.RFC3339), named(e.By), e.Action, named(e.Object), e.Detail)
		return err
	})
}
