package storage

import (
	"context"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// OwnProfiles are those of a customer's profiles that a browser stands for by itself: its
// own, and where it has signed in, the site's customer with the profiles of all browsers
// that did. What only an agent's word has joined to them is not among them.
func (s *Store) OwnProfiles(ctx context.Context, deviceID string) ([]string, error) {
	own, err := s.ownProfiles(ctx, deviceID)
	if err != nil {
		return nil, fmt.Errorf("read a browser's own profiles: %w", err)
	}
	return own, nil
}

func (s *Store) ownProfiles(ctx context.Context, deviceID string) ([]string, error) {
	device, err := s.Device(ctx, deviceID)
	if err != nil {
		return nil, err
	}
	rows, err := s.read(ctx).Query(`SELECT `+mergeColumns+` FROM person_merge WHERE into_id IN `+allProfiles(`$1`, `$2`)+` AND undone_at = 0`, device.PersonID, device.PersonID)
	merges, err := collect(rows, err, scanMerge)
	if err != nil {
		return nil, err
	}
	home := homeOf(merges, device.ID, device.PersonID)
	if home != device.PersonID && device.AccountID != device.PersonID {
		return []string{home}, nil
	}
	rows, err = s.read(ctx).Query(`SELECT id FROM device WHERE person_id = $1 AND account_id = $2`, device.PersonID, device.PersonID)
	signed, err := collect(rows, err, scanString)
	if err != nil {
		return nil, err
	}
	own := []string{device.PersonID}
	for _, id := range signed {
		own = append(own, homeOf(merges, id, device.PersonID))
	}
	for i := range merges { // sign-ins of which nobody kept which browser it was
		m := &merges[i]
		if m.ByID == "" && !slices.ContainsFunc(signed, func(id string) bool { return slices.Contains(m.Devices, id) }) {
			own = append(own, m.FromID)
		}
	}
	slices.Sort(own)
	return slices.Compact(own), nil
}

// homeOf is the profile whose browser this was before all merges that stand: the first that
// one of them led on from, else the one where it is now.
func homeOf(merges []chat.Merge, deviceID, now string) string {
	led := map[string]bool{}
	var through []chat.Merge
	for _, m := range merges {
		if slices.Contains(m.Devices, deviceID) {
			through, led[m.IntoID] = append(through, m), true
		}
	}
	for _, m := range through {
		if !led[m.FromID] {
			return m.FromID
		}
	}
	return now
}
