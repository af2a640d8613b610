package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"rapport/console"
	"rapport/hub/chat"
	"rapport/storage"
)

type agentLine struct {
	ID       string    `json:"id"`
	Email    string    `json:"email"`
	Name     string    `json:"name"`
	Role     chat.Role `json:"role"`
	Disabled bool      `json:"disabled"`
}

// agent is the command about people who answer.
func agent(ctx context.Context, args []string, s streams) int {
	what, rest, err := verb(args, "agent", "create", "list", "password", "reset-second-step")
	if err != nil {
		fmt.Fprintln(s.err, err)
		return 2
	}
	fs := flag.NewFlagSet("agent "+what, flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "print JSON")
	var do func(*storage.Store) ([]chat.Agent, error)
	switch what {
	case "list":
		do = func(store *storage.Store) ([]chat.Agent, error) { return store.Agents(ctx) }
	case "create":
		email := fs.String("email", "", "`address` to sign in with")
		name := fs.String("name", "", "`name` that customers read")
		role := fs.String("role", "agent", "`owner, admin, supervisor or agent`")
		do = func(store *storage.Store) ([]chat.Agent, error) {
			return createAgent(ctx, store, s.in, *email, *name, chat.Role(*role))
		}
	case "password":
		email := fs.String("email", "", "`address` of the agent")
		do = func(store *storage.Store) ([]chat.Agent, error) { return setPassword(ctx, store, s.in, *email) }
	case "reset-second-step":
		email := fs.String("email", "", "`address` of the agent")
		do = func(store *storage.Store) ([]chat.Agent, error) { return resetSecondStep(ctx, store, *email) }
	}
	return command(ctx, fs, rest, s, func(store *storage.Store) error {
		agents, err := do(store)
		if err != nil {
			return err
		}
		return printAgents(s.out, *asJSON, agents)
	})
}

// byCommand is what the audit log says of deeds on the command line: it knows the
// machine, and nobody by name.
const byCommand = "by command line"

func createAgent(ctx context.Context, store *storage.Store, in io.Reader, email, name string, role chat.Role) ([]chat.Agent, error) {
	email, err := chat.CleanEmail("email", email)
	if err != nil {
		return nil, err
	}
	if name = chat.CleanLine(name, chat.MaxName); name == "" {
		return nil, errors.New("give a name with --name; customers read it")
	}
	if !role.BuiltIn() {
		return nil, fmt.Errorf("role %q: choose owner, admin, supervisor or agent", role)
	}
	password, err := readSecret(in, email, name)
	if err != nil {
		return nil, err
	}
	a := chat.Agent{ID: chat.NewID(), Email: email, Name: name, Role: role, PasswordHash: console.HashPassword(password)}
	return []chat.Agent{a}, store.InsertAgent(ctx, &a, chat.AuditEntry{Action: "agent.created", Object: a.ID, Detail: string(role) + " " + byCommand})
}

func setPassword(ctx context.Context, store *storage.Store, in io.Reader, email string) ([]chat.Agent, error) {
	a, err := store.AgentByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
	if chat.Is(err, chat.NotFound) {
		return nil, fmt.Errorf("nobody signs in with %q. rapport agent list shows who does", email)
	}
	if err != nil {
		return nil, err
	}
	password, err := readSecret(in, a.Email, a.Name)
	if err != nil {
		return nil, err
	}
	line := chat.AuditEntry{Action: "agent.password_set", Object: a.ID, Detail: byCommand}
	return []chat.Agent{*a}, store.SetPassword(ctx, a.ID, console.HashPassword(password), line)
}

// resetSecondStep is for an owner who has lost their app and their codes: nobody is
// above them who could do it in the console.
func resetSecondStep(ctx context.Context, store *storage.Store, email string) ([]chat.Agent, error) {
	a, err := store.AgentByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
	if chat.Is(err, chat.NotFound) {
		return nil, fmt.Errorf("nobody signs in with %q. rapport agent list shows who does", email)
	}
	if err != nil {
		return nil, err
	}
	_, err = store.TurnOffSecondStep(ctx, a.ID, "", chat.AuditEntry{Action: "second_step.off", Object: a.ID, Detail: byCommand})
	if chat.Is(err, chat.NotFound) {
		return nil, fmt.Errorf("%s signs in with a password alone", a.Email)
	}
	return []chat.Agent{*a}, err
}

// readSecret reads the first line of standard input: a secret on the command
// line would stand in the process list and the shell's history.
func readSecret(in io.Reader, email, name string) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	password := strings.TrimRight(line, "\r\n")
	if password == "" {
		return "", errors.New("the password is read from standard input, and that was empty")
	}
	return password, console.CheckPassword(password, email, name)
}

func printAgents(out io.Writer, asJSON bool, agents []chat.Agent) error {
	lines := make([]agentLine, 0, len(agents))
	for _, a := range agents {
		lines = append(lines, agentLine{a.ID, a.Email, a.Name, a.Role, a.DisabledAt > 0})
	}
	if asJSON {
		return json.NewEncoder(out).Encode(map[string]any{"agents": lines})
	}
	for _, a := range lines {
		state := ""
		if a.Disabled {
			state = "  (may not sign in)"
		}
		fmt.Fprintf(out, "%s  %s  %s%s\n", a.Email, a.Name, a.Role, state)
	}
	return nil
}
