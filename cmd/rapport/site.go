package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/peterbourgon/ff/v3"

	"rapport/hub/chat"
	"rapport/storage"
)

// home is where an installation lives: its folder and, where that is a server's, its
// database.
type home struct {
	dir   string
	store string // as the flag
	where string // as config has it
	files string // where a store of files is, "" for the folder
}

// parse parses the flags of a command about an installation; where it is not ok, the
// command ends with the exit code.
func (h *home) parse(fs *flag.FlagSet, args []string, s streams) (code int, ok bool) {
	dataFlag(fs, &h.dir)
	storeFlag(fs, &h.store)
	if code, ok = flags(fs, args, s); !ok {
		return code, false
	}
	var err error
	if h.where, err = checkStore(h.store); err != nil {
		fmt.Fprintln(s.err, "rapport:", err)
		return 2, false
	}
	return 0, true
}

// open opens the store for a command, beside a server that may be running.
func (h *home) open(ctx context.Context) (*storage.Store, error) {
	if err := unmoved(h.dir, h.store); err != nil {
		return nil, err
	}
	d, err := openData(h.dir, false)
	if err != nil {
		return nil, err
	}
	store, err := storage.Open(ctx, storage.Options{DSN: d.dsn(h.store), Key: d.purpose("seal"), Guest: true})
	return store, h.explain(err)
}

// explain words what kept the database from being opened, for a command that does
// not wait for it.
func (h *home) explain(err error) error {
	var why *storage.Unopened
	if errors.As(err, &why) && why.Passing {
		return fmt.Errorf("the database %s cannot be reached: %s", h.where, why.Why)
	}
	return keyHint(err, h.dir)
}

// flags parses those of a command beside serve; where it is not ok, the command
// ends with the exit code.
func flags(fs *flag.FlagSet, args []string, s streams) (code int, ok bool) {
	fs.String("config", "", "`file` with one \"name value\" a line")
	// The file is the server's, who knows more settings than this command.
	if err := parse(fs, args, s.out, ff.WithIgnoreUndefined(true)); errors.Is(err, errHelp) {
		return 0, false
	} else if err != nil {
		fmt.Fprintln(s.err, "rapport:", err)
		return 2, false
	}
	return 0, true
}

// command parses the flags of a command about the store and runs it.
func command(ctx context.Context, fs *flag.FlagSet, args []string, s streams, do func(*storage.Store) error) int {
	var h home
	if code, ok := h.parse(fs, args, s); !ok {
		return code
	}
	store, err := h.open(ctx)
	if err != nil {
		return fail(s.err, err)
	}
	if err := errors.Join(do(store), store.Close()); err != nil {
		var f *chat.Failure
		if errors.As(err, &f) {
			err = errors.New(f.Message)
		}
		return fail(s.err, err)
	}
	return 0
}

// verb splits off the word behind site or agent.
func verb(args []string, noun string, known ...string) (string, []string, error) {
	if len(args) > 0 {
		for _, k := range known {
			if args[0] == k {
				return k, args[1:], nil
			}
		}
	}
	return "", nil, fmt.Errorf("rapport: say rapport %s %s", noun, strings.Join(known, "|"))
}

type siteLine struct {
	ID      string   `json:"id"`
	Key     string   `json:"key"`
	Name    string   `json:"name"`
	Origins []string `json:"allowed_origins"`
}

// site is the command about sites.
func site(ctx context.Context, args []string, s streams) int {
	what, rest, err := verb(args, "site", "create", "list")
	if err != nil {
		fmt.Fprintln(s.err, err)
		return 2
	}
	fs := flag.NewFlagSet("site "+what, flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "print JSON")
	if what == "list" {
		return command(ctx, fs, rest, s, func(store *storage.Store) error {
			sites, err := store.Sites(ctx)
			if err != nil {
				return err
			}
			return printSites(s, *asJSON, sites)
		})
	}
	name := fs.String("name", "", "`name` that visitors read")
	origins := fs.String("origins", "", "`origins` that may embed it, separated by commas")
	return command(ctx, fs, rest, s, func(store *storage.Store) error {
		settings := chat.DefaultSettings(*name)
		settings.AllowedOrigins = strings.FieldsFunc(*origins, func(r rune) bool { return r == ',' || r == ' ' })
		made, err := newSite(ctx, store, chat.NewSiteKey(), settings, byCommand)
		if err != nil {
			return err
		}
		return printSites(s, *asJSON, []chat.Site{*made})
	})
}

func printSites(s streams, asJSON bool, sites []chat.Site) error {
	lines := make([]siteLine, 0, len(sites))
	for _, v := range sites {
		lines = append(lines, siteLine{v.ID, v.Key, v.Name, v.AllowedOrigins})
	}
	if asJSON {
		return json.NewEncoder(s.out).Encode(map[string]any{"sites": lines})
	}
	for _, v := range lines {
		fmt.Fprintf(s.out, "%s  %s  %s\n", v.Key, v.Name, strings.Join(v.Origins, " "))
	}
	return nil
}
