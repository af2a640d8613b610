package drive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// Account is an agent who has signed in.
type Account struct {
	Place
	AgentID string
	SiteID  string
	Via     Through // nil: straight to the server

	source net.IP
	http   *http.Client
	cookie string
	csrf   string
}

type me struct {
	CSRF  string `json:"csrf"`
	Agent struct {
		ID string `json:"id"`
	} `json:"agent"`
	Sites []struct {
		ID  string `json:"id"`
		Key string `json:"key"`
	} `json:"sites"`
}

// SetUp creates the owner with the one-time token and signs them in.
func SetUp(ctx context.Context, place Place, token, name, email, password string) (*Account, error) {
	return enter(ctx, place, "/v1/console/setup", map[string]string{
		"token": token, "name": name, "email": email, "password": password,
	})
}

// SignIn signs in an agent who exists.
func SignIn(ctx context.Context, place Place, email, password string) (*Account, error) {
	return enter(ctx, place, "/v1/console/login", map[string]string{"email": email, "password": password})
}

// Colleague invites an agent, who accepts and is signed in. Their sockets go the way
// that this account's do.
func (a *Account) Colleague(ctx context.Context, name, email, password string) (*Account, error) {
	var invitation struct {
		Link string `json:"link"`
	}
	err := a.Call(ctx, http.MethodPost, "/v1/console/invitations", map[string]string{"email": email, "role": "agent"}, &invitation)
	if err != nil {
		return nil, fmt.Errorf("invite: %w", err)
	}
	_, token, ok := strings.Cut(invitation.Link, "#")
	if !ok {
		return nil, fmt.Errorf("the invitation's link %q has no token", invitation.Link)
	}
	colleague, err := enter(ctx, a.Place, "/v1/console/invitations/accept", map[string]string{"token": token, "name": name, "password": password})
	if err == nil {
		colleague.Via = a.Via
	}
	return colleague, err
}

func enter(ctx context.Context, place Place, path string, body map[string]string) (*Account, error) {
	a := &Account{Place: place, source: Source(0)}
	a.http = newHTTP(a.source, 64)
	var answer me
	resp, err := exchange(ctx, a.http, http.MethodPost, place.Console+path, http.Header{"Origin": {place.Console}}, body, &answer)
	if err != nil {
		return nil, err
	}
	for _, c := range resp.Cookies() {
		if a.cookie != "" {
			a.cookie += "; "
		}
		a.cookie += c.Name + "=" + c.Value
	}
	a.AgentID, a.csrf = answer.Agent.ID, answer.CSRF
	for _, s := range answer.Sites {
		if s.Key == place.SiteKey || place.SiteKey == "" {
			a.SiteID, a.SiteKey = s.ID, s.Key
			return a, nil
		}
	}
	return nil, errors.New("the account sees no such site")
}

// Call uses the console's HTTP interface; path starts with "/v1/console".
// Refusals are *Refusal.
func (a *Account) Call(ctx context.Context, method, path string, in, out any) error {
	_, err := exchange(ctx, a.http, method, a.Console+path, http.Header{
		"Origin": {a.Console}, "Cookie": {a.cookie}, "X-Csrf-Token": {a.csrf},
	}, in, out)
	return err
}

// agentHello is the first frame of an agent's socket.
type agentHello struct {
	Type     string           `json:"type"`
	Protocol int              `json:"protocol"`
	CSRF     string           `json:"csrf"`
	Epoch    string           `json:"epoch"`
	Sites    map[string]int64 `json:"sites"`
	Open     map[string]int64 `json:"open"`
	Status   string           `json:"status"`
}

// Socket opens the agent's socket and says hello: epoch from the last one, ""
// the first time; opened are the conversations to listen to and the last seq
// seen of each. The server's hello is the first frame to be read.
func (a *Account) Socket(ctx context.Context, epoch string, opened map[string]int64) (*Socket, error) {
	s, err := open(ctx, a.Via, a.Console, "/v1/console/socket", a.Console, a.cookie, a.source, 16<<10)
	if err != nil {
		return nil, err
	}
	if opened == nil {
		opened = map[string]int64{}
	}
	hello, err := json.Marshal(agentHello{
		Type: "hello", Protocol: 1, CSRF: a.csrf, Epoch: epoch,
		Sites: map[string]int64{}, Open: opened, Status: "online",
	})
	if err == nil {
		err = s.Write(hello)
	}
	if err != nil {
		s.Cut()
		return nil, err
	}
	return s, nil
}

// frameWait bounds the wait for one expected frame.
const frameWait = 15 * time.Second

// Await reads frames until one of this type and returns it decoded and as it
// came. Others are passed to other, which may be nil.
func (s *Socket) Await(kind string, other func(Frame)) (Frame, []byte, error) {
	if err := s.WaitUntil(time.Now().Add(frameWait)); err != nil {
		return Frame{}, nil, err
	}
	var raw []byte
	var err error
	for {
		if raw, err = s.Read(raw); err != nil {
			return Frame{}, nil, err
		}
		var f Frame
		if err := json.Unmarshal(raw, &f); err != nil {
			return Frame{}, nil, err
		}
		switch {
		case f.Type == kind:
			return f, raw, s.WaitUntil(time.Time{})
		case f.Type == "error":
			return Frame{}, nil, &Refusal{Code: f.Code, Message: string(raw)}
		case other != nil:
			other(f)
		}
	}
}
