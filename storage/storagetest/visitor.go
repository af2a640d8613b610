package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// secrets: using a secret ends its parent and its siblings; ending a device ends
// all of its secrets; a dead one is remembered for a month.
func secrets(w *world) {
	p := w.newPerson()
	device := chat.Device{ID: chat.NewID(), SiteID: w.site.ID, PersonID: p.ID, CreatedAt: chat.Time(w.clock.Load())}
	w.write(func(tx chat.Tx) error { return tx.InsertDevice(&device) })
	hand := func(hash, parent string) {
		w.write(func(tx chat.Tx) error {
			return tx.InsertSecret(&chat.DeviceSecret{Hash: hash, DeviceID: device.ID, Parent: parent, CreatedAt: tx.Now()})
		})
	}
	use := func(hash string) {
		w.write(func(tx chat.Tx) error {
			v, err := tx.Secret(hash)
			if err != nil {
				return err
			}
			return tx.UseSecret(v)
		})
	}
	hand("a", "")
	hand("b1", "a")
	hand("b2", "a")
	use("a")
	w.alive("a", "b1", "b2")
	w.later(time.Minute)
	use("b1")
	w.alive("b1")
	died := chat.Time(w.clock.Load())
	hand("c", "b1")
	w.later(31 * 24 * time.Hour)
	use("c")
	w.alive("c")
	if w.count(`SELECT count(*) FROM device_secret WHERE hash IN ('a', 'b2')`) != 0 {
		w.Errorf("secrets that died at %d are kept for ever", died)
	}
	used := w.secret("c")
	w.later(time.Minute)
	use("c")
	if got := w.secret("c"); got != used {
		w.Errorf("a second use changed %+v to %+v", used, got)
	}
	hand("d", "c")
	w.write(func(tx chat.Tx) error { return tx.RevokeDevice(device.ID) })
	w.alive()
	if got, err := w.store.Device(w.ctx, device.ID); err != nil || got.RevokedAt != chat.Time(w.clock.Load()) {
		w.Errorf("the device: %+v, %v", got, err)
	}
	w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { _, err := tx.Secret("x"); return err }), chat.NotFound)
	w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { _, err := tx.Device(chat.NewID()); return err }), chat.NotFound)
}

func (w *world) secret(hash string) (v chat.DeviceSecret) {
	w.Helper()
	w.write(func(tx chat.Tx) error {
		got, err := tx.Secret(hash)
		if err == nil {
			v = *got
		}
		return err
	})
	return v
}

// alive fails unless exactly these secrets are not revoked.
func (w *world) alive(hashes ...string) {
	w.Helper()
	if n := w.count(`SELECT count(*) FROM device_secret WHERE revoked_at = 0`); n != int64(len(hashes)) {
		w.Errorf("%d secrets are alive, want %v", n, hashes)
	}
	for _, hash := range hashes {
		if w.secret(hash).RevokedAt != 0 {
			w.Errorf("secret %s is dead", hash)
		}
	}
}

// identities: a site's word for its customer leads to one person, on this site
// only.
func identities(w *world) {
	p := w.newPerson()
	i := chat.Identity{SiteID: w.site.ID, Sub: "customer-1", PersonID: p.ID, CreatedAt: 5}
	w.write(func(tx chat.Tx) error { return tx.InsertIdentity(&i) })
	w.write(func(tx chat.Tx) error {
		got, err := tx.Identity(w.site.ID, "customer-1")
		if err == nil && *got != i {
			w.Errorf("got %+v", got)
		}
		return err
	})
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.InsertIdentity(&i) }); err == nil {
		w.Error("one identity leads to two people")
	}
	other := w.newSite()
	w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { _, err := tx.Identity(other.ID, "customer-1"); return err }), chat.NotFound)
}
