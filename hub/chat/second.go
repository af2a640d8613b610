package chat

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"
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
	Missed    MissedCodes
}

// Proof is what somebody has shown to sign in, as it stood when it was checked.
type Proof struct {
	Password string // the hash that their password fits
	Second   Time   // since when the second step is on whose code they gave; zero where none was
}

// Bounds of MissedCodes: of a million codes three are right at a time, so that whoever
// knows a password finds one in fifty years or so.
const (
	MaxMissedCodes = 20
	MissedCodesFor = 24 * time.Hour
)

// MissedCodes are the wrong codes that were typed behind an agent's right password.
// The first of them begins a day, after which the count begins anew.
type MissedCodes struct {
	Count int64 `json:"count"`
	Since Time  `json:"since"`
}

// Add counts one more.
func (m *MissedCodes) Add(now Time) {
	if m.Count == 0 || now.Sub(m.Since) >= MissedCodesFor {
		*m = MissedCodes{Since: now}
	}
	m.Count++
}

// Wait is how long no code of the app is taken any more, zero while one is.
// Recovery codes are taken all the same: they are not to be guessed, and keep the
// door open for whom it belongs to.
func (m *MissedCodes) Wait(now Time) time.Duration {
	if m.Count < MaxMissedCodes {
		return 0
	}
	return max(0, MissedCodesFor-now.Sub(m.Since))
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
