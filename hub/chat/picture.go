package chat

// Picture is what stands for a site at the top of its chat: drawn anew by us, so
// that nothing else is in it.
type Picture struct {
	SiteID    string
	Name      string // the checksum of PNG, in hexadecimal
	PNG       []byte
	CreatedAt Time
}
