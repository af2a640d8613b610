package reach

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
)

// service is a push service: it checks who sends, and opens what browsers would.
type service struct {
	*httptest.Server
	t       *testing.T
	key     string // of the pusher that its browsers are set up with
	mu      sync.Mutex
	phones  map[string]*phone
	answers map[string]int // by phone; 0 is 201
	got     []told
}

// phone is a browser's subscription.
type phone struct {
	key  *ecdh.PrivateKey
	auth []byte
}

// told is a note that a phone has opened.
type told struct {
	phone string
	Note
}

func newService(t *testing.T) *service {
	s := &service{t: t, phones: map[string]*phone{}, answers: map[string]int{}}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(s.take))
	t.Cleanup(s.Close)
	return s
}

// subscribe makes a browser and returns where it is told.
func (s *service) subscribe(name string) chat.PushAddress {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	p := &phone{key: key, auth: make([]byte, 16)}
	_, _ = rand.Read(p.auth)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phones[name] = p
	encode := base64.RawURLEncoding.EncodeToString
	return chat.PushAddress{Endpoint: s.URL + "/push/" + name, P256dh: encode(key.PublicKey().Bytes()), Auth: encode(p.auth)}
}

func (s *service) take(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/push/")
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.answers[name]; code != 0 {
		w.WriteHeader(code)
		return
	}
	if err == nil {
		err = s.check(r)
	}
	var plain []byte
	if err == nil {
		plain, err = s.phones[name].open(body)
	}
	n := told{phone: name}
	if err == nil {
		err = json.Unmarshal(plain, &n.Note)
	}
	if err != nil {
		s.t.Errorf("push to %s: %v", name, err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.got = append(s.got, n)
	w.WriteHeader(http.StatusCreated)
}

// check is what a service asks of a sender (RFC 8030, RFC 8292).
func (s *service) check(r *http.Request) error {
	if r.Header.Get("TTL") == "" || r.Header.Get("Content-Encoding") != "aes128gcm" || len(r.Header.Get("Topic")) > 32 {
		return fmt.Errorf("headers %v", r.Header)
	}
	var token, key string
	if _, err := fmt.Sscanf(strings.ReplaceAll(r.Header.Get("Authorization"), ",", ""), "vapid t=%s k=%s", &token, &key); err != nil {
		return err
	}
	if key != s.key {
		return fmt.Errorf("signed by %s", key)
	}
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil {
		return err
	}
	_, err = jwt.Parse(token, func(*jwt.Token) (any, error) { return ecdsaKey(raw) }, jwt.WithAudience(s.URL), jwt.WithExpirationRequired(), jwt.WithValidMethods([]string{"ES256"}))
	return err
}

// open decrypts what came for a phone, as RFC 8291 says.
func (p *phone) open(body []byte) ([]byte, error) {
	salt, size, idLen := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	from, sealed := body[21:21+idLen], body[21+idLen:]
	if len(body) > 4096 || uint32(len(sealed)) > size {
		return nil, fmt.Errorf("%d bytes", len(body))
	}
	sender, err := ecdh.P256().NewPublicKey(from)
	if err != nil {
		return nil, err
	}
	shared, err := p.key.ECDH(sender)
	if err != nil {
		return nil, err
	}
	info := "WebPush: info\x00" + string(p.key.PublicKey().Bytes()) + string(from)
	ikm, err := hkdf.Key(sha256.New, shared, p.auth, info, 32)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, err
	}
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil, err
	}
	end := strings.LastIndexByte(string(plain), 2) // what is behind is padding
	if end < 0 {
		return nil, fmt.Errorf("no end in %d bytes", len(plain))
	}
	return plain[:end], nil
}

// taken returns what has come since it was last asked.
func (s *service) taken() []told {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.got
	s.got = nil
	return out
}

func (s *service) answer(name string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[name] = code
}

// posted keeps letters.
type posted struct {
	letters []Letter
	err     error
}

func (p *posted) post(_ context.Context, l Letter) error {
	if p.err == nil {
		p.letters = append(p.letters, l)
	}
	return p.err
}
