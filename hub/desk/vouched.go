package desk

import "rapport/hub/chat"

// vouched refuses somebody whom nobody vouches for where the site talks with no others:
// IdentityNeeded. It is asked where a conversation begins, or opens again.
func vouched(tx chat.Tx, site *chat.Site, personID string) error {
	if !site.Identity.Required {
		return nil
	}
	p, err := profile(tx, personID)
	if err != nil || p.Verified {
		return err
	}
	return chat.ErrIdentityNeeded(site)
}
