package chat

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// SecondStep is what an agent signs in with beside their password: a code that an
// app makes of a secret and the time, or one of their recovery codes.
type SecondStep struct {
	AgentID string
	Secret  string // base32, as apps take it
	OnAt    Time   // zero until a first code has shown that the app has the secret
	// LastStep is the half minute of the last code that was taken: none is taken twice.
	LastStep  int64
	CodesLeft int64 // recovery codes that were not used
}

// recoveryCodes is how many there are at a time, and codeBytes how much chance is in
// each: none is found by trying, not even by whoever has read the store.
const (
	recoveryCodes = 10
	codeBytes     = 10
)

// NewRecoveryCodes makes codes as people copy them: "abcd-efgh-ijkl-mnop".
func NewRecoveryCodes() []string {
	out := make([]string, recoveryCodes)
	for i := range out {
		b := make([]byte, codeBytes)
		_, _ = rand.Read(b) // never fails; see crypto/rand
		s := strings.ToLower(base32.StdEncoding.EncodeToString(b))
		out[i] = s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
	}
	return out
}

// HashRecoveryCode is what the store keeps of a code, however it was typed.
func HashRecoveryCode(code string) string {
	return HashSecret(strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code)))
}
