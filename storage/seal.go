package storage

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"rapport/hub/chat"
)

// sealer keeps secrets that must be read again (identity secrets) unreadable in
// the file and in its backups: AES-256-GCM with the installation's key. With a key
// made of that one it hashes addresses, which are too few to hide behind a hash alone.
type sealer struct {
	aead      cipher.AEAD
	addresses []byte
}

func newSealer(key []byte) (sealer, error) {
	if len(key) != 32 {
		return sealer{}, fmt.Errorf("the sealing key has %d bytes, not 32", len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return sealer{}, err
	}
	addresses, err := hkdf.Key(sha256.New, key, nil, "rapport addresses", sha256.Size)
	return sealer{aead, addresses}, err
}

// address is what is kept of an e-mail address where its owner may be erased: nobody
// can tell whose it is without the key, nor that it is the same on two sites.
func (s sealer) address(siteID, email string) string {
	return s.addressHash(siteID, chat.HashSecret(email))
}

// addressHash is address for one of which there is nothing but a plain hash.
func (s sealer) addressHash(siteID, plain string) string {
	m := hmac.New(sha256.New, s.addresses)
	_, _ = m.Write([]byte(siteID + " " + plain))
	return hex.EncodeToString(m.Sum(nil))
}

// close seals plain; what binds it to its row so that sealed values cannot be
// swapped.
func (s sealer) close(plain, what string) string {
	nonce := make([]byte, s.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(plain), []byte(what)))
}

func (s sealer) open(sealed, what string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return "", errors.New("a sealed secret is damaged")
	}
	n := s.aead.NonceSize()
	plain, err := s.aead.Open(nil, raw[:n], raw[n:], []byte(what))
	if err != nil {
		return "", errors.New("a sealed secret does not open: the key file is not the one it was sealed with")
	}
	return string(plain), nil
}
