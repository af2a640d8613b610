package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"rapport/hub/chat"
)

const pushColumns = `id, agent_id, session_id, sealed, user_agent, created_at, reached_at`

// sealedPush binds a sealed address to its device.
func sealedPush(id string) string { return "push device " + id }

func (s *Store) scanPush(row scanner) (d chat.PushDevice, err error) {
	var sealed string
	if err = row.Scan(&d.ID, &d.AgentID, &d.SessionID, &sealed, &d.UserAgent, &d.CreatedAt, &d.ReachedAt); err != nil {
		return d, err
	}
	open, err := s.seal.open(sealed, sealedPush(d.ID))
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(open), &d.Push)
}

// SavePushDevice keeps a browser of an agent's. One that is known already moves to
// this agent and sign-in, and keeps its id, which is set.
func (s *Store) SavePushDevice(ctx context.Context, d *chat.PushDevice) error {
	address, err := json.Marshal(d.Push)
	if err != nil {
		return err
	}
	hash := chat.HashSecret(d.Push.Endpoint)
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		id, at := d.ID, now
		err := q.QueryRow(`SELECT id, created_at FROM push_device WHERE endpoint_hash = $1`, hash).Scan(&id, &at)
		if err = absent(err); err != nil && !chat.Is(err, chat.NotFound) {
			return fmt.Errorf("find push device: %w", err)
		}
		d.ID, d.CreatedAt = id, at
		_, err = q.Exec(`INSERT INTO push_device (id, agent_id, session_id, endpoint_hash, sealed, user_agent, created_at, reached_at) VALUES ($1,$2,$3,$4,$5,$6,$7,0)
			ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, session_id = excluded.session_id, sealed = excluded.sealed, user_agent = excluded.user_agent`,
			id, d.AgentID, d.SessionID, hash, s.seal.close(string(address), sealedPush(id)), d.UserAgent, at)
		if err != nil {
			return fmt.Errorf("save push device: %w", err)
		}
		_, err = q.Exec(`DELETE FROM push_device WHERE agent_id = $1 AND id <> $2 AND id NOT IN
			(SELECT id FROM push_device WHERE agent_id = $3 AND id <> $4 ORDER BY id DESC LIMIT $5)`,
			d.AgentID, id, d.AgentID, id, chat.MaxPushDevices-1)
		return err
	})
}

// PushDevices returns the browsers of an agent's that are still signed in, the one
// that was set up first at the front.
func (s *Store) PushDevices(ctx context.Context, agentID string) ([]chat.PushDevice, error) {
	rows, err := s.read(ctx).Query(`SELECT `+pushColumns+` FROM push_device WHERE agent_id = $1
		AND EXISTS (SELECT 1 FROM agent_session v WHERE v.id = push_device.session_id AND v.agent_id = push_device.agent_id AND v.revoked_at = 0 AND v.expires_at > $2) ORDER BY id`, agentID, s.opt.Clock())
	list, err := collect(rows, err, s.scanPush)
	if err != nil {
		return nil, fmt.Errorf("read push devices: %w", err)
	}
	return list, nil
}

// PushReached notes that a device's service has taken something for it.
func (s *Store) PushReached(ctx context.Context, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE push_device SET reached_at = $1 WHERE id = $2`, now, id)
		return err
	})
}

// DeletePushDevice forgets a browser of an agent's. ErrNotFound if they have none of
// this id.
func (s *Store) DeletePushDevice(ctx context.Context, agentID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		return gone(q.Exec(`DELETE FROM push_device WHERE id = $1 AND agent_id = $2`, id, agentID))
	})
}

// maxOpenWaits bounds how many open conversations of a site are called for again
// after a restart.
const maxOpenWaits = 2000

// WaitingOpen returns open conversations of a site whose customer has waited for an
// answer since a time or later.
func (s *Store) WaitingOpen(ctx context.Context, siteID string, since chat.Time) ([]chat.OpenWait, error) {
	rows, err := s.read(ctx).Query(`SELECT id, assignee_id, waiting_since FROM conversation WHERE site_id = $1 AND state = 'open' AND waiting_since > $2 LIMIT $3`, siteID, max(since, 0), maxOpenWaits)
	list, err := collect(rows, err, func(row scanner) (o chat.OpenWait, err error) { return o, row.Scan(&o.ID, &o.AgentID, &o.Since) })
	if err != nil {
		return nil, fmt.Errorf("read who waits in open conversations: %w", err)
	}
	return list, nil
}

const reachColumns = `agent_id, mail, quiet, begins, ends, zone, mutes`

func scanReach(row scanner) (r chat.Reach, err error) {
	var mutes string
	err = row.Scan(&r.AgentID, &r.Mail, &r.Quiet, &r.Begins, &r.Ends, &r.Zone, &mutes)
	if mutes != "" {
		r.Mutes = strings.Fields(mutes)
	}
	return r, err
}

// Reach returns how an agent is reached while no console is open.
func (s *Store) Reach(ctx context.Context, agentID string) (*chat.Reach, error) {
	r, err := scanReach(s.read(ctx).QueryRow(`SELECT `+reachColumns+` FROM agent_reach WHERE agent_id = $1`, agentID))
	if err = absent(err); errors.Is(err, chat.ErrNotFound) {
		r, err = chat.UsualReach(agentID), nil
	}
	return &r, err
}

// SaveReach keeps what an agent has said of it.
func (s *Store) SaveReach(ctx context.Context, r *chat.Reach) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO agent_reach (`+reachColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7)
			ON CONFLICT (agent_id) DO UPDATE SET mail = excluded.mail, quiet = excluded.quiet, begins = excluded.begins, ends = excluded.ends, zone = excluded.zone, mutes = excluded.mutes`,
			r.AgentID, truth(r.Mail), truth(r.Quiet), r.Begins, r.Ends, r.Zone, strings.Join(r.Mutes, " "))
		if err != nil {
			return fmt.Errorf("save reach: %w", err)
		}
		return nil
	})
}
