package console

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"rapport/hub/chat"
)

// cost of a password's hash.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// costNow is argon2id's recommended least. More memory would stay with the
// process, and one hash at a time makes guessing slow enough.
var costNow = cost{memory: 19 << 10, passes: 2, lanes: 1}

// costMost bounds what a stored hash may ask for.
var costMost = cost{memory: 256 << 10, passes: 16, lanes: 8}

const saltBytes, hashBytes = 16, 32

// Bounds of a password in bytes.
const (
	minPassword = 10
	maxPassword = 1024
)

// HashPassword returns the form in which a password is kept: argon2id with a
// fresh salt, as a PHC string. It takes about 30 ms and 19 MiB.
func HashPassword(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails; see crypto/rand
	return encodeHash(costNow, salt, derive(password, salt, costNow, hashBytes))
}

// derive brings the password into one Unicode form first, so that it is the
// same on every keyboard.
func derive(password string, salt []byte, c cost, n uint32) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.memory, c.lanes, n)
}

func encodeHash(c cost, salt, hash []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes,
		b64.EncodeToString(salt), b64.EncodeToString(hash))
}

func parseHash(phc string) (c cost, salt, hash []byte, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return cost{}, nil, nil, false
	}
	b64 := base64.RawStdEncoding.Strict()
	salt, saltErr := b64.DecodeString(parts[4])
	hash, hashErr := b64.DecodeString(parts[5])
	ok = saltErr == nil && hashErr == nil && len(salt) >= 8 && len(hash) >= 16 && len(hash) <= 64 &&
		c.passes >= 1 && c.lanes >= 1 && c.memory >= 8*uint32(c.lanes) &&
		c.memory <= costMost.memory && c.passes <= costMost.passes && c.lanes <= costMost.lanes
	return c, salt, hash, ok
}

// nobody is the hash that an unknown address is checked against, so that it
// takes as long as a known one. No password fits it.
var nobody = encodeHash(costNow, make([]byte, saltBytes), make([]byte, hashBytes))

// gate lets one hash be made at a time and bounds who waits for it.
type gate struct {
	turn chan struct{}
	line chan struct{}
}

// maxWaiting times a hash is about a second.
const maxWaiting = 32

func newGate() *gate {
	return &gate{turn: make(chan struct{}, 1), line: make(chan struct{}, maxWaiting)}
}

// pass runs work when it is its turn; Overloaded when too many wait.
func (g *gate) pass(ctx context.Context, work func()) error {
	select {
	case g.line <- struct{}{}:
		defer func() { <-g.line }()
	default:
		f := chat.Fail(chat.Overloaded, "Many people are signing in just now. Try again in a moment.")
		f.RetryAfter = 2
		return f
	}
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	work()
	return nil
}

// hash is HashPassword in turn.
func (g *gate) hash(ctx context.Context, password string) (phc string, err error) {
	err = g.pass(ctx, func() { phc = HashPassword(password) })
	return phc, err
}

// verify reports whether the password fits, and whether its hash was made at
// another cost than today's.
func (g *gate) verify(ctx context.Context, phc, password string) (fits, outdated bool, err error) {
	c, salt, want, ok := parseHash(phc)
	if !ok {
		c, salt, want, _ = parseHash(nobody)
	}
	err = g.pass(ctx, func() {
		got := derive(password, salt, c, uint32(len(want)))
		fits = ok && subtle.ConstantTimeCompare(got, want) == 1
	})
	return fits, fits && (c != costNow || len(want) != hashBytes), err
}
