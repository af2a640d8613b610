package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/intake"
	"rapport/storage"
)

// importUsage is how the command is written.
const importUsage = "rapport: say rapport import people|orders|conversations FILE --site KEY [--dry-run] [--columns ours=theirs,…]"

// bringIn is the command that brings a file of people, orders or past conversations
// in. It wants folder and database for itself: a server that runs does the same on its Site
// page. Exit code 1 where something of the file could not be brought in.
func bringIn(ctx context.Context, args []string, s streams) int {
	if len(args) < 2 || strings.HasPrefix(args[1], "-") {
		fmt.Fprintln(s.err, importUsage)
		return 2
	}
	kind, file := chat.ImportKind(args[0]), args[1]
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	key := fs.String("site", "", "the site's public `key` or id")
	dry := fs.Bool("dry-run", false, "say what would become of the file, and store nothing")
	asJSON := fs.Bool("json", false, "print JSON")
	columns := fs.String("columns", "", "what columns are called there: `ours=theirs,…`")
	var h home
	if code, ok := h.parse(fs, args[2:], s); !ok {
		return code
	}
	out, err := bringFile(ctx, h, *key, kind, file, *columns, *dry)
	if err != nil {
		var f *chat.Failure
		if errors.As(err, &f) {
			err = errors.New(f.Message)
		}
		return fail(s.err, err)
	}
	if err := printBrought(s, out, *asJSON, *dry); err != nil {
		return fail(s.err, err)
	}
	if len(out.Problems) > 0 {
		return 1
	}
	return 0
}

func bringFile(ctx context.Context, h home, key string, kind chat.ImportKind, file, columns string, dry bool) (out desk.Brought, err error) {
	text, err := readBounded(file)
	if err != nil {
		return out, err
	}
	headings := map[string]string{}
	for pair := range strings.SplitSeq(columns, ",") {
		if ours, theirs, ok := strings.Cut(pair, "="); ok {
			headings[strings.TrimSpace(ours)] = strings.TrimSpace(theirs)
		}
	}
	f, err := intake.Read(kind, strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), "."), text, headings)
	if err != nil {
		return out, err
	}
	if err := unmoved(h.dir, h.store); err != nil {
		return out, err
	}
	d, err := openData(h.dir, true)
	if err != nil {
		return out, err
	}
	store, err := storage.Open(ctx, storage.Options{DSN: d.dsn(h.store), Key: d.purpose("seal"), Alone: true})
	if err != nil {
		return out, errors.Join(h.explain(err), d.close())
	}
	defer func() { err = errors.Join(err, store.Close(), d.close()) }()
	site, err := siteNamed(ctx, store, key)
	if err != nil {
		return out, err
	}
	in := chat.Import{SiteID: site.ID, Kind: kind, Name: chat.CleanLine(filepath.Base(file), chat.MaxTitle)}
	out, err = desk.New(store, nil, nil).Bring(ctx, in, f.Items, dry)
	out.Problems = append(f.Problems, out.Problems...)
	return out, err
}

// readBounded reads a file of at most chat.MaxImportBytes.
func readBounded(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, chat.MaxImportBytes+1))
	return string(text), err
}

func siteNamed(ctx context.Context, store *storage.Store, key string) (*chat.Site, error) {
	sites, err := store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		if key == sites[i].Key || key == sites[i].ID || key == "" && len(sites) == 1 {
			return &sites[i], nil
		}
	}
	return nil, fmt.Errorf("there is no site %q: rapport site list shows their keys", key)
}

func printBrought(s streams, b desk.Brought, asJSON, dry bool) error {
	if asJSON {
		return json.NewEncoder(s.out).Encode(map[string]any{"import_id": b.ImportID, "dry_run": dry, "added": b.Added, "same": b.Same, "problems": append([]chat.ImportProblem{}, b.Problems...)})
	}
	for _, p := range b.Problems {
		fmt.Fprintf(s.out, "Line %d, %s: %s\n", p.Line, p.Field, p.Message)
	}
	verb := "Brought in"
	if dry {
		verb = "Would be brought in"
	}
	fmt.Fprintf(s.out, "%s: %d. There already: %d. Left out: %d.\n", verb, b.Added, b.Same, len(b.Problems))
	return nil
}
