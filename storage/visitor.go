package storage

import (
	"context"

	"rapport/hub/chat"
)

func (t *tx) Secret(hash string) (*chat.DeviceSecret, error) {
	v := chat.DeviceSecret{Hash: hash}
	err := t.q.QueryRow(`SELECT device_id, parent, created_at, used_at, revoked_at FROM device_secret WHERE hash = $1`+t.w.s.dialect.forUpdate(), hash).
		Scan(&v.DeviceID, &v.Parent, &v.CreatedAt, &v.UsedAt, &v.RevokedAt)
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

func (t *tx) InsertSecret(v *chat.DeviceSecret) error {
	return t.exec(`INSERT INTO device_secret (hash, device_id, parent, created_at, used_at, revoked_at) VALUES ($1,$2,$3,$4,$5,$6)`,
		v.Hash, v.DeviceID, v.Parent, v.CreatedAt, v.UsedAt, v.RevokedAt)
}

// keepRevoked is how long a dead secret is remembered, to notice that somebody
// uses it again: 30 days in milliseconds.
const keepRevoked = 30 * 24 * 3600 * 1000

func (t *tx) UseSecret(v *chat.DeviceSecret) error {
	if v.UsedAt != 0 {
		return nil
	}
	v.UsedAt = t.now
	if err := t.exec(`UPDATE device_secret SET used_at = $1 WHERE hash = $2`, t.now, v.Hash); err != nil {
		return err
	}
	if v.Parent == "" {
		return nil
	}
	err := t.exec(`UPDATE device_secret SET revoked_at = $1 WHERE device_id = $2 AND revoked_at = 0 AND (hash = $3 OR (parent = $4 AND hash <> $5))`,
		t.now, v.DeviceID, v.Parent, v.Parent, v.Hash)
	if err != nil {
		return err
	}
	return t.exec(`DELETE FROM device_secret WHERE device_id = $1 AND revoked_at > 0 AND revoked_at < $2`, v.DeviceID, t.now-keepRevoked)
}

func deviceByID(q querier, id string) (*chat.Device, error) {
	v := chat.Device{ID: id}
	err := q.QueryRow(`SELECT site_id, person_id, account_id, created_at, revoked_at FROM device WHERE id = $1`, id).
		Scan(&v.SiteID, &v.PersonID, &v.AccountID, &v.CreatedAt, &v.RevokedAt)
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// DeviceOfSecret returns the id of the device that a secret is or was one of.
func (s *Store) DeviceOfSecret(ctx context.Context, hash string) (string, error) {
	var id string
	err := s.read(ctx).QueryRow(`SELECT device_id FROM device_secret WHERE hash = $1`, hash).Scan(&id)
	return id, absent(err)
}

// Device returns a visitor's device.
func (s *Store) Device(ctx context.Context, id string) (*chat.Device, error) {
	return deviceByID(s.read(ctx), id)
}

// LiveDevices counts the browsers that lead to a person and were not signed out.
func (s *Store) LiveDevices(ctx context.Context, personID string) (n int64, err error) {
	err = s.read(ctx).QueryRow(`SELECT count(*) FROM device WHERE person_id = $1 AND revoked_at = 0`, personID).Scan(&n)
	return n, err
}

func (t *tx) Device(id string) (*chat.Device, error) { return deviceByID(t.q, id) }

func (t *tx) InsertDevice(v *chat.Device) error {
	return t.exec(`INSERT INTO device (id, site_id, person_id, account_id, created_at, revoked_at) VALUES ($1,$2,$3,$4,$5,$6)`,
		v.ID, v.SiteID, v.PersonID, v.AccountID, v.CreatedAt, v.RevokedAt)
}

func (t *tx) SignIn(deviceID, personID string) error {
	return t.exec(`UPDATE device SET account_id = $1 WHERE id = $2`, personID, deviceID)
}

func (t *tx) SignedIn(personID string) ([]string, error) {
	return t.ids(`SELECT id FROM device WHERE person_id = $1 AND account_id = $2`, personID, personID)
}

func (t *tx) RevokeDevice(id string) error {
	if err := t.exec(`UPDATE device SET revoked_at = $1 WHERE id = $2 AND revoked_at = 0`, t.now, id); err != nil {
		return err
	}
	return t.exec(`UPDATE device_secret SET revoked_at = $1 WHERE device_id = $2 AND revoked_at = 0`, t.now, id)
}

func (t *tx) Identity(siteID, sub string) (*chat.Identity, error) {
	v := chat.Identity{SiteID: siteID, Sub: sub}
	err := t.q.QueryRow(`SELECT person_id, created_at FROM identity WHERE site_id = $1 AND sub = $2`, siteID, sub).Scan(&v.PersonID, &v.CreatedAt)
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

func (t *tx) InsertIdentity(v *chat.Identity) error {
	return t.exec(`INSERT INTO identity (site_id, sub, person_id, created_at) VALUES ($1,$2,$3,$4)`, v.SiteID, v.Sub, v.PersonID, v.CreatedAt)
}
