package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/hub/chat"
)

// Sign returns the header webhook-signature of a body by the Standard Webhooks
// specification (standardwebhooks.com, 1.0): for each secret, parted by a space, "v1,"
// and the HMAC-SHA256 of "id.timestamp.body" in base64.
func Sign(id string, at time.Time, body []byte, secrets ...string) (string, error) {
	var all []string
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		key, err := chat.WebhookKey(secret)
		if err != nil {
			return "", fmt.Errorf("the secret of a webhook: %w", err)
		}
		m := hmac.New(sha256.New, key)
		_, _ = m.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
		_, _ = m.Write(body)
		all = append(all, "v1,"+base64.StdEncoding.EncodeToString(m.Sum(nil)))
	}
	return strings.Join(all, " "), nil
}
