package chat

import (
	"crypto/rand"
	"encoding/base64"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bounds of webhooks.
const (
	MaxWebhooks        = 10   // of a site
	MaxWebhookURL      = 1000 // bytes
	MaxWebhookAttempts = 50   // that are kept of each
	// WebhookGrace is how long the secret before signs beside a new one.
	WebhookGrace = 24 * time.Hour
)

// WebhookKinds are the events that a webhook may be sent, in the order in which they
// are shown. All of them are for everyone: what is the team's own leaves no server.
var WebhookKinds = []EventType{
	ConversationStarted, MessagePosted, ConversationTaken, ConversationReleased, ConversationClosed, ConversationReopened, ConversationMerged,
	FeedbackGiven, PromiseWasMade, PromiseWasMoved, PromiseWasKept, PromiseWasBroken, PromiseWasDropped, ConversationErased,
}

// WebhookTest is the kind of what is sent to try a webhook: no event of a site.
const WebhookTest EventType = "webhook.test"

// WebhookPause says why nothing is sent.
type WebhookPause string

const (
	WebhookRuns    WebhookPause = ""
	WebhookStopped WebhookPause = "stopped" // by somebody of the team
	WebhookGone    WebhookPause = "gone"    // its receiver answered 410
	WebhookFailed  WebhookPause = "failed"  // its receiver took nothing for three days
)

// Webhook is where a site's own server is told what happens.
type Webhook struct {
	ID     string
	SiteID string
	URL    string
	Kinds  []EventType
	Secret string // begins with whsec_
	Old    string // the secret before, "" once OldUntil is over
	Paused WebhookPause
	MadeBy string // agent id
	MadeAt Time

	OldUntil Time
	Done     int64 // the number in the site's stream of what it has dealt with last
	SentAt   Time  // when something was taken last; zero for never

	FailedSince Time  // since when nothing is taken; zero while it is
	Tries       int64 // of what is sent next, that failed
	NextAt      Time  // not before then
	Attempts    int64 // so far, without those to come

	LeaseBy    string // the server that sends
	LeaseUntil Time
}

// WebhookAttempt is one attempt to send something, without what was said.
type WebhookAttempt struct {
	WebhookID      string
	Number         int64 // from 1, of its webhook
	SiteSeq        int64 // of the event; zero for a trial
	ConversationID string
	EventID        string
	Kind           EventType
	At             Time
	Status         int64  // of the answer; zero where there was none
	Reason         string // why it was not taken, as one of the words below; "" where it was
	Took           int64  // ms
	NextAt         Time   // of the next attempt at the same; zero for none
}

// Why something that was sent was not taken.
const (
	AttemptRefused = "refused" // an answer other than 2xx
	AttemptMoved   = "moved"   // it points elsewhere, where nobody follows
	AttemptSlow    = "slow"    // no answer in time
	AttemptClosed  = "closed"  // its address is not on the public internet
	AttemptNoName  = "no_name" // its host has no address
	AttemptTLS     = "tls"     // its certificate is not good
	AttemptNoWay   = "no_way"  // no connection, or it broke
)

const webhookSecretMark = "whsec_"

// NewWebhook makes a webhook that nothing was sent to yet.
func NewWebhook(siteID, by, address string, kinds []EventType) (*Webhook, error) {
	w := &Webhook{ID: NewID(), SiteID: siteID, URL: strings.TrimSpace(address), Kinds: kinds, Secret: NewWebhookSecret(), MadeBy: by}
	return w, w.Validate()
}

// NewWebhookSecret makes a secret in the form of the Standard Webhooks specification.
func NewWebhookSecret() string {
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err)
	}
	return webhookSecretMark + base64.StdEncoding.EncodeToString(b[:])
}

// WebhookKey is what a secret stands for: the bytes that sign.
func WebhookKey(secret string) ([]byte, error) {
	return base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, webhookSecretMark))
}

// Validate checks what somebody has chosen, and puts the kinds into their order.
func (w *Webhook) Validate() error {
	if err := checkWebhookURL(w.URL); err != nil {
		return err
	}
	if len(w.Kinds) == 0 {
		return FailField("kinds", "Choose at least one kind of event.")
	}
	for _, k := range w.Kinds {
		if !slices.Contains(WebhookKinds, k) {
			return FailField("kinds", "There is no %q to be told of. Choose among: %s.", CleanLine(string(k), MaxName), joinKinds(WebhookKinds, ", "))
		}
	}
	chosen := w.Kinds
	w.Kinds = nil
	for _, k := range WebhookKinds {
		if slices.Contains(chosen, k) {
			w.Kinds = append(w.Kinds, k)
		}
	}
	return nil
}

func joinKinds(kinds []EventType, by string) string {
	var b strings.Builder
	for i, k := range kinds {
		if i > 0 {
			b.WriteString(by)
		}
		b.WriteString(string(k))
	}
	return b.String()
}

// checkWebhookURL refuses what cannot be meant. Where the name leads is judged when the
// connection is made: it may lead elsewhere by then.
func checkWebhookURL(address string) error {
	if len(address) > MaxWebhookURL {
		return FailField("url", "An address has at most %d characters.", MaxWebhookURL)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return FailField("url", "Write the whole address, such as https://shop.example/rapport.")
	case u.Scheme != "https":
		return FailField("url", "The address has to begin with https://, so that nobody on the way reads what customers write.")
	case u.User != nil:
		return FailField("url", "Leave name and password out of the address: the signature proves who sends.")
	case u.Fragment != "" || strings.Contains(address, "#"):
		return FailField("url", "Leave out what follows the #: no server is told of it.")
	case u.Port() != "" && u.Port() != "443":
		return FailField("url", "Only the usual port of https, 443, is sent to. Leave the port out.")
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if at, err := netip.ParseAddr(host); err == nil && !(at.IsGlobalUnicast() && !at.IsPrivate()) ||
		host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal") {
		return FailField("url", "This address is not on the public internet, and nothing is sent there.")
	}
	return nil
}

// Wants reports whether a webhook is to be told of an event.
func (w *Webhook) Wants(e *Event) bool {
	return Audiences[e.Type] == Everyone && e.PublicSeq > 0 && slices.Contains(w.Kinds, e.Type)
}

// WebhookEventID names an event for receivers, the same at every attempt.
func WebhookEventID(e *Event) string {
	return "evt_" + e.ConversationID + "_" + strconv.FormatInt(e.Seq, 10)
}
