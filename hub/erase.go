package hub

import "rapport/hub/chat"

// Erased closes every socket of a customer who was erased. What told them so goes
// out first; a client that comes back for a new token learns that its device is
// known no more, and begins anew.
func (h *Hub) Erased(e *chat.Erased) {
	for _, id := range e.Devices {
		h.Kick(id, Unauthorized)
	}
	for _, id := range e.People {
		h.Kick(id, Unauthorized)
	}
}
