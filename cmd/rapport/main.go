// Command rapport is the whole product in one binary: the server and the
// commands that look after it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"rapport/cmd/rapport/bench"
)

// streams are what a command reads and writes, so that tests can be them.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	keepZone()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

const usage = `Rapport: live chat with guidance beside every conversation.

Usage:
  rapport [serve] [flags]        run the server; with no arguments at all, too
  rapport site create|list       sites that embed the chat
  rapport agent create|list|password
                                 people who answer; secrets come from standard input
  rapport import people|orders|conversations FILE --site KEY [--dry-run]
                                 bring a CSV or JSON file in, each thing once
  rapport audit [--check]        who did what; --check proves that no entry was changed
  rapport backup --to FILE       one file with everything, while the server goes on (of SQLite)
  rapport restore --from FILE    the same into an empty data folder
  rapport move --to postgres://… carry the database from SQLite to Postgres, with the server stopped
  rapport bench NAME [flags]     measure this machine: message throughput idle fanout resume inbox search routing cluster weights coach
  rapport version

Add --help to a command for its flags. The README has them in a table.
`

// run picks the command and returns the exit code: 0 done, 1 failed, 2 the
// command line is wrong.
func run(ctx context.Context, args []string, s streams) int {
	command := "serve"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		command, args = args[0], args[1:]
	} else if len(args) > 0 && (args[0] == "-h" || args[0] == "-help" || args[0] == "--help") {
		fmt.Fprint(s.out, usage, "\nFlags of serve:\n")
		return serve(ctx, args, s)
	}
	switch command {
	case "serve":
		return serve(ctx, args, s)
	case "site":
		return site(ctx, args, s)
	case "agent":
		return agent(ctx, args, s)
	case "import":
		return bringIn(ctx, args, s)
	case "audit":
		return audit(ctx, args, s)
	case "backup":
		return backup(ctx, args, s)
	case "restore":
		return restore(ctx, args, s)
	case "move":
		return move(ctx, args, s)
	case "bench":
		return bench.Run(ctx, args, s.out, s.err)
	case "version":
		fmt.Fprintln(s.out, version())
		return 0
	case "help":
		fmt.Fprint(s.out, usage)
		return 0
	}
	fmt.Fprintf(s.err, "rapport: there is no command %q. Run rapport help for those there are.\n", command)
	return 2
}

// fail prints one line that says what to do and returns the exit code.
func fail(w io.Writer, err error) int {
	fmt.Fprintln(w, "rapport:", err)
	return 1
}
