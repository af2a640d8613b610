package chat

// MaxAPIKeys is how many keys a site may have at once.
const MaxAPIKeys = 10

// apiKeyMark begins every key, so that one that lies about is known for what it is.
const apiKeyMark = "rapport_"

// APIKey lets a site's own server call us. What it says is the site's word.
type APIKey struct {
	ID     string
	SiteID string
	Name   string // what it is for
	Hash   string // of the key, which nobody keeps
	MadeBy string // agent id
	MadeAt Time
	UsedAt Time // to the minute; zero while it was not used
}

// NewAPIKey makes a key, and what is kept of it.
func NewAPIKey(siteID, by, name string) (*APIKey, string, error) {
	if name = CleanLine(name, MaxName); name == "" {
		return nil, "", FailField("name", "Say what this key is for.")
	}
	secret := apiKeyMark + NewSecret()
	return &APIKey{ID: NewID(), SiteID: siteID, Name: name, Hash: HashSecret(secret), MadeBy: by}, secret, nil
}
