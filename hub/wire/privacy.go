package wire

type erasedFrame struct {
	Type          string   `json:"type"`
	SiteID        string   `json:"site_id"`
	Conversations []string `json:"conversation_ids"`
}

// ErasedFrame tells a site's consoles which conversations are gone for good.
func ErasedFrame(siteID string, conversations []string) []byte {
	return Encode(erasedFrame{"erased", siteID, conversations})
}
